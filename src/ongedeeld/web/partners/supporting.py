"""Support that goes with a letting: from whom, for how long, how many hours, and who pays; never why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.models import Organisation, SupportAgreement, SupportPlace
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.processing import processing
from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.request_marks import forget
from ongedeeld.web.safeguards.sealing import seal, unseal

KEEP, PURPOSE = "partners.keep_support", "partners.support"


@dataclass(frozen=True)
class Contact:
    """What is sealed: where it is, and whom to call at the organisation that gives the support."""

    address: str
    name: str = ""
    phone: str = ""

    def sealed_for(self, support: UUID) -> str:
        """All of it, sealed for this support."""
        return seal(json.dumps(asdict(self), ensure_ascii=False), bound_to(support))


@dataclass(frozen=True)
class Support:
    """From when to when, how many hours a week, and who pays; hours are none where they are not known."""

    from_day: date
    until_day: date
    payer: str
    hours_per_week: Decimal | None = None


@dataclass(frozen=True)
class Home:
    """A home and all areas around it."""

    address: Address
    area_codes: frozenset[str]

    @property
    def blind(self) -> str:
        """By which records name it."""
        return blind_home(home_of(self.address))


def home_at(person: Person, address: Address) -> Home:
    """Where an address of the City lies."""
    known = areas_known(person)
    inner = address.complex if address.complex in known else address.area
    return Home(address, frozenset(place_of(inner, known).area_codes) - {""})


def begin(
    home: Home,
    organisation: Organisation,
    support: Support,
    contact: Contact,
    *,
    actor: Person,
    now: datetime,
    once: UUID | None = None,
) -> SupportAgreement:
    """Write down which support goes with a letting; sent again with the same key it is the same.

    Raises
    ------
    Refused
        When the actor may not, there.
    InputError
        When the organisation has ended, or the days contradict each other.
    """
    require(actor, KEEP, home)
    _check(support)
    if organisation.ended_on is not None:
        raise InputError(N_("this partner has ended"), remedy=N_("choose another partner"))
    key = once or uuid4()
    before = SupportAgreement.objects.filter(key=key, made_by=actor.key).first()
    if before is not None:
        return before
    with processing("partners.begin_support", of=PURPOSE, subject=home.blind):
        made = SupportAgreement.objects.create(
            key=key,
            home=home.blind,
            complex=home.address.complex,
            organisation=organisation,
            sealed=contact.sealed_for(key),
            made_by=actor.key,
            made_at=now,
            remove_after=removed_after(PURPOSE, support.until_day),
            **asdict(support),
        )
        SupportPlace.objects.bulk_create(
            SupportPlace(support=made, code=code) for code in sorted(home.area_codes)
        )
        record(actor, "partners.begin_support", "support", key, ["sealed"], place=made.complex)
    return made


def change(
    held: SupportAgreement, support: Support, contact: Contact, *, version: int, actor: Person
) -> None:
    """Change it, such as when it is given longer.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`begin`; and when somebody else changed it, or it has ended.
    """
    require(actor, KEEP, held)
    _check(support)
    _refuse_ended(held)
    with processing("partners.change_support", of=PURPOSE, subject=held.home):
        write(
            held,
            version,
            sealed=contact.sealed_for(held.key),
            remove_after=removed_after(PURPOSE, support.until_day),
            **asdict(support),
        )
        fields = ["sealed", "from_day", "until_day", "hours_per_week", "payer"]
        record(actor, "partners.change_support", "support", held.key, fields, place=held.complex)


def end(held: SupportAgreement, *, version: int, actor: Person, today: date) -> None:
    """Say that the support ended before its last day; it goes the sooner for it.

    Raises
    ------
    Refused, InputError, ChangedMeanwhileError
        As :func:`change`.
    """
    require(actor, KEEP, held)
    _refuse_ended(held)
    with processing("partners.end_support", of=PURPOSE, subject=held.home):
        last = min(today, held.until_day)
        write(held, version, ended_on=last, remove_after=removed_after(PURPOSE, last, held.remove_after))
        record(actor, "partners.end_support", "support", held.key, ["ended_on"], place=held.complex)


def contact_of(held: SupportAgreement) -> Contact:
    """What is sealed of it."""
    return Contact(**json.loads(unseal(held.sealed, bound_to(held.key))))


def bound_to(support: UUID) -> str:
    """To what it is sealed."""
    return f"support:{support}"


def remove(keys: list[UUID]) -> int:
    """Remove support with all that hangs on it; how many."""
    for key in keys:
        forget(PURPOSE, key)
    SupportAgreement.objects.filter(key__in=keys).delete()
    return len(keys)


def _check(support: Support) -> None:
    if support.until_day < support.from_day:
        raise InputError(N_("the last day lies before the first"), remedy=N_("change one of the two"))


def _refuse_ended(held: SupportAgreement) -> None:
    if held.ended_on is not None:
        raise InputError(N_("this support has ended"), remedy=N_("write down new support for this home"))
