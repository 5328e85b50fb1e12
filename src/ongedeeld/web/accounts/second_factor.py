"""Whether somebody signs in with more than a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from ongedeeld.web.accounts.models import Person


def asks_second_factor(role: str) -> bool:
    """Whether this role may only be used by who signs in with a second factor."""
    return role in settings.SECOND_FACTOR_ROLES


def has_second_factor(person: Person) -> bool:
    """Whether a person signs in with an app, a passkey or a key; asked once for as long as this object lives.

    Who has no password and signs in at the organisation counts as well, where the settings tell that the
    organisation asks for a second factor itself.
    """
    known: bool | None = getattr(person, "_second_factor", None)
    if known is None:
        known = (person.is_demo and settings.DEMO) or _has_authenticator(person) or _elsewhere(person)
        person._second_factor = known  # type: ignore[attr-defined]
    return known


def forget_second_factor(person: Person) -> None:
    """Ask again next time, after one was added or removed."""
    if hasattr(person, "_second_factor"):
        del person._second_factor


def _has_authenticator(person: Person) -> bool:
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def _elsewhere(person: Person) -> bool:
    from allauth.socialaccount.models import SocialAccount

    if not settings.OIDC_SECOND_FACTOR or person.has_usable_password():
        return False
    return bool(SocialAccount.objects.filter(user=person).exists())
