"""The work of a team: what waits for a first answer, what is being worked on, and how much each has open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.signals.arranging.arranged import (
    SEE_TEAM,
    TeamSeen,
    may_arrange,
    team_for_person,
)
from ongedeeld.web.signals.arranging.team_figures import OpenWork, open_work
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.signals.queries import within

PAGE = 25


class Which(StrEnum):
    """Which open signals of a team."""

    WAITING = "wachten"
    BEGUN = "lopen"


WHICH_LABELS = {
    Which.WAITING: N_("wait for a first answer"),
    Which.BEGUN: N_("are being worked on"),
}


@dataclass(frozen=True)
class Line:
    """A signal in the list, without what was seen; `is_late` where the reporter should have heard by now."""

    signal: Signal
    owner: str
    is_late: bool


@dataclass(frozen=True)
class Lines:
    """A part of a list; `after` is the key of its last signal where more follow."""

    lines: tuple[Line, ...]
    after: UUID | None


@dataclass(frozen=True)
class Load:
    """How much somebody has open: counts of work, and nothing about how they work."""

    person: UUID
    name: str
    waiting: int
    begun: int


def team_at_work(person: Person, key: UUID) -> TeamSeen:
    """A team whose work a person may see.

    Raises
    ------
    Refused
        When they may see no team's work.
    Http404
        When they may not see that of this team.
    """
    require(person, SEE_TEAM)
    seen = team_for_person(person, key)
    require(person, SEE_TEAM, seen)
    return seen


def lines_of(
    person: Person, team: Team, which: Which, today: date, *, after: UUID | None = None, mine: bool = False
) -> Lines:
    """A part of the open signals of a team within a person's reach, whose term ends first in front.

    Parameters
    ----------
    person
        Who asks.
    team
        The team.
    which
        Those that wait for a first answer, or those that are being worked on.
    today
        The day on which something is late.
    after
        The key of the signal behind which the list goes on.
    mine
        Only those that this person answers.
    """
    signals = open_signals(team, which, today).filter(within(extent_of(person, "signals.see_signals")))
    if mine:
        signals = signals.filter(owner=person.key)
    last = Signal.objects.filter(key=after).values_list("due", "id").first() if after else None
    if last is not None:
        # Said twice, so that both databases begin in the index where this part begins.
        signals = signals.filter(Q(due__gt=last[0]) | Q(id__gt=last[1]), due__gte=last[0])
    found = list(signals.order_by("due", "id").defer("sealed", "routed")[: PAGE + 1])
    shown = found[:PAGE]
    names = names_of(one.owner for one in shown)
    lines = (
        Line(one, names.get(one.owner, ""), one.answered_at is None and one.due < today) for one in shown
    )
    return Lines(tuple(lines), shown[-1].key if len(found) > PAGE else None)


def signals_of(
    person: Person, team: Team, keys: Collection[UUID], owner: UUID | None, today: date
) -> list[Signal]:
    """The open signals of a team with one of these keys or of one owner, within a person's reach."""
    reach = within(extent_of(person, "signals.see_signals"))
    wanted = Q(key__in=keys) | Q(owner=owner) if owner else Q(key__in=keys)
    still_open = Signal.objects.readable(today).open().filter(wanted, reach, team=team)
    return list(still_open.select_related("team").prefetch_related("places"))


def open_signals(team: Team, which: Which, today: date) -> QuerySet[Signal]:
    """The open signals of a team, as its indexes know them."""
    waits = which is Which.WAITING
    return Signal.objects.readable(today).open().filter(team=team, answered_at__isnull=waits)


def sees_the_whole(person: Person, seen: TeamSeen) -> bool:
    """Whether a person may see counts of a team: they are in it, or may see all that it covers.

    Who sees a part would know by subtraction what came from the rest.
    """
    if seen.team.members.filter(person=person.key).exists():
        return True
    extent = extent_of(person, "signals.see_signals")
    return extent.everywhere or (bool(seen.areas) and all(extent.covers(one) for one in seen.areas))


def workload(
    person: Person, seen: TeamSeen, today: date, held: Sequence[OpenWork] | None = None
) -> list[Load] | None:
    """How much everybody of a team has open, by name; none for who does not lead or arrange it.

    `held` is what `open_work` tells, where that was asked already.
    """
    rows = list(seen.team.members.all())
    leads = any(row.person == person.key and row.leads for row in rows)
    if not (leads and may(person, SEE_TEAM)) and not may_arrange(person, seen.team.areas):
        return None
    work = {one.owner: one for one in (open_work(seen.team, today) if held is None else held)}
    people = {*work, *(row.person for row in rows)}
    names = names_of(people)
    all_of_them = [work.get(key, OpenWork(key)) for key in people]
    loads = [Load(one.owner, names.get(one.owner, ""), one.waiting, one.begun) for one in all_of_them]
    return sorted(loads, key=lambda one: (one.name, str(one.person)))
