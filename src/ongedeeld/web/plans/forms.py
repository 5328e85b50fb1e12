"""The forms of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms

from ongedeeld.errors import N_
from ongedeeld.web.plans.models import Review, Say, Step
from ongedeeld.web.safeguards.words import without_number
from ongedeeld.web.written import Written, day_field

FARTHEST = 1e9
"""No figure of an area lies farther from nought, in the unit that people see."""


class Told(Written):
    """Words of a plan, in which no citizen service number stands."""

    default_validators = [without_number]  # noqa: RUF012 - a list, as Django has it


def _words(label: str, *, required: bool = True, help_text: str = "", rows: int = 4) -> Told:
    return Told(
        label=label,
        required=required,
        help_text=help_text,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SentForm(forms.Form):
    """A form that makes something once, however often it is sent, or changes what stood there at `version`.

    `once` is the key of what it makes.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def clean_once(self) -> UUID:
        """The key; a new one where none was sent."""
        return self.cleaned_data["once"] or uuid4()

    def clean_version(self) -> int:
        """The version that was seen; none is older than every version."""
        return self.cleaned_data["version"] or 0

    @property
    def told(self) -> dict[str, Any]:
        """What people filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}

    def has_seen(self, version: int) -> None:
        """Let the next time that it is sent count as an answer to this version, which is shown beside it."""
        self.data = {**{name: self.data.get(name) for name in self.fields}, "version": str(version)}


class PlanForm(SentForm):
    """What a plan says of itself."""

    title = Told(label=N_("What is it called?"), max_length=200)
    occasion = _words(
        N_("What is the matter?"),
        required=False,
        help_text=N_(
            "The figure or the observation it starts from. Figures of the association itself are not meant "
            "for everybody: only colleagues who may see those of this place read it."
        ),
        rows=3,
    )
    occasion_is_open = forms.BooleanField(
        label=N_("Partners and tenants may read what is the matter"),
        required=False,
        help_text=N_(
            "Tick it when no figure of the association itself stands there, or when it may be known."
        ),
    )
    goal = _words(N_("What should be different, and for whom?"))
    review_on = day_field(N_("When do you look back?"), required=False)


class StepForm(SentForm):
    """Something that will be done."""

    what = Told(label=N_("What will be done?"), max_length=300)
    owner = Told(
        label=N_("Who does it?"),
        max_length=120,
        help_text=N_("A colleague, a team or a partner; never a resident's name."),
    )
    due = day_field(N_("Before when?"))
    budget = forms.DecimalField(
        label=N_("Budget in euros"), required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
    )

    @property
    def values(self) -> dict[str, Any]:
        """What a step is of it."""
        told = self.told
        return {"budget_cents": told.pop("budget"), **told}

    def clean_budget(self) -> int | None:
        """The budget in cents; none where it was not told."""
        budget: Decimal | None = self.cleaned_data["budget"]
        return None if budget is None else int(budget * 100)


class EndStepForm(forms.Form):
    """How a step ended."""

    state = forms.ChoiceField(
        label=N_("How did it end?"),
        choices=[(state.value, state.label) for state in (Step.State.DONE, Step.State.DROPPED)],
    )
    remark = Told(label=N_("Remark"), max_length=300, required=False)


class SayForm(SentForm):
    """What somebody says of the plan."""

    of = forms.ChoiceField(label=N_("Who says it?"), choices=Say.Of.choices)
    how = Told(
        label=N_("How were they asked?"),
        max_length=200,
        help_text=N_("For instance: evening in the meeting place, 23 people."),
    )
    words = _words(
        N_("What do they say?"), help_text=N_("No names, and nothing about one person's health or past.")
    )
    day = day_field(N_("When was that?"))


class ExpectedForm(SentForm):
    """Where a figure should be, and when."""

    expected = forms.FloatField(
        label=N_("Where should it be then?"),
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=N_("In the unit of the figure: a share as a percentage."),
    )
    by_day = day_field(N_("By when?"))


class SignForm(ExpectedForm):
    """A figure that would show whether it worked."""

    figure = forms.ChoiceField(label=N_("Which figure would show that it worked?"))
    field_order = ("figure",)

    def __init__(self, *args: Any, figures: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = list(figures)  # type: ignore[attr-defined]


class ReviewForm(SentForm):
    """A look back."""

    words = _words(N_("What do you see, and what did it bring?"))
    onward = forms.ChoiceField(label=N_("How does it go on?"), choices=Review.Onward.choices)
    next_on = day_field(
        N_("When do you look back again?"),
        required=False,
        help_text=N_("Not needed when the plan is closed."),
    )
