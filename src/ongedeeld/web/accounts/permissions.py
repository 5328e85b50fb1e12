"""may(): one answer, with its reason, to every question of what somebody may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol, runtime_checkable
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.module_loading import import_string

from ongedeeld.errors import N_, Marked
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import ROLE_LABELS, Reach, Role
from ongedeeld.web.accounts.second_factor import asks_second_factor, has_second_factor

EVERYBODY: tuple[Role, ...] = tuple(Role)
SECOND_FACTOR = "accounts.second_factor"
"""The rule of a no that ends as soon as the person signs in with a second factor."""


@runtime_checkable
class Placed(Protocol):
    """A thing that lies somewhere: its own code and those of all areas around it."""

    @property
    def area_codes(self) -> Collection[str]:
        """The codes."""


@runtime_checkable
class Made(Protocol):
    """A thing that somebody made."""

    @property
    def made_by(self) -> UUID | None:
        """The key of who made it."""


@dataclass(frozen=True)
class Permission:
    """Who may do something, and how far that reaches.

    Parameters
    ----------
    action
        Its name: the app, a dot, a verb and what it is done to, such as `areas.overrule_card`.
    text
        What it is, after "may": "overrule a card".
    roles
        How far it reaches for each role; a role that is not named may not.
    """

    action: str
    text: str
    roles: Mapping[Role, Reach] = field(default_factory=dict)


@dataclass(frozen=True)
class Extent:
    """How far one action of one person goes: a list shows what its extent covers, and nothing else.

    Parameters
    ----------
    everywhere
        Whether it covers everything.
    codes
        Areas of which it covers everything.
    made_by
        Whose own work it covers, wherever that lies.
    made_in
        Areas of which it covers the own work of `maker`.
    maker
        The key of the person.
    """

    maker: UUID
    everywhere: bool = False
    codes: frozenset[str] = frozenset()
    made_by: UUID | None = None
    made_in: frozenset[str] = frozenset()

    def __or__(self, other: Extent) -> Extent:
        return Extent(
            self.maker,
            self.everywhere or other.everywhere,
            self.codes | other.codes,
            self.made_by or other.made_by,
            self.made_in | other.made_in,
        )

    def __bool__(self) -> bool:
        return self.everywhere or self.made_by is not None or bool(self.codes or self.made_in)

    def covers(self, thing: object) -> bool:
        """Whether a thing lies within it."""
        if self.everywhere:
            return True
        around = set(thing.area_codes) if isinstance(thing, Placed) else set()
        if not self.codes.isdisjoint(around):
            return True
        own = isinstance(thing, Made) and thing.made_by == self.maker
        return own and (self.made_by is not None or not self.made_in.isdisjoint(around))


def granted(reach: Reach, roles: Iterable[Role]) -> dict[Role, Reach]:
    """The same reach for several roles; join two with ``|``."""
    return dict.fromkeys(roles, reach)


@cache
def table() -> Mapping[str, Permission]:
    """Every permission by its action, as `site` put it together."""
    permissions: tuple[Permission, ...] = import_string(settings.PERMISSIONS)
    return {permission.action: permission for permission in permissions}


def roles_of(person: Person) -> tuple[RoleHeld, ...]:
    """The roles that a person holds today, read once a day for as long as this object lives."""
    today = timezone.localdate()
    read: tuple[date, tuple[RoleHeld, ...]] | None = getattr(person, "_roles_on", None)
    if read is None or read[0] != today:
        held = person.roles_held.prefetch_related("areas")
        read = (today, tuple(one for one in held if one.runs_on(today)))
        person._roles_on = read  # type: ignore[attr-defined]
    return read[1]


def forget_roles(person: Person) -> None:
    """Read the roles anew next time, after one was given or ended."""
    if hasattr(person, "_roles_on"):
        del person._roles_on


def usable_roles_of(person: Person) -> tuple[RoleHeld, ...]:
    """The roles of today, without those that wait for a second factor: see `SECOND_FACTOR_ROLES`."""
    held = roles_of(person)
    if any(asks_second_factor(one.role) for one in held) and not has_second_factor(person):
        return tuple(one for one in held if not asks_second_factor(one.role))
    return held


def reach_of(held: RoleHeld, reach: Reach, person: Person) -> Extent:
    """How far a right goes in one role that a person holds."""
    everywhere = held.everywhere
    areas = frozenset() if everywhere else frozenset(area.code for area in held.areas.all())
    if reach is Reach.EVERYWHERE or (everywhere and reach in (Reach.OWN_AREAS, Reach.OWN_OR_OWN_AREAS)):
        return Extent(person.key, everywhere=True)
    if reach is Reach.OWN or (everywhere and reach is Reach.OWN_IN_OWN_AREAS):
        return Extent(person.key, made_by=person.key)
    if reach is Reach.OWN_IN_OWN_AREAS:
        return Extent(person.key, made_in=areas)
    made_by = person.key if reach is Reach.OWN_OR_OWN_AREAS else None
    return Extent(person.key, codes=areas, made_by=made_by)


def extent_of(person: Person, action: str) -> Extent:
    """How far a person may do something, all roles taken together; false when nowhere.

    What :func:`may` answers for one thing, this answers for a whole list: filter by it.

    Raises
    ------
    KeyError
        When no permission has this name: a defect, not a no.
    """
    permission = table()[action]
    extent = Extent(person.key)
    if not person.is_active:
        return extent
    for held in usable_roles_of(person):
        if held.as_role in permission.roles:
            extent |= reach_of(held, permission.roles[held.as_role], person)
    return extent


def may(person: Person | AnonymousUser, action: str, thing: object = None) -> Decision:
    """Whether a person may do something, and why.

    Parameters
    ----------
    person
        Who asks.
    action
        The name of a permission.
    thing
        What it is done to. Without one the answer tells whether it may be done anywhere at all.

    Raises
    ------
    KeyError
        When no permission has this name: a defect, not a no.
    """
    permission = table()[action]
    if not isinstance(person, Person) or not person.is_active:
        return no(Reason(action, N_("nobody is signed in")))
    what = Marked(permission.text)
    held = [one for one in roles_of(person) if one.as_role in permission.roles]
    if not held:
        return no(Reason(action, N_("none of your roles may {what}"), {"what": what}))
    usable = [one for one in held if one in usable_roles_of(person)]
    refusals = [_no_second_factor(one, permission) for one in held if one not in usable]
    for one in usable:
        extent = reach_of(one, permission.roles[one.as_role], person)
        if extent and (thing is None or extent.covers(thing)):
            role = Marked(ROLE_LABELS[one.as_role])
            return yes(Reason(action, N_("as {role} you may {what}"), {"role": role, "what": what}))
        refusals.append(_out_of_reach(one, permission, extent))
    return no(*(one for at, one in enumerate(refusals) if one not in refusals[:at]))


def _no_second_factor(held: RoleHeld, permission: Permission) -> Reason:
    return Reason(
        SECOND_FACTOR,
        N_("as {role} you may {what} once you sign in with a second factor"),
        {"role": Marked(ROLE_LABELS[held.as_role]), "what": Marked(permission.text)},
    )


_OUT_OF_REACH = {
    Reach.OWN_AREAS: N_("as {role} you may {what} in your own areas, and this lies outside them"),
    Reach.OWN: N_("as {role} you may {what} where you made it yourself"),
    Reach.OWN_OR_OWN_AREAS: N_(
        "as {role} you may {what} in your own areas and where you made it yourself, and this is neither"
    ),
    Reach.OWN_IN_OWN_AREAS: N_("as {role} you may {what} where you made it yourself, in your own areas"),
}


def _out_of_reach(held: RoleHeld, permission: Permission, extent: Extent) -> Reason:
    """Why a role does not reach a thing; EVERYWHERE always does."""
    text = _OUT_OF_REACH[permission.roles[held.as_role]]
    if not extent:
        text = N_("as {role} you may {what} in your own areas, and none was given to you yet")
    role, what = Marked(ROLE_LABELS[held.as_role]), Marked(permission.text)
    return Reason(permission.action, text, {"role": role, "what": what})


def own_codes(person: Person) -> frozenset[str] | None:
    """The codes of the areas in which a person works; none where it is everywhere."""
    held = usable_roles_of(person)
    if any(one.everywhere for one in held):
        return None
    return frozenset(area.code for one in held for area in one.areas.all())
