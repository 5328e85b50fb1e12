"""The daily work of vaults: who moved out sees nothing of who lives there now."""

from __future__ import annotations

from datetime import time
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.residents.moving import unlink_moved


@job("residents.unlink", N_("let maps go of homes that others live in now"), daily=time(3, 45))
def unlink(run: Run, *, day: str) -> dict[str, Any]:
    """The link between a map and a home ends where a later tenancy of that home began."""
    with run.applying("unlink") as new:
        return {"unlinked": unlink_moved() if new else 0}
