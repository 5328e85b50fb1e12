"""The daily work of this app: nothing that was agreed lapses unseen."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.partners.reminding import remind


@job("partners.remind", N_("warn before agreements with partners lapse"), daily=time(6, 50))
def warn(run: Run, *, day: str) -> dict[str, Any]:
    """Letters without content, on working days; that one went stands with its thing: none comes twice."""
    return {"letters": remind(timezone.localdate())}
