"""How mixed the homes are by who lives in them: the indices of undividedness at every scale, by year."""

from __future__ import annotations

import polars as pl

from ongedeeld.measures.undividedness import Result, counts_of, dissimilarity, theil_h
from ongedeeld.simulation.outcomes.seen import OF_HOUSEHOLDS
from ongedeeld.simulation.outcomes.tables import TABLES

SCALES = ("complex", "neighbourhood", "district")


def mix(households: pl.DataFrame) -> pl.DataFrame:
    """The table `mix` of a run.

    The indices are those of :mod:`ongedeeld.measures.undividedness`, without draws; by chance is their exact
    mean when everybody is allotted to a place at random. A scale of which there is but one place has no row.

    Parameters
    ----------
    households
        The table `households`.
    """
    rows = [
        _row(year, level, grouping, counts)
        for (year, level, grouping), counts in households.group_by(
            "year", "level", "grouping", maintain_order=True
        )
        if level in SCALES and counts["unit"].n_unique() > 1
    ]
    table = TABLES["mix"]
    whole: dict[str, type[pl.DataType]] = dict.fromkeys(("households", "units"), pl.Int64)
    kinds: dict[str, type[pl.DataType]] = {"year": pl.Int32, "level": pl.String, "grouping": pl.String}
    schema = {name: kinds.get(name) or whole.get(name, pl.Float64) for name in (*table.key, *table.measures)}
    return pl.DataFrame(rows, schema=schema).sort(table.key)


def _row(year: object, level: object, grouping: object, counts: pl.DataFrame) -> dict[str, object]:
    names = OF_HOUSEHOLDS[str(grouping)]
    wide = counts_of(counts.pivot("group", index="unit", values="households").select(names))
    divided, told = dissimilarity(wide, draws=0), theil_h(wide, draws=0)
    return {
        "year": year,
        "level": level,
        "grouping": grouping,
        **_values("dissimilarity", divided),
        **_values("theil_h", told),
        "households": divided.people,
        "units": divided.areas,
    }


def _values(name: str, result: Result) -> dict[str, float | None]:
    return {name: result.value, f"{name}_by_chance": result.expected_by_chance}
