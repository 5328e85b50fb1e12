"""The daily work of vaults: who moved out sees nothing of who lives there now; what waited takes effect."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.residents.vault.delaying import settle_all
from ongedeeld.web.residents.vault.moving import unlink_moved


@job("residents.unlink", N_("let maps go of homes that others live in now"), daily=time(3, 45))
def unlink(run: Run, *, day: str) -> dict[str, Any]:
    """The link between a map and a home ends where a later tenancy of that home began."""
    with run.applying("unlink") as new:
        return {"unlinked": unlink_moved() if new else 0}


@job(
    "residents.settle", N_("let changes of life maps take effect that waited long enough"), daily=time(3, 50)
)
def settle(run: Run, *, day: str) -> dict[str, Any]:
    """New second codes and deletions that were asked for with a card, and that nobody undid in time."""
    return {"settled": settle_all(timezone.now())}
