"""A round in Vogelstad that can be worked out by hand: three homes and a handful of seekers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.allocation import Round, allocate
from ongedeeld.city import City, conform
from ongedeeld.rules import LawOfDay, load_law
from tests.small_city import small_city

DAY = date(2026, 9, 1)
MEREL, SPREEUW, TULP, ROOS = "BU99990101", "BU99990102", "BU99990201", "BU99990202"
# Number, area, complex, rooms, rent, whether it is step-free; the last one is let.
HOMES = (
    ("W1", MEREL, "C1", 3, 650_00, True),
    ("W2", MEREL, "C1", 2, 600_00, False),
    ("W3", TULP, "C2", 4, 700_00, True),
    ("W4", TULP, "C2", 3, 640_00, True),
    ("W5", ROOS, "C3", 3, 655_00, False),
    ("W9", ROOS, "C3", 3, 655_00, False),
)


@cache
def city(**other: Any) -> City:
    """Vogelstad with six homes in three complexes, of which W9 is let; columns of homes may be `other`."""
    names = ("dwelling", "area", "complex", "rooms", "target_rent_cents", "step_free")
    dwellings = (
        pl.DataFrame(HOMES, schema=names, orient="row")
        .with_columns(
            tenure=pl.lit("association"),
            rent_cents=pl.col("target_rent_cents") - 50_00,
            maximum_rent_cents=pl.lit(850_00),
            sector=pl.lit("social"),
            label=pl.lit("none"),
        )
        .with_columns(**{name: pl.lit(value) for name, value in other.items()})
    )
    complexes = [("C1", "Merelhof", MEREL), ("C2", "Tulpenhof", TULP), ("C3", "Rozenhof", ROOS)]
    tenancies = [("H1", "W9", date(2020, 1, 1), None), ("H2", "W1", date(2019, 1, 1), date(2026, 8, 31))]
    return small_city(
        {
            "dwellings": conform("dwellings", dwellings),
            "complexes": conform(
                "complexes", pl.DataFrame(complexes, schema=["complex", "name", "area"], orient="row")
            ),
            "tenancies": conform(
                "tenancies",
                pl.DataFrame(tenancies, schema=["tenancy", "dwelling", "start", "end"], orient="row"),
            ),
        }
    )


def vacancies(*homes: str, **columns: Any) -> pl.DataFrame:
    """A vacancy V1, V2, ... for each of these homes, at its target rent."""
    rents = {name: rent for name, _, _, _, rent, _ in HOMES}
    frame = pl.DataFrame(
        {
            "vacancy": [home.replace("W", "V") for home in homes],
            "dwelling": list(homes),
            "available": [DAY] * len(homes),
            "rent_cents": [rents.get(home, 600_00) for home in homes],
        }
    )
    return frame.with_columns(**{name: pl.Series(values) for name, values in columns.items()})


def seeker(number: str, registered: date, **facts: Any) -> dict[str, Any]:
    """A seeker alone, aged 35-54, whose income is within the limit of passend toewijzen."""
    return {
        "seeker": number,
        "registered": registered,
        "household_size": 1,
        "minors": 0,
        "age_class": "35_54",
        "pension_age": False,
        "income_class": "below_passend",
        **facts,
    }


def seekers(*people: dict[str, Any]) -> pl.DataFrame:
    """The table of these seekers."""
    return pl.DataFrame(list(people), infer_schema_length=None)


def law(folder: Path | None = None, local: str = "", day: date = DAY) -> LawOfDay:
    """The law of a day, with this text of local policy."""
    if folder is None:
        return load_law().on(day)
    file = folder / "local.toml"
    file.write_text(f'holder = "Gemeente Vogelstad"\n{local}', encoding="utf-8")
    return load_law(file).on(day)


def run(homes: pl.DataFrame, people: pl.DataFrame, stock: City | None = None, **rest: Any) -> Round:
    """A round in Vogelstad on 1 September 2026, by the law alone unless `rest` says else."""
    return allocate(stock or city(), homes, people, **{"law": law(), **rest})


def let(a_round: Round) -> dict[str, str]:
    """Who got each home, by vacancy."""
    return dict(a_round.lettings.select("vacancy", "seeker").iter_rows())
