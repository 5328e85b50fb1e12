"""Lay a directory that was read beside the register: what it would change, and then change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.partners.hsds_reading import Directory, Listed, Service
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.partners.offers import Offered, change_offer, codes_of, make_offer
from ongedeeld.web.partners.organisations import (
    KEEP,
    About,
    change_organisation,
    make_organisation,
)

Held = TypeVar("Held", Organisation, Offer)


class Kind(StrEnum):
    """What taking over would do to something."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


KIND_LABELS = {Kind.NEW: N_("new"), Kind.CHANGED: N_("changes"), Kind.SAME: N_("stays as it is")}


@dataclass(frozen=True)
class Change:
    """What taking over would do.

    Parameters
    ----------
    kind
        Whether it is new here, changes, or is the same.
    name
        What it is called in the file.
    of
        The organisation that offers it; empty for an organisation.
    fields
        The names of the fields that change.
    """

    kind: Kind
    name: str
    of: str = ""
    fields: tuple[str, ...] = ()


def changes(directory: Directory) -> list[Change]:
    """What taking over a directory would do, in the order of the file. What it does not name stays."""
    return list(_changes(directory))


def _changes(directory: Directory) -> Iterator[Change]:
    for listed in directory.organisations:
        held = find_organisation(listed)
        yield _change(listed.about.name, _organisation_changes(held, listed) if held else None)
        for service in listed.services:
            offer = find_offer(held, service) if held else None
            fields = _offer_changes(offer, service) if offer else None
            yield _change(service.offered.name, fields, listed.about.name)


def _change(name: str, fields: list[str] | None, of: str = "") -> Change:
    if fields is None:
        return Change(Kind.NEW, name, of)
    return Change(Kind.CHANGED if fields else Kind.SAME, name, of, tuple(fields))


@transaction.atomic
def take_over(directory: Directory, *, actor: Person, now: datetime) -> list[Change]:
    """Change the register as a directory tells; all of it or nothing.

    Parameters
    ----------
    directory
        As it was read.
    actor
        Who keeps the register.
    now
        The moment.

    Returns
    -------
    What was done.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When something is wrong in the directory.
    """
    require(actor, KEEP)
    if directory.errors:
        raise InputError(
            N_("something is wrong in this file, so that nothing was taken over"),
            remedy=N_("mend what is told, and bring the file in again"),
        )
    done = changes(directory)
    for listed in directory.organisations:
        organisation = _taken(listed, actor, now)
        for service in listed.services:
            _offered(organisation, service, actor)
    record(actor, "partners.take_over", "directory", "hsds", ["organisations", "offers"])
    return done


def find_organisation(listed: Listed) -> Organisation | None:
    """The organisation of the register that is meant: by its id, or else by its name."""
    there = Organisation.objects.filter(ended_on__isnull=True)
    by_id = there.filter(source_id=listed.source_id).first() or _by_key(there, listed.source_id)
    return by_id or there.filter(name__iexact=listed.about.name).first()


def find_offer(organisation: Organisation, service: Service) -> Offer | None:
    """The offer of an organisation that is meant: by its id, or else by its name."""
    there = organisation.offers.filter(ended_on__isnull=True)
    by_id = there.filter(source_id=service.source_id).first() or _by_key(there, service.source_id)
    return by_id or there.filter(name__iexact=service.offered.name).first()


def _by_key(there: QuerySet[Held], name: str) -> Held | None:
    """That whose key it is, of what was made here."""
    try:
        return there.filter(key=UUID(name), source_id="").first()
    except ValueError:
        return None


def _taken(listed: Listed, actor: Person, now: datetime) -> Organisation:
    held = find_organisation(listed)
    if held is None:
        return make_organisation(listed.about, actor=actor, now=now, source_id=listed.source_id)
    if _organisation_changes(held, listed):
        change_organisation(held, _filled(held, listed.about), version=held.version, actor=actor)
    return held


def _offered(organisation: Organisation, service: Service, actor: Person) -> None:
    held = find_offer(organisation, service)
    if held is None:
        make_offer(organisation, service.offered, service.codes, actor=actor, source_id=service.source_id)
    elif _offer_changes(held, service):
        offered = _kept_up(held, service.offered)
        change_offer(held, offered, service.codes, version=held.version, actor=actor)


def _filled(held: Organisation, about: About) -> About:
    """What a file tells; how a partner is reached stays where the file is silent, as codes go there."""
    return replace(about, email=about.email or held.email, phone=about.phone or held.phone)


def _kept_up(held: Offer, offered: Offered) -> Offered:
    """What a file tells of an offer; how it is reached stays as above, and the wait that was known last."""
    told = replace(offered, email=offered.email or held.email, phone=offered.phone or held.phone)
    if held.wait_known_on and (told.wait_known_on or date.min) < held.wait_known_on:
        return replace(told, wait_days=held.wait_days, wait_known_on=held.wait_known_on)
    return told


def _organisation_changes(held: Organisation, listed: Listed) -> list[str]:
    told = _filled(held, listed.about)
    return [name for name, value in vars(told).items() if getattr(held, name) != value]


def _offer_changes(held: Offer, service: Service) -> list[str]:
    told = _kept_up(held, service.offered)
    changed = [name for name, value in vars(told).items() if getattr(held, name) != value]
    return [*changed, *(["areas"] if codes_of(held) != service.codes else [])]
