"""Change a part of a plan that is not closed, or take it back: a step, a sign, what somebody said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.plans.actions import ChangedMeanwhileError, change, refuse_closed, refuse_past
from ongedeeld.web.plans.models import Plan, Say, Sign, Step

PartOfPlan = Step | Sign | Say


def right_to_change(part: PartOfPlan) -> str:
    """The permission that is asked of who changes a part or takes it back."""
    return "plans.change_say" if isinstance(part, Say) else "plans.write_plan"


@transaction.atomic
def change_part(
    part: PartOfPlan, values: Mapping[str, object], *, version: int, today: date, actor: Person
) -> None:
    """Write values of a part anew, when nobody else did so since `version`.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else was first; nothing is written.
    OngedeeldError
        When the plan was closed, or a step is moved to a day that is over.
    """
    require(actor, right_to_change(part), part)
    refuse_closed(part.plan)
    changed = [name for name, value in values.items() if getattr(part, name) != value]
    if isinstance(part, Step) and "due" in changed:
        refuse_past(_day(values["due"]), today)
    done = (
        type(part)
        .objects.filter(pk=part.pk, version=version)
        .update(version=F("version") + 1, **dict(values))
    )
    if not done:
        raise ChangedMeanwhileError(
            N_("somebody else changed this while you were writing"),
            remedy=N_("look at what stands there now, and save again what is still yours"),
        )
    record(actor, f"plans.change_{_name(part)}", "plan", part.plan.key, changed, place=part.plan.unit)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a step is done before a day")
    return value


@transaction.atomic
def remove_part(part: PartOfPlan, *, actor: Person) -> None:
    """Take a part of a plan back; that it was done stays in the record.

    Raises
    ------
    OngedeeldError
        When the plan was closed, or is agreed and would be left without a step or a sign.
    """
    require(actor, right_to_change(part), part)
    plan = part.plan
    refuse_closed(plan)
    if plan.state == Plan.State.AGREED and not isinstance(part, Say):
        if not type(part).objects.filter(plan=plan).exclude(pk=part.pk).exists():
            raise OngedeeldError(
                N_("an adopted plan keeps at least one step and one sign"),
                remedy=N_("change it, or add another one first"),
            )
        change(plan, plan.version)  # of two who take back the last two, the second is told
    part.delete()
    record(actor, f"plans.remove_{_name(part)}", "plan", plan.key, place=plan.unit)


def _name(part: PartOfPlan) -> str:
    return str(part._meta.model_name)
