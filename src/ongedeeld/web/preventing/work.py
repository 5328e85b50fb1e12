"""The daily work of this app: nobody forgets what a municipality still has to hear."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.preventing.reminding import remind


@job("preventing.remind", N_("remind people of what a municipality has to receive"), daily=time(6, 45))
def remind_people(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content, on working days; a letter may be lost with its worker, and comes once."""
    with run.applying("told") as new:
        pass  # no transaction waits for a post office
    return {"letters": remind(timezone.localdate()) if new else 0}
