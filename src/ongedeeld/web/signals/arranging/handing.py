"""Hand signals over: to a colleague, to who stands in, to another team. Each always has one owner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import Refused, require
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import ChangedMeanwhileError, write
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.arranging.teams import able_members, answers_for, teams_at
from ongedeeld.web.signals.events import Told, happened
from ongedeeld.web.signals.models import Signal, Team

HAND_OVER = "hand_over"
HAND_OVER_ALL = "signals.hand_over"
"""The work that hands over everything that somebody has open, and the name of handing over in the log."""
PURPOSE = "signals.signal"
TO_TEAM = N_("the team {name}")
HANDED = N_("Ongedeeld: a colleague handed work over to you")
WAITS = N_("A colleague handed something over to you. Nobody else answers it.")


@transaction.atomic
def hand_over(
    signal: Signal,
    to: UUID,
    *,
    actor: Person,
    now: datetime,
    today: date,
    version: int | None = None,
    words: str = "",
) -> None:
    """Let a member of its team, or another team, answer a signal from now on.

    To whoever has it already nothing happens.

    Parameters
    ----------
    signal
        What is handed over; it is open.
    to
        The key of who answers from now on, or of another team that works there: whoever leads it, or
        stands in, then answers.
    actor
        Who hands it over.
    now, today
        The moment and its day.
    version
        The version that the actor saw; none is the one of `signal`.
    words
        Why, and what is still to be done.

    Raises
    ------
    Refused
        When the actor may not answer this signal.
    InputError
        When it is closed, or `to` may not answer it.
    ChangedMeanwhileError
        When somebody else changed it.
    """
    require(actor, "signals.handle", signal)
    if signal.closed_at is not None:
        raise InputError(N_("a closed signal is not handed over"), remedy=N_("open it again first"))
    team, owner = _goes_to(signal, to, today)
    if (signal.team, signal.owner) != (team, owner):
        seen = signal.version if version is None else version
        _give(signal, team, owner, actor=actor, now=now, version=seen, words=words)


def _goes_to(signal: Signal, to: UUID, today: date) -> tuple[Team, UUID]:
    """The team and the person that a key stands for, where they may answer this signal."""
    team = next((one for one in teams_at(signal.area_codes) if one.key == to), None)
    if team is not None:
        return team, answers_for(team, None, signal.area_codes, today, otherwise=signal.owner)
    if to not in able_members(signal.team.members.all(), signal.area_codes, today):
        raise InputError(
            N_("this colleague is not in the team, or may not answer signals from there"),
            remedy=N_("choose a colleague of the team who works there, or another team"),
        )
    return signal.team, to


def hand_over_all(
    signals: Iterable[Signal], to: UUID, *, actor: Person, now: datetime, today: date
) -> tuple[int, int]:
    """Hand over each signal by itself; whoever gets some gets one letter.

    Returns
    -------
    How many were handed over, and how many could not be: somebody else was at them, or they are outside
    somebody's reach.
    """
    done = left = 0
    owners: set[UUID] = set()
    for signal in signals:
        try:
            with processing(HAND_OVER_ALL, of=PURPOSE, subject=signal.subject):
                hand_over(signal, to, actor=actor, now=now, today=today)
        except (InputError, ChangedMeanwhileError, Refused):
            left += 1
        else:
            done += 1
            owners.add(signal.owner)
    for owner in owners - {actor.key}:
        write_to(owner, HANDED, WAITS, reverse("signals"))
    return done, left


def give_anew(signal: Signal, team: Team, *, now: datetime, today: date) -> bool:
    """Give a signal to whoever answers in a team that day, as the workbench does by itself.

    Returns
    -------
    Whether that is somebody else than who had it.
    """
    to = answers_for(team, None, signal.area_codes, today, otherwise=signal.owner)
    if (signal.owner, signal.team_id) == (to, team.pk):
        return False
    with processing(HAND_OVER_ALL, of=PURPOSE, subject=signal.subject):
        _give(signal, team, to, actor=None, now=now, version=signal.version)
    return True


@transaction.atomic
def _give(
    signal: Signal,
    team: Team,
    to: UUID,
    *,
    actor: Person | None,
    now: datetime,
    version: int,
    words: str = "",
) -> None:
    write(signal, version, owner=to, team=team)
    told = Told(words) if words else None
    happened(signal, HAND_OVER, signal.state, actor=actor.key if actor else None, now=now, told=told)
    record(actor, "signals.hand_over", "signal", signal.key, ["owner", "team"], place=signal.complex)
