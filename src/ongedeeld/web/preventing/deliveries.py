"""What a municipality receives at once: make it, take something out, mark it as sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db.models import F, Q

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.preventing import queries
from ongedeeld.web.preventing.arrears import PURPOSE, RIGHT, note
from ongedeeld.web.preventing.files import FILES
from ongedeeld.web.preventing.models import Arrears, ArrearsEvent, Delivery, DeliveryPlace
from ongedeeld.web.preventing.readiness import may_be_sent
from ongedeeld.web.preventing.where import name_of_municipality
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.request_marks import stopped

State, Step, Kind = Arrears.State, ArrearsEvent.Step, Delivery.Kind


def make(kind: Delivery.Kind, receiver: str, *, actor: Person, now: datetime, today: date) -> Delivery:
    """Put together all that a municipality may receive today, within the reach of the actor.

    Parameters
    ----------
    kind
        Signals that may be sent, or signals of before that ended.
    receiver
        The code of the municipality.
    actor
        Who makes it.
    now, today
        The moment and its day.

    Raises
    ------
    Refused
        When the actor may send none.
    InputError
        When there is nothing to send.
    """
    require(actor, RIGHT)
    going = [one for one in queries.waiting_for(actor, kind, today=today) if one.municipality == receiver]
    if not going:
        raise _nothing()
    with processing(f"preventing.list_{kind}", of=PURPOSE) as doing:
        delivery = Delivery.objects.create(
            kind=kind,
            receiver=receiver,
            receiver_name=name_of_municipality(actor, receiver),
            made_at=now,
            made_by=actor.key,
            remove_after=removed_after(PURPOSE, today),
        )
        common = frozenset.intersection(*(one.area_codes for one in going))
        DeliveryPlace.objects.bulk_create(DeliveryPlace(delivery=delivery, code=code) for code in common)
        inside = [one for one in going if _put_in(one, delivery)]
        if not inside:
            raise _nothing()
        for one in inside:
            doing.about(one.home)
            note(one, Step.LISTED, actor, now, str(delivery.key))
        record(actor, f"preventing.list_{kind}", "delivery", delivery.key, ["arrears"])
    return delivery


def _nothing() -> InputError:
    return InputError(
        N_("there is nothing for this municipality now"),
        remedy=N_("see on the page of each of them what it still needs"),
    )


def _put_in(one: Arrears, delivery: Delivery) -> bool:
    """Put it in, unless somebody else did, or it ended, a moment ago."""
    same = Arrears.objects.filter(pk=one.pk, version=one.version)
    if delivery.kind == Kind.SIGNALS:
        put = same.update(state=State.LISTED, delivery=delivery, version=F("version") + 1)
    else:
        put = same.update(stop=delivery, version=F("version") + 1)
    return bool(put)


def contents(delivery: Delivery) -> Sequence[Arrears]:
    """What is in a delivery, in the order in which it was begun; nothing whose use a resident stopped."""
    if delivery.kind == Kind.STOPS:
        return list(delivery.stopped.all())
    held = delivery.arrears.prefetch_related("conditions")
    return list(held if delivery.sent_on else held.exclude(key__in=stopped(PURPOSE)))


def fingerprint(held: Iterable[Arrears]) -> str:
    """What a file holds: the same as long as nothing in it was changed, ended or taken out."""
    return sha256(";".join(f"{one.key}:{one.version}" for one in held).encode()).hexdigest()


def save_file(delivery: Delivery, form: str, *, actor: Person) -> bytes:
    """The file of a delivery in one of the `FILES`, as somebody saves it.

    Raises
    ------
    Refused
        When the actor may not see all that is in it.
    InputError
        When it was sent.
    """
    require(actor, RIGHT, delivery)
    with processing(f"preventing.export_{delivery.kind}", of=PURPOSE) as doing:
        held = contents(delivery)
        for one in held:
            doing.about(one.home)
        filed = Delivery.objects.filter(pk=delivery.pk, sent_on__isnull=True).update(filed=fingerprint(held))
        if not filed:
            raise _sent_before()
        record(actor, f"preventing.export_{delivery.kind}", "delivery", delivery.key, [form])
        return FILES[form][0](delivery, held)


def _sent_before() -> InputError:
    return InputError(N_("this delivery was sent already"), remedy=N_("its files are not made any more"))


def mark_sent(delivery: Delivery, *, way: str, day: date, actor: Person, now: datetime, today: date) -> None:
    """Write down that a delivery was brought to the municipality; it cannot be made again then.

    Raises
    ------
    Refused
        When the actor may not see all that is in it.
    InputError
        When it was sent already, is empty, the day is wrong, a signal may not be sent on that day, or the
        file that was saved last holds something else.
    """
    require(actor, RIGHT, delivery)
    if not timely(delivery, day, today):
        raise InputError(
            N_("it cannot have been sent on that day"),
            expected=N_("a day between the one on which it was made and today"),
        )
    held = contents(delivery)
    _refuse_unready(delivery, held, day)
    with processing(f"preventing.send_{delivery.kind}", of=PURPOSE) as doing:
        sent = Delivery.objects.filter(pk=delivery.pk, sent_on__isnull=True).update(
            sent_on=day, sent_by=actor.key, way=Delivery.Way(way), count=len(held)
        )
        if not sent:
            raise _sent_before()
        for one in held:
            doing.about(one.home)
        if _mark(delivery, held, day) != len(held):
            raise _changed()
        step = Step.SENT if delivery.kind == Kind.SIGNALS else Step.STOP_TOLD
        for one in held:
            note(one, step, actor, now, delivery.receiver)
        record(actor, f"preventing.send_{delivery.kind}", "delivery", delivery.key, ["sent_on", "way"])
    delivery.refresh_from_db()


def timely(delivery: Delivery, day: date, today: date) -> bool:
    """Whether a delivery can have been sent on a day."""
    return queries.day_of(delivery.made_at) <= day <= today


def _mark(delivery: Delivery, held: Iterable[Arrears], day: date) -> int:
    """Mark what is in it, where nothing was done with it since it was read; how many that were."""
    unchanged = Q(pk__in=[])
    for one in held:
        unchanged |= Q(pk=one.pk, version=one.version)
    if delivery.kind == Kind.SIGNALS:
        return delivery.arrears.filter(unchanged, state=State.LISTED).update(
            state=State.SENT, sent_on=day, remove_after=removed_after(PURPOSE, day), version=F("version") + 1
        )
    return delivery.stopped.filter(unchanged).update(stop_told_on=day, version=F("version") + 1)


def _changed() -> InputError:
    return InputError(
        N_("the file that was saved last does not hold what is in the delivery now"),
        remedy=N_("save the file again, send that one, and write it down then"),
    )


def _refuse_unready(delivery: Delivery, held: Sequence[Arrears], day: date) -> None:
    if not held:
        raise InputError(N_("there is nothing in this delivery any more"), remedy=N_("throw it away"))
    if delivery.filed != fingerprint(held):
        raise _changed()
    if delivery.kind == Kind.STOPS:
        return
    unready = [one for one in held if not may_be_sent(one.conditions.all(), one.counted_on, day)]
    if unready:
        raise InputError(
            N_("{count} of the signals may not be sent on that day"),
            remedy=N_("take them out of the delivery, or bring what they lack in order first"),
            count=len(unready),
        )


def take_out(arrears: Arrears, *, actor: Person, now: datetime) -> None:
    """Take arrears out of a delivery that was not sent yet.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When they are in none.
    """
    require(actor, RIGHT, arrears)
    with processing("preventing.take_out", of=PURPOSE, subject=arrears.home):
        out = Arrears.objects.filter(pk=arrears.pk, state=State.LISTED).update(
            state=State.OPEN, delivery=None, version=F("version") + 1
        )
        if not out:
            raise InputError(N_("this is in no delivery that still has to be sent"))
        note(arrears, Step.TAKEN_OUT, actor, now)
        record(actor, "preventing.take_out", "arrears", arrears.key, ["state"], place=arrears.complex)


def throw_away(delivery: Delivery, *, actor: Person, now: datetime) -> None:
    """Throw away a delivery that was not sent; what was in it waits again.

    Raises
    ------
    Refused
        When the actor may not see all that is in it.
    InputError
        When it was sent.
    """
    require(actor, RIGHT, delivery)
    with processing(f"preventing.throw_away_{delivery.kind}", of=PURPOSE) as doing:
        for one in contents(delivery):
            doing.about(one.home)
            note(one, Step.TAKEN_OUT, actor, now)
        if delivery.kind == Kind.SIGNALS:
            delivery.arrears.update(state=State.OPEN, delivery=None, version=F("version") + 1)
        record(actor, f"preventing.throw_away_{delivery.kind}", "delivery", delivery.key)
        gone, _ = Delivery.objects.filter(pk=delivery.pk, sent_on__isnull=True).delete()
        if not gone:
            raise _sent_before()
