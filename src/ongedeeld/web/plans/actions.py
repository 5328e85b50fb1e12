"""Write plans: each action asks for the right, and writes the change and its audit row together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from ongedeeld.errors import N_, OngedeeldError, Translate
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import Area
from ongedeeld.web.audit.actions import record
from ongedeeld.web.plans.figures import Figure
from ongedeeld.web.plans.models import Plan, PlanPlace, Review, Say, Sign, Step


class ChangedMeanwhileError(OngedeeldError):
    """Somebody else changed the plan since it was opened."""


@dataclass(frozen=True)
class _Several:
    """Texts one after another, each in the language in which the whole is said."""

    texts: tuple[str, ...]

    def say(self, translate: Translate) -> str:
        return ", ".join(translate(text) for text in self.texts)


@dataclass(frozen=True)
class Draft:
    """What a plan says of itself; `occasion_is_open` where outsiders may read what it starts from."""

    title: str
    goal: str
    occasion: str = ""
    review_on: date | None = None
    occasion_is_open: bool = False


PLAN_FIELDS = ("title", "goal", "occasion", "occasion_is_open", "review_on")
Known = TypeVar("Known", Plan, Step, Say, Sign, Review)


def _same(known: Known, *, is_mine: bool) -> Known:
    """What a form made when it was sent before: sent twice it makes one thing."""
    if not is_mine:
        raise OngedeeldError(N_("this form was used already"), remedy=N_("open the page again"))
    return known


@transaction.atomic
def make_plan(place: Area, draft: Draft, *, actor: Person, once: UUID | None = None) -> Plan:
    """Begin a plan for an area or complex, as a draft.

    Parameters
    ----------
    place
        Where it lies.
    draft
        What it says of itself.
    actor
        Who begins it.
    once
        The key that it gets; a second call with the same key gives the first plan back.
    """
    require(actor, "plans.write_plan", place)
    plan, made = Plan.objects.get_or_create(
        key=once or uuid4(),
        defaults={
            "unit": place.code,
            "unit_name": place.name,
            "kind": place.kind,
            "made_by": actor.key,
            **{name: getattr(draft, name) for name in PLAN_FIELDS},
        },
    )
    if not made:
        return _same(plan, is_mine=plan.made_by == actor.key)
    PlanPlace.objects.bulk_create(PlanPlace(plan=plan, code=code) for code in place.area_codes)
    record(actor, "plans.make_plan", "plan", plan.key, PLAN_FIELDS, place=plan.unit)
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
    refuse_closed(plan)
    changed = [name for name in PLAN_FIELDS if getattr(plan, name) != getattr(draft, name)]
    change(plan, version, **{name: getattr(draft, name) for name in PLAN_FIELDS})
    record(actor, "plans.change_plan", "plan", plan.key, changed, place=plan.unit)


def change(plan: Plan, version: int, **values: object) -> None:
    """Write values of a plan, when nobody else wrote it since `version`."""
    done = Plan.objects.filter(pk=plan.pk, version=version).update(version=F("version") + 1, **values)
    if not done:
        raise ChangedMeanwhileError(
            N_("somebody else changed this plan while you were writing"),
            remedy=N_("look at the plan as it is now, and save again what is still yours"),
        )
    plan.refresh_from_db()


@transaction.atomic
def throw_away_draft(plan: Plan, *, actor: Person) -> None:
    """Throw away a draft of one's own, with all that is in it."""
    require(actor, "plans.throw_away_draft", plan)
    gone, _ = Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT).delete()
    if not gone:
        raise OngedeeldError(
            N_("only a draft can be thrown away"), remedy=N_("close the plan by looking back on it")
        )
    record(actor, "plans.throw_away_draft", "plan", plan.key, place=plan.unit)


def refuse_closed(plan: Plan) -> None:
    """Stop where a plan was closed: what it says stays as it is."""
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
    refuse_closed(plan)
    if plan.state == Plan.State.AGREED:
        raise OngedeeldError(N_("this plan was adopted already"), remedy=N_("look at the plan as it is now"))
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
            N_("this plan cannot be adopted yet: it lacks {what}"),
            remedy=N_("add what is lacking, and agree the plan then"),
            what=_Several(tuple(lacking)),
        )
    change(plan, plan.version, state=Plan.State.AGREED, agreed_on=today)
    record(actor, "plans.agree_plan", "plan", plan.key, ["state", "agreed_on"], place=plan.unit)


def refuse_past(due: date, today: date) -> None:
    """Stop where something would have to be done on a day that is over."""
    if due < today:
        raise OngedeeldError(
            N_("the day before which a step is done lies in the past"),
            remedy=N_("choose today or a day to come"),
        )


