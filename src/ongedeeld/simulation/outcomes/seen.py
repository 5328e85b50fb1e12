"""A run as outcomes look at it: homes put together where they share every place in which they lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation.groupings import HOUSEHOLD_TYPES
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.simulation.assuming.assumptions import SURROUNDINGS as FARES
from ongedeeld.simulation.assuming.household_types import AGES, HouseholdType
from ongedeeld.simulation.outcomes.tables import EVERYWHERE, LEVELS, SURROUNDINGS
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run

MONTHS = 12
OF_HOUSEHOLDS: dict[str, tuple[str, ...]] = {
    "household_type": tuple(HOUSEHOLD_TYPES),
    "age_class": AGES,
    "income_class": tuple(INCOME_CLASSES),
}
"""The groups of households, by grouping; those of an age stand in the order of the attribute."""


@dataclass(frozen=True)
class Seen:
    """A run with its setting.

    Parameters
    ----------
    run, setting
        What came of it, and from what.
    cell
        The number of the cell in which each home lies [H].
    cells
        A row per cell: its number `cell`, and the code of its place at each level; null where it has none.
    """

    run: Run
    setting: Setting
    cell: NDArray[np.int64]
    cells: pl.DataFrame

    @property
    def years(self) -> int:
        """How many years the run lasted."""
        return len(self.run.homes_at) - 1

    def counted(self, homes: NDArray[np.integer], weights: NDArray[np.number] | None = None) -> pl.Series:
        """How many of these homes lie in each cell, or the sum of a weight for each of them."""
        found = np.bincount(self.cell[homes], weights, len(self.cells))
        return pl.Series(found if weights is not None else found.astype(np.int64))

    @cached_property
    def groups_of_types(self) -> pl.DataFrame:
        """Of each type of household, by number, its groups as codes."""
        types = self.setting.people.types
        return pl.DataFrame(
            {
                "type": pl.Series(range(len(types)), dtype=pl.Int16),
                "household_type": [household_type(one) for one in types],
                "income_class": [one.income_class for one in types],
                "kind": [one.kind for one in types],
                "urgent": [bool(one.urgency) for one in types],
            }
        )


def household_type(one: HouseholdType) -> str:
    """The code of a type in `HOUSEHOLD_TYPES`."""
    if one.household_size == 1:
        return "one_person"
    return "with_minors" if one.minors else "without_minors"


def seen(run: Run, setting: Setting) -> Seen:
    """A run as outcomes look at it.

    Parameters
    ----------
    run
        Of whole years.
    setting
        From which it began.
    """
    stock, named = setting.stock, setting.housing
    numbers = np.column_stack(
        [stock.complex, stock.area, stock.district, stock.municipality, stock.surroundings]
    )
    # As one number for each home: to sort rows of numbers takes several times as long.
    sizes = numbers.max(axis=0, initial=0).astype(np.int64) + 2
    placed = np.ravel_multi_index(tuple(numbers.T + 1), tuple(sizes))
    distinct, cell = np.unique(placed, return_inverse=True)
    places = np.column_stack(np.unravel_index(distinct, tuple(sizes))) - 1
    codes = (named.complexes, named.areas, named.districts, named.municipalities, FARES)
    columns = {
        level: [of[number] if number >= 0 else None for number in places[:, at].tolist()]
        for at, (level, of) in enumerate(zip((*LEVELS[:-1], SURROUNDINGS), codes, strict=True))
    }
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        # Where a municipality has no districts, homes lie in none.
        district=pl.when(pl.col("district") != pl.col("municipality")).then("district"),
        all=pl.lit(EVERYWHERE),
    )
    # As numbers, since of a country there are many.
    cells = cells.select(one.cast(pl.Enum(one.drop_nulls().unique().sort())) for one in cells)
    return Seen(run, setting, cell, cells.with_row_index("cell"))


def by_level(frame: pl.DataFrame, cells: pl.DataFrame, levels: tuple[str, ...] = LEVELS) -> pl.DataFrame:
    """Sums over cells as sums over the places of each level; cells without a place at it are in none.

    Parameters
    ----------
    frame
        `year`, `cell`, as may be `grouping` and `group`, and columns of sums.
    cells
        As in :class:`Seen`.
    levels
        Those that are wanted.
    """
    more = [name for name in ("grouping", "group") if name in frame.columns]
    placed = frame.join(cells, on="cell")
    parts = [
        placed.drop_nulls(level)
        .group_by("year", pl.col(level).alias("unit"), *more)
        .agg(pl.col(*(set(frame.columns) - {"year", "cell", *more})).sum())
        .sort("year", "unit", *more)
        .with_columns(pl.col("unit").cast(pl.String), level=pl.lit(level))
        for level in levels
    ]
    return pl.concat(part.select(sorted(part.columns)) for part in parts)
