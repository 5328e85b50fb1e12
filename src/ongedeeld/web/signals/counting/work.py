"""The daily work of counting: publish a quarter once it is over, and reckon with who is new."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import opened
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run
from ongedeeld.web.signals.counting.areas import counted_areas, neighbourhoods_of
from ongedeeld.web.signals.counting.publishing import publish, published_quarters, reckon_with_new, to_publish
from ongedeeld.web.signals.counting.quarters import name


@job("signals.count", N_("count the signals of a quarter that is over"), daily=time(4))
def count_signals(run: Run, *, day: str) -> dict[str, Any]:
    """Every quarter that is over and was not published, and what is new of who sees counts in full."""
    today = date.fromisoformat(day)
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    if version is None:
        return {"quarters": 0}
    city = opened(str(version.key), version.folder)
    areas, neighbourhoods = counted_areas(city), frozenset(neighbourhoods_of(city))
    quarters = to_publish(today)
    for done, quarter in enumerate(quarters):
        run.tell(done, len(quarters), N_("Counting {quarter}"), quarter=name(quarter))
        publish(quarter, areas, neighbourhoods, today)
    for quarter in published_quarters(today):
        reckon_with_new(quarter, areas, today)
    return {"quarters": len(quarters)}
