"""Which tokens there are, and for whom one stands."""

from __future__ import annotations

from hashlib import sha256

from django.utils import timezone

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.api.models import ApiToken


def tokens(person: Person) -> list[ApiToken]:
    """Every token that was given, those that hold first.

    Raises
    ------
    Refused
        When the person may not see them.
    """
    require(person, "api.see_tokens")
    now = timezone.now()
    return sorted(ApiToken.objects.all(), key=lambda one: not one.holds_at(now))


def fingerprint_of(secret: str) -> str:
    """What is kept of a secret: it is long and drawn by chance, so that no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()


def person_of(secret: str) -> Person | None:
    """For whom a secret stands, or none when it holds no longer; the day of its use is written down."""
    now, today = timezone.now(), timezone.localdate()
    token = ApiToken.objects.filter(fingerprint=fingerprint_of(secret)).first()
    if token is None or not token.holds_at(now):
        return None
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return Person.objects.filter(key=token.person, is_active=True).first()
