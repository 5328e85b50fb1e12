"""What is done with arrears: from the first reminder until they end."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import F

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import ChangedMeanwhileError, write
from ongedeeld.web.preventing.contents import Debt
from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, ArrearsPlace, Condition
from ongedeeld.web.preventing.readiness import HOWS
from ongedeeld.web.preventing.where import Where
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after

PURPOSE = "preventing.arrears"
RIGHT = "preventing.see_arrears"
State, Step = Arrears.State, ArrearsEvent.Step
BEFORE_SENDING = (State.OPEN, State.LISTED)


def begin(
    where: Where,
    debt: Debt,
    counted_on: date,
    *,
    actor: Person,
    now: datetime,
    today: date,
    once: UUID | None = None,
) -> Arrears:
    """Begin with arrears of a home; sent again with the same key it is the same.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When arrears of this home are being worked on already, or the day of the figures is to come.
    """
    require(actor, RIGHT, where)
    _refuse_to_come(counted_on, today)
    key = once or uuid4()
    before = Arrears.objects.filter(key=key, made_by=actor.key).first()
    if before is not None:
        return before
    with processing("preventing.begin_arrears", of=PURPOSE, subject=where.home):
        if Arrears.objects.filter(home=where.home).exclude(state=State.ENDED).exists():
            raise InputError(
                N_("arrears of this home are being worked on already"),
                remedy=N_("look for them in the list, or ask the area manager who keeps them"),
            )
        arrears = Arrears.objects.create(
            key=key,
            home=where.home,
            complex=where.complex,
            municipality=where.municipality,
            sealed=debt.sealed_for(key),
            counted_on=counted_on,
            made_at=now,
            made_by=actor.key,
            remove_after=removed_after(PURPOSE, today),
        )
        ArrearsPlace.objects.bulk_create(ArrearsPlace(arrears=arrears, code=one) for one in where.area_codes)
        note(arrears, Step.BEGUN, actor, now)
        record(actor, "preventing.begin_arrears", "arrears", key, ["sealed"], place=where.complex)
    return arrears


def meet(
    arrears: Arrears, kind: str, *, day: date, how: str, actor: Person, now: datetime, today: date
) -> None:
    """Write down that one of the four conditions was met; written again, the last counts.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When a signal was sent already, the day is to come, or a condition cannot be met in that way.
    """
    require(actor, RIGHT, arrears)
    _refuse_sent(arrears)
    _refuse_to_come(day, today)
    if how not in HOWS[Condition.Kind(kind)]:
        raise InputError(
            N_("{what} is not done in this way"),
            expected=N_("in writing for a reminder and for telling, in person for contact"),
            what=Condition.Kind(kind).label,
        )
    with processing("preventing.meet_condition", of=PURPOSE, subject=arrears.home):
        Condition.objects.update_or_create(
            arrears=arrears, kind=kind, defaults={"day": day, "how": how, "actor": actor.key}
        )
        note(arrears, Step.CONDITION, actor, now, kind)
        record(actor, "preventing.meet_condition", "arrears", arrears.key, [kind], place=arrears.complex)


def change(
    arrears: Arrears,
    debt: Debt,
    counted_on: date,
    *,
    version: int,
    actor: Person,
    now: datetime,
    today: date,
) -> None:
    """Write the contact details and the arrears anew, such as after a part was paid.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`meet`; and when somebody else changed them.
    """
    require(actor, RIGHT, arrears)
    _refuse_sent(arrears)
    _refuse_to_come(counted_on, today)
    with processing("preventing.change_arrears", of=PURPOSE, subject=arrears.home):
        write(arrears, version, sealed=debt.sealed_for(arrears.key), counted_on=counted_on)
        note(arrears, Step.CHANGED, actor, now)
        record(
            actor,
            "preventing.change_arrears",
            "arrears",
            arrears.key,
            ["sealed", "counted_on"],
            place=arrears.complex,
        )


def end(arrears: Arrears, ending: str, *, actor: Person, now: datetime, today: date) -> None:
    """End it: nothing is sent any more, and a municipality that received the signal has to hear it.

    Raises
    ------
    Refused
        When the actor may not, there.
    ChangedMeanwhileError
        When it has ended already.
    """
    require(actor, RIGHT, arrears)
    with processing("preventing.end_arrears", of=PURPOSE, subject=arrears.home):
        ended = (
            Arrears.objects.filter(pk=arrears.pk)
            .exclude(state=State.ENDED)
            .update(
                state=State.ENDED,
                ending=Arrears.Ending(ending),
                ended_on=today,
                version=F("version") + 1,
            )
        )
        if not ended:
            raise ChangedMeanwhileError(
                N_("these arrears have ended already"), remedy=N_("look at them as they are now")
            )
        Arrears.objects.filter(pk=arrears.pk, sent_on__isnull=True).update(delivery=None)
        # Who received the signal has to hear that it ended, so it stays until that was done.
        sent = Arrears.objects.filter(pk=arrears.pk, sent_on__isnull=False)
        sent.update(remove_after=removed_after(PURPOSE, today))
        arrears.refresh_from_db()
        note(arrears, Step.ENDED, actor, now, ending)
        record(
            actor,
            "preventing.end_arrears",
            "arrears",
            arrears.key,
            ["state", "ending"],
            place=arrears.complex,
        )


def note(arrears: Arrears, step: ArrearsEvent.Step, actor: Person, now: datetime, about: str = "") -> None:
    """Write in the log of arrears what was done."""
    ArrearsEvent.objects.create(arrears=arrears, at=now, actor=actor.key, step=step, about=about)


def _refuse_sent(arrears: Arrears) -> None:
    if arrears.state not in BEFORE_SENDING:
        raise InputError(
            N_("this cannot be changed any more: the signal was sent, or it has ended"),
            remedy=N_("end it when the arrears are paid, and begin anew when there are others"),
        )


def _refuse_to_come(day: date, today: date) -> None:
    if day > today:
        raise InputError(N_("this day is still to come"), remedy=N_("choose today or a day before"))
