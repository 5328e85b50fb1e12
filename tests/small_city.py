"""Vogelstad: a made-up city of two districts and four square neighbourhoods, to work out by hand.

The squares have sides of 500 m and lie in RD near (136000, 456000)::

    BU99990102 Spreeuwenbuurt | BU99990202 Rozenbuurt     north
    BU99990101 Merelbuurt     | BU99990201 Tulpenbuurt    south
    WK999901 Vogelwijk (west)   WK999902 Bloemwijk (east)
"""

from __future__ import annotations

from datetime import date

import polars as pl
import shapely

from ongedeeld.city import City, Manifest, Source, conform

MUNICIPALITY = "GM9999"
WEST, SOUTH, SIDE = 136_000.0, 456_000.0, 500.0
# Name, district, and the column and row of its square, by code.
NEIGHBOURHOODS = {
    "BU99990101": ("Merelbuurt", "WK999901", 0, 0),
    "BU99990102": ("Spreeuwenbuurt", "WK999901", 0, 1),
    "BU99990201": ("Tulpenbuurt", "WK999902", 1, 0),
    "BU99990202": ("Rozenbuurt", "WK999902", 1, 1),
}
DISTRICTS = {"WK999901": "Vogelwijk", "WK999902": "Bloemwijk"}
# Figures of each neighbourhood, in the order above.
FIGURES: dict[str, tuple[float | None, ...]] = {
    "residents": (2000, 1000, 1500, 800),
    "residents_0_14": (400, 200, 200, 100),
    "residents_15_24": (300, 200, 150, 100),
    "residents_25_44": (700, 300, 400, 250),
    "residents_45_64": (400, 200, 450, 200),
    "residents_65_and_over": (200, 100, 300, 150),
    "households": (1000, 500, 750, 400),
    "households_one_person": (500, 200, 250, 200),
    "households_without_children": (200, 150, 250, 100),
    "households_with_children": (300, 150, 250, 100),
    "household_size": (2.0, 2.0, 2.0, 2.0),
    "dwellings": (1000, 500, 750, 400),
    "share_association": (0.6, 0.4, 0.2, 0.3),
    "share_private_rent": (0.2, 0.2, 0.2, 0.3),
    "share_owner_occupied": (0.2, 0.4, 0.6, 0.4),
    "share_single_family": (0.3, 0.5, 0.6, 0.4),
    "share_multi_family": (0.7, 0.5, 0.4, 0.6),
    "share_occupied": (1.0, 1.0, 1.0, 1.0),
    "property_value": (22_000_000, 28_000_000, 41_000_000, None),
    "livability3_score": (4.1, 4.2, 4.4, None),
    "distance_supermarket": (300, 450, 800, 1200),
}
PERIOD = date(2023, 1, 1)
SOURCE = Source(
    "vogelstad",
    "Cijfers van Vogelstad",
    "de proefopstelling",
    "vogelstad.csv",
    "0" * 64,
    "CC0",
    PERIOD,
    "test",
)


def square(column: int, row: int) -> bytes:
    """The square in this column and row, as WKB in RD."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return bytes(shapely.to_wkb(shapely.box(west, south, west + SIDE, south + SIDE)))


def areas() -> pl.DataFrame:
    """The municipality, its districts and its neighbourhoods; only the neighbourhoods have a boundary."""
    rows: list[tuple[str, str, str, str | None, int, bytes | None]] = [
        (MUNICIPALITY, "municipality", "Vogelstad", None, 2023, None),
        *((code, "district", name, MUNICIPALITY, 2023, None) for code, name in DISTRICTS.items()),
        *(
            (code, "neighbourhood", name, district, 2023, square(column, row))
            for code, (name, district, column, row) in NEIGHBOURHOODS.items()
        ),
    ]
    names = ["code", "level", "name", "parent", "division", "geometry"]
    return conform("areas", pl.DataFrame(rows, schema=names, orient="row"))


def indicators(**changed: tuple[float | None, ...]) -> pl.DataFrame:
    """The figures of the neighbourhoods, with some changed; a figure that is None is missing."""
    rows = [
        (area, name, PERIOD, value, "missing" if value is None else "observed", SOURCE.key)
        for name, values in (FIGURES | changed).items()
        for area, value in zip(NEIGHBOURHOODS, values, strict=True)
    ]
    schema = {
        "area": pl.String,
        "indicator": pl.String,
        "period": pl.Date,
        "value": pl.Float64,
        "status": pl.String,
        "source": pl.String,
    }
    return conform("indicators", pl.DataFrame(rows, schema=schema, orient="row"))


def small_city(tables: dict[str, pl.DataFrame] | None = None, **figures: tuple[float | None, ...]) -> City:
    """Vogelstad, with more tables and other figures where a test needs them."""
    manifest = Manifest("Vogelstad", MUNICIPALITY, date(2026, 1, 1), invented=True, sources=(SOURCE,))
    return City.of({"areas": areas(), "indicators": indicators(**figures), **(tables or {})}, manifest)
