"""Lay a directory that was read beside the register: what it would change, and then change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from django.db import transaction
from django.db.models import Prefetch

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.partners.hsds import id_of
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


REACHED = ("email", "code_email", "phone")
"""How a partner is reached: what is known of it is changed by who asked the partner, never by a file."""
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
    stays
        The names of the fields that the file tells otherwise and that stay as they are.
    """

    kind: Kind
    name: str
    of: str = ""
    fields: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """An organisation of a file with that of the register, and what it offers in the same way."""

    listed: Listed
    held: Organisation | None
    offers: tuple[tuple[Service, Offer | None], ...]


def changes(directory: Directory) -> list[Change]:
    """What taking over a directory would do, in the order of the file. What it does not name stays."""
    return list(_changes(found_in_register(directory)))


def _changes(matched: Iterable[Matched]) -> Iterator[Change]:
    for one in matched:
        about, held = one.listed.about, one.held
        yield _change(
            about.name, _organisation_changes(held, one.listed) if held else None, stays=_stays(one)
        )
        for service, offer in one.offers:
            fields = _offer_changes(offer, service) if offer else None
            yield _change(service.offered.name, fields, about.name)


def _change(name: str, fields: list[str] | None, of: str = "", stays: tuple[str, ...] = ()) -> Change:
    if fields is None:
        return Change(Kind.NEW, name, of)
    return Change(Kind.CHANGED if fields else Kind.SAME, name, of, tuple(fields), stays)


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
    matched = found_in_register(directory)
    done = list(_changes(matched))
    for one in matched:
        organisation = _taken(one, actor, now)
        for service, offer in one.offers:
            _offered(organisation, service, offer, actor)
    record(actor, "partners.take_over", "directory", "hsds", ["organisations", "offers"])
    return done


def found_in_register(directory: Directory) -> list[Matched]:
    """Each organisation of a file with that of the register that is meant, and so what it offers."""
    offers = Offer.objects.filter(ended_on__isnull=True).prefetch_related("places")
    there = Organisation.objects.filter(ended_on__isnull=True)
    held = list(there.prefetch_related(Prefetch("offers", offers, to_attr="offered")))
    listed = [(one.source_id, one.about.name) for one in directory.organisations]
    found = []
    for one, organisation in zip(directory.organisations, _meant(listed, held), strict=True):
        services = [(service.source_id, service.offered.name) for service in one.services]
        offered: list[Offer] = organisation.offered if organisation else []  # type: ignore[attr-defined]
        pairs = zip(one.services, _meant(services, offered), strict=True)
        found.append(Matched(one, organisation, tuple(pairs)))
    return found


def _meant(listed: Sequence[tuple[str, str]], held: Sequence[Held]) -> list[Held | None]:
    """Which of the register each of a file means: by its id, or else by its name; one is meant once."""
    # As its directory calls it, or as it was called when it went out from here.
    by_id = {name: one for one in held for name in (one.source_id, id_of(one)) if name}
    meant = {by_id[name].pk for name, _ in listed if name in by_id}
    by_name = {one.name.casefold(): one for one in held if one.pk not in meant}
    return [by_id.get(source) or by_name.pop(name.casefold(), None) for source, name in listed]


def _taken(one: Matched, actor: Person, now: datetime) -> Organisation:
    listed, held = one.listed, one.held
    if held is None:
        return make_organisation(listed.about, actor=actor, now=now, source_id=listed.source_id)
    if _organisation_changes(held, listed):
        change_organisation(held, _filled(held, listed.about), version=held.version, actor=actor)
    return held


def _offered(organisation: Organisation, service: Service, held: Offer | None, actor: Person) -> None:
    if held is None:
        make_offer(organisation, service.offered, service.codes, actor=actor, source_id=service.source_id)
    elif _offer_changes(held, service):
        offered = _kept_up(held, service.offered)
        change_offer(held, offered, service.codes, version=held.version, actor=actor)


def _stays(one: Matched) -> tuple[str, ...]:
    """How a partner is reached by the file and otherwise by the register: the register stays."""
    told = vars(one.listed.about)
    return tuple(name for name in REACHED if one.held and told[name] not in ("", getattr(one.held, name)))


def _filled(held: Organisation, about: About) -> About:
    """What a file tells; how a partner is reached is never replaced, as links and codes go there."""
    known = {name: getattr(held, name) or getattr(about, name) for name in REACHED}
    return replace(about, **known)


def _kept_up(held: Offer, offered: Offered) -> Offered:
    """What a file tells of an offer; how it is reached stays as above, and the wait that was known last."""
    told = replace(offered, email=held.email or offered.email, phone=held.phone or offered.phone)
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
