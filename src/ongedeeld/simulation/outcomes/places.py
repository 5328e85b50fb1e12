"""What became of places: homes, households, lettings, turnover, support and evictions, by year."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl

from ongedeeld.simulation.kernel._state import HAPPENINGS, REASONS
from ongedeeld.simulation.outcomes.seen import MONTHS, OF_HOUSEHOLDS, Seen, by_level
from ongedeeld.simulation.outcomes.tables import TABLES
from ongedeeld.simulation.recording import ROUTES, HomesAt

FELL_VACANT = ("left", "evicted")
TOLD = ("prevented", "evicted", "put_out", "built", "demolished", "sold")
YEAR = (pl.col("month") // MONTHS + 1).cast(pl.Int32).alias("year")


def places(seen: Seen) -> pl.DataFrame:
    """The table `places` of a run.

    Turnover is the homes that fell vacant as a share of the mean of homes at the beginning and the end of
    the year. Offers that were declined are known by neighbourhood, so that complexes have none.
    """
    counted = _standing(seen).join(_flows(seen), on=["year", "cell"], how="left")
    summed = by_level(counted.with_columns(pl.exclude("year", "cell").fill_null(0)), seen.cells)
    told = summed.join(_declined(seen), on=["year", "level", "unit"], how="left")
    homes = (pl.col("homes_before") + pl.col("homes")) / 2
    whole = told.with_columns(
        turnover=_share("vacated", homes),
        residence_years=_share("stay_months", pl.col("tenants") * MONTHS),
        support_share=_share("support", pl.col("tenants")),
    )
    table = TABLES["places"]
    return whole.select(*table.key, *table.measures).sort(table.key)


def households(seen: Seen) -> pl.DataFrame:
    """The table `households` of a run: those who live in the homes at the end of each year, by group."""
    groups = seen.groups_of_types
    codes = {
        name: groups[name].replace_strict({code: at for at, code in enumerate(held)}).to_numpy()
        for name, held in OF_HOUSEHOLDS.items()
        if name != "age_class"
    }
    parts = []
    for year in range(1, seen.years + 1):
        at = seen.run.homes_at[year]
        here = np.flatnonzero(at.type_ >= 0)
        of = {name: code[at.type_[here]] for name, code in codes.items()} | {"age_class": at.age[here]}
        parts += [_of_groups(seen, year, here, name, of[name]) for name in OF_HOUSEHOLDS]
    summed = by_level(pl.concat(parts), seen.cells)
    table, names = TABLES["households"], pl.col("grouping", "group").cast(pl.String)
    return summed.select(*table.key, *table.measures).with_columns(names)


def _of_groups(seen: Seen, year: int, here: np.ndarray, grouping: str, group: np.ndarray) -> pl.DataFrame:
    """The households of each cell and group of a grouping."""
    names, cells = OF_HOUSEHOLDS[grouping], len(seen.cells)
    found = np.bincount(seen.cell[here] * len(names) + group, minlength=cells * len(names))
    every = [name for held in OF_HOUSEHOLDS.values() for name in held]
    numbers = np.tile([every.index(name) for name in names], cells).astype(np.uint32)
    return pl.DataFrame(
        {
            "cell": np.repeat(np.arange(cells, dtype=np.uint32), len(names)),
            "group": pl.Series(every, dtype=pl.Enum(every)).gather(numbers),
            "households": found.astype(np.int64),
        }
    ).with_columns(year=pl.lit(year, pl.Int32), grouping=pl.lit(grouping, pl.Enum(list(OF_HOUSEHOLDS))))


def _share(part: str, whole: pl.Expr) -> pl.Expr:
    """A part of a whole; null where there is none."""
    return pl.when(whole > 0).then(pl.col(part) / whole)


def _standing(seen: Seen) -> pl.DataFrame:
    """How the homes of each cell stand at the end of each year."""
    ends = [_at_end(seen, year * MONTHS, at) for year, at in enumerate(seen.run.homes_at)]
    return pl.concat(
        now.with_columns(year=pl.lit(year, pl.Int32), homes_before=before["homes"])
        for year, (before, now) in enumerate(pairwise(ends), start=1)
    )


def _at_end(seen: Seen, month: int, at: HomesAt) -> pl.DataFrame:
    lived = np.flatnonzero(at.type_ >= 0)
    vacant = np.flatnonzero((at.type_ < 0) & (at.let_from >= 0))
    helped = lived[at.support_until[lived] > np.maximum(month, at.since[lived])]
    stay = month - at.since[lived].astype(np.int64)
    frame = pl.DataFrame(
        {
            "tenants": seen.counted(lived),
            "vacant": seen.counted(vacant),
            "support": seen.counted(helped),
            "stay_months": seen.counted(lived, stay),
        }
    )
    return frame.with_row_index("cell").with_columns(homes=pl.col("tenants") + pl.col("vacant"))


def _flows(seen: Seen) -> pl.DataFrame:
    """What happened in each cell and year; a cell and year in which nothing did has no row."""
    cell = pl.Series("cell", seen.cell.astype(np.uint32))
    happened = seen.run.happened
    events = happened.select(YEAR, "what", cell=cell.gather(happened["home"]))
    let = seen.run.lettings
    lettings = let.select(YEAR, "route", cell=cell.gather(let["home"]))
    moved = let.filter(pl.col("from_home") >= 0)
    vacated = pl.concat(
        [
            events.filter(pl.col("what").is_in(FELL_VACANT)).select("year", "cell"),
            moved.select(YEAR, cell=cell.gather(moved["from_home"])),
        ]
    )
    counts = [
        events.group_by("year", "cell").agg(
            (pl.col("what") == what).sum().cast(pl.Int64).alias(what) for what in TOLD if what in HAPPENINGS
        ),
        vacated.group_by("year", "cell").agg(vacated=pl.len().cast(pl.Int64)),
        lettings.group_by("year", "cell").agg(
            pl.len().cast(pl.Int64).alias("lettings"),
            *((pl.col("route") == route).sum().cast(pl.Int64).alias(f"let_{route}") for route in ROUTES),
        ),
    ]
    whole = counts[0]
    for part in counts[1:]:
        whole = whole.join(part, on=["year", "cell"], how="full", coalesce=True)
    return whole


def _declined(seen: Seen) -> pl.DataFrame:
    """Offers declined by reason, of the places above a complex; without any there is a zero."""
    names = pl.Series("neighbourhood", seen.setting.housing.areas, seen.cells["neighbourhood"].dtype)
    areas = names.to_frame().with_row_index("area")
    declined = seen.run.declined.with_columns(
        year=(pl.col("year") + 1).cast(pl.Int32), area=pl.col("area").cast(pl.UInt32)
    )
    reasons = [
        pl.col("offers").filter(pl.col("reason") == reason).sum().alias(f"declined_{reason}")
        for reason in REASONS
    ]
    counted = declined.group_by("year", "area").agg(pl.col("offers").sum().alias("declined"), *reasons)
    years = pl.DataFrame({"year": pl.Series(range(1, seen.years + 1), dtype=pl.Int32)})
    rows = years.join(areas, how="cross").join(counted, on=["year", "area"], how="left")
    above = seen.cells.drop("cell", "complex").unique("neighbourhood").drop_nulls("neighbourhood")
    placed = rows.join(above, on="neighbourhood", how="semi").with_columns(
        pl.exclude("neighbourhood").fill_null(0)
    )
    numbered = above.with_row_index("cell")
    return by_level(
        placed.join(numbered.select("cell", "neighbourhood"), on="neighbourhood").drop(
            "area", "neighbourhood"
        ),
        numbered,
        ("neighbourhood", "district", "municipality", "all"),
    )
