"""The daily work of this app: nothing that was agreed lapses unseen."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.partners.reminding import remind


@job("partners.remind", N_("warn before agreements with partners lapse"), daily=time(6, 50))
def warn(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content; a letter may be lost with its worker, and comes once."""
    with run.applying("told") as new:
        pass  # no transaction waits for a post office
    return {"letters": remind(date.fromisoformat(day)) if new else 0}
