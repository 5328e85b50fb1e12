"""The daily work of learning: publish once a quarter is over and enough lives were given."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.residents.learning.groups import ledger, publish_what_is_due


@job("residents.learn", N_("count what residents gave for learning"), daily=time(4, 30))
def learn(run: Run, *, day: str) -> dict[str, Any]:
    """The counts of the last quarter that is over, where they are due."""
    published = publish_what_is_due(ledger(), date.fromisoformat(day))
    return {"published": int(published is not None)}
