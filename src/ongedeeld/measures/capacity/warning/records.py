"""Figures of a City by unit and period: counts with the homes they are of, grades with their weight.

A period for which a unit has no figure has no homes and no weight there: missing is never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.city import City
from ongedeeld.measures.capacity.warning.stock import Stock
from ongedeeld.measures.capacity.warning.watched import Watched
from ongedeeld.measures.capacity.warning.windows import length_in_months, too_few_periods
from ongedeeld.measures.livability import livability

Floats = NDArray[np.float64]

# A last period that fewer homes than this share have handed in is not complete.
_ENOUGH_KNOWN = 0.5


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts by unit (rows) and period (columns).

    `homes` are those of the complexes whose count is known; `months` is the length of a period.
    """

    periods: tuple[date, ...]
    months: int
    events: Floats
    homes: Floats


@dataclass(frozen=True, eq=False)
class Grades:
    """Grades by unit (rows) and period (columns): `mean`, `weight` and the variance of the mean by chance.

    `weight` is the number of answers or inspections, and 0 where there is no grade.
    """

    periods: tuple[date, ...]
    mean: Floats
    weight: Floats
    variance: Floats


def counts_of(city: City, stock: Stock, each: Watched, until: date | None) -> Counts:
    """The counts of an observation, until the last period that is complete.

    Raises
    ------
    InputError
        When periods of several lengths are mixed.
    AbsentError
        When there are too few periods to compare.
    """
    rows = city.table("observations").filter(pl.col("observation") == each.key)
    months = length_in_months(rows, each)
    if until is not None:
        ended = pl.col("period").dt.offset_by(f"{months}mo") <= until + timedelta(days=1)
        rows = rows.filter(ended)
    known = (
        rows.drop_nulls("count")
        .join(stock.complexes, on="complex")
        .group_by("place", "period")
        .agg(events=pl.col("count").sum(), homes=pl.col("homes").sum())
    )
    handed_in = known.group_by("period").agg(pl.col("homes").sum()).sort("period")
    complete = handed_in.filter(pl.col("homes") >= _ENOUGH_KNOWN * stock.homes.sum())["period"]
    periods = (
        handed_in.filter(pl.col("period") <= complete.max())["period"].to_list() if len(complete) else []
    )
    if lacking := too_few_periods(each, periods, months):
        raise lacking
    table = _Table(stock.size(), tuple(periods), known)
    return Counts(table.periods, months, table.filled("events"), table.filled("homes"))


def grades_of(city: City, stock: Stock, each: Watched, until: date | None) -> Grades:
    """The grades of a survey, an inspection or the Leefbaarometer.

    Raises
    ------
    AbsentError
        When there are too few rounds to compare.
    """
    rows = {"survey": _surveys, "inspection": _inspections, "livability": _livability}[each.kind](
        city, stock, each
    )
    if until is not None:
        rows = rows.filter(pl.col("period") <= until)
    weight = pl.col("weight")
    known = (
        rows.group_by("place", "period")
        .agg(
            mean=(weight * pl.col("mean")).sum() / weight.sum(),
            variance=(weight**2 * pl.col("variance")).sum() / weight.sum() ** 2,
            weight=weight.sum(),
        )
        .sort("place", "period")
    )
    periods = tuple(known["period"].unique().sort())
    if lacking := too_few_periods(each, periods, 0):
        raise lacking
    table = _Table(stock.size(), periods, known)
    return Grades(periods, table.filled("mean"), table.filled("weight"), table.filled("variance"))


@dataclass(frozen=True)
class _Table:
    """Rows of places and periods, to be laid out as arrays."""

    size: int
    periods: tuple[date, ...]
    rows: pl.DataFrame

    def filled(self, column: str) -> Floats:
        """A column by place and period, zero where there is no row."""
        columns = {period: number for number, period in enumerate(self.periods)}
        rows = self.rows.filter(pl.col("period").is_in(self.periods))
        laid_out = np.zeros((self.size, len(self.periods)))
        where = [columns[period] for period in rows["period"]]
        laid_out[rows["place"].to_numpy(), where] = rows[column].to_numpy()
        return laid_out


def _surveys(city: City, stock: Stock, each: Watched) -> pl.DataFrame:
    """Per complex; of a neighbourhood whose complexes were not asked apart, as it was asked."""
    rows = city.table("surveys").filter(pl.col("question") == each.key).drop_nulls(["mean", "answers"])
    rows = rows.filter(pl.col("answers") > 0)
    usual = rows.select(pl.col("spread").median().fill_null(0.0)).item()
    of_answers = pl.col("spread").fill_null(usual) ** 2 / pl.col("answers")
    return _placed(rows, stock).select(
        "place",
        "period",
        mean="mean",
        weight=pl.col("answers").cast(pl.Float64),
        variance=of_answers,
    )


def _placed(rows: pl.DataFrame, stock: Stock) -> pl.DataFrame:
    of_complexes = rows.filter(pl.col("level") == "complex").join(
        stock.complexes, left_on="unit", right_on="complex"
    )
    if len(of_complexes) or stock.level == "complex":
        return of_complexes
    units = stock.units.select("unit", place=pl.int_range(pl.len()))
    return rows.filter(pl.col("level") == stock.level).join(units, on="unit")


def _inspections(city: City, stock: Stock, each: Watched) -> pl.DataFrame:
    """Those by staff of whole complexes, by quarter; inspectors among residents look with other eyes."""
    rows = city.table("inspections").filter(pl.col("by") == "staff").drop_nulls(each.key)
    rows = _placed(rows, stock)
    grade = pl.col(each.key)
    in_a_year = ["unit", pl.col("period").dt.year()]
    within = rows.select(
        off=(grade - grade.mean().over(in_a_year)) ** 2, free=1 - 1 / pl.len().over(in_a_year)
    )
    freedom = float(within["free"].sum())
    of_a_visit = float(within["off"].sum()) / freedom if freedom > 0 else 0.0
    return rows.select(
        "place",
        period=pl.col("period").dt.truncate("1q"),
        mean=grade,
        weight=pl.lit(1.0),
        variance=pl.lit(of_a_visit),
    )


def _livability(city: City, stock: Stock, each: Watched) -> pl.DataFrame:
    """The newest version of the Leefbaarometer: versions do not form one series."""
    scores = livability(city, "neighbourhood").scores
    newest = scores.filter(pl.col("version") == pl.col("version").max()) if len(scores) else scores
    units = stock.units.select("unit", place=pl.int_range(pl.len()))
    return newest.join(units, left_on="area", right_on="unit").select(
        "place",
        "period",
        mean="score",
        weight=pl.lit(1.0),
        variance=pl.lit(0.0),
    )
