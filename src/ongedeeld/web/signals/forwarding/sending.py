"""Send a signal of public space on to the municipality: only what somebody chose, once, and no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from ongedeeld.errors import N_, FetchError, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.answering.steps import Taken as StepTaken
from ongedeeld.web.signals.answering.steps import take
from ongedeeld.web.signals.forwarding.models import Forwarding
from ongedeeld.web.signals.forwarding.placing import Point, points_of
from ongedeeld.web.signals.forwarding.signalen import (
    OTHER,
    Category,
    Municipality,
    PublicReport,
    Taken,
    UnansweredError,
)
from ongedeeld.web.signals.models import Photo, Signal
from ongedeeld.web.signals.reporting.photos import content_of
from ongedeeld.web.signals.reporting.wording_guard import refuse_words

RIGHT = "signals.handle"
PURPOSE = "signals.signal"
KNOWN_FOR = 24 * 3600
State = Forwarding.State


@dataclass(frozen=True)
class Chosen:
    """What somebody chose to send.

    Parameters
    ----------
    text
        What is the matter, and where: no word of it comes from the signal by itself.
    category
        How the municipality names it.
    photos
        The keys of the pictures that go along.
    place
        What the point is of (see `placing.At`); empty is the most precise that is not of one home.
    """

    text: str
    category: str
    photos: tuple[UUID, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of it: the record, and how many pictures did not arrive."""

    forwarding: Forwarding
    pictures_lost: int = 0


def categories() -> list[Category]:
    """What the municipality takes reports of, asked once a day; where it does not tell, "something else"."""
    key = f"signalen-categories:{settings.SIGNALEN}"
    known: list[Category] | None = cache.get(key)
    if known is None:
        try:
            with Municipality() as there:
                known = there.categories()
        except OngedeeldError:
            return [OTHER]
        cache.set(key, known, KNOWN_FOR)
    return known or [OTHER]


def _point(signal: Signal, opened: Opened, chosen: str) -> Point:
    """The point that somebody chose, or the first.

    Raises
    ------
    InputError
        When the City knows none, or not this one.
    """
    points = {str(one.at): one for one in points_of(signal, opened)}
    point = points.get(chosen) if chosen else next(iter(points.values()), None)
    if point is None:
        raise InputError(
            N_("the City does not tell where this is"),
            remedy=N_("report it on the site of the municipality"),
        )
    return point


def forward(
    signal: Signal, chosen: Chosen, opened: Opened, *, actor: Person, now: datetime, today: date
) -> Outcome:
    """Send a signal on, and write down which number it got.

    It is written first that it is being sent: whatever fails after that, it is not sent a second time by
    itself. What was told is not kept here.

    Raises
    ------
    Refused
        When the actor does not answer this signal.
    InputError
        When it is not about public space, was sent on before, or the words tell what must not be told.
    FetchError
        When the municipality did not take it, or did not answer.
    """
    require(actor, RIGHT, signal)
    if signal.kind != Signal.Kind.PUBLIC_SPACE:
        raise InputError(N_("only what is about public space goes to the municipality"))
    refuse_words(chosen.text)
    longitude, latitude = _point(signal, opened, chosen.place).degrees
    noon = datetime.combine(signal.seen_on, time(12), tzinfo=timezone.get_current_timezone())
    # In the morning noon is still to come, and a report tells of what was.
    seen_at = min(noon, timezone.localtime(now))
    report = PublicReport(chosen.text, chosen.category, longitude, latitude, seen_at)
    with Municipality() as there:
        forwarding = _begin(signal, chosen.category, actor, now)
        # Outside a transaction: what was sent stays sent, whatever is undone here.
        with processing("signals.send_on", of=PURPOSE, subject=signal.subject) as doing:
            headers = {"traceparent": doing.traceparent}
        taken = _send(there, report, headers, forwarding)
        _end(forwarding, State.SENT, taken)
        lost = _attach(there, taken, signal, chosen.photos)
    _step(signal, forwarding, actor=actor, now=now, today=today)
    return Outcome(forwarding, lost)


def _begin(signal: Signal, category: str, actor: Person, now: datetime) -> Forwarding:
    try:
        with transaction.atomic():
            return Forwarding.objects.create(
                signal=signal, category=category[-120:], begun_at=now, actor=actor.key
            )
    except IntegrityError as error:
        raise InputError(
            N_("this was sent on to the municipality before"),
            remedy=N_("see below which number it has there"),
        ) from error


def _send(
    there: Municipality, report: PublicReport, headers: dict[str, str], forwarding: Forwarding
) -> Taken:
    try:
        return there.send(report, headers)
    except UnansweredError:
        _end(forwarding, State.UNKNOWN)
        raise
    except FetchError:
        _end(forwarding, State.REFUSED)
        raise


def _end(forwarding: Forwarding, state: Forwarding.State, taken: Taken | None = None) -> None:
    forwarding.state = state
    if taken is not None:
        forwarding.number, forwarding.reference = taken.number, taken.reference
    forwarding.save(update_fields=["state", "number", "reference"])


def _attach(there: Municipality, taken: Taken, signal: Signal, photos: Sequence[UUID]) -> int:
    """Send the pictures along; how many did not arrive."""
    chosen = Photo.objects.filter(signal=signal, key__in=photos)
    return sum(not there.attach(taken.reference, content_of(photo)) for photo in chosen)


def _step(signal: Signal, forwarding: Forwarding, *, actor: Person, now: datetime, today: date) -> None:
    """Write it in the history of the signal and let the reporter hear it, as the signal is by now."""
    signal.refresh_from_db()
    step = StepTaken("forward", words=forwarding.number, partner="Signalen")
    take(signal, step, version=signal.version, actor=actor, now=now, today=today)


def let_go(forwarding: Forwarding, *, actor: Person) -> None:
    """Say that the municipality did not receive it, after looking there: it can be sent again then.

    Raises
    ------
    Refused
        When the actor does not answer this signal.
    InputError
        When it is known that the municipality has it.
    """
    require(actor, RIGHT, forwarding.signal)
    unsure = (State.UNKNOWN, State.SENDING)
    with processing("signals.send_again", of=PURPOSE):
        free = Forwarding.objects.filter(pk=forwarding.pk, state__in=unsure).update(state=State.REFUSED)
        if not free:
            raise InputError(N_("it is known whether the municipality has this"))
        record(
            actor,
            "signals.send_again",
            "signal",
            forwarding.signal.key,
            ["state"],
            place=forwarding.signal.complex,
        )
