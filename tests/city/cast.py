"""A small City that these tests start from: one municipality, one district, two neighbourhoods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import shapely

from ongedeeld.city import City, Finding, Manifest, Source

CITY, DISTRICT, NORTH, SOUTH = "GM0001", "WK000101", "BU00010101", "BU00010102"
SOURCE = Source("cast.csv", "Figures", "Nobody", "cast.csv", "0" * 64, "CC0", date(2024, 1, 1), "kwb")
MANIFEST = Manifest("Voorbeeldstad", CITY, date(2026, 1, 1), sources=(SOURCE,))


def square(west: float, south: float, size: float = 100.0) -> bytes:
    return bytes(shapely.to_wkb(shapely.box(west, south, west + size, south + size)))


AREAS = pl.DataFrame(
    {
        "code": [CITY, DISTRICT, NORTH, SOUTH],
        "level": ["municipality", "district", "neighbourhood", "neighbourhood"],
        "name": ["Voorbeeldstad", "Centrum", "Noord", "Zuid"],
        "parent": [None, CITY, DISTRICT, DISTRICT],
        "geometry": [
            square(150_000, 450_000, 1_000),
            square(150_000, 450_000, 500),
            square(150_000, 450_100),
            square(150_000, 450_000),
        ],
    }
)


def figures(rows: Sequence[tuple[str, str, float | None]], status: str | None = None) -> pl.DataFrame:
    """Figures of 2024 by area and indicator."""
    return pl.DataFrame(
        rows, schema={"area": pl.String, "indicator": pl.String, "value": pl.Float64}, orient="row"
    ).with_columns(
        period=pl.date(2024, 1, 1),
        status=pl.lit(status)
        if status
        else pl.when(pl.col("value").is_null()).then(pl.lit("missing")).otherwise(pl.lit("observed")),
        source=pl.lit("cast.csv"),
    )


def city(tables: Mapping[str, pl.DataFrame] | None = None) -> City:
    return City.of({"areas": AREAS, **(tables or {})}, MANIFEST)


def stock(**dwellings: list[object]) -> dict[str, pl.DataFrame]:
    """One complex in the north with two homes."""
    return {
        "complexes": pl.DataFrame(
            {"complex": ["C1"], "name": ["De Linde"], "area": [NORTH], "x_m": [150_050.0], "y_m": [450_150.0]}
        ),
        "dwellings": pl.DataFrame(
            {"dwelling": ["D1", "D2"], "complex": ["C1", "C1"], "area": [NORTH, NORTH], **dwellings},
            strict=False,
        ),
    }


def findings(city: City) -> list[Finding]:
    """What the checks found, without notes on what is not known."""
    return [found for found in city.check() if found.severity != "note"]
