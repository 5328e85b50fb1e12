"""With whom a resident can share: colleagues whom they know, and partners where somebody reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ongedeeld.errors import N_, InputError, Marked
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.accounts.roles import ROLE_LABELS, Role
from ongedeeld.web.partners import queries as partners
from ongedeeld.web.partners.models import Member, Organisation
from ongedeeld.web.residents.models import Share, Vault
from ongedeeld.web.residents.sharing_rules import DECIDERS, SEE


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
    people = [one for one in _readers(today) if one.key in known]
    return Receivers(
        [_person(one, today) for one in people],
        [_organisation(one) for one in organisations(today)],
        [_person(one, today) for one in _holders(DECIDERS, today)],
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
    return _person(person, today)


def organisations(today: date) -> QuerySet[Organisation]:
    """The partners at which somebody works who signs in: what is shared with others nobody reads."""
    readers = _readers(today).values("key")
    working = _working(today).filter(person__in=readers)
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
    working = _working(today).filter(organisation__ended_on__isnull=True)
    partners = _holders((Role.PARTNER,), today).filter(key__in=working.values("person"))
    own = [_person(one, today) for one in _holders(DECIDERS, today)]
    return own + [_at_partner(one, today) for one in partners]


def can_decide(person: UUID, today: date) -> bool:
    """Whether somebody can be asked."""
    return any(one.key == person for one in deciders(today))


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
    return RoleHeld.objects.filter(
        Q(until_day__isnull=True) | Q(until_day__gte=today),
        role__in=[str(role) for role in roles],
        from_day__lte=today,
        person__is_active=True,
    )


def _holders(roles: Iterable[Role], today: date) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=_held(roles, today).values("person"))


def _readers(today: date) -> QuerySet[Person]:
    return _holders(table()[SEE].roles, today)


def _working(today: date) -> QuerySet[Member]:
    return Member.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=today), from_day__lte=today)


def _person(person: Person, today: date) -> Receiver:
    held = _held(table()[SEE].roles, today).filter(person=person).order_by("from_day", "id")
    roles = [Marked(ROLE_LABELS[one.as_role]) for one in held]
    return Receiver(Share.Receiver.PERSON, person.key, person.name, roles[0] if roles else "")


def _at_partner(person: Person, today: date) -> Receiver:
    at = _working(today).filter(person=person.key).select_related("organisation").first()
    return Receiver(
        Share.Receiver.PERSON, person.key, person.name, at.organisation.name if at is not None else ""
    )


def _organisation(organisation: Organisation) -> Receiver:
    what = Marked(Organisation.Kind(organisation.kind).label)
    return Receiver(Share.Receiver.ORGANISATION, organisation.key, organisation.name, what)