@transaction.atomic
def add_step(
    plan: Plan,
    *,
    what: str,
    owner: str,
    due: date,
    budget_cents: int | None,
    today: date,
    actor: Person,
    once: UUID | None = None,
) -> Step:
    """Add something that will be done; `once` is the key it gets, as in :func:`make_plan`."""
    require(actor, "plans.write_plan", plan)
    refuse_closed(plan)
    refuse_past(due, today)
    step, made = Step.objects.get_or_create(
        key=once or uuid4(),
        defaults={"plan": plan, "what": what, "owner": owner, "due": due, "budget_cents": budget_cents},
    )
    if not made:
        return _same(step, is_mine=step.plan_id == plan.pk)
    record(
        actor, "plans.add_step", "plan", plan.key, ["what", "owner", "due", "budget_cents"], place=plan.unit
    )
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
    record(
        actor, "plans.end_step", "plan", step.plan.key, ["state", "remark", "ended_on"], place=step.plan.unit
    )


@transaction.atomic
def add_say(
    plan: Plan, *, of: str, how: str, words: str, day: date, actor: Person, once: UUID | None = None
) -> Say:
    """Write down what residents or partners say; `once` is the key it gets, as in :func:`make_plan`."""
    require(actor, "plans.add_say", plan)
    refuse_closed(plan)
    say, made = Say.objects.get_or_create(
        key=once or uuid4(),
        defaults={"plan": plan, "of": of, "how": how, "words": words, "day": day, "made_by": actor.key},
    )
    if not made:
        return _same(say, is_mine=say.plan_id == plan.pk and say.made_by == actor.key)
    record(actor, "plans.add_say", "plan", plan.key, ["of", "how", "words", "day"], place=plan.unit)
    return say


@transaction.atomic
def add_sign(
    plan: Plan, *, figure: Figure, expected: float, by_day: date, actor: Person, once: UUID | None = None
) -> Sign:
    """Add a figure that would show whether the plan worked; where it stands now is kept with it.

    `once` is the key it gets, as in :func:`make_plan`.
    """
    require(actor, "plans.write_plan", plan)
    refuse_closed(plan)
    before = Sign.objects.filter(key=once).first() if once else None
    if before is not None:
        return _same(before, is_mine=(before.plan_id, before.figure) == (plan.pk, figure.name))
    sign, made = Sign.objects.get_or_create(
        plan=plan,
        figure=figure.name,
        defaults={
            "key": once or uuid4(),
            "began_at": figure.value,
            "began_on": figure.period,
            "expected": expected,
            "by_day": by_day,
        },
    )
    if not made and sign.key != once:
        raise OngedeeldError(N_("this plan has this sign already"), remedy=N_("choose another figure"))
    if made:
        record(actor, "plans.add_sign", "plan", plan.key, ["figure", "expected", "by_day"], place=plan.unit)
    return sign


@transaction.atomic
def review_plan(
    plan: Plan,
    *,
    words: str,
    onward: str,
    next_on: date | None,
    today: date,
    actor: Person,
    once: UUID | None = None,
) -> Review:
    """Look back, and decide how it goes on; closing ends the plan. `once` is as in :func:`make_plan`.

    Raises
    ------
    OngedeeldError
        For a draft, for a plan that goes on without a next day, and for a closed plan.
    """
    closes = onward == Review.Onward.CLOSE
    require(actor, "plans.agree_plan" if closes else "plans.write_plan", plan)
    before = Review.objects.filter(key=once).first() if once else None
    if before is not None:
        return _same(before, is_mine=before.plan_id == plan.pk)
    refuse_closed(plan)
    if plan.state == Plan.State.DRAFT:
        raise OngedeeldError(N_("a draft is not reviewed"), remedy=N_("agree the plan first"))
    if not closes and (next_on is None or next_on <= today):
        raise OngedeeldError(
            N_("a plan that goes on needs a next day of review"), remedy=N_("choose a day to come")
        )
    review = Review.objects.create(
        key=once or uuid4(),
        plan=plan,
        day=today,
        words=words,
        onward=onward,
        next_on=None if closes else next_on,
        made_by=actor.key,
    )
    if closes:
        change(plan, plan.version, state=Plan.State.CLOSED, closed_on=today, outcome=words, review_on=None)
    else:
        change(plan, plan.version, review_on=next_on)
    record(actor, "plans.review_plan", "plan", plan.key, ["words", "onward", "next_on"], place=plan.unit)
    return review
