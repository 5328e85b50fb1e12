"""Take in what somebody saw: once, with an owner and a term."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.sealing import blind
from ongedeeld.web.signals.contents import Contents
from ongedeeld.web.signals.models import Signal, SignalEvent, SignalPlace
from ongedeeld.web.signals.routing import FALLBACK_DAYS, Facts, Routed, route
from ongedeeld.web.signals.teams import answers_for, rules_in_order, team_for
from ongedeeld.web.signals.terms import working_days_after


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
        What tells the home apart in the City, such as the number of the dwelling; empty for a place.
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
    told_by: date | None = None
    key: UUID = field(default_factory=uuid4)


@transaction.atomic
def report(seen: Seen, *, actor: Person, now: datetime, today: date) -> Signal:
    """Take a signal in; sent again it is the same signal.

    Raises
    ------
    Refused
        When the person may not report there.
    InputError
        When a resident was not told and nobody says why or until when.
    """
    require(actor, "signals.report", seen)
    before = Signal.objects.filter(key=seen.key).first()
    if before is not None:
        return _the_same(before, actor)
    if (seen.told_by is None) != (not seen.contents.not_told):
        raise InputError(
            N_("the resident was not told, and a reason and a day belong to that"),
            remedy=N_("tell the resident first, or give the reason and the day on which they will be told"),
        )
    routed = route(
        Facts(seen.kind, seen.domain, frozenset(seen.area_codes), seen.danger), rules_in_order(), today
    )
    team = routed.rule.team if routed.rule else team_for(seen.area_codes)
    days = routed.rule.working_days if routed.rule else FALLBACK_DAYS
    signal = Signal.objects.create(
        key=seen.key,
        kind=seen.kind,
        domain=seen.domain,
        weight=seen.weight,
        danger=seen.danger,
        sealed=seen.contents.sealed_for(seen.key),
        home=blind(f"home:{seen.home}") if seen.home else "",
        complex=seen.complex,
        told_by=seen.told_by,
        told_at=now if seen.told_by is None and seen.home else None,
        seen_on=seen.seen_on,
        received_at=now,
        made_by=actor.key,
        team=team,
        owner=answers_for(team, routed.rule.owner if routed.rule else None, today),
        routed=_told(routed),
        due=working_days_after(today, days),
        remove_after=removed_after("signals.signal", today),
    )
    SignalPlace.objects.bulk_create(SignalPlace(signal=signal, code=code) for code in set(seen.area_codes))
    SignalEvent.objects.create(signal=signal, at=now, actor=actor.key, step="receive", after=signal.state)
    fields = ["kind", "domain", "danger", "contents", "seen_on", "told_by"]
    record(actor, "signals.report", "signal", signal.key, fields, place=seen.complex)
    return signal


def _the_same(signal: Signal, actor: Person) -> Signal:
    if signal.made_by != actor.key:
        raise InputError(N_("this form was used already"), remedy=N_("open the page again"))
    return signal


def _told(routed: Routed) -> dict[str, object]:
    """Which rule fired and which it came before, by name as it was then."""
    fired = routed.rule.name if routed.rule else ""
    return {"fired": fired, "shadowed": [rule.name for rule in routed.shadowed]}
