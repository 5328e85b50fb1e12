"""Invite people, give and end their roles, close their access, and remove them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ongedeeld.errors import N_, InputError, Marked
from ongedeeld.reasons import Reason, no
from ongedeeld.web.accounts.checks import Refused, require
from ongedeeld.web.accounts.invitations import invitation_of
from ongedeeld.web.accounts.models import Person, RoleArea, RoleHeld
from ongedeeld.web.accounts.permissions import forget_roles, usable_roles_of
from ongedeeld.web.accounts.places import Everywhere, areas_known, place_of
from ongedeeld.web.accounts.roles import GIVES, ROLE_LABELS, Role
from ongedeeld.web.accounts.second_factor import forget_second_factor
from ongedeeld.web.audit.actions import record


@dataclass(frozen=True)
class Post:
    """A role to be held: which, where and from when until when.

    Parameters
    ----------
    role
        The role.
    codes
        The codes of the areas and complexes; none of them is everywhere.
    from_day, until_day
        The first and the last day; without a last day it runs on.
    """

    role: Role
    codes: frozenset[str] | None
    from_day: date
    until_day: date | None = None


@transaction.atomic
def invite(name: str, email: str, language: str, post: Post, *, actor: Person) -> tuple[Person, str]:
    """Make room for somebody with a first role.

    Returns
    -------
    The person, and the secret part of the link that opens the invitation.

    Raises
    ------
    InputError
        When somebody has this address already.
    """
    require(actor, "accounts.invite")
    if Person.objects.filter(email__iexact=email).exists():
        raise InputError(
            N_("somebody with the address {email} works here already"),
            remedy=N_("look them up in the list of people and give them a role there"),
            email=email,
        )
    person = Person(email=email.lower(), name=name, language=language)
    person.set_unusable_password()
    token = invitation_of(person)
    person.save()
    record(actor, "accounts.invite", "person", person.key, ["email", "name", "language"])
    give_role(person, post, actor=actor)
    return person, token


@transaction.atomic
def invite_again(person: Person, *, actor: Person) -> str:
    """A new link for somebody who did not use theirs, or who cannot sign in any more.

    Older links end, and so do the password, the second factors and the sessions there were.
    """
    from allauth.mfa.models import Authenticator

    require(actor, "accounts.invite")
    _require_somebody_else(person, actor)
    token = invitation_of(person)
    person.set_unusable_password()
    person.save(update_fields=["invited_at", "password"])
    Authenticator.objects.filter(user=person).delete()
    forget_second_factor(person)
    record(actor, "accounts.invite_again", "person", person.key, ["password", "second_factor"])
    return token


@transaction.atomic
def accept_invitation(person: Person, name: str, password: str) -> None:
    """Let somebody who was invited sign in from now on."""
    from allauth.account.models import EmailAddress

    person.name = name
    person.set_password(password)
    person.invited_at, person.joined = None, timezone.now()
    person.save()
    # Whoever opened the link reads this address.
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    record(person, "accounts.accept_invitation", "person", person.key, ["name", "password"])


@transaction.atomic
def give_role(person: Person, post: Post, *, actor: Person) -> RoleHeld:
    """Let somebody hold a role.

    Raises
    ------
    Refused
        When it is the actor's own, or one that the actor may not give there.
    InputError
        When it ends before it begins or lies nowhere.
    """
    _require_giving(person, post.role, post.codes, actor)
    if post.until_day is not None and post.until_day < post.from_day:
        raise InputError(N_("the last day comes before the first"))
    if post.codes is not None and not post.codes:
        raise InputError(
            N_("this role has no areas"), remedy=N_("choose areas or complexes, or the whole city")
        )
    held = RoleHeld.objects.create(
        person=person,
        role=post.role,
        everywhere=post.codes is None,
        from_day=post.from_day,
        until_day=post.until_day,
        given_by=actor.key,
    )
    RoleArea.objects.bulk_create(RoleArea(role_held=held, code=code) for code in sorted(post.codes or ()))
    forget_roles(person)
    record(actor, "accounts.give_role", "person", person.key, ["role", "areas", "from_day", "until_day"])
    return held


@transaction.atomic
def end_role(held: RoleHeld, last_day: date | None, *, actor: Person) -> None:
    """End a role after a last day, or at once; a role that never ran is taken away.

    Raises
    ------
    Refused
        When it is the actor's own, one that the actor may not give there, or the last manager's.
    InputError
        When somebody else changed it meanwhile.
    """
    codes = None if held.everywhere else frozenset(area.code for area in held.areas.all())
    _require_giving(held.person, held.as_role, codes, actor)
    if held.as_role is Role.MANAGER:
        _require_other_manager(held.person, last_day)
    today = timezone.localdate()
    until_day = today - timedelta(days=1) if last_day is None else last_day
    same = RoleHeld.objects.filter(pk=held.pk, version=held.version)
    if until_day < held.from_day:
        changed, _ = same.delete()
    else:
        changed = same.update(until_day=until_day, version=F("version") + 1)
    if not changed:
        raise InputError(
            N_("somebody else changed this role just now"),
            remedy=N_("load the page again and look at it once more"),
        )
    forget_roles(held.person)
    record(actor, "accounts.end_role", "person", held.person.key, ["role", "until_day"])


@transaction.atomic
def close_access(person: Person, *, actor: Person) -> None:
    """Let somebody sign in no more, from this moment; what they made stays and so do their roles."""
    require(actor, "accounts.close_access")
    _require_somebody_else(person, actor)
    _require_other_manager(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(actor, "accounts.close_access", "person", person.key, ["is_active"])


@transaction.atomic
def open_access(person: Person, *, actor: Person) -> None:
    """Let somebody sign in again."""
    require(actor, "accounts.close_access")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor, "accounts.open_access", "person", person.key, ["is_active"])


@transaction.atomic
def remove(person: Person, *, actor: Person) -> None:
    """Remove a person with their name, address, roles and second factors; the audit record keeps the key."""
    require(actor, "accounts.remove")
    _require_somebody_else(person, actor)
    _require_other_manager(person)
    key = person.key
    person.delete()
    record(actor, "accounts.remove", "person", key)


@transaction.atomic
def change_myself(person: Person, name: str, language: str) -> None:
    """Change one's own name and language."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    record(person, "accounts.change_myself", "person", person.key, ["name", "language"])


