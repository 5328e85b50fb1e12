"""How many evictions there were and how many were prevented, per complex and quarter."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.web.preventing.models import Case, Tally

OBSERVATIONS = {Case.Outcome.EVICTED: "evictions", Case.Outcome.PREVENTED: "evictions_prevented"}
"""What each outcome is called in the City; the others are no eviction and none prevented."""
KEY = ("complex", "period", "observation", "reason")
_SCHEMA = {"complex": pl.String, "period": pl.Date, "observation": pl.String, "count": pl.Int64}


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_quarter(period: date) -> date:
    """The first day of the quarter after one."""
    return date(period.year + period.month // 10, (period.month + 2) % 12 + 1, 1)


def quarters(first: date, last: date) -> list[date]:
    """The first days of the quarters from one up to and with another."""
    found = []
    period = quarter_of(first)
    while period <= last:
        found.append(period)
        period = next_quarter(period)
    return found


def ended_counts(complex_: str = "") -> pl.DataFrame:
    """Evictions and evictions prevented, per complex and quarter in which there were any.

    Counted are the cases that are kept, and the tally of those that were removed. It asks no right: whoever
    shows it to others than the team protects it first.

    Parameters
    ----------
    complex_
        Only those of this one; without it those of all.

    Returns
    -------
    `complex`, `period`, `observation` and `count`, a row each.
    """
    counted: Counter[tuple[str, date, str]] = Counter()
    ended = Case.objects.filter(state=Case.State.ENDED, outcome__in=OBSERVATIONS).exclude(complex="")
    removed = Tally.objects.filter(outcome__in=OBSERVATIONS)
    if complex_:
        ended, removed = ended.filter(complex=complex_), removed.filter(complex=complex_)
    for number, day, outcome in ended.values_list("complex", "ended_on", "outcome"):
        if day is not None:
            counted[number, quarter_of(day), OBSERVATIONS[Case.Outcome(outcome)]] += 1
    for one in removed:
        counted[one.complex, one.period, OBSERVATIONS[Case.Outcome(one.outcome)]] += one.count
    rows = [(*key, count) for key, count in sorted(counted.items())]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def observations_with(city: City, since: date, until: date) -> pl.DataFrame:
    """The counts of the City, with those kept here in place of its own for some quarters.

    A complex in which nothing was counted in such a quarter had none: a zero, observed.

    Parameters
    ----------
    city
        The City that is read.
    since, until
        The first days of the first and last quarter of which the counts here are whole.
    """
    own = (
        city.table("complexes")
        .select("complex")
        .join(pl.DataFrame({"period": quarters(since, until)}, schema={"period": pl.Date}), how="cross")
        .join(pl.DataFrame({"observation": sorted(OBSERVATIONS.values())}), how="cross")
        .join(ended_counts(), on=("complex", "period", "observation"), how="left")
        .with_columns(pl.col("count").fill_null(0), reason=pl.lit("none"), status=pl.lit("observed"))
    )
    if not city.has("observations"):
        return own.select(*KEY, "count", "status").sort(KEY)
    held = city.table("observations")
    own = own.select(pl.col(name).cast(held.schema[name]) for name in held.columns)
    return pl.concat([held.join(own, on=KEY, how="anti"), own]).sort(KEY)
