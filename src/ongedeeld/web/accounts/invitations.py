"""The link in an invitation: good for a week, for one person, once, and only the last that was sent."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.utils import timezone

from ongedeeld.web.accounts.models import Person

_SALT = "ongedeeld.invitation"


def invitation_of(person: Person) -> str:
    """The secret part of the link of an invitation that is sent now; earlier ones end.

    The person is changed but not saved.
    """
    person.invited_at = timezone.now().replace(microsecond=0)
    return link_of(person)


def link_of(person: Person) -> str:
    """The secret part of the link of the invitation that was sent last.

    Raises
    ------
    ValueError
        When the person is not invited: a defect of who asks.
    """
    if person.invited_at is None:
        raise ValueError("who came in has no invitation")
    return signing.dumps([str(person.key), int(person.invited_at.timestamp())], salt=_SALT)


def invited_by(token: str) -> Person | None:
    """Whom a link invites; nobody when it is too old, was used, or was followed by a newer one."""
    term = settings.INVITATION_DAYS * 86_400
    try:
        key, sent = signing.loads(token, salt=_SALT, max_age=term)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(key=key, is_active=True, invited_at__isnull=False).first()
    if person is None or person.invited_at is None or int(person.invited_at.timestamp()) != sent:
        return None
    return person
