"""Read plans: who fetches one may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import Extent, extent_of, may
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.plans.figures import Figure, figures_of, is_published
from ongedeeld.web.plans.models import Plan, Sign, Step


@dataclass(frozen=True)
class Shown:
    """A sign with what its figure is now; `now` is none where the City does not tell."""

    sign: Sign
    now: Figure | None

    @property
    def is_newer(self) -> bool:
        """Whether the figure is of a later period than that with which the plan began."""
        return self.now is not None and self.now.period > self.sign.began_on

    @property
    def way(self) -> float | None:
        """Which part of the expected change was made; below 0 is the wrong way."""
        change = self.sign.expected - self.sign.began_at
        if not self.is_newer or self.now is None or change == 0:
            return None
        return (self.now.value - self.sign.began_at) / change


def plans_for(person: Person, *, codes: Iterable[str] | None = None) -> QuerySet[Plan]:
    """The plans that a person may see, those that are to be reviewed first in front.

    Parameters
    ----------
    person
        Who asks.
    codes
        Only plans that lie in one of these areas or complexes.
    """
    require(person, "plans.see_plans")
    plans = Plan.objects.filter(_within(extent_of(person, "plans.see_plans")))
    plans = plans.filter(~Q(state=Plan.State.DRAFT) | _within(extent_of(person, "plans.see_drafts")))
    if codes is not None:
        plans = plans.filter(places__code__in=list(codes))
    return (
        plans.distinct()
        .order_by(F("review_on").asc(nulls_last=True), "-id")
        .annotate(
            all_steps=Count("steps", distinct=True),
            done_steps=Count("steps", filter=~Q(steps__state=Step.State.OPEN), distinct=True),
        )
    )


def _within(extent: Extent) -> Q:
    """The plans that an extent covers."""
    if extent.everywhere:
        return Q(pk__isnull=False)
    return Q(places__code__in=extent.codes) | Q(made_by=extent.made_by, made_by__isnull=False)


def plan_for(person: Person, key: UUID | str) -> Plan:
    """One plan that a person may see.

    Raises
    ------
    Http404
        When there is no such plan among those that the person may see.
    """
    plan = (
        plans_for(person)
        .filter(key=key)
        .prefetch_related("steps", "says", "signs", "reviews", "places")
        .first()
    )
    if plan is None:
        raise Http404(N_("There is no such plan, or it is not open to you."))
    return plan


def due_for(person: Person, *, today: date, codes: Iterable[str] | None = None) -> QuerySet[Plan]:
    """The agreed plans to look at again, with why: `review_is_due`, and how many are the `late_steps`."""
    late = Step.objects.filter(state=Step.State.OPEN, due__lt=today)
    review = Q(review_on__lte=today)
    due = review | Exists(late.filter(plan=OuterRef("pk")))
    return (
        plans_for(person, codes=codes)
        .filter(due, state=Plan.State.AGREED)
        .annotate(
            late_steps=Count("steps", filter=Q(steps__in=late), distinct=True),
            review_is_due=ExpressionWrapper(review, output_field=BooleanField()),
        )
    )


def occasion_for(person: Person, plan: Plan) -> str:
    """What a plan starts from, which may tell own figures; empty unless its writer opened it to everybody."""
    if plan.occasion_is_open or may(person, "plans.see_own_figures", plan):
        return plan.occasion
    return ""


def signs_of(person: Person, plan: Plan, opened: Opened | None) -> list[Shown]:
    """The signs of a plan with their figures of now; those of the association itself where rights reach."""
    figures = figures_of(opened, plan.unit)
    own = bool(may(person, "plans.see_own_figures", plan))
    return [
        Shown(sign, figures.get(sign.figure)) for sign in plan.signs.all() if own or is_published(sign.figure)
    ]
