"""With whom a resident can share: colleagues whom they know, and partners where somebody reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ongedeeld.errors import N_, InputError, Marked
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.accounts.roles import ROLE_LABELS, Role
from ongedeeld.web.partners import queries as partners
from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.residents.models import Share, Vault
from ongedeeld.web.residents.sharing.rules import DECIDERS, SEE


@dataclass(frozen=True)
class Receiver:
    """Somebody who can receive: a person with their role, or a partner with its kind."""

    kind: Share.Receiver
    key: UUID
    name: str
    what: str


@dataclass(frozen=True)
class Receivers:
    """Whom a resident can choose: colleagues, partners, and who can decide that a rule gives way."""

    people: list[Receiver]
    organisations: list[Receiver]
    deciders: list[Receiver]


def receivers_for(vault: Vault, name: str, today: date) -> Receivers:
    """Whom the resident of a vault can choose.

    Parameters
    ----------
    vault
        Of it, with whom it shared before.
    name
        The whole name of a colleague, as it stands on their card; empty for nobody by name.
    today
        Roles and memberships of this day count.
    """
    known = _known_to(vault) | _called(name)
    return Receivers(
        _people([one for one in _readers(today) if one.key in known], today),
        [_organisation(one) for one in organisations(today)],
        _people(_holders(DECIDERS, today), today),
    )


def receiver(kind: str, key: UUID, today: date) -> Receiver:
    """One of them.

    Raises
    ------
    InputError
        When nobody of this key can receive anything.
    """
    if kind == Share.Receiver.ORGANISATION:
        organisation = organisations(today).filter(key=key).first()
        if organisation is not None:
            return _organisation(organisation)
    person = _readers(today).filter(key=key).first() if kind == Share.Receiver.PERSON else None
    if person is None:
        raise InputError(
            N_("nobody there can read it"), remedy=N_("choose somebody else, or look for them by name")
        )
    return _people([person], today)[0]


def readers_of(kind: str, key: UUID, today: date) -> QuerySet[Person]:
    """Who can read today what is shared with a person or a partner."""
    if kind == Share.Receiver.PERSON:
        return _readers(today).filter(key=key)
    working = Member.objects.on(today).filter(organisation__key=key, organisation__ended_on__isnull=True)
    return _readers(today).filter(key__in=working.values("person"))


def organisations(today: date) -> QuerySet[Organisation]:
    """The partners at which somebody works who signs in: what is shared with others nobody reads."""
    readers = _readers(today).values("key")
    working = Member.objects.on(today).filter(person__in=readers)
    return Organisation.objects.filter(ended_on__isnull=True, members__in=working).distinct()


def organisations_of(person: Person, today: date) -> set[UUID]:
    """The keys of the partners at which somebody works on a day."""
    return set(partners.organisations_of(person, today).values_list("key", flat=True))


def names_of(receivers: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """The names of people and partners by key; who is gone has none."""
    keys = {key for _, key in receivers}
    return dict(Person.objects.filter(key__in=keys).values_list("key", "name")) | dict(
        Organisation.objects.filter(key__in=keys).values_list("key", "name")
    )


def deciders(today: date) -> list[Receiver]:
    """Who can be asked that a rule gives way: who decides in the association, and who works at a partner."""
    working = Member.objects.on(today).filter(organisation__ended_on__isnull=True)
    partners = _holders((Role.PARTNER,), today).filter(key__in=working.values("person"))
    return _people(_holders(DECIDERS, today), today) + _at_partners(partners, today)


def can_decide(person: UUID, today: date) -> bool:
    """Whether somebody can be asked."""
    if _held(DECIDERS, today).filter(person__key=person).exists():
        return True
    working = Member.objects.on(today).filter(organisation__ended_on__isnull=True, person=person)
    return _held((Role.PARTNER,), today).filter(person__key=person).exists() and working.exists()


def directors(today: date) -> list[UUID]:
    """The directors, who was so first first."""
    held = _held((Role.DIRECTOR,), today).order_by("from_day", "id")
    return list(dict.fromkeys(held.values_list("person__key", flat=True)))


def _known_to(vault: Vault) -> set[UUID]:
    """The colleagues with whom something was shared before, as long as that is kept."""
    shared = vault.shares.filter(receiver_kind=Share.Receiver.PERSON)
    return set(shared.values_list("receiver", flat=True))


def _called(name: str) -> set[UUID]:
    wanted = _plain(name)
    if not wanted:
        return set()
    people = Person.objects.filter(is_active=True).values_list("key", "name")
    return {key for key, called in people if _plain(called) == wanted}


def _plain(name: str) -> str:
    """A name without capitals, accents and spaces too many."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def _held(roles: Iterable[Role], today: date) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.on(today).filter(role__in=[str(role) for role in roles])


def _holders(roles: Iterable[Role], today: date) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=_held(roles, today).values("person"))


def _readers(today: date) -> QuerySet[Person]:
    return _holders(table()[SEE].roles, today)


def _people(people: Iterable[Person], today: date) -> list[Receiver]:
    """Colleagues with the role that each held first."""
    found, roles = list(people), dict[int, Marked]()
    for one in _held(table()[SEE].roles, today).filter(person__in=found).order_by("from_day", "id"):
        roles.setdefault(one.person_id, Marked(ROLE_LABELS[one.as_role]))
    return [Receiver(Share.Receiver.PERSON, one.key, one.name, roles.get(one.pk, "")) for one in found]


def _at_partners(people: Iterable[Person], today: date) -> list[Receiver]:
    """Professionals with the partner at which each began first."""
    found, at = list(people), dict[UUID, str]()
    members = (
        Member.objects.on(today).filter(person__in=[one.key for one in found]).select_related("organisation")
    )
    for member in members:
        at.setdefault(member.person, member.organisation.name)
    return [Receiver(Share.Receiver.PERSON, one.key, one.name, at.get(one.key, "")) for one in found]


def _organisation(organisation: Organisation) -> Receiver:
    what = Marked(Organisation.Kind(organisation.kind).label)
    return Receiver(Share.Receiver.ORGANISATION, organisation.key, organisation.name, what)
