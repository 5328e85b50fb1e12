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
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.changing import ChangedMeanwhileError, write
from ongedeeld.web.signals.events import Told, happened
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.signals.teams import able_members, answers_for

HAND_OVER = "hand_over"
HAND_OVER_ALL = "signals.hand_over"
"""The work that hands over everything that somebody has open, and the name of handing over in the log."""
PURPOSE = "signals.signal"
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
    """Let a member of its team answer a signal from now on; to whoever has it already nothing happens.

    Parameters
    ----------
    signal
        What is handed over; it is open.
    to
        The key of who answers from now on.
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
    if to not in able_members(signal.team.members.all(), signal.area_codes, today):
        raise InputError(
            N_("this colleague is not in the team, or may not answer signals from there"),
            remedy=N_("choose a colleague of the team who works there"),
        )
    if signal.owner != to:
        seen = signal.version if version is None else version
        _give(signal, signal.team, to, actor=actor, now=now, version=seen, words=words)


def hand_over_all(
    signals: Iterable[Signal], to: UUID, *, actor: Person, now: datetime, today: date
) -> tuple[int, int]:
    """Hand over each signal by itself; the colleague gets one letter.

    Returns
    -------
    How many were handed over, and how many could not be: somebody else was at them, or they are outside
    somebody's reach.
    """
    done = left = 0
    for signal in signals:
        try:
            with processing(HAND_OVER_ALL, of=PURPOSE, subject=signal.subject):
                hand_over(signal, to, actor=actor, now=now, today=today)
        except (InputError, ChangedMeanwhileError, Refused):
            left += 1
        else:
            done += 1
    if done and to != actor.key:
        write_to(to, HANDED, WAITS, reverse("signals"))
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
