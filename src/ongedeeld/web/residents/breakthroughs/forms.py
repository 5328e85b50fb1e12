"""The forms of who asks and who answers whether a rule gives way."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from ongedeeld.errors import N_
from ongedeeld.web.residents.breakthroughs.contents import LONGEST, Cost, Plea
from ongedeeld.web.residents.sharing.receivers import Receiver
from ongedeeld.web.signals.reporting.wording_guard import HINT
from ongedeeld.web.speaking import speech
from ongedeeld.web.written import Written

MOST_EUROS = Decimal(10_000_000)
_LINES = {"rows": 3}


def _words(label: str, help_text: str = "", *, required: bool = True) -> Written:
    widget = forms.Textarea(attrs=_LINES)
    return Written(label=label, help_text=help_text, max_length=LONGEST, widget=widget, required=required)


def _euros(label: str, help_text: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_EUROS,
        decimal_places=2,
    )


class AskForm(forms.Form):
    """Ask whoever decides that a rule gives way."""

    needed_when: ClassVar = {
        f"{name}_source": N_("needed with an amount") for name in ("helping", "not_helping")
    }
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    asked_of = forms.TypedChoiceField(label=N_("Who can decide it?"), coerce=UUID)
    rule = _words(N_("Which rule is in the way?"), HINT)
    law = _words(
        N_("What is the rule meant for, and what room does it leave?"),
        N_("The article, and what the law wants to reach with it."),
    )
    involvement = _words(N_("What do the resident and those around do themselves?"))
    gain = _words(N_("What does it bring, for the resident and for others?"))
    helping = _euros(N_("What does it cost to help, in euros?"), N_("Only where somebody knows it."))
    helping_source = Written(label=N_("From where is that known?"), max_length=200, required=False)
    not_helping = _euros(N_("What does it cost not to help, in euros?"), N_("Only where somebody knows it."))
    not_helping_source = Written(label=N_("From where is that known?"), max_length=200, required=False)

    def __init__(self, *args: Any, deciders: Iterable[Receiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = speech().say
        chosen = [(str(one.key), f"{one.name} · {say(one.what)}") for one in deciders]
        self.fields["asked_of"].choices = chosen  # type: ignore[attr-defined]

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    def clean(self) -> dict[str, Any]:
        """An amount goes with where it is known from."""
        told = super().clean() or self.cleaned_data
        for name in ("helping", "not_helping"):
            if told.get(name) is not None and not told.get(f"{name}_source"):
                self.add_error(
                    f"{name}_source", ValidationError(N_("Write from where you know it, or leave it out."))
                )
        return told

    @property
    def plea(self) -> Plea:
        """What was filled in."""
        told = self.cleaned_data
        return Plea(
            rule=told["rule"],
            law=told["law"],
            involvement=told["involvement"],
            gain=told["gain"],
            helping=self._cost("helping"),
            not_helping=self._cost("not_helping"),
        )

    def _cost(self, name: str) -> Cost | None:
        amount = self.cleaned_data[name]
        return None if amount is None else Cost(int(amount * 100), self.cleaned_data[f"{name}_source"])


class AnswerForm(forms.Form):
    """Answer whether a rule gives way."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    answer = forms.ChoiceField(
        label=N_("Does the rule give way?"),
        choices=(("agreed", N_("Yes, it gives way")), ("refused", N_("No"))),
        widget=forms.RadioSelect,
    )
    reason = _words(N_("Why?"), N_("The resident reads this. Say it as you would with them beside you."))
