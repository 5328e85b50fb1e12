"""Take in what somebody saw: once, with an owner and a term."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.homes import blind_home
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.signals.arranging.routing import Facts, Routed
from ongedeeld.web.signals.arranging.teams import arranged, catch_all
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.letters import tell_owner
from ongedeeld.web.signals.models import Signal, SignalEvent, SignalPlace
from ongedeeld.web.signals.reporting.photos import KINDS, keep_photos
from ongedeeld.web.signals.reporting.wording_guard import refuse_words
from ongedeeld.web.working_days import working_days_after


@dataclass(frozen=True)
class Seen:
    """What somebody saw, and where.

    Parameters
    ----------
    kind, domain, weight, danger
        As in :class:`~ongedeeld.web.signals.models.Signal`.
    contents
        What is sealed.
    seen_on
        When it was seen.
    area_codes
        The codes of all areas around the place, with the number of its complex.
    complex
        The number of the complex; empty where it is in none.
    home
        What tells the home apart (see `homes.home_of`); empty for a place.
    near
        The same for a home whose address tells where a place is; nothing else is about that home.
    told_by
        When a resident who was not told will be; none where they were told.
    key
        Made on the device, so that what is sent twice is one signal.
    """

    kind: str
    contents: Contents
    seen_on: date
    area_codes: Collection[str]
    domain: str = ""
    weight: str = ""
    danger: bool = False
    complex: str = ""
    home: str = ""
    near: str = ""
    told_by: date | None = None
    key: UUID = field(default_factory=uuid4)


def report(seen: Seen, *, actor: Person, now: datetime, today: date, photos: Sequence[bytes] = ()) -> Signal:
    """Take a signal in; sent again, also at the same moment, it is the same signal.

    Parameters
    ----------
    seen
        What it is, and where.
    actor
        Who saw it.
    now, today
        When it comes in, and the legal date of that moment.
    photos
        Pictures of the place, as :func:`~ongedeeld.web.signals.reporting.photos.cleaned` gives them.

    Raises
    ------
    Refused
        When the person may not report there.
    InputError
        When a resident was not told and nobody says why or until when, for words that do not belong in a
        signal, or pictures with a signal about people.
    """
    require(actor, "signals.report", seen)
    try:
        with processing("signals.report", of="signals.signal", subject=blind_home(seen.home or seen.near)):
            return _taken_in(seen, actor, now, today, photos)
    except IntegrityError:
        # On a poor connection a device may send again while the first time is still under way.
        before = Signal.objects.filter(key=seen.key).first()
        if before is None:
            raise
        return _the_same(before, actor)


def _taken_in(seen: Seen, actor: Person, now: datetime, today: date, photos: Sequence[bytes]) -> Signal:
    before = Signal.objects.filter(key=seen.key).first()
    if before is not None:
        return _the_same(before, actor)
    _refuse_what_does_not_fit(seen, photos)
    facts = Facts(seen.kind, seen.domain, frozenset(seen.area_codes), seen.danger)
    who = arranged(facts, today, otherwise=actor.key)
    signal = Signal.objects.create(
        key=seen.key,
        kind=seen.kind,
        domain=seen.domain,
        weight=seen.weight,
        danger=seen.danger,
        sealed=seen.contents.sealed_for(seen.key),
        home=blind_home(seen.home),
        near=blind_home(seen.near),
        complex=seen.complex,
        told_by=seen.told_by,
        told_at=now if seen.told_by is None and seen.home else None,
        seen_on=seen.seen_on,
        received_at=now,
        made_by=actor.key,
        team=who.team if who.team.pk else catch_all(),
        owner=who.owner,
        routed=_told(who.routed),
        due=working_days_after(today, who.working_days),
        remove_after=removed_after("signals.signal", today),
    )
    SignalPlace.objects.bulk_create(SignalPlace(signal=signal, code=code) for code in set(seen.area_codes))
    keep_photos(signal, photos)
    SignalEvent.objects.create(signal=signal, at=now, actor=actor.key, step="receive", after=signal.state)
    fields = ["kind", "domain", "danger", "contents", "seen_on", "told_by"]
    if photos:
        fields.append("photos")
    record(actor, "signals.report", "signal", signal.key, fields, place=seen.complex)
    tell_owner(signal, by=actor.key)
    return signal


def _refuse_what_does_not_fit(seen: Seen, photos: Sequence[bytes]) -> None:
    if (seen.told_by is None) != (not seen.contents.not_told):
        raise InputError(
            N_("the resident was not told, and a reason and a day belong to that"),
            remedy=N_("tell the resident first, or give the reason and the day on which they will be told"),
        )
    for words in (seen.contents.note, seen.contents.did, seen.contents.not_told):
        refuse_words(words)
    if photos and seen.kind not in KINDS:
        raise InputError(
            N_("no pictures go with a signal about people"),
            remedy=N_("take the pictures out; write what you saw"),
        )


def _the_same(signal: Signal, actor: Person) -> Signal:
    if signal.made_by != actor.key:
        raise InputError(N_("this form was used already"), remedy=N_("open the page again"))
    return signal


def _told(routed: Routed) -> dict[str, object]:
    """Which rule fired and which it came before, by name as it was then."""
    fired = routed.rule.name if routed.rule else ""
    return {"fired": fired, "shadowed": [rule.name for rule in routed.shadowed]}
