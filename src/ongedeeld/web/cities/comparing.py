"""What is new, gone and changed in a City beside the one that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from ongedeeld.city import City
from ongedeeld.vocabulary import INDICATORS, TABLES

MOST_CHANGES = 10
"""How many changes of figures are told."""


@dataclass(frozen=True)
class TableChange:
    """How many rows a table had and has, and how many of these are new, gone or changed."""

    table: str
    before: int
    now: int
    new: int
    gone: int
    changed: int


@dataclass(frozen=True)
class FigureChange:
    """A published figure that is another than before. `spreads` is its change beside how areas differ."""

    area: str
    indicator: str
    period: str
    before: float
    now: float
    spreads: float


@dataclass(frozen=True)
class Compared:
    """A City beside the one before.

    `areas_new` and `areas_gone` are codes with names; `indicators_new` and `indicators_gone` names of the
    vocabulary; `periods_new` the days of figures that there were none of.
    """

    tables: tuple[TableChange, ...]
    areas_new: tuple[str, ...]
    areas_gone: tuple[str, ...]
    indicators_new: tuple[str, ...]
    indicators_gone: tuple[str, ...]
    periods_new: tuple[str, ...]
    largest: tuple[FigureChange, ...]

    def as_json(self) -> dict[str, Any]:
        """It as a row of the database keeps it."""
        return asdict(self)


def compare(before: City, now: City) -> Compared:
    """A City beside the one before."""
    names = [name for name in TABLES if before.has(name) or now.has(name)]
    areas_before, areas_now = before.table("areas"), now.table("areas")
    figures_before, figures_now = before.table("indicators"), now.table("indicators")
    known_before, known_now = set(figures_before["indicator"]), set(figures_now["indicator"])
    periods = set(figures_now["period"]) - set(figures_before["period"])
    return Compared(
        tuple(_table(name, before.table(name), now.table(name)) for name in names),
        _named(areas_now, areas_before),
        _named(areas_before, areas_now),
        tuple(sorted(known_now - known_before)),
        tuple(sorted(known_before - known_now)),
        tuple(str(period) for period in sorted(periods)),
        _largest(figures_before, figures_now, dict(areas_now.select("code", "name").iter_rows())),
    )


def _table(name: str, before: pl.DataFrame, now: pl.DataFrame) -> TableChange:
    key = list(TABLES[name].key)
    values = [column for column in now.columns if column not in key]
    both = before.join(now, on=key, how="inner", suffix="__now", nulls_equal=True)
    differs = [pl.col(value).ne_missing(pl.col(f"{value}__now")) for value in values]
    return TableChange(
        name,
        len(before),
        len(now),
        new=len(now.join(before, on=key, how="anti", nulls_equal=True)),
        gone=len(before.join(now, on=key, how="anti", nulls_equal=True)),
        changed=len(both.filter(pl.any_horizontal(differs))) if differs else 0,
    )


def _named(areas: pl.DataFrame, others: pl.DataFrame) -> tuple[str, ...]:
    only = areas.join(others, on="code", how="anti").sort("code")
    return tuple(f"{name} ({code})" for code, name in only.select("code", "name").iter_rows())


def _largest(before: pl.DataFrame, now: pl.DataFrame, names: Mapping[str, str]) -> tuple[FigureChange, ...]:
    """The changes of figures of one area and period that are largest beside the differences of areas.

    Of a figure of an area only the period that changed most is told.
    The spread is the standard deviation over all areas of the City of that figure in that period.
    """
    key = ["area", "indicator", "period"]
    spread = before.group_by("indicator", "period").agg(spread=pl.col("value").std())
    both = (
        before.select(*key, before="value")
        .join(now.select(*key, now="value"), on=key)
        .join(spread, on=["indicator", "period"])
        .filter(pl.col("before").is_not_null() & pl.col("now").is_not_null())
        .filter((pl.col("before") != pl.col("now")) & (pl.col("spread") > 0))
        .with_columns(spreads=(pl.col("now") - pl.col("before")) / pl.col("spread"))
        .sort(pl.col("spreads").abs(), *key, descending=[True, False, False, False])
        .unique(["area", "indicator"], keep="first", maintain_order=True)
    )
    return tuple(
        FigureChange(
            f"{names.get(row['area'], '')} ({row['area']})",
            row["indicator"],
            str(row["period"]),
            row["before"],
            row["now"],
            row["spreads"],
        )
        for row in both.head(MOST_CHANGES).to_dicts()
        if row["indicator"] in INDICATORS
    )
