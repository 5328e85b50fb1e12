"""Write plans: each action asks for the right, and writes the change and its audit row together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.audit.actions import record
from ongedeeld.web.plans.figures import Figure
from ongedeeld.web.plans.models import Plan, PlanPlace, Review, Say, Sign, Step


class ChangedMeanwhileError(OngedeeldError):
    """Somebody else changed the plan since it was opened."""


@dataclass(frozen=True)
class Draft:
    """What a plan says of itself."""

    title: str
    goal: str
    occasion: str = ""
    review_on: date | None = None


@transaction.atomic
def make_plan(place: Area, draft: Draft, *, actor: Person) -> Plan:
    """Begin a plan for an area or complex, as a draft."""
    require(actor, "plans.write_plan", place)
    plan = Plan.objects.create(
        unit=place.code,
        unit_name=place.name,
        kind=place.kind,
        title=draft.title,
        goal=draft.goal,
        occasion=draft.occasion,
        review_on=draft.review_on,
        made_by=actor.key,
    )
    PlanPlace.objects.bulk_create(PlanPlace(plan=plan, code=code) for code in place.area_codes)
    record(actor, "plans.make_plan", "plan", plan.key, ["title", "goal", "occasion", "review_on"])
    return plan


@transaction.atomic
def change_plan(plan: Plan, draft: Draft, *, version: int, actor: Person) -> None:
    """Write a plan anew, when nobody else did so since `version`.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else was first; nothing is written.
    """
    require(actor, "plans.write_plan", plan)
    _refuse_closed(plan)
    changed = [
        name
        for name in ("title", "goal", "occasion", "review_on")
        if getattr(plan, name) != getattr(draft, name)
    ]
    _change(
        plan, version, title=draft.title, goal=draft.goal, occasion=draft.occasion, review_on=draft.review_on
    )
    record(actor, "plans.change_plan", "plan", plan.key, changed)


def _change(plan: Plan, version: int, **values: object) -> None:
    done = Plan.objects.filter(pk=plan.pk, version=version).update(version=F("version") + 1, **values)
    if not done:
        raise ChangedMeanwhileError(
            N_("somebody else changed this plan while you were writing"),
            remedy=N_("look at the plan as it is now, and save again what is still yours"),
        )
    plan.refresh_from_db()


def _refuse_closed(plan: Plan) -> None:
    if plan.state == Plan.State.CLOSED:
        raise OngedeeldError(N_("this plan was closed"), remedy=N_("make a new plan"))


@transaction.atomic
def agree_plan(plan: Plan, *, today: date, actor: Person) -> None:
    """Agree a draft: from now on partners and tenants of the place see it too.

    Raises
    ------
    OngedeeldError
        When it was agreed or closed before, or lacks a step, a sign or a review day, without which nobody
        could tell whether it worked.
    """
    require(actor, "plans.agree_plan", plan)
    _refuse_closed(plan)
    if plan.state == Plan.State.AGREED:
        raise OngedeeldError(N_("this plan was agreed already"), remedy=N_("look at the plan as it is now"))
    lacking = [
        word
        for word, there in (
            (N_("a step"), plan.steps.exists()),
            (N_("a sign that shows whether it worked"), plan.signs.exists()),
            (N_("a day of review"), plan.review_on is not None),
        )
        if not there
    ]
    if lacking:
        raise OngedeeldError(
            N_("this plan cannot be agreed yet: it has no {what}"),
            remedy=N_("add it, and agree the plan then"),
            what=lacking[0],
        )
    _change(plan, plan.version, state=Plan.State.AGREED, agreed_on=today)
    record(actor, "plans.agree_plan", "plan", plan.key, ["state", "agreed_on"])


@transaction.atomic
def add_step(
    plan: Plan, *, what: str, owner: str, due: date, budget_cents: int | None, actor: Person
) -> Step:
    """Add something that will be done."""
    require(actor, "plans.write_plan", plan)
    _refuse_closed(plan)
    step = Step.objects.create(plan=plan, what=what, owner=owner, due=due, budget_cents=budget_cents)
    record(actor, "plans.add_step", "plan", plan.key, ["what", "owner", "due", "budget_cents"])
    return step


@transaction.atomic
def end_step(step: Step, *, state: Step.State, remark: str, today: date, actor: Person) -> None:
    """Tell that a step was done or dropped; a step ends once."""
    require(actor, "plans.end_step", step.plan)
    ended = Step.objects.filter(pk=step.pk, state=Step.State.OPEN).update(
        state=state, remark=remark, ended_on=today
    )
    if not ended:
        raise ChangedMeanwhileError(
            N_("this step was ended already"), remedy=N_("look at the plan as it is now")
        )
    record(actor, "plans.end_step", "plan", step.plan.key, ["state", "remark", "ended_on"])


@transaction.atomic
def add_say(plan: Plan, *, of: str, how: str, words: str, day: date, actor: Person) -> Say:
    """Write down what residents or partners say of the plan."""
    require(actor, "plans.add_say", plan)
    say = Say.objects.create(plan=plan, of=of, how=how, words=words, day=day, made_by=actor.key)
    record(actor, "plans.add_say", "plan", plan.key, ["of", "how", "words", "day"])
    return say


@transaction.atomic
def add_sign(plan: Plan, *, figure: Figure, expected: float, by_day: date, actor: Person) -> Sign:
    """Add a figure that would show whether the plan worked; where it stands now is kept with it."""
    require(actor, "plans.write_plan", plan)
    _refuse_closed(plan)
    sign, made = Sign.objects.get_or_create(
        plan=plan,
        figure=figure.name,
        defaults={
            "began_at": figure.value,
            "began_on": figure.period,
            "expected": expected,
            "by_day": by_day,
        },
    )
    if not made:
        raise OngedeeldError(N_("this plan has this sign already"), remedy=N_("choose another figure"))
    record(actor, "plans.add_sign", "plan", plan.key, ["figure", "expected", "by_day"])
    return sign


@transaction.atomic
def review_plan(
    plan: Plan, *, words: str, onward: str, next_on: date | None, today: date, actor: Person
) -> Review:
    """Look back, and decide how it goes on; closing ends the plan.

    Raises
    ------
    OngedeeldError
        For a draft, for a plan that goes on without a next day, and for a closed plan.
    """
    closes = onward == Review.Onward.CLOSE
    require(actor, "plans.agree_plan" if closes else "plans.write_plan", plan)
    _refuse_closed(plan)
    if plan.state == Plan.State.DRAFT:
        raise OngedeeldError(N_("a draft is not reviewed"), remedy=N_("agree the plan first"))
    if not closes and (next_on is None or next_on <= today):
        raise OngedeeldError(
            N_("a plan that goes on needs a next day of review"), remedy=N_("choose a day to come")
        )
    review = Review.objects.create(
        plan=plan,
        day=today,
        words=words,
        onward=onward,
        next_on=None if closes else next_on,
        made_by=actor.key,
    )
    if closes:
        _change(plan, plan.version, state=Plan.State.CLOSED, closed_on=today, outcome=words, review_on=None)
    else:
        _change(plan, plan.version, review_on=next_on)
    record(actor, "plans.review_plan", "plan", plan.key, ["words", "onward", "next_on"])
    return review
