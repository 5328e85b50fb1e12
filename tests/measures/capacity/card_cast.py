"""Vogelstad with three complexes of twenty homes and what is recorded of them, to work out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.city import City, conform
from ongedeeld.city.manifest import Stock
from tests.small_city import small_city

MERELS, TULPEN = "BU99990101", "BU99990201"
DAY = date(2026, 1, 1)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
HOMES = 20

COMPLEXES = pl.DataFrame(
    {
        "complex": ["C1", "C2", "C3"],
        "name": ["Merelflat", "Lijsterhof", "Tulpenhof"],
        "area": [MERELS, MERELS, TULPEN],
        "x_m": [136_100.0, 136_400.0, 136_700.0],
        "y_m": [456_100.0, 456_100.0, 456_100.0],
    }
)


def dwellings(complexes: pl.DataFrame = COMPLEXES, homes: int = HOMES) -> pl.DataFrame:
    """So many homes in every complex."""
    rows = [
        (f"{name}-{number:02d}", name, area)
        for name, area in complexes.select("complex", "area").iter_rows()
        for number in range(homes)
    ]
    return pl.DataFrame(rows, schema=["dwelling", "complex", "area"], orient="row")


def counts(observation: str, *rows: tuple[str, list[int | None]]) -> pl.DataFrame:
    """Counts of the four quarters of 2025, per complex."""
    lines = [
        (name, period, observation, "none", count, "missing" if count is None else "observed")
        for name, values in rows
        for period, count in zip(QUARTERS, values, strict=True)
    ]
    names = ["complex", "period", "observation", "reason", "count", "status"]
    return conform("observations", pl.DataFrame(lines, schema=names, orient="row"))


def hours(*rows: tuple[str, float]) -> pl.DataFrame:
    """The same hours of caretakers in every month of 2025, per complex."""
    lines = [(name, date(2025, month, 1), each) for name, each in rows for month in range(1, 13)]
    return pl.DataFrame(lines, schema=["complex", "period", "hours"], orient="row")


def stock_city(
    tables: dict[str, pl.DataFrame] | None = None,
    *,
    stock: Stock = "own",
    complexes: pl.DataFrame = COMPLEXES,
    **figures: tuple[float | None, ...],
) -> City:
    """Vogelstad with the three complexes and whatever tables a test needs."""
    held = {"complexes": complexes, "dwellings": dwellings(complexes), **(tables or {})}
    city = small_city({name: conform(name, frame) for name, frame in held.items()}, **figures)
    return City.of({name: city.table(name) for name in city.tables()}, replace(city.manifest, stock=stock))


SCORING = """
[rules]
fewest_homes = 10
fewest_answers = 10
fewest_inspections = 3
fewest_vacancies = 5
known_share = 0.5
widest = 3.5
level = 0.95

[weightings]
factors = [0.5, 1.0, 2.0]

[themes]
clean_whole_safe = 1.0
nuisance = 1.0
financial = 1.0
social = 1.0
livability = 1.0

[bands.hours]
by = "value"
5 = [0.0, 1.0]
4 = [1.0, 2.0]
3 = [2.0, 3.0]
2 = [3.0, 4.0]
1 = [4.0, 100.0]

[bands.rates]
by = "value"
1 = [0.0, 0.05]
2 = [0.05, 0.1]
3 = [0.1, 0.2]
4 = [0.2, 0.3]
5 = [0.3, 1.0]
"""


def entry(name: str, theme: str, role: str, bands: str, weight: float = 1.0, **other: str) -> str:
    """An indicator of a table of scoring."""
    facts = {
        "name": name,
        "theme": theme,
        "role": role,
        "bands": bands,
        "reason_nl": "om het voorbeeld",
        "reason_en": "for the example",
        "evidence": "card_indicators",
        **other,
    }
    return (
        "\n[[indicator]]\n"
        + "".join(f'{key} = "{value}"\n' for key, value in facts.items())
        + (f"weight = {weight}\n")
    )


def scoring_file(folder: Path, *entries: str, head: str = SCORING) -> Path:
    """A table of scoring of one's own."""
    path = folder / "scoring.toml"
    path.write_text(head + "".join(entries), encoding="utf-8")
    return path
