"""Cities of any size, and policies to steer them by, for the cases of the simulation.

A city is the invented one many times over, each time as a municipality of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from ongedeeld.city import City
    from ongedeeld.simulation.preparing.setting import Setting

START = date(2026, 9, 1)
HOMES_OF_ONE = 25_000
KEPT = ("areas", "complexes", "indicators", "dwellings", "tenancies")
PLACES = ("code", "parent", "area")
NAMES = ("complex", "dwelling", "tenancy", "entrance")

BASE = 'from = 2026-07-01\nsource = "policy"\nagreed = ["municipality", "tenants", "partner", "region"]\n'
HAVEN = 'partner = "Haven"\nmonths = 12\nhours_a_week = 2\npayer = "municipality"\n'
TWO = {
    "local_binding": "share = 0.5",
    "support_agreement": 'agreement = "shelter"\ngroup = "wmo_shelter"\nhomes = {some}\n' + HAVEN,
}
SIX = TWO | {
    "two_rents": "areas = [{first}]",
    "urgency": "",
    "motivation_letting": "share = 0.3",
    "moving_chain": "homes = {some}",
}
ALL = SIX | {
    "lowered_target_rent": "areas = [{third}]",
    "senior_rent_kept": "",
    "wbmgp_income": "areas = [{first}]",
    "wbmgp_priority": "areas = [{first}]",
    "wbmgp_nuisance": "areas = [{first}]",
    "vital_professions": 'professions = ["nurse"]\nshare = 0.3',
    "free_space": "share = 0.15",
    "label_seniors": "",
    "label_youth": 'contract = "youth"',
    "label_students": 'contract = "campus"',
    "label_large_families": "household_size = 5\nrooms = 5",
    "area_ranking": 'ranking = [{ranked}]\nagreement = "ranked"\nhomes = {some}',
    "ceiling": 'agreement = "ceiling"\nmost = {{ {complexes} }}\nregional_total = {some}',
    "mixed_complex": 'complexes = [{mixed}]\nagreement = "mixed"\ngroup = "motivated"\nshare = 0.5',
    "neighbourly_work": "homes = {some}",
    "contingent": 'agreement = "care"\ngroup = "protected_living_exit"\nhomes = {some}\npartner = "Haven"',
    "omklapcontract": 'agreement = "turned"\ngroup = "wmo_shelter"\nhomes = {some}\n'
    "months_until_turned = 12\n" + HAVEN,
    "internal_movers": "share = 0.2",
    "seniors_moving_on": "rooms_left = 4",
    "points": "areas = [{third}]\nwaiting_points_a_year = 1\nsearch_points_most = 30\n"
    "situation_points_most = 12\nstart_points_most = 0",
    "lottery": "areas = [{second}]",
    "direct_mediation": "areas = [{one}]",
    "registration_time": "areas = [{other}]",
}
"""The instruments of each policy, and what is set of them."""


def many(copies: int, scale: float = 1.0) -> City:
    """The homes of the association of so many invented cities: 25,000 each at scale 1."""
    from ongedeeld.city import City
    from ongedeeld.sources.model_city import model_city

    one = model_city(scale=scale)
    own = pl.col("tenure") == "association"
    tables = {name: one.table(name) for name in KEPT}
    tables["dwellings"] = tables["dwellings"].filter(own)
    tables["tenancies"] = tables["tenancies"].join(tables["dwellings"], on="dwelling", how="semi")
    made = {
        name: pl.concat(_renamed(frame, copy) for copy in range(1, copies + 1))
        for name, frame in tables.items()
    }
    return City.of(made, replace(one.manifest, tables={}, name=f"{copies} invented cities"))


def _renamed(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    places = [pl.col(name).str.replace("9999", f"{copy:04}") for name in PLACES if name in frame.columns]
    names = [pl.concat_str(pl.lit(f"{copy:03}-"), name) for name in NAMES if name in frame.columns]
    kept = [
        one.alias(name) for one, name in zip(names, (n for n in NAMES if n in frame.columns), strict=True)
    ]
    return frame.with_columns(*places, *kept)


def setting(city: City, instruments: dict[str, str], years: int = 10) -> Setting:
    """Some years of a city from September 2026 under a policy with these instruments, as they are assumed."""
    from ongedeeld.allocation import read_allocation_policy
    from ongedeeld.rules import load_law
    from ongedeeld.simulation.assuming.assumptions import load_assumptions
    from ongedeeld.simulation.preparing.setting import prepare

    policy = None
    if instruments:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "policy.toml"
            file.write_text(_text(city, instruments), encoding="utf-8")
            policy = read_allocation_policy(file, city)
    # Nobody decided on these instruments in these invented cities: they are tried.
    return prepare(city, policy, load_law(), load_assumptions(), start=START, years=years, what_if=True)


def _text(city: City, instruments: dict[str, str]) -> str:
    """A policy file in which places and numbers are filled in."""
    areas = city.table("areas")
    codes = sorted(areas.filter(pl.col("level") == "district")["code"])
    small = sorted(areas.filter(pl.col("level") == "neighbourhood")["code"])
    complexes = sorted(city.table("complexes")["complex"])
    filled = {
        "some": max(4, len(city.table("dwellings")) // 50),
        "first": _quoted(code for code in codes if code.endswith("01")),
        "second": _quoted(code for code in codes if code.endswith("02")),
        "third": _quoted(code for code in codes if code.endswith("03")),
        "one": _quoted(code for code in small if code.endswith("0101")),
        "other": _quoted(code for code in small if code.endswith("0102")),
        "ranked": _quoted(small[:4]),
        "complexes": ", ".join(f'"{name}" = 3' for name in complexes[:8]),
        "mixed": _quoted(complexes[8:12]),
    }
    uses = [
        f'[[instrument]]\nname = "{name}"\n{BASE}{rest.format(**filled)}\n'
        for name, rest in instruments.items()
    ]
    return 'name = "tried"\n\n' + "\n".join(uses)


def _quoted(names: Iterable[str] | Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
