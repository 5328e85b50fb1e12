"""The daily work of this app: a referral without an answer comes to who can do something."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.referrals.reminding import escalate


@job("referrals.escalate", N_("tell people of referrals that were not answered"), daily=time(6, 40))
def escalate_referrals(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content, on working days; that they went stands in the referral: none comes twice."""
    return {"letters": escalate(timezone.now(), timezone.localdate())}
