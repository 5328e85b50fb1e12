"""The forms of what residents ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms

from ongedeeld.errors import N_
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import home_of
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_deciding import WITH_WORDS
from ongedeeld.web.safeguards.request_models import Finding, Request
from ongedeeld.web.safeguards.words import has_citizen_number
from ongedeeld.web.written import Written, day_field

NO_HOME = ""


def _words(label: str, *, required: bool = True, help_text: str = "", rows: int = 4) -> Written:
    area = forms.Textarea(attrs={"rows": rows})
    return Written(label=label, required=required, help_text=help_text, max_length=5000, widget=area)


class WordsForm(forms.Form):
    """A form in which no citizen service number is kept."""

    def clean(self) -> dict[str, Any]:
        """What was filled in."""
        filled = super().clean() or self.cleaned_data
        for name, value in list(filled.items()):
            if isinstance(value, str) and has_citizen_number(value):
                self.add_error(
                    name, N_("Leave out the citizen service number: it is not needed, and may not be kept.")
                )
        return filled


class TakeInForm(WordsForm):
    """Who asks what, about which home."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    right = forms.ChoiceField(
        label=N_("What do they ask?"), choices=Request.Right.choices, widget=forms.RadioSelect
    )
    name = Written(
        label=N_("Who asks?"), max_length=200, help_text=N_("As the answer is addressed. It is kept sealed.")
    )
    reach = Written(
        label=N_("How does the answer reach them?"),
        max_length=300,
        help_text=N_("By post, through the portal, or at the counter: as they wish."),
    )
    words = _words(N_("What do they ask, in their own words?"), required=False)
    received_on = day_field(
        N_("When did it reach the association?"),
        help_text=N_("In whatever way, also at the door: the month runs from this day."),
    )
    address = forms.ChoiceField(
        label=N_("About which home?"), required=False, widget=forms.RadioSelect, choices=()
    )
    lived_from = day_field(
        N_("Since when do they live there?"),
        required=False,
        help_text=N_("What came before that day is about who lived there before."),
    )

    def __init__(self, *args: Any, addresses: Iterable[Address] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in addresses}
        told = [(key, f"{one}, {one.postcode}".rstrip(", ")) for key, one in self.by_key.items()]
        none = (NO_HOME, N_("no home: I add the records by their key"))
        self.fields["address"].choices = [*told, none]  # type: ignore[attr-defined]

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    @property
    def contents(self) -> Contents:
        """What is sealed."""
        filled = self.cleaned_data
        home = self.by_key.get(filled["address"])
        return Contents(
            name=filled["name"],
            reach=filled["reach"],
            words=filled["words"],
            address=f"{home}, {home.postcode}".rstrip(", ") if home else "",
            home=home_of(home) if home else "",
            lived_from=filled["lived_from"],
        )


class VersionForm(WordsForm):
    """A change of what stood there at `version`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_version(self) -> int:
        """The version that was seen; none is older than every version."""
        return self.cleaned_data["version"] or 0


class IdentityForm(VersionForm):
    """How it was made sure who asks."""

    identity = forms.ChoiceField(
        label=N_("How was it made sure who asks?"),
        choices=Request.Identity.choices,
        widget=forms.RadioSelect,
        help_text=N_("Ask no more than is needed, and keep no copy of a document (GDPR 12(6))."),
    )


class ExtendForm(VersionForm):
    """Why it takes longer."""

    reason = _words(
        N_("Why does it take longer?"),
        help_text=N_("As you told who asked: because there are many requests, or this one is hard."),
        rows=2,
    )


class NameForm(forms.Form):
    """A record by its key."""

    thing = forms.UUIDField(
        label=N_("The key of the record"),
        help_text=N_("The last part of the address of its page; it also stands in the audit record."),
    )


class DecideForm(WordsForm):
    """What is done with one record."""

    decision = forms.ChoiceField(label=N_("What do you decide?"), choices=())
    words = _words(
        N_("Why? For a correction: what does the resident say?"),
        required=False,
        help_text=N_("As who asks may read it. Not needed where you simply do as they ask."),
        rows=2,
    )

    def __init__(self, *args: Any, decisions: Iterable[Finding.Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in decisions
        ]

    def clean(self) -> dict[str, Any]:
        """What was filled in; words where the decision needs them."""
        filled = super().clean()
        if filled.get("decision") in WITH_WORDS and not filled.get("words"):
            self.add_error("words", N_("Words belong to this decision."))
        return filled


class CloseForm(VersionForm):
    """The answer."""

    outcome = forms.ChoiceField(label=N_("How did it end?"), choices=Request.Outcome.choices)
    answer = _words(
        N_("What do you answer?"),
        help_text=N_(
            "It stands at the head of the file for who asks. Their way to the Dutch data protection "
            "authority and to the court is put below it."
        ),
    )
