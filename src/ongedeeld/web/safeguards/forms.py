"""What can be looked for in the processing log."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.queries import Wanted


def _activities() -> list[tuple[str, str]]:
    return [("", N_("all")), *((one.name, one.text) for one in purposes().values())]


def _day(label: str) -> forms.DateField:
    """A day that the log can be of: at the ends of the calendar a day has no begin or end in UTC."""
    told = N_("Choose a day of this century.")
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1), told), MaxValueValidator(date(2099, 12, 31), told)],
    )


class LogForm(forms.Form):
    """A search; every field may be left empty."""

    activity = forms.ChoiceField(label=N_("Kind of data"), required=False, choices=_activities)
    status = forms.TypedChoiceField(
        label=N_("How it ended"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", N_("all")), *Processed.Status.choices],
    )
    key = forms.CharField(
        label=N_("Key of an operation, or of a trace"),
        required=False,
        validators=[
            RegexValidator(
                r"^([0-9a-f]{16}|[0-9a-f]{32})$", N_("A key has 16 digits and letters, a trace 32.")
            )
        ],
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
    def wanted(self) -> Wanted:
        """What is asked; nothing where the form is not in order."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()
