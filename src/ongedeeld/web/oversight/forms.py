"""What can be looked for in the audit record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from ongedeeld.errors import N_
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.queries import Search, known_kinds, known_verbs
from ongedeeld.web.oversight.queries import thing_text, verb_text


def _any_of(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", N_("all")), *choices]


def _people() -> list[tuple[str, str]]:
    return _any_of((str(key), name) for key, name in Person.objects.values_list("key", "name"))


def _verbs() -> list[tuple[str, str]]:
    return _any_of((verb, verb_text(verb)) for verb in known_verbs())


def _kinds() -> list[tuple[str, str]]:
    return _any_of((kind, thing_text(kind)) for kind in known_kinds())


def _day(label: str) -> forms.DateField:
    """A day that the record can be of: at the ends of the calendar a day has no begin or end in UTC."""
    told = N_("Choose a day of this century.")
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1), told), MaxValueValidator(date(2099, 12, 31), told)],
    )


class SearchForm(forms.Form):
    """A search; every field may be left empty."""

    person = forms.ChoiceField(label=N_("Person"), required=False, choices=_people)
    key = forms.UUIDField(
        label=N_("Key of a person"),
        required=False,
        help_text=N_("For somebody who was removed: the record keeps the key, not the name."),
    )
    verb = forms.ChoiceField(label=N_("What was done"), required=False, choices=_verbs)
    kind = forms.ChoiceField(label=N_("Kind of thing"), required=False, choices=_kinds)
    thing = forms.CharField(
        label=N_("Place, or key of the thing"),
        required=False,
        max_length=120,
        help_text=N_(
            "The name, number or code of a complex or neighbourhood finds all that was done there: views, "
            "inspections, notes, words of residents and plans."
        ),
    )
    from_day = _day(N_("From"))
    until_day = _day(N_("Until"))

    def clean(self) -> dict[str, Any]:
        """The period must not end before it begins."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("from_day"), cleaned.get("until_day")
        if begin and end and end < begin:
            self.add_error("until_day", N_("the last day lies before the first"))
        return cleaned

    @property
    def wanted(self) -> Search:
        """What is asked; nothing where the form is not in order."""
        if not self.is_valid():
            return Search()
        asked = dict(self.cleaned_data)
        chosen, key = asked.pop("person"), asked.pop("key")
        return Search(actor=key or (UUID(chosen) if chosen else None), **asked)
