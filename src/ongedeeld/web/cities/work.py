"""Long and daily work of this app: the dry run, the drop folder, and clearing up."""

from __future__ import annotations

from contextlib import suppress
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.actions import CHECK, ChangedMeanwhileError, accept
from ongedeeld.web.cities.clearing import clear
from ongedeeld.web.cities.dropping import take
from ongedeeld.web.cities.dry_run import dry_run
from ongedeeld.web.cities.mails import tell_data_managers
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.report import of_error
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run

State = CityVersion.State


@job(CHECK, N_("read and check what was brought in"), lease=timedelta(minutes=2))
def check(run: Run, *, version: str) -> dict[str, Any]:
    """Read, check and compare what was brought in; a version that cannot be used tells why."""
    held = CityVersion.objects.get(key=version)
    if held.state == State.WAITING:
        try:
            fields = dry_run(run, held) | {"state": State.CHECKED}
        except OngedeeldError as error:
            fields = {"state": State.REFUSED, "report": of_error(error)}
        with run.applying("checked"):
            CityVersion.objects.filter(pk=held.pk, state=State.WAITING).update(**fields)
            record(None, "cities.check", "city version", held.key, ["report"])
        held.refresh_from_db()
    if held.way == CityVersion.Way.DROP:
        _after_drop(run, held)
    return {"state": held.state, **held.report.get("counts", {})}


def _after_drop(run: Run, version: CityVersion) -> None:
    """Accept it where that was set, and tell the data managers, once."""
    errors = version.report.get("counts", {}).get("error", 1)
    if settings.CITY_ACCEPT_DROP and version.state == State.CHECKED and not errors:
        with suppress(ChangedMeanwhileError):  # it then waits for a person, as the letter says
            accept(version, actor=None)
    if version.state in (State.CHECKED, State.REFUSED, State.CURRENT):
        with run.applying("told") as new:
            pass  # no transaction waits for a post office: a letter may be lost with its worker
        if new:
            tell_data_managers(version)


@job("cities.drop", N_("take files from the drop folder"), daily=time(2))
def drop(run: Run, *, day: str) -> dict[str, Any]:
    """Bring in what lies in the drop folder; the check of it is a job of its own."""
    version = take(actor=None)
    return {"version": str(version.key) if version else None}


@job("cities.clear", N_("remove versions of the City that are no longer kept"), daily=time(4))
def clear_up(run: Run, *, day: str) -> dict[str, Any]:
    """Retired versions go after their term, and what a crash left behind after a day."""
    return {"versions": clear(timezone.now())}
