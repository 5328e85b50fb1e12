"""Send a signal of public space on to the municipality: only what somebody chose, once, and no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import polars as pl
import shapely
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import N_, FetchError, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.signals.answering import Taken as StepTaken
from ongedeeld.web.signals.answering import take
from ongedeeld.web.signals.forwarding_models import Forwarding
from ongedeeld.web.signals.models import Photo, Signal
from ongedeeld.web.signals.photos import content_of
from ongedeeld.web.signals.signalen import (
    OTHER,
    Category,
    Municipality,
    PublicReport,
    Taken,
    UnansweredError,
)
from ongedeeld.web.signals.wording_guard import refuse_words

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
    """

    text: str
    category: str
    photos: tuple[UUID, ...] = ()


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


def point_of(signal: Signal, city: City) -> tuple[float, float]:
    """Where a signal is, in degrees: its complex, or the middle of its neighbourhood.

    Raises
    ------
    InputError
        When the City knows neither.
    """
    here = list(signal.area_codes)
    if city.has("complexes"):
        found = city.table("complexes").filter(pl.col("complex") == signal.complex).drop_nulls(["x_m", "y_m"])
        if not found.is_empty():
            return _degrees(found["x_m"][0], found["y_m"][0])
    inner = city.table("areas").filter(pl.col("code").is_in(here), pl.col("level") == "neighbourhood")
    shapes = inner.drop_nulls("geometry")["geometry"]
    if shapes.is_empty():
        raise InputError(
            N_("the City does not tell where this is"),
            remedy=N_("report it on the site of the municipality"),
        )
    middle = shapely.from_wkb(shapes[0]).representative_point()
    return _degrees(middle.x, middle.y)


def _degrees(x_m: float, y_m: float) -> tuple[float, float]:
    # Loads a library of projections, which the other pages need not wait for.
    import pyproj

    longitude, latitude = pyproj.Transformer.from_crs(28992, 4326, always_xy=True).transform(x_m, y_m)
    return round(longitude, 6), round(latitude, 6)


def forward(
    signal: Signal, chosen: Chosen, city: City, *, actor: Person, now: datetime, today: date
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
    longitude, latitude = point_of(signal, city)
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
