"""What became of groups of seekers: who came, who got a home, after how long, and where."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ongedeeld.simulation.kernel._state import BY_MONTH, ORIGINS
from ongedeeld.simulation.outcomes.places import YEAR
from ongedeeld.simulation.outcomes.seeking_groups import (
    ALL_GROUPINGS,
    BY_TYPE,
    GROUPINGS,
    LABELS,
    OF_LETTINGS,
    in_groups,
    of_lettings,
)
from ongedeeld.simulation.outcomes.seen import Seen
from ongedeeld.simulation.outcomes.tables import SURROUNDINGS, TABLES

COUNTED_GROUPINGS = (*GROUPINGS, *BY_TYPE)
WHERE = ("district", SURROUNDINGS)
COUNTED = ("arrived", "stopped", "housed", "lost_home", "on_list", "registered_so_far")


def groups(seen: Seen) -> pl.DataFrame:
    """The table `groups` of a run.

    The route is that by which somebody seeks, so that a group is the same before and after a letting: who is
    proposed by a partner and gets a home in the regular way is a letting of `mediated` here. For those who
    were on the list at the beginning of the run the search counts from there, as what was before is not
    known. The age is that of registering. Of the groupings in `OF_LETTINGS` it is known who got a home and
    not who sought one: there all but `housed` and the months of those is null.
    """
    counted = seen.run.seekers.with_columns(year=(pl.col("year") + 1).cast(pl.Int32))
    members = in_groups(counted, seen, pl.col("origin"))
    wide = [
        pl.col("seekers").filter(pl.col("what") == what).sum().cast(pl.Int64).alias(what) for what in COUNTED
    ]
    let = _let(seen).hstack(of_lettings(seen))
    housed = _by_group(let, OF_LETTINGS, [pl.len().cast(pl.Int64).alias("housed")])
    flows = pl.concat(
        [
            _filled(_by_group(members, COUNTED_GROUPINGS, wide), seen, COUNTED_GROUPINGS),
            _filled(housed, seen, OF_LETTINGS),
        ],
        how="diagonal",
    )
    # Counted by where they went: who must be re-housed may have come to the list as a tenant.
    gone = ("on_list", "housed", "stopped", "lost_home")
    told = flows.with_columns(seekers=pl.sum_horizontal(gone, ignore_nulls=False))
    there, waiting = pl.col("seekers"), pl.col("on_list")
    told = told.with_columns(
        share_housed=pl.when(there > 0).then(pl.col("housed") / there),
        waiting_registered_mean=pl.when(waiting > 0).then(pl.col("registered_so_far") / waiting),
    )
    whole = told.join(_searches(let), on=["year", "grouping", "group"], how="left")
    table = TABLES["groups"]
    return whole.select(*table.key, *table.measures).sort(table.key)


def where(seen: Seen) -> pl.DataFrame:
    """The table `where` of a run: in which districts, and in how strong neighbourhoods, groups got homes."""
    parts, let = [], _let(seen)
    for level in WHERE:
        units = seen.cells.select(unit=pl.col(level).cast(pl.String)).unique().drop_nulls()
        unit = pl.col(level).cast(pl.String).alias("unit")
        placed = let.join(seen.cells.select("cell", unit), on="cell")
        counted = _by_group(placed, GROUPINGS, [pl.len().cast(pl.Int64).alias("housed")], ["unit"])
        every = _frame(seen, GROUPINGS).join(units, how="cross")
        found = every.join(counted, on=["year", "grouping", "group", "unit"], how="left")
        parts.append(found.with_columns(pl.col("housed").fill_null(0), level=pl.lit(level)))
    table = TABLES["where"]
    return pl.concat(part.select(*table.key, *table.measures) for part in parts).sort(table.key)


def origin_of_lettings() -> pl.Expr:
    """Where who got a home stood when counted, as `ORIGINS` names it."""
    return (
        pl.when("re_housing").then(pl.lit("re_housing"))
        .when(pl.col("from_home") >= 0).then(pl.lit("tenant"))
        .when(pl.col("contingent") > 0).then(pl.lit("proposed"))
        .otherwise(pl.lit("outside"))
    )  # fmt: skip


def _by_group(
    frame: pl.DataFrame, groupings: Sequence[str], told: Sequence[pl.Expr], more: Sequence[str] = ()
) -> pl.DataFrame:
    """Rows with a column for each grouping, put together by year and group, one grouping after the other."""
    return pl.concat(
        frame.group_by("year", pl.col(grouping).alias("group"), *more)
        .agg(told)
        .with_columns(grouping=pl.lit(grouping))
        for grouping in groupings
    )


def _frame(seen: Seen, groupings: Sequence[str]) -> pl.DataFrame:
    """A row for each year and group, so that a group of which nobody seeks stands there with a zero."""
    years = pl.DataFrame({"year": pl.Series(range(1, seen.years + 1), dtype=pl.Int32)})
    named = [(grouping, group) for grouping in groupings for group in LABELS[grouping]]
    return years.join(pl.DataFrame(named, schema=["grouping", "group"], orient="row"), how="cross")


def _filled(counted: pl.DataFrame, seen: Seen, groupings: Sequence[str]) -> pl.DataFrame:
    """What was counted of every group in every year; a zero where nothing was."""
    found = _frame(seen, groupings).join(counted, on=["year", "grouping", "group"], how="left")
    return found.with_columns(pl.exclude("year", "grouping", "group").fill_null(0))


def _let(seen: Seen) -> pl.DataFrame:
    """Of each letting the year, the cell of the home, and the groups in which the seeker is."""
    cell = pl.Series(seen.cell.astype("uint32"))
    let = seen.run.lettings
    told = let.select(
        YEAR,
        "month",
        "type",
        "age",
        "arrived",
        "registered",
        origin_of_lettings().cast(pl.Enum(ORIGINS)).alias("origin"),
        cell=cell.gather(let["home"]),
    )
    return in_groups(told, seen, pl.col("origin"))


def _searches(let: pl.DataFrame) -> pl.DataFrame:
    """How long who got a home searched and was registered, in months."""
    since = pl.max_horizontal(pl.col("arrived"), pl.lit(0))
    months = {
        "search": pl.col("month") - since,
        # Months of registration may lie before the run, where the day still counts upwards.
        "registered": pl.col("month") - pl.col("registered") // BY_MONTH,
    }
    told = let.select(
        "year", *ALL_GROUPINGS, **{name: part.cast(pl.Float64) for name, part in months.items()}
    )
    means = [pl.col(name).mean().alias(f"{name}_mean") for name in months]
    medians = [pl.col(name).median().alias(f"{name}_median") for name in months]
    return _by_group(told, ALL_GROUPINGS, [*means, *medians])
