"""Give a token to an organisation, and end it."""

from __future__ import annotations

from datetime import date, datetime, time
from secrets import token_urlsafe
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.accounts.actions import Post, close_access, give_role
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import OUTSIDE, TEAM
from ongedeeld.web.api.models import ApiToken
from ongedeeld.web.api.queries import fingerprint_of
from ongedeeld.web.audit.actions import record

LONGEST_DAYS = 366
PREFIX = "ongedeeld_"
"""So that who finds one in a file knows what it is."""

ROLES = (*TEAM, *OUTSIDE)
"""The roles of a token. The wide ones ask a second factor, which a system cannot have."""


@transaction.atomic
def give_token(organisation: str, post: Post, last_day: date, *, actor: Person) -> tuple[ApiToken, str]:
    """Let an organisation read what a role may read in some areas.

    Parameters
    ----------
    organisation
        What it is called.
    post
        The role and the areas in which it reads.
    last_day
        The last day on which it holds; at most a year ahead.
    actor
        Who gives it.

    Returns
    -------
    The token, and its secret, which is told here and never again.

    Raises
    ------
    Refused
        When the actor may not do this, or may not give this role.
    InputError
        When the role is not one for a system, or the last day lies in the past or too far ahead.
    """
    require(actor, "api.give_token")
    if post.role not in ROLES:
        raise InputError(
            N_("this role asks for a second factor, which a system cannot have"),
            remedy=N_("choose a role of the team, of a partner or of a tenants' organisation"),
        )
    ahead = (last_day - timezone.localdate()).days
    if not 0 <= ahead <= LONGEST_DAYS:
        raise InputError(
            N_("the last day is in the past, or more than a year ahead"),
            remedy=N_("choose a day within a year; a token can be followed by another"),
        )
    key, secret = uuid4(), PREFIX + token_urlsafe(32)
    person = Person(key=key, email=f"{key}@api.invalid", name=organisation)
    person.set_unusable_password()
    person.save()
    give_role(person, post, actor=actor)
    token = ApiToken.objects.create(
        organisation=organisation,
        person=key,
        fingerprint=fingerprint_of(secret),
        made_by=actor.key,
        expires_at=timezone.make_aware(datetime.combine(last_day, time.max)),
    )
    record(actor, "api.give_token", "api token", token.key, ["organisation", "role", "areas", "expires_at"])
    return token, secret


@transaction.atomic
def end_token(key: UUID, *, actor: Person) -> None:
    """End a token at once; who reads with it is refused from this moment.

    Raises
    ------
    Refused
        When the actor may not do this.
    AbsentError
        When there is no such token.
    """
    require(actor, "api.give_token")
    token = ApiToken.objects.filter(key=key).first()
    if token is None:
        raise AbsentError(N_("there is no such token"), remedy=N_("go back to the list"))
    ApiToken.objects.filter(key=key, ended_at__isnull=True).update(ended_at=timezone.now())
    record(actor, "api.end_token", "api token", key, ["ended_at"])
    if person := Person.objects.filter(key=token.person).first():
        close_access(person, actor=actor)
