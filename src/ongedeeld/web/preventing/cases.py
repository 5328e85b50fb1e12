"""What is done to let a household stay, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from ongedeeld.errors import N_, InputError
from ongedeeld.reasons import Decision
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.preventing.carrying import carry
from ongedeeld.web.preventing.contents import Threat
from ongedeeld.web.preventing.last_resort import can_be_last_resort, is_still_going_on
from ongedeeld.web.preventing.models import Case, CasePlace, Tried
from ongedeeld.web.preventing.origins import Origin
from ongedeeld.web.preventing.where import Where
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.sealing import seal
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

PURPOSE = "preventing.eviction"
RIGHT, DECIDE = "preventing.see_cases", "preventing.decide_eviction"
State, Outcome = Case.State, Case.Outcome


class NotTheLastResortError(InputError):
    """Not everything was tried; `decision` tells what was not."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(
            N_("an eviction is not the last resort yet"),
            remedy=N_("try first what is told on this page"),
        )
        self.decision = decision


def begin(
    where: Where | Origin,
    threat: Threat,
    occasion: str,
    *,
    actor: Person,
    now: datetime,
    today: date,
    once: UUID | None = None,
) -> Case:
    """Begin to keep what is tried for a household; sent again with the same key it is the same case.

    Parameters
    ----------
    where
        The home, or the arrears or signal that it comes from: a case goes no later than those, and takes over
        what arrears tell of what was tried.
    threat
        What is sealed.
    occasion
        Arrears or nuisance.
    actor
        Who keeps it.
    now, today
        The moment and its day.
    once
        The key that it gets.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When there is a case of this home already.
    """
    require(actor, RIGHT, where)
    key = once or uuid4()
    before = Case.objects.filter(key=key, made_by=actor.key).first()
    if before is not None:
        return before
    origin = where if isinstance(where, Origin) else None
    with processing("preventing.begin_case", of=PURPOSE, subject=where.home):
        _refuse_second(where.home)
        case = Case.objects.create(
            key=key,
            occasion=Case.Occasion(occasion),
            home=where.home,
            complex=where.complex,
            sealed=threat.sealed_for(key),
            owner=actor.key,
            made_by=actor.key,
            made_at=now,
            opened_on=today,
            remove_after=_kept_until(today, origin.remove_after if origin else None),
            **_copied(origin),
        )
        CasePlace.objects.bulk_create(CasePlace(case=case, code=code) for code in where.area_codes)
        fields = ["sealed", "occasion"]
        if origin is not None and origin.tried:
            carry(case, origin.tried, now=now)
            fields.append("tried")
        record(actor, "preventing.begin_case", "case", key, fields, place=where.complex)
    return case


def _copied(origin: Origin | None) -> dict[str, object]:
    """What a case keeps of where it comes from."""
    if origin is None:
        return {}
    return {
        "from_arrears": origin.arrears,
        "from_signal": origin.signal,
        "no_later": origin.remove_after,
    }


def _refuse_second(home: str) -> None:
    if Case.objects.filter(home=home).exclude(state=State.ENDED).exists():
        raise InputError(
            N_("somebody is working for this household already"),
            remedy=N_("look for it in the list, or ask the area manager who keeps it"),
        )


@dataclass(frozen=True)
class Attempt:
    """Something that was tried: the day, what, by whom, what came of it, and a few words."""

    day: date
    what: str
    by: str
    result: str
    words: str = ""


def try_something(
    case: Case, attempt: Attempt, *, actor: Person, now: datetime, today: date, once: UUID | None = None
) -> Tried:
    """Write down what was tried; it is not changed any more.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the case has ended, the day is to come, the words tell what must not be held, or none tell why
        nobody can be reached.
    """
    require(actor, RIGHT, case)
    _refuse_ended(case)
    if attempt.day > today:
        raise InputError(N_("this day is still to come"), remedy=N_("choose today or a day before"))
    refuse_words(attempt.words)
    if attempt.result == Tried.Result.UNREACHABLE and not attempt.words.strip():
        raise InputError(
            N_("it is not told why nobody can be reached"), remedy=N_("write the reason in a few words")
        )
    key = once or uuid4()
    before = Tried.objects.filter(key=key, case=case).first()
    if before is not None:
        return before
    with processing("preventing.try_something", of=PURPOSE, subject=case.home):
        tried = Tried.objects.create(
            key=key,
            case=case,
            at=now,
            actor=actor.key,
            day=attempt.day,
            what=Tried.What(attempt.what),
            by=Tried.By(attempt.by),
            result=Tried.Result(attempt.result),
            sealed=seal(attempt.words, f"tried:{key}") if attempt.words else "",
        )
        fields = ["what", "by", "result", "sealed"]
        record(actor, "preventing.try_something", "case", case.key, fields, place=case.complex)
    return tried


