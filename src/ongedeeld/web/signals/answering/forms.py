"""The forms with which a signal is answered: one for every step, with what that step asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.http import QueryDict

from ongedeeld.errors import N_
from ongedeeld.web.signals.answering.steps import Taken
from ongedeeld.web.signals.answering.transitions import Step, Who, heard
from ongedeeld.web.signals.models import Signal, SignalEvent, VisitNote
from ongedeeld.web.written import Written, day_field

LONGEST = 2000
CONFIDENTIAL = N_("No names, and nothing that the resident tells in confidence.")


def _words(label: str, *, required: bool, help_text: str = "", rows: int = 3) -> Written:
    widget = forms.Textarea(attrs={"rows": rows})
    return Written(label=label, required=required, help_text=help_text, max_length=LONGEST, widget=widget)


def _grounds(signal: Signal) -> list[tuple[str, str]]:
    """The grounds that can hold: what is about a home is about somebody."""
    about_nobody = SignalEvent.Ground.NO_PERSON
    return [
        (one.value, one.label) for one in SignalEvent.Ground if one is not about_nobody or not signal.home
    ]


class StepForm(forms.Form):
    """What belongs to a step; `version` is the one that was seen.

    Parameters
    ----------
    step
        The step.
    signal
        What it is taken with.
    colleagues
        Who could go on with it, people and other teams: the key and name of each.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, posted: QueryDict | None, *, step: Step, signal: Signal, colleagues: Mapping[UUID, str]
    ) -> None:
        super().__init__(posted, prefix=step.name, initial={"version": signal.version})
        self.step = step
        asked: dict[str, Callable[[], forms.Field]] = {
            "partner": lambda: Written(
                label=N_("With whom, or to which organisation?"),
                max_length=60,
                help_text=N_("Its name alone, and nothing about the resident."),
            ),
            "ground": lambda: forms.ChoiceField(
                label=N_("Why can it be passed on?"), choices=_grounds(signal), widget=forms.RadioSelect
            ),
            "outcome": lambda: forms.ChoiceField(
                label=N_("How did it end?"), choices=Signal.Outcome.choices, widget=forms.RadioSelect
            ),
            "to": lambda: forms.ChoiceField(
                label=N_("Who goes on with it?"),
                choices=[(str(key), name) for key, name in colleagues.items() if key != signal.owner],
            ),
            "told_by": lambda: day_field(N_("When will the resident be told?")),
            "answer": lambda: _words(
                N_("What may the reporter know?"), required=True, help_text=CONFIDENTIAL
            ),
        }
        for name in step.asks:
            self.fields[name] = asked[name]()
        if step.why:
            self.fields["words"] = _words(step.why, required=True)
        if step.who is Who.HANDLER and heard(step.name) and "answer" not in step.asks:
            self.fields["answer"] = _words(
                N_("Is there more that the reporter may know?"),
                required=False,
                help_text=CONFIDENTIAL,
                rows=2,
            )

    @property
    def asks_nothing(self) -> bool:
        """Whether it can be taken with one click."""
        return all(not field.required for name, field in self.fields.items() if name != "version")

    def has_seen(self, version: int) -> None:
        """Let the next time that it is sent count as an answer to this version, which is shown beside it."""
        typed = {self.add_prefix(name): self.data.get(self.add_prefix(name), "") for name in self.fields}
        self.data = {**typed, self.add_prefix("version"): str(version)}

    @property
    def taken(self) -> Taken:
        """The step as it was filled in."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version" and value}
        if "to" in told:
            told["to"] = UUID(told["to"])
        return Taken(self.step.name, **told)


class VisitForm(forms.Form):
    """How to go to an address, and until when."""

    manner = forms.ChoiceField(
        label=N_("How do people go there?"), choices=VisitNote.Manner.choices, widget=forms.RadioSelect
    )
    review_on = day_field(N_("Until when? Then somebody looks at it again."))


class LookAgainForm(forms.Form):
    """Until which day it goes on to hold."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    review_on = day_field(N_("Until when?"))


class FindForm(forms.Form):
    """Where one has to go; it is posted, so that no address stands in an address."""

    search = Written(
        label=N_("Which address?"),
        max_length=120,
        help_text=N_("A street with a number, or a postcode with a number."),
    )


def a_quarter_later(today: date) -> date:
    """The day that is proposed for looking again."""
    return today + timedelta(days=91)
