"""Vogelstad with enough figures to fill a portrait, and with homes of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl

from ongedeeld.city import City, Remark
from ongedeeld.sources.model_city import model_city
from tests.small_city import NEIGHBOURHOODS, PERIOD, SOURCE, indicators, small_city

MEREL, SPREEUW, TULP, ROZEN = NEIGHBOURHOODS
EARLIER = date(2021, 1, 1)
DIMENSIONS: dict[str, tuple[float | None, ...]] = {
    "livability3_nuisance": (-0.10, 0.0, 0.05, None),
    "livability3_cohesion": (-0.02, 0.0, 0.05, None),
}
ORIGINS: dict[str, tuple[float | None, ...]] = {
    "origin_netherlands": (1000, 500, 900, 400),
    "origin_europe": (400, 200, 300, 200),
    "origin_outside_europe": (600, 300, 300, 200),
}


@cache
def full_city(**figures: tuple[float | None, ...]) -> City:
    """Two measurements, dimensions, crime and origin."""
    later = indicators(
        **DIMENSIONS,
        **ORIGINS,
        crimes=(120, 30, 45, None),
        distance_gp=(500, 450, 1900, 700),
        **figures,
    )
    before = indicators(livability3_score=(4.3, 4.2, 4.3, None), livability3_nuisance=(0.05, 0.0, 0.0, None))
    before = before.filter(pl.col("indicator").is_in(["livability3_score", "livability3_nuisance"]))
    return small_city({"indicators": pl.concat([later, before.with_columns(period=pl.lit(EARLIER))])})


def with_status(city: City, area: str, indicator: str, status: str) -> City:
    """The same City with another status for one figure; only an estimate is known."""
    here = (pl.col("area") == area) & (pl.col("indicator") == indicator)
    changed = city.table("indicators").with_columns(
        status=pl.when(here).then(pl.lit(status)).otherwise("status"),
        value=pl.when(here & pl.lit(status != "estimated")).then(None).otherwise("value"),
    )
    return City.of({"areas": city.table("areas"), "indicators": changed}, city.manifest)


@cache
def bare_city(name: str = "Kaalbuurt") -> City:
    """A neighbourhood of which nothing is known: no figure, no boundary, no source."""
    areas = pl.DataFrame(
        {
            "code": ["GM9999", "BU99990101"],
            "level": ["municipality", "neighbourhood"],
            "name": ["Vogelstad", name],
            "parent": [None, "GM9999"],
        }
    )
    return City.of({"areas": areas}, replace(small_city().manifest, sources=(), invented=False))


@cache
def own_city(stock: str = "own") -> City:
    """Ten own homes in one complex of Merelbuurt, with counts, a survey, inspections, hours and a place."""
    tables = _own_homes() | _own_records()
    city = small_city(tables)
    return City.of(
        {name: city.table(name) for name in ("areas", "indicators", *tables)},
        replace(city.manifest, stock=stock),  # type: ignore[arg-type]
    )


def _own_homes() -> dict[str, pl.DataFrame]:
    """The complex, its homes, and who rents them."""
    return {
        "complexes": pl.DataFrame({"complex": ["C1"], "name": ["Het Nest"], "area": [MEREL]}),
        "dwellings": pl.DataFrame(
            {
                "dwelling": [f"D{place}" for place in range(10)],
                "complex": "C1",
                "tenure": "association",
                "energy_label": ["A++", "A", "B", "B", "B", "C", "C", "D", "G", None],
                "rent_cents": [60000] * 4 + [70000] * 6,
                "condition_score": [2.0] * 5 + [3.0] * 5,
                "status": "observed",
            }
        ),
        "tenancies": pl.DataFrame(
            {
                "tenancy": [f"T{place}" for place in range(16)],
                "dwelling": [f"D{place}" for place in range(10)] + [f"D{place}" for place in range(6)],
                "start": [date(2019, 1, 1)] * 10 + [date(2022, 6, 1)] * 5 + [date(2022, 12, 20)],
                "end": [date(2022, 5, 1)] * 5 + [date(2022, 12, 1)] + [None] * 10,
            }
        ),
    }


def _own_records() -> dict[str, pl.DataFrame]:
    """What is counted, asked and seen there."""
    return {
        "observations": pl.DataFrame(
            {
                "complex": "C1",
                "period": [date(2022, 10, 1)] * 3 + [date(2022, 4, 1)],
                "observation": [
                    "arrears_households",
                    "support_present",
                    "lettings_regular",
                    "lettings_regular",
                ],
                "reason": "none",
                "count": [2, 6, 1, 3],
                "status": "observed",
            }
        ),
        "surveys": pl.DataFrame(
            {
                "level": "complex",
                "unit": "C1",
                "period": date(2022, 9, 1),
                "question": ["safe", "greeted"],
                "answers": [40, 4],
                "mean": [6.4, 8.0],
                "spread": [1.0, 1.0],
            }
        ),
        "inspections": pl.DataFrame(
            {
                "level": "complex",
                "unit": "C1",
                "period": [date(2022, 5, 1), date(2022, 11, 1)],
                "by": "staff",
                "clean": [3.0, 4.0],
                "whole": [4.0, 4.0],
                "safe": [2.0, 3.0],
            }
        ),
        "caretaker_hours": pl.DataFrame(
            {"complex": "C1", "period": [date(2022, 11, 1), date(2022, 12, 1)], "hours": [10.0, 12.0]}
        ),
        "places": pl.DataFrame(
            {
                "place": ["P1"],
                "kind": ["meeting_place"],
                "name": ["De Huiskamer"],
                "area": [MEREL],
                "owned": [True],
            }
        ),
    }


@cache
def few_tenancies() -> City:
    """The same homes, with the tenancies of two of them only."""
    city = own_city()
    tables = {name: city.table(name) for name in city.tables()}
    tables["tenancies"] = tables["tenancies"].filter(pl.col("dwelling").is_in(["D1", "D5"]))
    return City.of(tables, city.manifest)


@cache
def told_city() -> City:
    """The same homes, with the file they came from among the sources and a remark about it."""
    city = own_city()
    own = replace(
        SOURCE, key="own", title="eigen woningen", owner="own records", file="geheim.xlsx", reader="own"
    )
    remark = Remark("own", "the file has {count} gaten", {"count": 3})
    manifest = replace(city.manifest, sources=(SOURCE, own), remarks=(remark,))
    return City.of({name: city.table(name) for name in city.tables()}, manifest)


WALK = "BU99990103"
"""A neighbourhood of the model city with hundreds of tenants."""


@cache
def large_city() -> City:
    """The model city, small, with homes, tenants, surveys and inspections of the association."""
    return model_city(seed=1, scale=0.2)


@cache
def bare_large_city() -> City:
    """The model city without anything of the association itself."""
    city = large_city()
    return City.of({name: city.table(name) for name in ("areas", "indicators")}, city.manifest)


__all__ = [
    "MEREL",
    "PERIOD",
    "ROZEN",
    "SOURCE",
    "SPREEUW",
    "TULP",
    "WALK",
    "bare_city",
    "bare_large_city",
    "few_tenancies",
    "full_city",
    "large_city",
    "own_city",
    "told_city",
]
