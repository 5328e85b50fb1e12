"""What arrears tell of what was tried: a case that begins from them takes it over, so nobody types it anew.

Arrears tell what was done and when, and not what came of it. So that is not told of what is taken over, and
none of it counts as contact with the household: an eviction is not decided on the ground of a letter alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, Case, Condition, Tried

Kind, What = Condition.Kind, Tried.What


@dataclass(frozen=True)
class Carried:
    """Something that was done with arrears, as a case tells it.

    Parameters
    ----------
    what
        What it was.
    day
        The day on which it was done.
    actor
        The key of who wrote it down with the arrears.
    how
        How it was done; none where arrears do not tell.
    """

    what: Tried.What
    day: date
    actor: UUID
    how: Condition.How | None = None


def carried_from(arrears: Arrears) -> tuple[Carried, ...]:
    """What was tried according to arrears, in order.

    That the tenant was told of a signal is no step to let them stay, and is left where it is: what is taken
    over is that the signal was sent.
    """
    found = [*_of_conditions(arrears.conditions.all()), *_of_events(arrears)]
    return tuple(sorted(found, key=lambda one: one.day))


def _of_conditions(held: Iterable[Condition]) -> Iterator[Carried]:
    for one in held:
        how = Condition.How(one.how)
        if one.kind == Kind.REMINDER:
            yield Carried(What.REMINDER, one.day, one.actor, how)
        elif one.kind == Kind.CONTACT:
            what = What.VISIT if how == Condition.How.VISIT else What.REACH
            yield Carried(what, one.day, one.actor, how)
        elif one.kind == Kind.HELP:
            yield Carried(What.DEBT_HELP, one.day, one.actor, how)


def _of_events(arrears: Arrears) -> Iterator[Carried]:
    by_step = {event.step: event.actor for event in arrears.events.all()}
    if arrears.sent_on is not None:
        yield Carried(What.SIGNAL, arrears.sent_on, by_step[ArrearsEvent.Step.SENT])
    if arrears.ended_on is not None and arrears.ending == Arrears.Ending.ARRANGED:
        yield Carried(What.ARRANGEMENT, arrears.ended_on, by_step[ArrearsEvent.Step.ENDED])


def carry(case: Case, carried: Iterable[Carried], *, now: datetime) -> None:
    """Write in a case that was begun now what is taken over into it; within the operation that begins it."""
    Tried.objects.bulk_create(
        Tried(
            case=case,
            at=now,
            actor=one.actor,
            day=one.day,
            what=one.what,
            by=Tried.By.ASSOCIATION,
            result=Tried.Result.UNTOLD,
            how=one.how or "",
            from_arrears=True,
        )
        for one in carried
    )
