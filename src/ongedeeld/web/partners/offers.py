"""What is done with what partners offer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.partners.models import Offer, OfferPlace, Organisation

KEEP, TELL_WAIT = "partners.keep", "partners.tell_wait"


@dataclass(frozen=True)
class Offered:
    """What a partner does for people, where people go to, and how they reach it.

    `wait_days` is none where nobody told it; `wait_known_on` is the day on which it held.
    """

    name: str
    domain: str
    description: str = ""
    for_whom: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    wait_days: int | None = None
    wait_known_on: date | None = None


@transaction.atomic
def make_offer(
    organisation: Organisation,
    offered: Offered,
    codes: Collection[str],
    *,
    actor: Person,
    once: UUID | None = None,
    source_id: str = "",
) -> Offer:
    """Write down what a partner offers, in some areas or (without codes) everywhere.

    Sent again with the same key it is the same.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When the partner has ended.
    """
    require(actor, KEEP)
    key = once or uuid4()
    before = Offer.objects.filter(key=key).first()
    if before is not None:
        return before
    if organisation.ended_on is not None:
        raise InputError(N_("this partner has ended"), remedy=N_("write the offer with another partner"))
    made = Offer.objects.create(
        key=key,
        organisation=organisation,
        everywhere=not codes,
        source_id=source_id,
        **asdict(offered),
    )
    _place(made, codes)
    record(actor, "partners.make_offer", "offer", key, ["name", "domain", "areas"])
    return made


@transaction.atomic
def change_offer(
    offer: Offer, offered: Offered, codes: Collection[str], *, version: int, actor: Person
) -> None:
    """Change what a partner offers.

    Raises
    ------
    Refused, ChangedMeanwhileError
        When the actor may not, or somebody else changed it.
    """
    require(actor, KEEP)
    told = asdict(offered)
    changed = [name for name, value in told.items() if getattr(offer, name) != value]
    if set(codes) != codes_of(offer):
        changed.append("areas")
    write(offer, version, everywhere=not codes, **told)
    _place(offer, codes)
    if changed:
        record(actor, "partners.change_offer", "offer", offer.key, changed)


@transaction.atomic
def tell_wait(offer: Offer, days: int | None, *, actor: Person, today: date) -> None:
    """Write down how long the wait is, as somebody heard it today; none is that nobody knows.

    Raises
    ------
    Refused
        When the actor may not.
    """
    require(actor, TELL_WAIT)
    write(offer, offer.version, wait_days=days, wait_known_on=today if days is not None else None)
    record(actor, "partners.tell_wait", "offer", offer.key, ["wait_days"])


@transaction.atomic
def end_offer(offer: Offer, *, version: int, actor: Person, today: date) -> None:
    """Say that it is not offered any more.

    Raises
    ------
    Refused, ChangedMeanwhileError
        When the actor may not, or somebody else changed it.
    """
    require(actor, KEEP)
    write(offer, version, ended_on=today)
    record(actor, "partners.end_offer", "offer", offer.key, ["ended_on"])


def codes_of(offer: Offer) -> set[str]:
    """The areas in which something is offered; none is everywhere."""
    return {place.code for place in offer.places.all()}


def _place(offer: Offer, codes: Collection[str]) -> None:
    offer.places.exclude(code__in=codes).delete()
    OfferPlace.objects.bulk_create(
        [OfferPlace(offer=offer, code=code) for code in sorted(codes)], ignore_conflicts=True
    )
