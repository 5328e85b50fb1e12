"""The homes whose figures are watched, by complex or neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity.warning.watched import Level

_PURPOSE = N_("early warning per complex and neighbourhood")


@dataclass(frozen=True, eq=False)
class Stock:
    """The units that are watched and the complexes they are made of.

    `units` has a row per unit in the order of its code: `unit`, `name` and `homes`. `complexes` has a row per
    complex with homes: `complex`, `homes` and `place` (the row of its unit). `left_out` names complexes
    without homes, or without the unit they belong to.
    """

    level: Level
    units: pl.DataFrame
    complexes: pl.DataFrame
    left_out: tuple[str, ...]

    @property
    def homes(self) -> NDArray[np.float64]:
        """Homes per unit."""
        return self.units["homes"].to_numpy().astype(np.float64)

    def size(self) -> int:
        """How many units there are."""
        return len(self.units)


def stock_of(city: City, level: Level) -> Stock:
    """The association's own stock of a City.

    Raises
    ------
    AbsentError
        When the stock was drawn from published totals, or no complex has homes.
    """
    complexes = city.own_stock("complexes", _PURPOSE)
    homes = (
        city.table("dwellings").drop_nulls("complex").group_by("complex").agg(homes=pl.len().cast(pl.Int64))
    )
    joined = complexes.join(homes, on="complex", how="left")
    own = pl.col("complex") if level == "complex" else pl.col("area")
    joined = joined.with_columns(unit=own)
    usable = joined.drop_nulls(["unit", "homes"])
    if not len(usable):
        raise AbsentError(
            N_("no complex of this City has homes to count by"),
            expected=N_("the tables complexes and dwellings, with the complex of every dwelling"),
            remedy=N_("give your own homes with --dwellings"),
        )
    left_out = joined.join(usable, on="complex", how="anti")["complex"].sort()
    units = usable.group_by("unit").agg(pl.col("homes").sum()).sort("unit")
    names = _names(city, level)
    units = units.join(names, on="unit", how="left").with_columns(pl.col("name").fill_null(pl.col("unit")))
    places = units.select("unit", place=pl.int_range(pl.len()))
    return Stock(
        level,
        units.select("unit", "name", "homes").sort("unit"),
        usable.join(places, on="unit").select("complex", "homes", "place").sort("complex"),
        tuple(left_out),
    )


def _names(city: City, level: Level) -> pl.DataFrame:
    if level == "complex":
        return city.table("complexes").select("name", unit="complex")
    return city.table("areas").select("name", unit="code")
