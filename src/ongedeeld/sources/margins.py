"""The published margins of households in each neighbourhood, as arrays that a table can be fitted to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.sources.assumptions import assumptions
from ongedeeld.sources.fitting import Floats, Integers

TENURES = ("association", "private_rent", "owner_occupied")
BUILDINGS = ("single_family", "multi_family")
KINDS = ("one_person", "without_children", "with_children")
AGES = ("under_23", "23_34", "35_54", "55_66", "67_and_over")
BANDS = ("residents_15_24", "residents_25_44", "residents_45_64", "residents_65_and_over")
NEEDED = (
    "households",
    "share_association",
    "share_private_rent",
    "share_owner_occupied",
    "share_single_family",
)


@dataclass(frozen=True)
class Margins:
    """The margins of the neighbourhoods that have them, one row each, in households unless said otherwise.

    All margins of a neighbourhood add up to its `households`. `sizes` is the mean number of people,
    `occupied` the number of occupied homes; what is not known is not a number. `skipped` names the
    neighbourhoods with households that lack a margin.
    """

    areas: tuple[str, ...]
    periods: tuple[date, ...]
    households: Integers
    kinds: Floats
    tenures: Floats
    buildings: Floats
    ages: Floats
    sizes: Floats
    occupied: Floats
    skipped: tuple[str, ...]

    def targets(self) -> Iterator[tuple[str, Floats]]:
        """Each margin that the rows of a stock can be held against, by name, with its figure per area."""
        yield "households", self.households.astype(np.float64)
        yield "household_size", self.sizes
        yield "occupied_dwellings", self.occupied
        yield "one_person", self.kinds[:, 0]
        for names, values in ((TENURES, self.tenures), (BUILDINGS, self.buildings), (AGES, self.ages)):
            yield from zip(names, values.T, strict=True)


def read_margins(city: City) -> Margins:
    """The margins of every neighbourhood, from the newest period in which all that are needed are known.

    Parameters
    ----------
    city
        Needed are households, their kinds (as numbers or shares), the shares of three tenures and the share
        of single-family homes; used where known are the mean household size, residents by age and occupied
        homes.
    """
    known = _known(city)
    everywhere = known.filter(pl.col("households") > 0)["area"].unique()
    complete = known.filter(_is_complete()).sort("period").unique("area", keep="last").sort("area")
    households = np.rint(_column(complete, "households")).astype(np.int64)
    counts = households.astype(np.float64)
    single = _column(complete, "share_single_family")
    heads = np.stack([_column(complete, band) for band in BANDS], axis=1) @ assumptions()["heads"].array()
    return Margins(
        areas=tuple(complete["area"]),
        periods=tuple(complete["period"]),
        households=households,
        kinds=_spread(_columns(complete, KINDS), counts),
        tenures=_spread(_columns(complete, [f"share_{tenure}" for tenure in TENURES]), counts),
        buildings=_spread(np.stack([single, 1 - single], axis=1), counts),
        ages=_spread(heads, counts),
        sizes=_column(complete, "household_size"),
        occupied=_column(complete, "dwellings") * _column(complete, "share_occupied"),
        skipped=tuple(sorted(set(everywhere) - set(complete["area"]))),
    )


def _known(city: City) -> pl.DataFrame:
    """One row for each neighbourhood and period with a column for each figure, null where it is not known."""
    optional = ("household_size", "dwellings", "share_occupied", *BANDS)
    kinds = [f"{form}_{kind}" for form in ("households", "share_households") for kind in KINDS]
    names = [*NEEDED, *optional, *kinds]
    neighbourhoods = city.table("areas").filter(pl.col("level") == "neighbourhood").select(area="code")
    wide = (
        city.table("indicators")
        .join(neighbourhoods, on="area", how="semi")
        .filter(pl.col("indicator").is_in(names))
        .pivot("indicator", index=["area", "period"], values="value")
    )
    wide = wide.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in names if name not in wide.columns
    )
    return wide.with_columns(
        pl.coalesce(f"households_{kind}", pl.col(f"share_households_{kind}") * pl.col("households")).alias(
            kind
        )
        for kind in KINDS
    )


def _is_complete() -> pl.Expr:
    tenures = pl.sum_horizontal(f"share_{tenure}" for tenure in TENURES)
    figures = pl.all_horizontal(pl.col(*NEEDED, *KINDS).is_not_null())
    return figures & (pl.col("households") > 0) & (tenures > 0) & (pl.sum_horizontal(*KINDS) > 0)


def _column(frame: pl.DataFrame, name: str) -> Floats:
    values: Floats = frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return values


def _columns(frame: pl.DataFrame, names: tuple[str, ...] | list[str]) -> Floats:
    return np.stack([_column(frame, name) for name in names], axis=1)


def _spread(parts: Floats, totals: Floats) -> Floats:
    """The parts of each area, scaled to its total; not a number where there are none."""
    sums = parts.sum(axis=1)
    share = np.divide(totals, sums, out=np.full_like(sums, np.nan), where=sums > 0)
    spread: Floats = parts * share[:, None]
    return spread
