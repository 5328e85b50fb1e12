"""The stock behind cards: the units, and the complexes in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.measures.capacity.known import Level


@dataclass(frozen=True, eq=False)
class Grouping:
    """The units of a card and the complexes in them.

    `units` has `unit`, `name` and `homes`; `complexes` has `complex`, `unit`, `area` (its neighbourhood),
    `around` (the area that published figures are of), `homes`, `x_m` and `y_m`; `unplaced` is how many
    complexes lie in no known area and so in no unit.
    """

    level: Level
    units: pl.DataFrame
    complexes: pl.DataFrame
    unplaced: int = 0


class Period(NamedTuple):
    """The first and last day."""

    start: date
    end: date


def year_to(last: date) -> Period:
    """The twelve months that end on this day."""
    following = last + timedelta(days=1)
    if (following.month, following.day) == (2, 29):
        return Period(date(following.year - 1, 3, 1), last)
    return Period(following.replace(year=following.year - 1), last)


def grouping_of(city: City, level: Level) -> Grouping:
    """The units of a level with homes of the association.

    Raises
    ------
    InputError
        When a complex has no dwellings.
    """
    complexes = _with_homes(city)
    if level == "entrance":
        # What is told of an entrance is its own; no complex adds to it.
        return Grouping(level, _entrances(city), complexes.clear())
    districts = city.table("areas").select(area="code", district="parent")
    around = "district" if level == "district" else "area"
    unit = "complex" if level == "complex" else around
    every = complexes.join(districts, on="area", how="left", maintain_order="left")
    placed = every.with_columns(unit=pl.col(unit), around=pl.col(around)).drop_nulls("unit")
    names = city.table("areas").select(unit="code", name="name")
    if level == "complex":
        names = complexes.select("name", unit="complex")
    units = placed.group_by("unit").agg(pl.col("homes").sum()).join(names, on="unit", how="left")
    return Grouping(
        level,
        units.select("unit", "name", "homes").sort("unit"),
        placed.select("complex", "unit", "area", "around", "homes", "x_m", "y_m"),
        len(every) - len(placed),
    )


def _with_homes(city: City) -> pl.DataFrame:
    """The complexes with their number of homes."""
    homes = city.table("dwellings").drop_nulls("complex").group_by("complex").agg(homes=_count())
    complexes = city.table("complexes").join(homes, on="complex", how="left", maintain_order="left")
    empty = complexes.filter(pl.col("homes").is_null())["complex"]
    if len(empty):
        raise InputError(
            N_("complexes without dwellings: {count}, such as {complex}"),
            expected=N_("at least one dwelling in every complex of the table complexes"),
            remedy=N_("give their dwellings with --dwellings, or take them out of the complexes"),
            count=len(empty),
            complex=empty[0],
        )
    return complexes


def _entrances(city: City) -> pl.DataFrame:
    entrances = city.table("entrances").select(unit="entrance", name=pl.coalesce("name", "entrance"))
    homes = city.table("dwellings").drop_nulls("entrance").group_by(unit="entrance").agg(homes=_count())
    return entrances.join(homes, on="unit", how="left").sort("unit")


def _count() -> pl.Expr:
    return pl.len().cast(pl.Int64)


def named(frame: pl.DataFrame, indicator: str, period: Period) -> pl.DataFrame:
    """Figures of one indicator and period, each of its own unit."""
    return frame.with_columns(
        indicator=pl.lit(indicator),
        of=pl.col("unit"),
        period_start=pl.lit(period.start),
        period_end=pl.lit(period.end),
    )


def covered(frame: pl.DataFrame, grouping: Grouping) -> pl.DataFrame:
    """With the share of a unit's homes that are in complexes with a figure (`homes`)."""
    whole = grouping.units.select("unit", whole="homes")
    joined = frame.join(whole, on="unit", how="left", maintain_order="left")
    return joined.with_columns(coverage=pl.col("homes") / pl.col("whole")).drop("homes", "whole")


def nothing() -> pl.DataFrame:
    """No figures."""
    return pl.DataFrame(schema={"unit": pl.String, "indicator": pl.String})
