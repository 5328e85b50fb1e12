"""How a team fares: what is open, what was answered in time, how soon somebody spoke. Teams, not persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from ongedeeld.web.safeguards.request_marks import stopped
from ongedeeld.web.signals.models import Signal, Team

WEEKS = 13
MUCH, SHORT_SECONDS = 2_000, 60
"""Of a team with more open than this, its counts are kept so long."""
KEPT_SECONDS = 3600
"""How long figures are shown before they are counted again: a large team has many signals."""


@dataclass(frozen=True)
class TeamFigures:
    """The figures of a team.

    Parameters
    ----------
    waiting, late, begun
        Open signals: without a first answer, of those past their term, and being worked on.
    since
        The first day of the period of what follows.
    received
        How many came since, without those whose term still runs and that have no answer yet.
    in_time
        How many of those were answered within their term.
    contacts
        In how many of what came since somebody spoke with the resident.
    days_to_contact
        The median of the days until then; none where there was no contact.
    """

    waiting: int
    late: int
    begun: int
    since: date
    received: int
    in_time: int
    contacts: int
    days_to_contact: float | None

    @property
    def share_in_time(self) -> float | None:
        """Which share was answered in time; none where nothing had to be answered."""
        return self.in_time / self.received if self.received else None


def figures_of(team: Team, today: date, work: Sequence[OpenWork] | None = None) -> TeamFigures:
    """The figures of a team: what is open now, and what the last quarter of a year brought.

    What is of the quarter is at most an hour old.

    Parameters
    ----------
    team
        The team.
    today
        The day until which it is counted.
    work
        What :func:`open_work` tells, where that was asked already.
    """
    work = open_work(team, today) if work is None else work
    return TeamFigures(
        waiting=sum(one.waiting for one in work),
        late=sum(one.late for one in work),
        begun=sum(one.begun for one in work),
        **_quarter(team, today),
    )


@dataclass(frozen=True)
class OpenWork:
    """What somebody has open of a team: without a first answer, late of those, and being worked on."""

    owner: UUID
    waiting: int = 0
    late: int = 0
    begun: int = 0


def open_work(team: Team, today: date) -> list[OpenWork]:
    """How much everybody has open of a team; of a team with much, as it was at most a minute ago."""
    name = f"signals.open_work:{team.key}:{today}"
    held: list[OpenWork] | None = cache.get(name)
    if held is None:
        held = _open_work(team, today)
        if sum(one.waiting + one.begun for one in held) > MUCH:
            cache.set(name, held, SHORT_SECONDS)
    return held


def _open_work(team: Team, today: date) -> list[OpenWork]:
    """The few signals that `readable` leaves out go by number, so that an index alone counts the others."""
    past = Signal.objects.filter(remove_after__lt=today)
    unused = Signal.objects.filter(key__in=list(stopped("signals.signal")))
    few = [number for one in (past, unused) for number in one.values_list("pk", flat=True)]
    by_owner = Signal.objects.open().filter(team=team).exclude(pk__in=few).order_by("owner").values("owner")
    late = Count("pk", filter=Q(due__lt=today))
    waits = by_owner.filter(answered_at__isnull=True).annotate(waiting=Count("pk"), late=late)
    begun = by_owner.filter(answered_at__isnull=False).annotate(begun=Count("pk"))
    held = {row["owner"]: OpenWork(**row) for row in waits}
    for row in begun:
        held[row["owner"]] = replace(held.get(row["owner"], OpenWork(row["owner"])), begun=row["begun"])
    return list(held.values())


def _quarter(team: Team, today: date) -> dict[str, Any]:
    name = f"signals.team_quarter:{team.key}:{today}"
    held: dict[str, Any] | None = cache.get(name)
    if held is None:
        held = _counted(team, today)
        cache.set(name, held, KEPT_SECONDS)
    return held


def _counted(team: Team, today: date) -> dict[str, Any]:
    since = today - timedelta(weeks=WEEKS)
    came = Signal.objects.readable(today).filter(team=team, received_at__gte=_begin(since))
    counts = came.aggregate(
        received=Count("id", filter=Q(answered_at__isnull=False) | Q(due__lt=today)),
        in_time=Count("id", filter=Q(answered_at__date__lte=F("due"))),
        contacts=Count("contact_at"),
    )
    return {"since": since, "days_to_contact": _median_days(came, counts["contacts"]), **counts}


def _median_days(came: QuerySet[Signal], contacts: int) -> float | None:
    """The median of the days between arrival and contact; of an even number the mean of the middle two."""
    if not contacts:
        return None
    took = ExpressionWrapper(F("contact_at") - F("received_at"), output_field=DurationField())
    spoken = came.filter(contact_at__isnull=False).annotate(took=took).order_by("took")
    middle: list[timedelta] = list(
        spoken.values_list("took", flat=True)[(contacts - 1) // 2 : contacts // 2 + 1]
    )
    return sum((one / timedelta(days=1) for one in middle), 0.0) / len(middle)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
