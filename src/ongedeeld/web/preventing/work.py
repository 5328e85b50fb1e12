"""The work of this app: nobody forgets what a municipality or the City still has to hear."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.preventing.counting import quarter_of
from ongedeeld.web.preventing.reminding import ask_for_counts, asks_for_counts, remind

ASK_FOR_COUNTS = "preventing.ask_for_counts"


@job("preventing.remind", N_("remind people of what a municipality has to receive"), daily=time(6, 45))
def remind_people(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content, on working days; a letter may be lost with its worker, and comes once."""
    today = timezone.localdate()
    if asks_for_counts(today):
        quarter = quarter_of(today).isoformat()
        ask(ASK_FOR_COUNTS, {"quarter": quarter}, actor=None, once=f"{ASK_FOR_COUNTS}:{quarter}")
    with run.applying("told") as new:
        pass  # no transaction waits for a post office
    return {"letters": remind(today) if new else 0}


@job(ASK_FOR_COUNTS, N_("ask once a quarter for the counts of evictions to be taken along"))
def ask_once_a_quarter(run: Run, *, quarter: str) -> dict[str, Any]:
    """Letters to who may take them along; a person looks, and decides."""
    with run.applying("told") as new:
        return {"letters": ask_for_counts(timezone.localdate()) if new else 0}
