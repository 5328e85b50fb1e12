"""Long work of this app."""

from __future__ import annotations

from typing import Any

from ongedeeld.errors import N_
from ongedeeld.web.areas.portraits import warm
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run


@job("areas.warm", N_("draw the portraits of all neighbourhoods"))
def warm_version(run: Run, *, version: str) -> dict[str, Any]:
    """Draw every portrait of a version that was accepted, for as long as it is the one that is read."""
    held = CityVersion.objects.get(key=version)
    if held.state != CityVersion.State.CURRENT:
        return {"portraits": 0}

    def tell(done: int, whole: int) -> None:
        run.tell(done, whole, N_("Drawing portraits"))

    return {"portraits": warm(opened(str(held.key), held.folder), tell)}
