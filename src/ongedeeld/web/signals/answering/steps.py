"""Take a step with a signal: a person does it and says why, and the reporter hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.words import has_citizen_number
from ongedeeld.web.signals.answering.transitions import STEPS, Step, Who, can_be_taken, heard
from ongedeeld.web.signals.arranging.handing import hand_over
from ongedeeld.web.signals.arranging.routing import fallback_days
from ongedeeld.web.signals.events import Told, happened
from ongedeeld.web.signals.letters import tell_owner, tell_reporter
from ongedeeld.web.signals.models import Signal, SignalEvent
from ongedeeld.web.signals.reporting.wording_guard import refuse_words
from ongedeeld.web.signals.terms import TOLD_WITHIN
from ongedeeld.web.working_days import working_days_after

MAY = {Who.HANDLER: "signals.handle", Who.REPORTER: "signals.see_own_reports"}
"""The right that belongs to the steps of each."""
CONTACTS = ("contact", "visit")


@dataclass(frozen=True)
class Taken:
    """A step that somebody takes, with what belongs to it (see `transitions.Step.asks`).

    Parameters
    ----------
    step
        Its name.
    words
        For the team: why, or what was agreed.
    answer
        For the reporter, beside the sentence of the step.
    partner, ground
        With whom, or to whom it is passed on, and why that is allowed.
    outcome
        How it ended.
    to
        Who goes on with it.
    told_by
        When the resident will be told.
    """

    step: str
    words: str = ""
    answer: str = ""
    partner: str = ""
    ground: str = ""
    outcome: str = ""
    to: UUID | None = None
    told_by: date | None = None


def take(signal: Signal, taken: Taken, *, version: int, actor: Person, now: datetime, today: date) -> None:
    """Take a step, when nobody else took one since `version`.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When the step cannot be taken from here, or lacks what belongs to it.
    ChangedMeanwhileError
        When somebody else was first; nothing is written.
    """
    step = _step(taken.step)
    with processing(f"signals.{step.name}", of="signals.signal", subject=signal.subject):
        require(actor, MAY[step.who], signal)
        _refuse_untimely(signal, step, today)
        _refuse_lacking(signal, taken, step, today)
        _refuse_words(taken)
        if taken.to is not None and step.name == "hand_over":
            hand_over(signal, taken.to, actor=actor, now=now, today=today, version=version, words=taken.words)
            tell_owner(signal, by=actor.key)
        else:
            _take(signal, taken, step, version=version, actor=actor, now=now, today=today)


def _take(
    signal: Signal, taken: Taken, step: Step, *, version: int, actor: Person, now: datetime, today: date
) -> None:
    before, values = signal.state, _values(signal, taken, step, actor, now, today)
    write(signal, version, **values)
    happened(
        signal,
        step.name,
        before,
        actor=actor.key,
        now=now,
        told=Told(taken.words, taken.partner),
        answer=taken.answer,
        ground=taken.ground,
    )
    record(actor, f"signals.{step.name}", "signal", signal.key, values, place=signal.complex)
    if _is_answer(taken, step) and actor.key != signal.made_by:
        tell_reporter(signal)
    if step.who is Who.REPORTER:
        tell_owner(signal, by=actor.key)


def _refuse_words(taken: Taken) -> None:
    """Stop words that do not belong here; to whom something went has to be known, whatever its name tells."""
    refuse_words(taken.words)
    refuse_words(taken.answer)
    if has_citizen_number(taken.partner):
        refuse_words(taken.partner)


def _step(name: str) -> Step:
    step = STEPS.get(name)
    if step is None or step.who is Who.WORKBENCH:
        raise InputError(N_("there is no such step"), remedy=N_("open the page again"))
    return step


def _refuse_untimely(signal: Signal, step: Step, today: date) -> None:
    """Stop where a step is not one of those that can be taken now."""
    if signal.remove_after < today:
        raise InputError(
            N_("this signal was kept as long as it may be"), remedy=N_("report what you see now")
        )
    if not can_be_taken(step, signal):
        raise InputError(
            N_("this step cannot be taken any more"),
            remedy=N_("look at the signal as it is now, and choose again"),
        )


def _refuse_lacking(signal: Signal, taken: Taken, step: Step, today: date) -> None:
    """Stop where something is not told that belongs to a step, or that the resident has to know first."""
    if step.why and not taken.words.strip():
        raise InputError(N_("the words are missing"), remedy=N_("say in a sentence why, or what was agreed"))
    if any(not getattr(taken, name) for name in step.asks):
        raise InputError(N_("something is missing"), remedy=N_("fill in everything that this step asks"))
    if taken.to == signal.owner:
        raise InputError(N_("this colleague has it already"), remedy=N_("choose another colleague"))
    if step.name == "tell_later" and taken.told_by is not None and taken.told_by < today:
        raise InputError(N_("this day has passed"), remedy=N_("choose a day to come"))
    if taken.told_by is not None and taken.told_by > today + TOLD_WITHIN:
        raise InputError(
            N_("this day lies too far ahead"),
            remedy=N_("choose a day within four weeks: who is written about has a right to hear of it"),
        )
    if step.name == "close" and signal.is_still_to_be_told:
        raise InputError(
            N_("the resident was not told yet that this was reported"),
            remedy=N_("tell the resident, write down how, and close it then"),
        )
    if taken.ground == SignalEvent.Ground.AGREED and signal.is_still_to_be_told:
        raise InputError(
            N_("who does not know of it cannot agree"),
            remedy=N_("tell the resident, write down how, and pass it on then"),
        )
    if taken.ground == SignalEvent.Ground.NO_PERSON and signal.home:
        raise InputError(
            N_("this is about somebody's home, and so about somebody"),
            remedy=N_("ask the resident, or choose the law that lets you pass it on"),
        )


def _is_answer(taken: Taken, step: Step) -> bool:
    """Whether the reporter hears something of it."""
    return step.who is Who.HANDLER and bool(taken.answer or heard(step.name))


def _values(
    signal: Signal, taken: Taken, step: Step, actor: Person, now: datetime, today: date
) -> dict[str, Any]:
    """What a step changes of the signal itself."""
    values: dict[str, Any] = {"state": step.leads_to(signal.state)}
    if _is_answer(taken, step) and signal.answered_at is None:
        values["answered_at"] = now
    if step.name in CONTACTS and signal.contact_at is None:
        values["contact_at"] = now
    if step.name == "pick_up":
        values["owner"] = actor.key
    if step.name == "tell_resident":
        values["told_at"] = now
    if step.name == "tell_later":
        values["told_by"] = taken.told_by
    if step.name == "close":
        values |= {"closed_at": now, "outcome": taken.outcome}
    if step.name in ("reopen", "not_over"):
        again = working_days_after(today, fallback_days(danger=signal.danger))
        values |= {"closed_at": None, "outcome": "", "due": again}
    if step.name == "not_over":
        values["answered_at"] = None
    return values
