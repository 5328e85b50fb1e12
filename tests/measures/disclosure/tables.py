"""Small tables for the tests of disclosure control, and what must hold of what is published of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl

from ongedeeld.measures.disclosure import Ledger, Protected, Publication, attack

AREAS = pl.DataFrame(
    {
        "code": ["Merel", "Spreeuw", "Tulp", "Roos", "Vogelwijk", "Bloemwijk", "stad"],
        "parent": ["Vogelwijk", "Vogelwijk", "Bloemwijk", "Bloemwijk", "stad", "stad", None],
    }
)
"""Four neighbourhoods in two districts of one city."""


def new_ledger(folder: Path) -> Ledger:
    """A ledger of its own, for each example of a property."""
    return Ledger.open(Path(mkdtemp(dir=folder)) / "published.json")


def table(
    rows: Mapping[str, Sequence[int | None]],
    columns: Sequence[str],
    dimensions: tuple[str, str] = ("area", "reason"),
) -> pl.DataFrame:
    """A long table from one row of counts for each code."""
    cells = [
        (row, column, count)
        for row, counts in rows.items()
        for column, count in zip(columns, counts, strict=True)
    ]
    return pl.DataFrame(
        cells, schema={dimensions[0]: pl.String, dimensions[1]: pl.String, "count": pl.Int64}, orient="row"
    )


def with_totals(inner: Mapping[str, Sequence[int]], columns: Sequence[str]) -> pl.DataFrame:
    """A long table with a total for each row, each column, and all."""
    rows = {code: [*counts, sum(counts)] for code, counts in inner.items()}
    rows["all"] = [sum(counts) for counts in zip(*rows.values(), strict=True)]
    return table(rows, [*columns, "all"])


def over_areas(inner: Mapping[str, Sequence[int]], columns: Sequence[str]) -> pl.DataFrame:
    """A long table of the four neighbourhoods, the districts and the city, with a total over the columns."""
    rows = {code: list(counts) for code, counts in inner.items()}
    for district in ("Vogelwijk", "Bloemwijk"):
        parts = AREAS.filter(pl.col("parent") == district)["code"]
        rows[district] = [sum(counts) for counts in zip(*(rows[code] for code in parts), strict=True)]
    rows["stad"] = [a + b for a, b in zip(rows["Vogelwijk"], rows["Bloemwijk"], strict=True)]
    return table({code: [*counts, sum(counts)] for code, counts in rows.items()}, [*columns, "all"])


def cell(bounds: pl.DataFrame, **codes: str) -> tuple[int, int | None]:
    """The bounds of one cell in what `attack` gave."""
    row = bounds.filter(*(pl.col(name) == code for name, code in codes.items()))
    assert len(row) == 1, (codes, bounds)
    return int(row["lower"][0]), row["upper"][0]


def broken(truth: pl.DataFrame, result: Protected, earlier: Iterable[Publication] = ()) -> list[str]:
    """What the promise does not hold of, according to `attack` on everything published; empty if it holds."""
    before, names = list(earlier), result.publication.dimensions
    limits = _limits([*before, result.publication])
    least = max(table.min_count for table in [*before, result.publication])
    known_before = {row[:-1] for row in attack(before).iter_rows()} if before else set()
    bounds = attack([*before, result.publication]).join(truth, on=names, how="left")
    return [
        f"{fault}: {row}"
        for row in bounds.iter_rows(named=True)
        if (
            fault := _fault(
                row, limits.get(tuple(row[name] for name in names), least), seen_before=bool(before)
            )
        )
        and (*(row[name] for name in sorted(names)), row["lower"], row["upper"]) not in known_before
    ]


def _limits(tables: Iterable[Publication]) -> dict[tuple[str, ...], int]:
    """The highest limit at which each cell was hidden; tables of the same dimensions."""
    limits: dict[tuple[str, ...], int] = {}
    for each in tables:
        for *codes, count in each.table.select(*each.dimensions, "count").iter_rows():
            if count is None:
                limits[tuple(codes)] = max(limits.get(tuple(codes), 0), each.min_count)
    return limits


def _fault(row: dict[str, Any], least: int, *, seen_before: bool) -> str:
    lower, upper, count = row["lower"], 10**9 if row["upper"] is None else row["upper"], row["count"]
    unlisted = row["status"] == "unlisted"
    if count is not None and not lower <= count <= upper:
        return "the truth lies outside"
    if unlisted and lower >= least:
        return ""
    if upper - lower < least:
        return "too narrow"
    # Of a sum that no earlier table names, these may tell that it is not zero; listed cells they leave open.
    small = (unlisted and not seen_before) or (not unlisted and count is not None and count < least)
    return "known to be small, or not zero" if small and (lower > 0 or upper < least) else ""
