"""Let what a resident asked stop the use of a referral."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import PURPOSE
from ongedeeld.web.safeguards.request_contents import Contents
from ongedeeld.web.safeguards.request_marks import stop
from ongedeeld.web.safeguards.request_models import Request


def stop_use(one: Referral) -> None:
    """Nobody uses it any more."""
    key, today = uuid4(), timezone.localdate()
    request = Request.objects.create(
        key=key,
        right="objection",
        sealed=Contents(name="Bewoner", reach="post").sealed_for(key),
        received_on=today,
        due=today,
    )
    stop(request, PURPOSE, one.key, until=one.remove_after, now=timezone.now())
