"""The daily work of this app: forget jobs and messages that ended long ago."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ongedeeld.errors import N_
from ongedeeld.web.jobs.actions import forget
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run

JOBS_KEPT = timedelta(days=90)
MESSAGES_KEPT = timedelta(days=7)


@job("jobs.forget", N_("forget jobs that ended long ago"), daily=time(3))
def forget_ended(run: Run, *, day: str) -> dict[str, Any]:
    """Jobs after ninety days; their messages, and those that a killed worker left behind, after seven."""
    with run.applying("forget"):
        old = timezone.now() - MESSAGES_KEPT
        messages, _ = DBTaskResult.objects.filter(started_at__lt=old).delete()
        return {"jobs": forget(JOBS_KEPT), "messages": messages}
