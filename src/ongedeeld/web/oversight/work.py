"""The daily work of this app: remove old entries of the audit record, and publish the network."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.conf import settings

from ongedeeld.errors import N_
from ongedeeld.web.audit.actions import remove_older
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.oversight.network_publishing import publish, to_publish


@job("oversight.retention", N_("remove what is older than the term of the audit record"), daily=time(3, 30))
def retention(run: Run, *, day: str) -> dict[str, Any]:
    """Entries older than ONGEDEELD_AUDIT_DAYS go, and how many went is written."""
    with run.applying("remove"):
        removal = remove_older(settings.AUDIT_DAYS, actor=None)
    return {"removed": removal.count if removal else 0}


@job("oversight.count_network", N_("count the referrals of a half-year that is over"), daily=time(4, 10))
def count_network(run: Run, *, day: str) -> dict[str, Any]:
    """Every half-year that has been over for long enough and was not published."""
    today = date.fromisoformat(day)
    halves = to_publish(today)
    for half in halves:
        publish(half, today)
    return {"halves": len(halves)}
