"""Read signals: who fetches one may see it, and after its term nobody does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import Extent, extent_of, may
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.signals.answering.transitions import STEPS, Who, heard
from ongedeeld.web.signals.contents import Contents, contents_of
from ongedeeld.web.signals.events import answer_in, told_in
from ongedeeld.web.signals.models import Signal, SignalEvent, SignalPlace, SignalQuerySet

KIND = "signals.signal"
MOST_EARLIER = 10


@dataclass(frozen=True)
class Told:
    """A signal with what is sealed in it."""

    signal: Signal
    contents: Contents


@dataclass(frozen=True)
class Happened:
    """Something that happened to a signal, as its team reads it.

    Parameters
    ----------
    event
        What stands in the history.
    day
        When it happened.
    what
        What happened, to be translated.
    by
        Who did it; empty for the workbench itself and for who no longer works here.
    words, partner
        What was written, and with whom or to which organisation.
    heard
        The sentence that the reporter heard, to be translated, and `answer`, what was added to it.
    """

    event: SignalEvent
    day: date
    what: str
    by: str
    words: str
    partner: str
    heard: str
    answer: str


def signals_for(person: Person, today: date) -> SignalQuerySet:
    """The signals that somebody may see because they answer signals there, first those that are due first.

    Raises
    ------
    Refused
        When the person answers no signals.
    """
    require(person, "signals.see_signals")
    return _usable(today).filter(within(extent_of(person, "signals.see_signals")))


def to_answer(person: Person, today: date) -> SignalQuerySet:
    """The open signals that a person owns: where danger was reported in front, then due first."""
    return signals_for(person, today).open().filter(owner=person.key).order_by("-danger", "due", "id")


def to_tell(person: Person, today: date) -> SignalQuerySet:
    """Those of them of which the resident still has to hear, the first day in front."""
    return to_answer(person, today).filter(told_by__isnull=False, told_at__isnull=True).order_by("told_by")


def reported_by(person: Person, today: date) -> SignalQuerySet:
    """What a person reported, the last in front."""
    require(person, "signals.see_own_reports")
    reported = _usable(today).filter(made_by=person.key).prefetch_related("events")
    return reported.order_by("-received_at", "-id")


def signal_for(person: Person, key: UUID, today: date) -> Signal:
    """A signal that a person may see: because they answer there, or because they reported it.

    Raises
    ------
    Http404
        When there is none of this key, its term has ended, or a resident stopped its use.
    Refused
        When there is one, and the person may not see it.
    """
    signal = _usable(today).filter(key=key).first()
    if signal is None:
        raise Http404(N_("There is no such signal, or it was removed because it was kept long enough."))
    if signal.made_by == person.key and may(person, "signals.see_own_reports", signal):
        return signal
    require(person, "signals.see_signals", signal)
    return signal


def signal_of_home(
    person: Person, key: UUID, today: date, kinds: Collection[str] = Signal.Kind.values
) -> Signal:
    """A signal about a home that a person may see because they answer there: something else can begin of it.

    Raises
    ------
    Http404
        When there is none of this key and these kinds, its term has ended, or a resident stopped its use.
    Refused
        When there is one, and the person may not see it.
    """
    signal = _usable(today).filter(key=key, kind__in=kinds).exclude(home="").first()
    if signal is None:
        raise Http404(N_("There is no such record, or it is not open to you."))
    require(person, "signals.see_signals", signal)
    return signal


def told_of(signal: Signal) -> Told:
    """A signal with what is sealed in it; only for who was given the signal by :func:`signal_for`."""
    return Told(signal, contents_of(signal.key, signal.sealed))


def history_of(signal: Signal) -> list[Happened]:
    """Everything that happened to a signal, in order; for the team."""
    events = list(signal.events.all())
    names = names_of({event.actor for event in events if event.actor})
    return [_happened(event, signal, names) for event in events]


def heard_of(signal: Signal) -> list[Happened]:
    """What the reporter heard of a signal, in order: their own words, none of the team, and no names."""
    own = {event.pk: STEPS[event.step].who is Who.REPORTER for event in signal.events.all()}
    told = (_happened(event, signal, {}, words=own[event.pk]) for event in signal.events.all())
    return [one for one in told if one.heard or one.answer]


def last_heard(signal: Signal) -> Happened | None:
    """The last that the reporter heard."""
    return next(reversed(heard_of(signal)), None)


def earlier_facts(person: Person, signal: Signal, today: date) -> list[Told]:
    """What else is open at the same home and within the reach of a person, the last seen in front.

    It is fetched for one signal by the blind key of its home: there is no list of homes.
    """
    if not signal.home:
        return []
    others = signals_for(person, today).open().filter(home=signal.home).exclude(pk=signal.pk)
    return [told_of(one) for one in others.order_by("-seen_on", "-id")[:MOST_EARLIER]]


def _usable(today: date) -> SignalQuerySet:
    return Signal.objects.readable(today).prefetch_related("places")


def within(extent: Extent) -> Q:
    """The signals that an extent covers, looked up for each: first what few there are is found otherwise."""
    if extent.everywhere:
        return Q()
    return Q(Exists(SignalPlace.objects.filter(signal=OuterRef("pk"), code__in=extent.codes)))


def _happened(event: SignalEvent, signal: Signal, names: dict[UUID, str], *, words: bool = True) -> Happened:
    told = told_in(event) if words else None
    return Happened(
        event,
        timezone.localdate(event.at),
        STEPS[event.step].done,
        names.get(event.actor, "") if event.actor else "",
        told.words if told else "",
        told.partner if told else "",
        heard(event.step, signal.outcome if event.after == Signal.State.CLOSED else ""),
        answer_in(event),
    )


def photos_of(signal: Signal) -> Iterator[UUID]:
    """The keys of the photos of a signal."""
    return iter(signal.photos.order_by("id").values_list("key", flat=True))
