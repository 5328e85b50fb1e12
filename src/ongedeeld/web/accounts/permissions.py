"""may(): one answer, with its reason, to every question of what somebody may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
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

EVERYBODY: tuple[Role, ...] = tuple(Role)


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


def granted(reach: Reach, roles: Iterable[Role]) -> dict[Role, Reach]:
    """The same reach for several roles; join two with ``|``."""
    return dict.fromkeys(roles, reach)


@cache
def table() -> Mapping[str, Permission]:
    """Every permission by its action, as `site` put it together."""
    permissions: tuple[Permission, ...] = import_string(settings.PERMISSIONS)
    return {permission.action: permission for permission in permissions}


def roles_of(person: Person) -> tuple[RoleHeld, ...]:
    """The roles that a person holds today, read once for as long as this object lives."""
    held: tuple[RoleHeld, ...] | None = getattr(person, "_roles_today", None)
    if held is None:
        today = timezone.localdate()
        held = tuple(one for one in person.roles_held.prefetch_related("areas") if one.runs_on(today))
        person._roles_today = held  # type: ignore[attr-defined]
    return held


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
    held = [one for one in roles_of(person) if one.as_role in permission.roles]
    if not held:
        return no(Reason(action, N_("none of your roles may {what}"), {"what": Marked(permission.text)}))
    for one in held:
        if _reaches(permission.roles[one.as_role], one, person, thing):
            role = Marked(ROLE_LABELS[one.as_role])
            return yes(
                Reason(
                    action, N_("as {role} you may {what}"), {"role": role, "what": Marked(permission.text)}
                )
            )
    return no(
        Reason(
            action,
            N_("your role may {what} in its own areas, and this lies outside them"),
            {"what": Marked(permission.text)},
        )
    )


def _reaches(reach: Reach, held: RoleHeld, person: Person, thing: object) -> bool:
    if thing is None or reach is Reach.EVERYWHERE:
        return True
    if reach is Reach.OWN:
        return isinstance(thing, Made) and thing.made_by == person.key
    if held.everywhere:
        return True
    own = {area.code for area in held.areas.all()}
    return isinstance(thing, Placed) and not own.isdisjoint(thing.area_codes)


def own_codes(person: Person) -> frozenset[str] | None:
    """The codes of the areas in which a person works; none where it is everywhere."""
    held = roles_of(person)
    if any(one.everywhere for one in held):
        return None
    return frozenset(area.code for one in held for area in one.areas.all())
