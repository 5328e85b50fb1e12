"""Forms in which people add to places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import THEME_LABELS
from ongedeeld.web.areas.actions import Marks, View
from ongedeeld.web.areas.models import (
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_WORDS,
    WAYS_OF_ASKING,
    ResidentsGrade,
    ResidentsWords,
)
from ongedeeld.web.areas.places import Place
from ongedeeld.web.areas.wording import HINT
from ongedeeld.web.written import Written

LONGEST_VIEW = timedelta(days=366)
PROPOSED_VIEW = timedelta(days=182)
"""How long a view holds when nobody chooses another day: half a year, so that it is looked at again."""
TASK = (
    ("1", N_("1: a small task")),
    ("2", N_("2: a rather small task")),
    ("3", N_("3: an average task")),
    ("4", N_("4: a rather large task")),
    ("5", N_("5: a large task")),
)
MARKS = {
    "clean": (
        N_("How clean is it?"),
        (N_("1: very dirty"), N_("2: dirty"), N_("3: fair"), N_("4: clean"), N_("5: very clean")),
    ),
    "whole": (
        N_("How whole is it?"),
        (
            N_("1: much is broken"),
            N_("2: several things are broken"),
            N_("3: something is broken"),
            N_("4: almost all is whole"),
            N_("5: all is whole"),
        ),
    ),
    "safe": (
        N_("How safe does it feel?"),
        (N_("1: unsafe"), N_("2: rather unsafe"), N_("3: fair"), N_("4: safe"), N_("5: very safe")),
    ),
}


def _day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class OverruleForm(forms.Form):
    """A professional's view on a theme of a card."""

    theme = forms.ChoiceField(label=N_("Theme"), choices=(("", N_("Choose a theme")), *THEME_LABELS.items()))
    score = forms.ChoiceField(
        label=N_("How large is the task, as you see it?"), choices=TASK, widget=forms.RadioSelect
    )
    reason = Written(
        label=N_("Why does the figure not tell what you see?"),
        help_text=HINT,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=N_("Last day on which this holds"),
        help_text=N_("At most a year ahead. A month before it ends it stands on your start page."),
        widget=_day(),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.initial.setdefault("until", today + PROPOSED_VIEW)

    def has_seen(self, keys: Iterable[str]) -> None:
        """Let the next time that it is sent count as an answer to these views, which are shown beside it."""
        seen = " ".join(keys)
        self.initial["seen"] = seen
        if self.is_bound:
            self.data = {**{name: self.data.get(name) for name in self.fields}, "seen": seen}

    def clean_until(self) -> date:
        """The end date: to come, and at most a year ahead."""
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(N_("This day is past: choose a day to come."))
        if until > self.today + LONGEST_VIEW:
            raise forms.ValidationError(N_("This is more than a year ahead: choose an earlier day."))
        return until

    @property
    def view(self) -> View:
        """What was filled in."""
        given = self.cleaned_data
        return View(
            given["theme"],
            int(given["score"]),
            given["reason"],
            given["until"],
            frozenset(given["seen"].split()),
        )


class InspectionForm(forms.Form):
    """An inspection, on the phone and in a minute."""

    def __init__(self, *args: Any, place: Place, **options: Any) -> None:
        super().__init__(*args, **options)
        if place.entrances:
            self.fields["entrance"] = forms.ChoiceField(
                label=N_("What do you look at?"),
                choices=(("", N_("The whole complex")), *place.entrances),
                required=False,
            )
        for name, (label, words) in MARKS.items():
            choices = tuple((str(mark), text) for mark, text in enumerate(words, start=1))
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        self.fields["remarks"] = Written(
            label=N_("Remarks"),
            help_text=HINT,
            required=False,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def marks(self) -> Marks:
        """What was found."""
        return Marks(*(int(self.cleaned_data[name]) for name in ("clean", "whole", "safe")))


class NoteForm(forms.Form):
    """A note of a professional on a neighbourhood."""

    text = Written(
        label=N_("What do you know of this neighbourhood that figures do not tell?"),
        help_text=HINT,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class _Asked(forms.Form):
    day = forms.DateField(label=N_("On which day was it asked?"), widget=_day())
    asked = forms.ChoiceField(label=N_("How was it asked?"), choices=tuple(WAYS_OF_ASKING.items()))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_day(self) -> date:
        """The day: not one to come."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(N_("This day is still to come."))
        return day


class GradeForm(_Asked):
    """The grade that residents give to living here."""

    grade = forms.DecimalField(
        label=N_("Average grade, from 1 to 10"), min_value=1, max_value=10, decimal_places=1, localize=True
    )
    answers = forms.IntegerField(label=N_("Of how many answers?"), min_value=1, max_value=100_000)
    field_order = ("grade", "answers", "day", "asked")

    @property
    def told(self) -> ResidentsGrade:
        """The grade that was filled in."""
        return ResidentsGrade(**self.cleaned_data)


class WordsForm(_Asked):
    """What a resident values or misses, in their own words."""

    words = Written(
        label=N_("What does the resident value or miss here?"),
        help_text=N_(
            "In their own words. Nothing that leads to somebody: no names, addresses, health or origin."
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = forms.BooleanField(
        label=N_("The resident agrees that these words are shown"),
        help_text=N_("Without agreement the words are not kept, only that somebody said something."),
        required=False,
    )
    field_order = ("words", "agreed", "day", "asked")

    def clean(self) -> dict[str, Any]:
        """Words to show have to be there."""
        given = super().clean() or {}
        if given.get("agreed") and not given.get("words"):
            self.add_error("words", N_("Write down what the resident said."))
        return given

    @property
    def told(self) -> ResidentsWords:
        """What was filled in."""
        return ResidentsWords(**self.cleaned_data)
