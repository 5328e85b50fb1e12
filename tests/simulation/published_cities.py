"""A city of homes that differ in rooms alone, to hold a simulation against published figures of lettings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from ongedeeld.city import City, Manifest, Source, conform

DAY = date(2026, 7, 1)
"""Rules and rents are of this day, as those of 2020 are not in the law of this project."""

MUNICIPALITY, DISTRICTS, COMPLEXES = "GM0001", 10, 100
SOURCE = Source("made", "made", "this test", "made.csv", "0" * 64, "CC0", DAY, "test")
# Of every 20 homes: so many of 2, 3, 4 and 5 rooms.
ROOMS = np.repeat([2, 3, 4, 5], [5, 8, 5, 2])


def made_city(name: str, homes: int) -> City:
    """A city of one municipality whose homes differ in rooms alone, spread evenly over its complexes."""
    number = np.arange(homes)
    complexes = [f"C{place:03d}" for place in range(COMPLEXES)]
    areas = [f"BU0001{place // 10:02d}{place % 10:02d}" for place in range(COMPLEXES)]
    of_home = number % COMPLEXES
    rooms = ROOMS[(number // COMPLEXES) % len(ROOMS)]
    dwelling = [f"D{one:06d}" for one in number]
    dwellings = pl.DataFrame(
        {
            "dwelling": dwelling,
            "area": np.array(areas)[of_home],
            "complex": np.array(complexes)[of_home],
            "tenure": "association",
            "type": np.where(number % 5 == 0, "house", "flat"),
            "rooms": rooms,
            "step_free": number % 3 == 0,
            "rent_cents": 480_00 + 50_00 * rooms,
            "maximum_rent_cents": 900_00,
            "sector": "social",
            "label": "none",
            "status": "observed",
        }
    )
    tenancies = pl.DataFrame({"tenancy": dwelling, "dwelling": dwelling}).with_columns(
        start=pl.lit(date(2020, 1, 1)), status=pl.lit("estimated")
    )
    tables = {
        "areas": conform("areas", _areas(areas)),
        "complexes": conform(
            "complexes", pl.DataFrame({"complex": complexes, "name": complexes, "area": areas})
        ),
        "dwellings": conform("dwellings", dwellings),
        "tenancies": conform("tenancies", tenancies),
    }
    return City.of(tables, Manifest(name, MUNICIPALITY, DAY, invented=True, sources=(SOURCE,)))


def own_assumptions(stated: Mapping[str, tuple[str, float, float]], source: str) -> str:
    """The text of a file of own assumptions, of which the values and ranges are given by name."""
    rows = (
        f'[{name}]\nvalue = {value}\nlow = {low}\nhigh = {high}\nsource = "{source}"\n'
        for name, (value, low, high) in stated.items()
    )
    return "\n".join(rows)


def _areas(neighbourhoods: list[str]) -> pl.DataFrame:
    districts = [f"WK0001{place:02d}" for place in range(DISTRICTS)]
    rows = [
        (MUNICIPALITY, "municipality", None),
        *((code, "district", MUNICIPALITY) for code in districts),
        *((code, "neighbourhood", f"WK0001{code[6:8]}") for code in neighbourhoods),
    ]
    frame = pl.DataFrame(rows, schema=["code", "level", "parent"], orient="row")
    return frame.with_columns(name=pl.col("code"), division=pl.lit(2023))