def decide(case: Case, reasons: str, *, version: int, actor: Person, today: date) -> None:
    """Decide that an eviction is the last resort.

    Raises
    ------
    Refused
        When the actor may not decide, there.
    NotTheLastResortError
        When something was not tried yet, or the actor keeps the case.
    InputError
        When no reason is given, or the words tell what must not be held.
    ChangedMeanwhileError
        When somebody else changed the case.
    """
    require(actor, DECIDE, case)
    _refuse_ended(case)
    decision = can_be_last_resort(case, case.tries.all(), actor.key)
    if not decision:
        raise NotTheLastResortError(decision)
    if not reasons.strip():
        raise InputError(N_("a decision needs its reasons"))
    refuse_words(reasons)
    with processing("preventing.decide_eviction", of=PURPOSE, subject=case.home):
        write(
            case,
            version,
            state=State.LAST_RESORT,
            reasons=seal(reasons, f"case-reasons:{case.key}"),
            decided_by=actor.key,
            decided_on=today,
        )
        record(
            actor, "preventing.decide_eviction", "case", case.key, ["state", "reasons"], place=case.complex
        )


def withdraw(case: Case, *, version: int, actor: Person) -> None:
    """Take the decision back: help is being tried again.

    Raises
    ------
    Refused
        When the actor may not decide, there.
    InputError
        When nothing was decided.
    ChangedMeanwhileError
        When somebody else changed the case.
    """
    require(actor, DECIDE, case)
    if case.state != State.LAST_RESORT:
        raise InputError(N_("there is no decision to take back"))
    with processing("preventing.withdraw_eviction", of=PURPOSE, subject=case.home):
        write(case, version, state=State.OPEN, reasons="", decided_by=None, decided_on=None)
        record(actor, "preventing.withdraw_eviction", "case", case.key, ["state"], place=case.complex)


def take_over(case: Case, *, version: int, actor: Person) -> None:
    """Keep a case from now on that a colleague kept.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the case has ended.
    ChangedMeanwhileError
        When somebody else changed the case.
    """
    require(actor, RIGHT, case)
    _refuse_ended(case)
    with processing("preventing.take_over_case", of=PURPOSE, subject=case.home):
        write(case, version, owner=actor.key)
        record(actor, "preventing.take_over_case", "case", case.key, ["owner"], place=case.complex)


def end(case: Case, outcome: str, *, day: date, version: int, actor: Person, today: date) -> None:
    """Write down how it ended.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When it has ended, the day is wrong, or an eviction was not decided to be the last resort, or
        something that may help is still going on.
    ChangedMeanwhileError
        When somebody else changed the case.
    """
    require(actor, RIGHT, case)
    _refuse_ended(case)
    if not case.opened_on <= day <= today:
        raise InputError(
            N_("it cannot have ended on that day"),
            expected=N_("a day between the one on which the case began and today"),
        )
    if outcome == Outcome.EVICTED and (case.state != State.LAST_RESORT or not case.decided_on):
        raise InputError(
            N_("nobody decided that an eviction is the last resort"),
            remedy=N_("ask an area manager to decide it first, with the reasons"),
        )
    if outcome == Outcome.EVICTED and is_still_going_on(case.tries.all()):
        raise InputError(
            N_("something that may help is still going on"),
            remedy=N_("write down how it ended, in a new line of the same kind"),
        )
    with processing("preventing.end_case", of=PURPOSE, subject=case.home):
        write(
            case,
            version,
            state=State.ENDED,
            outcome=Outcome(outcome),
            ended_on=day,
            remove_after=_kept_until(day, case.no_later),
        )
        record(actor, "preventing.end_case", "case", case.key, ["state", "outcome"], place=case.complex)


def _kept_until(day: date, no_later: date | None) -> date:
    return removed_after(PURPOSE, day, *([no_later] if no_later else []))


def _refuse_ended(case: Case) -> None:
    if case.state == State.ENDED:
        raise InputError(N_("this has ended and is not changed any more"))
