"""The daily work of shared steps: nobody waits unnoticed for an answer, and quarters are counted."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.residents.breakthroughs.reminding import escalate_overdue
from ongedeeld.web.residents.sharing.step_counts import publish_ended


@job("residents.escalate", N_("ask a director what was not answered in time"), daily=time(6, 30))
def escalate(run: Run, *, day: str) -> dict[str, Any]:
    """Requests that were not answered in time, on working days; letters without content."""
    with run.applying("told") as new:
        pass  # no transaction waits for a post office
    return {"requests": escalate_overdue(timezone.localdate()) if new else 0}


@job("residents.count_steps", N_("count shared steps of a quarter that is over"), daily=time(4, 10))
def count_steps(run: Run, *, day: str) -> dict[str, Any]:
    """The steps that residents share at the end of a quarter: counted once, protected."""
    return {"quarters": publish_ended(date.fromisoformat(day))}
