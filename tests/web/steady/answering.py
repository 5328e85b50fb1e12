"""The link of a partner without an account, opened in a browser that holds its secret."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from ongedeeld.web.referrals.answering.links import hashed
from ongedeeld.web.referrals.models import AnswerLink, Referral
from ongedeeld.web.referrals.sending.receivers import receiver_of


def opened_link(referral: Referral, secret: str) -> tuple[str, AnswerLink]:
    """A link of which the code was given: its token, and what stands of it."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    link = AnswerLink.objects.create(
        referral=referral,
        token_hash=hashed(token),
        code_to=receiver_of(referral).reached_by,
        open_hash=hashed(secret),
        open_until=now + timedelta(minutes=30),
        made_at=now,
        ends_at=now + timedelta(days=1),
    )
    return token, link
