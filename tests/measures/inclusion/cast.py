"""Vogelstad with homes, places and answers, small enough to work out by hand.

Two complexes stand in the Merelbuurt, a square of 500 m with its corner at (136000, 456000), and one in the
Tulpenbuurt.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from ongedeeld.city import City, conform
from tests.small_city import small_city

MERELS, TULPEN = "BU99990101", "BU99990201"
REGION = "GM9999"
DAY = date(2025, 7, 1)

COMPLEXES = pl.DataFrame(
    {
        "complex": ["C1", "C2", "C3"],
        "name": ["Merelflat", "Lijsterhof", "Tulpenhof"],
        "area": [MERELS, MERELS, TULPEN],
        "x_m": [136_100.0, 136_400.0, None],
        "y_m": [456_100.0, 456_100.0, None],
    }
)
ENTRANCES = pl.DataFrame(
    {
        "entrance": ["C1-A", "C1-B"],
        "complex": ["C1", "C1"],
        "x_m": [136_090.0, None],
        "y_m": [456_100.0, None],
    }
)


def dwellings(
    complex_: str, count: int, *, start: int = 1, entrance: str | None = None, **facts: object
) -> pl.DataFrame:
    """So many homes of a complex that are alike: three rooms, EUR 600 a month, social, without steps."""
    usual = {"rooms": 3, "rent_cents": 60_000, "sector": "social", "step_free": True, "label": "none"}
    return conform(
        "dwellings",
        pl.DataFrame(
            {"dwelling": [f"{complex_}-{number:02d}" for number in range(start, start + count)]}
        ).with_columns(
            complex=pl.lit(complex_),
            entrance=pl.lit(entrance, pl.String),
            tenure=pl.lit("association"),
            **{name: pl.lit(value) for name, value in (usual | facts).items()},
        ),
    )


def places(*rows: tuple[str, str, float | None, float | None], **more: object) -> pl.DataFrame:
    """Places: number, kind, x and y."""
    frame = pl.DataFrame(rows, schema=["place", "kind", "x_m", "y_m"], orient="row")
    return frame.with_columns(
        pl.col("x_m", "y_m").cast(pl.Float64), **{n: pl.lit(v) for n, v in more.items()}
    )


def tenancies(*rows: tuple[str, date, date | None]) -> pl.DataFrame:
    """Tenancies: dwelling, first day and last day."""
    frame = pl.DataFrame(
        rows, schema={"dwelling": pl.String, "start": pl.Date, "end": pl.Date}, orient="row"
    ).with_row_index("tenancy")
    return frame.with_columns(pl.col("tenancy").cast(pl.String))


def answered(
    question: str,
    *rows: tuple[str, int | None, float | None, float | None],
    day: date = date(2025, 9, 1),
    level: str = "complex",
) -> pl.DataFrame:
    """Graded answers: unit, answers, mean and spread."""
    schema = {"unit": pl.String, "answers": pl.Int64, "mean": pl.Float64, "spread": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        level=pl.lit(level), period=pl.lit(day), question=pl.lit(question)
    )


def said_yes(
    question: str, *rows: tuple[str, int | None, int | None], day: date = date(2025, 9, 1)
) -> pl.DataFrame:
    """Answers of yes or no: complex, answers and how many said yes."""
    schema = {"unit": pl.String, "answers": pl.Int64, "answered_yes": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        level=pl.lit("complex"), period=pl.lit(day), question=pl.lit(question)
    )


def city(stock: pl.DataFrame | None = None, **tables: pl.DataFrame) -> City:
    """Vogelstad with its complexes, and other tables as a test needs them."""
    given = {"complexes": COMPLEXES, "entrances": ENTRANCES} | tables
    return small_city(given if stock is None else given | {"dwellings": stock})


def drawn(whole: City) -> City:
    """The same City, as if its stock had been drawn from published totals."""
    return replace(whole, manifest=replace(whole.manifest, stock="drawn"))
