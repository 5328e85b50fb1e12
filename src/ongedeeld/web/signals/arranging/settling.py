"""Give open signals to who answers them now: who had them went, is away, or a team came for the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ongedeeld.web.changing import ChangedMeanwhileError
from ongedeeld.web.signals.arranging.handing import give_anew
from ongedeeld.web.signals.arranging.teams import answering_extent, people_here, team_for
from ongedeeld.web.signals.models import Signal, SignalPlace, Team, TeamMember

BATCH = 500
Tell = Callable[[int], None]


def settle(now: datetime, today: date, tell: Tell | None = None) -> int:
    """Let every open signal be with somebody who may answer it and is there for its term.

    Four times a signal goes to another: it lies with the team that catches all and a team covers its place
    now; its owner may not answer it any more, or works here no more; its owner left the team; its owner is
    away, and the first answer is due before they are back, or nobody knows when that is.

    Parameters
    ----------
    now, today
        The moment and its day.
    tell
        Called with how many went to another so far.

    Returns
    -------
    How many went to another. A signal that somebody changes at the same moment waits for the next time.
    """
    moved = 0
    for signals, team_of in (*_to_new_teams(), *_without_owner(today), *_of_who_is_away(today)):
        for signal in _each(signals):
            try:
                moved += give_anew(signal, team_of(signal), now=now, today=today)
            except ChangedMeanwhileError:
                continue
            if tell is not None:
                tell(moved)
    return moved


Part = tuple[QuerySet[Signal], Callable[[Signal], Team]]


def _own_team(signal: Signal) -> Team:
    return signal.team


def _open() -> QuerySet[Signal]:
    return Signal.objects.filter(closed_at__isnull=True)


def _each(signals: QuerySet[Signal]) -> Iterator[Signal]:
    """Each by itself, read in parts: what it tells stays sealed."""
    keys = list(signals.values_list("pk", flat=True))
    for first in range(0, len(keys), BATCH):
        part = Signal.objects.filter(pk__in=keys[first : first + BATCH])
        yield from part.select_related("team").prefetch_related("places")


def _to_new_teams() -> Iterator[Part]:
    """What lies with the team that catches all, each to the team of its place."""
    if Team.objects.filter(is_active=True, catches_all=False, members__isnull=False).exists():
        yield _open().filter(team__catches_all=True), lambda signal: team_for(signal.area_codes)


def _without_owner(today: date) -> Iterator[Part]:
    """What lies with who may not answer it any more, or left its team."""
    people = {one.key: one for one in people_here()}
    for team, owner in _open().order_by().values_list("team", "owner").distinct():
        theirs = _open().filter(team=team, owner=owner)
        members = TeamMember.objects.filter(team=team)
        if owner not in people or (members.exists() and not members.filter(person=owner).exists()):
            yield theirs, _own_team
        else:
            extent = answering_extent(people[owner], today)
            if not extent.everywhere:
                within = SignalPlace.objects.filter(signal=OuterRef("pk"), code__in=extent.codes)
                yield theirs.exclude(Exists(within)), _own_team


def _of_who_is_away(today: date) -> Iterator[Part]:
    """What is due before its owner is back."""
    for member in TeamMember.objects.filter(away_from__lte=today):
        if member.is_away(today):
            due = Q(answered_at__isnull=True, due__lte=member.away_until) if member.away_until else Q()
            yield _open().filter(due, team=member.team_id, owner=member.person), _own_team
