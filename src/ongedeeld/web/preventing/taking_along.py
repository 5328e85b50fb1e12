"""Lay evictions and evictions prevented into a new version of the City, which a data manager then accepts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.actions import bring_in
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.preventing.counting import next_quarter, observations_with, quarter_of, quarters
from ongedeeld.web.preventing.models import Case, TakenAlong

RIGHT = "preventing.take_counts"


@dataclass(frozen=True)
class Made:
    """A file that was made here, as an `Upload`."""

    name: str
    content: bytes

    def chunks(self) -> Iterable[bytes]:
        """Its bytes."""
        yield self.content


def last_whole_quarter(today: date) -> date:
    """The first day of the last quarter that is over."""
    return quarter_of(quarter_of(today) - timedelta(days=1))


def last_taken() -> TakenAlong | None:
    """The last time that counts were taken along into a version that was not refused or thrown away."""
    gone = CityVersion.objects.filter(state__in=(CityVersion.State.REFUSED, CityVersion.State.DELETED))
    return TakenAlong.objects.exclude(version__in=gone.values("key")).first()


def kept_since() -> date | None:
    """From which day evictions are kept here: that of last time, or of the first case; none without one."""
    last = last_taken()
    if last is not None:
        return last.from_period
    return Case.objects.order_by("opened_on").values_list("opened_on", flat=True).first()


def quarters_waiting(today: date) -> list[date]:
    """The first days of the quarters that are over, and whose counts nobody took along yet."""
    last, since = last_taken(), kept_since()
    if since is None:
        return []
    first = next_quarter(last.until_period) if last else _whole_quarter_from(since)
    return quarters(first, last_whole_quarter(today))


def counts_file(city: City, since: date, today: date) -> bytes:
    """The counts of the City with those kept here, as the data room takes them.

    Raises
    ------
    InputError
        When no quarter since that day is over.
    """
    first, last = _whole_quarter_from(since), last_whole_quarter(today)
    if first > last:
        raise InputError(
            N_("no quarter since then is over yet"),
            remedy=N_("choose an earlier day, or come back in the next quarter"),
        )
    return csv_of(observations_with(city, first, last))


def csv_of(observations: pl.DataFrame) -> bytes:
    """Counts as csv, in UTF-8."""
    return observations.write_csv().encode()


def _whole_quarter_from(since: date) -> date:
    """The first day of the first quarter that lies wholly after a day, or begins on it."""
    first = quarter_of(since)
    return first if first == since else next_quarter(first)


def take_along(city: City, since: date, *, actor: Person, now: datetime, today: date) -> CityVersion:
    """Bring the counts in as files of the data room are: checked, and read by nobody until they are accepted.

    Parameters
    ----------
    city
        The City that is read.
    since
        From which day all evictions are kept here; quarters that begin then or later are taken along.
    actor
        Who takes them along; they may renew the City.
    now, today
        The moment and its day.

    Raises
    ------
    Refused
        When the actor may not.
    InputError
        When no quarter since that day is over.
    """
    require(actor, RIGHT)
    content = counts_file(city, since, today)
    version = bring_in([Made("observations.csv", content)], actor=actor)
    with transaction.atomic():
        taken = TakenAlong.objects.create(
            at=now,
            actor=actor.key,
            version=version.key,
            from_period=_whole_quarter_from(since),
            until_period=last_whole_quarter(today),
        )
        record(actor, "preventing.take_counts", "counts", taken.key, ["from_period", "until_period"])
    return version
