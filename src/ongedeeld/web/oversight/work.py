"""The daily work of this app: remove what is older than the term of the audit record."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.conf import settings

from ongedeeld.errors import N_
from ongedeeld.web.audit.actions import remove_older
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run


@job("oversight.retention", N_("remove what is older than the term of the audit record"), daily=time(3, 30))
def retention(run: Run, *, day: str) -> dict[str, Any]:
    """Entries older than ONGEDEELD_AUDIT_DAYS go, and how many went is written."""
    with run.applying("remove"):
        removal = remove_older(settings.AUDIT_DAYS, actor=None)
    return {"removed": removal.count if removal else 0}
