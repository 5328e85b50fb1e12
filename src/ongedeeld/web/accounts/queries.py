"""Who works here, in which roles, and what that lets them do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import (
    Extent,
    Permission,
    extent_of,
    may,
    roles_of,
    table,
    usable_roles_of,
)
from ongedeeld.web.accounts.places import Area, areas_known, place_of
from ongedeeld.web.accounts.roles import GIVES, ROLE_LABELS, Reach, Role
from ongedeeld.web.accounts.second_factor import asks_second_factor, has_second_factor


@dataclass(frozen=True)
class Held:
    """A role that somebody holds, with its areas by name.

    `gone` are the codes of areas that are no longer there: the role reaches nothing in them.
    """

    row: RoleHeld
    areas: tuple[Area, ...]
    gone: tuple[str, ...]
    state: str

    @property
    def label(self) -> str:
        """What the role is called, to be translated."""
        return ROLE_LABELS[self.row.as_role]

    @property
    def area_codes(self) -> frozenset[str]:
        """Where it is held, and all around that."""
        return frozenset(code for area in self.areas for code in area.area_codes) | set(self.gone)


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, and the roles they held, hold or will hold."""

    person: Person
    held: tuple[Held, ...]

    @property
    def area_codes(self) -> frozenset[str]:
        """All areas in which they hold a role now or later, and what lies around them."""
        return frozenset(code for one in self.held if one.state != "ended" for code in one.area_codes)

    @property
    def now(self) -> tuple[Held, ...]:
        """The roles of today."""
        return tuple(one for one in self.held if one.state == "runs")


def colleagues(person: Person, words: str = "") -> list[Colleague]:
    """Everybody whom the person may see, by name; with words only those whose name or address holds them.

    Raises
    ------
    Refused
        When the person may see nobody.
    """
    require(person, "accounts.see_people")
    extent = extent_of(person, "accounts.see_people")
    people = Person.objects.prefetch_related("roles_held__areas")
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    known = areas_known(person)
    found = (_colleague(one, known) for one in people)
    return [one for one in found if extent.covers(one)]


def colleague(person: Person, key: UUID) -> Colleague:
    """One of them.

    Raises
    ------
    AbsentError
        When nobody has this key.
    Refused
        When the person may not see them.
    """
    require(person, "accounts.see_people")
    found = Person.objects.filter(key=key).prefetch_related("roles_held__areas").first()
    if found is None:
        raise AbsentError(
            N_("nobody here has this key: they may have been removed"),
            remedy=N_("go back to the list of people"),
        )
    one = _colleague(found, areas_known(person))
    require(person, "accounts.see_people", one)
    return one


def _colleague(person: Person, known: Mapping[str, Area]) -> Colleague:
    today = timezone.localdate()
    return Colleague(person, tuple(_held(row, known, today) for row in person.roles_held.all()))


def _held(row: RoleHeld, known: Mapping[str, Area], today: date) -> Held:
    codes = sorted(area.code for area in row.areas.all())
    state = "runs" if row.runs_on(today) else "coming" if today < row.from_day else "ended"
    areas = tuple(place_of(code, known) for code in codes if code in known)
    # Before there is a City nothing is known, and nothing is gone either.
    gone = tuple(code for code in codes if code not in known) if known else ()
    if not known:
        areas = tuple(place_of(code, known) for code in codes)
    return Held(row, areas, gone, state)


def own_roles(person: Person) -> tuple[Held, ...]:
    """The roles that the person holds now."""
    known = areas_known(person) if may(person, "cities.see_current") else {}
    today = timezone.localdate()
    return tuple(_held(row, known, today) for row in roles_of(person))


@dataclass(frozen=True)
class Givable:
    """What somebody may give to others: which roles, in which areas, and whether in the whole city."""

    roles: tuple[Role, ...]
    areas: tuple[Area, ...]
    everywhere: bool


def givable(person: Person) -> Givable:
    """What this person may give to others; nothing when they may give nothing."""
    extent = extent_of(person, "accounts.give_role")
    if not extent:
        return Givable((), (), everywhere=False)
    given = {role for held in usable_roles_of(person) for role in GIVES.get(held.as_role, ())}
    areas = tuple(area for area in areas_known(person).values() if extent.covers(area))
    return Givable(tuple(role for role in Role if role in given), areas, extent.everywhere)


@dataclass(frozen=True)
class Right:
    """One permission as one person has it: how far, and why."""

    permission: Permission
    extent: Extent
    decision: Decision


def own_rights(person: Person) -> list[Right]:
    """Every permission with the answer for this person: what they may do, and why not the rest."""
    return [
        Right(permission, extent_of(person, action), may(person, action))
        for action, permission in table().items()
    ]


@dataclass(frozen=True)
class Holder:
    """Somebody who may do something now, and how far.

    `asleep` tells that it waits until they sign in with a second factor.
    """

    person: Person
    held: Held
    reach: Reach
    asleep: bool


def who_may(person: Person, action: str) -> list[Holder]:
    """Everybody who may do something today, by which role, and how far: for who watches over rights.

    Raises
    ------
    Refused
        When the person may not see this.
    KeyError
        When no permission has this name.
    """
    require(person, "accounts.see_rights")
    permission = table()[action]
    known = areas_known(person)
    people = Person.objects.filter(is_active=True).prefetch_related("roles_held__areas")
    return [holder for one in people for holder in _holders(_colleague(one, known), permission)]


def _holders(one: Colleague, permission: Permission) -> Iterable[Holder]:
    for held in one.now:
        if reach := permission.roles.get(held.row.as_role):
            asleep = asks_second_factor(held.row.role) and not has_second_factor(one.person)
            yield Holder(one.person, held, reach, asleep)


def rights_by_role(person: Person) -> list[tuple[Permission, dict[Role, Reach]]]:
    """The whole table of permissions: what each role may do, and how far.

    Raises
    ------
    Refused
        When the person may not see this.
    """
    require(person, "accounts.see_rights")
    return [(permission, dict(permission.roles)) for permission in table().values()]


def names_of(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of people by key; who was removed has none any more."""
    wanted = {key for key in keys if key is not None}
    return dict(Person.objects.filter(key__in=wanted).values_list("key", "name")) if wanted else {}