def _require_giving(person: Person, role: Role, codes: Collection[str] | None, actor: Person) -> None:
    """That the actor may give this role, in each of these areas, to this person."""
    require(actor, "accounts.give_role")
    _require_somebody_else(person, actor)
    if not any(role in GIVES.get(held.as_role, ()) for held in usable_roles_of(actor)):
        raise Refused(
            no(
                Reason(
                    "accounts.give_role",
                    N_("none of your roles may make somebody {role}"),
                    {"role": Marked(ROLE_LABELS[role])},
                )
            )
        )
    if codes is None:
        require(actor, "accounts.give_role", Everywhere())
        return
    known = areas_known(actor)
    for code in codes:
        require(actor, "accounts.give_role", place_of(code, known))


def _require_somebody_else(person: Person, actor: Person) -> None:
    if person == actor:
        raise Refused(
            no(Reason("accounts.not_oneself", N_("nobody changes their own rights: ask another manager")))
        )


def _require_other_manager(person: Person, last_day: date | None = None) -> None:
    """That a manager remains who can sign in, when this one goes.

    Every manager's row is touched first: on PostgreSQL two managers who remove each other at once then
    wait for each other, and the second sees that nobody would be left.
    """
    today = timezone.localdate()
    managing = RoleHeld.objects.filter(role=Role.MANAGER)
    managing.update(given_by=F("given_by"))
    running = managing.filter(from_day__lte=today, person__is_active=True, person__invited_at__isnull=True)
    after = running.filter(Q(until_day__isnull=True) | Q(until_day__gt=last_day or today))
    leaves = running.filter(person=person).exists()
    if leaves and not after.exclude(person=person).exists():
        raise Refused(
            no(
                Reason(
                    "accounts.last_manager",
                    N_("{name} is the last manager of the installation: make somebody else manager first"),
                    {"name": person.name},
                )
            )
        )
