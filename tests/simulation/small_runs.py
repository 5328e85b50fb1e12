"""Small cities with a lot going on, to play a run in by the kernel and in plain Python.

A few dozen homes of the model city, in which tenants move, age and lose their homes far more often than
anywhere, seekers of every type come, and every instrument of the catalogue can be used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation import Policy, load_catalogue, read_allocation_policy
from ongedeeld.chance import threshold
from ongedeeld.city import City
from ongedeeld.rules import Law, load_law
from ongedeeld.simulation.assuming.assumptions import Assumptions, load_assumptions
from ongedeeld.simulation.kernel._state import Thresholds
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.preparing.stock import NO_CHANGES, Changes
from ongedeeld.sources.model_city import model_city

START = date(2026, 7, 1)
LABELS = ("none", "none", "seniors", "youth", "students", "large_families")
AGREED = 'source = "policy"\nagreed = ["municipality", "tenants", "partner", "region"]'
MEDIATED = 'homes = 3\npartner = "Haven"'
TURNED = "months_until_turned = 2"
OTHER_POINTS = "situation_points_most = 12\nstart_points_most = 5"
SUPPORT = 'months = 4\nhours_a_week = 2\npayer = "municipality"'

USES = {
    "two_rents": "",
    "lowered_target_rent": "",
    "senior_rent_kept": "",
    "wbmgp_income": 'areas = ["WK999901"]',
    "wbmgp_priority": 'areas = ["WK999901"]',
    "wbmgp_nuisance": 'areas = ["WK999901"]',
    "local_binding": "share = 0.4",
    "vital_professions": 'professions = ["nurse"]\nshare = 0.3',
    "free_space": "share = 0.15",
    "label_seniors": "",
    "label_youth": 'contract = "youth"',
    "label_students": 'contract = "campus"',
    "occupancy": 'goes = "only"\nrooms = 3',
    "label_large_families": "household_size = 4\nrooms = 4",
    "area_ranking": 'ranking = ["BU99990102", "BU99990103"]\nagreement = "ranked"\nhomes = 6',
    "ceiling": 'agreement = "ceiling"\nmost = { C002 = 0, C003 = 1, C004 = 0, C007 = 2 }\nregional_total = 9',
    "motivation_letting": "share = 0.5",
    "mixed_complex": 'complexes = ["C002", "C004"]\nagreement = "mixed"\ngroup = "motivated"\nshare = 0.5',
    "neighbourly_work": "homes = 4",
    "contingent": f'agreement = "care"\ngroup = "protected_living_exit"\n{MEDIATED}',
    "support_agreement": f'agreement = "shelter"\ngroup = "wmo_shelter"\n{MEDIATED}\n{SUPPORT}',
    "omklapcontract": f'agreement = "turned"\ngroup = "wmo_shelter"\n{MEDIATED}\n{SUPPORT}\n{TURNED}',
    "urgency": "",
    "internal_movers": "share = 0.4",
    "seniors_moving_on": "rooms_left = 3",
    "moving_chain": "homes = 5",
    "registration_time": "",
    "points": f"waiting_points_a_year = 1.5\nsearch_points_most = 3\n{OTHER_POINTS}",
    "lottery": "",
    "direct_mediation": "",
}
"""A use of every instrument of the catalogue, without name and dates."""

NO_WISH = np.iinfo(np.int64).max
LOCAL = """
holder = "Voorbeeldstad"

[[designations]]
name = "Designated"
articles = [8, 9, 10]
areas = ["BU99990102"]
hardship_clause = true
chance_elsewhere = "three homes in four of the region lie outside"
outranks_urgency = false
source = "decision of the minister"
from = 2026-07-01
until = 2027-03-31
"""


@cache
def whole_city() -> City:
    """The smallest model city."""
    return model_city(scale=0.05)


@cache
def law() -> Law:
    """The law of this version, by itself."""
    return load_law()


@cache
def assumptions() -> Assumptions:
    """What is assumed by default."""
    return load_assumptions()


def small_city(homes: int, first: int = 0) -> City:
    """A city of this many homes of the model city, spread over its complexes, with every label in it."""
    city = whole_city()
    own = city.table("dwellings").filter(pl.col("tenure") == "association").sort("dwelling")
    step = len(own) // homes
    few = own[first % step :: step][:homes]
    labels = [LABELS[place % len(LABELS)] for place in range(len(few))]
    few = few.with_columns(label=pl.Series(labels))
    lives = city.table("tenancies").filter(pl.col("dwelling").is_in(few["dwelling"].implode()))
    kept = {name: city.table(name) for name in ("areas", "complexes", "indicators")}
    return City.of({**kept, "dwellings": few, "tenancies": lives}, city.manifest)


def in_two_municipalities(city: City) -> City:
    """The same city, of which the third district lies in a municipality of its own."""

    def moved(frame: pl.DataFrame) -> pl.DataFrame:
        codes = [name for name in ("code", "parent", "area") if name in frame.columns]
        return frame.with_columns(pl.col(codes).str.replace("^(BU|WK)999903", "${1}999803"))

    tables = {name: moved(city.table(name)) for name in city.tables()}
    areas = tables["areas"]
    whole = areas.filter(pl.col("code") == "GM9999").with_columns(code=pl.lit("GM9998"))
    parent = pl.when(pl.col("code") == "WK999803").then(pl.lit("GM9998")).otherwise(pl.col("parent"))
    tables["areas"] = pl.concat([areas.with_columns(parent=parent), whole])
    return City.of(tables, city.manifest)


def policy_of(folder: Path, city: City, uses: Sequence[tuple[str, date, date]]) -> Policy:
    """A policy that uses these instruments of `USES` from and until a day."""
    text = "".join(
        f'[[instrument]]\nname = "{name}"\nfrom = {start}\nuntil = {end}\n{AGREED}\n{USES[name]}\n\n'
        for name, start, end in uses
    )
    file = folder / "policy.toml"
    file.write_text(f'name = "small"\n{text}', encoding="utf-8")
    return read_allocation_policy(file, city)


def local_law(folder: Path) -> Law:
    """The law with a designated neighbourhood."""
    file = folder / "local.toml"
    file.write_text(LOCAL, encoding="utf-8")
    return load_law(file)


def setting_of(
    city: City, policy: Policy | None = None, law_: Law | None = None, *, lively: int, changed: bool = False
) -> Setting:
    """A setting in which a lot goes on, drawn from a number.

    Parameters
    ----------
    city, policy, law_
        What is played with; by default no policy and the law alone.
    lively
        The number.
    changed
        Whether homes are built, demolished and sold by plan.
    """
    setting = prepare(
        city,
        policy,
        law_ or law(),
        assumptions(),
        start=START,
        years=2,
        what_if=True,
        stock_plan=changes(city, lively) if changed else NO_CHANGES,
    )
    seekers = 1 + len(setting.stock.key) // 61
    draw = np.random.default_rng(lively)
    return replace(setting, thresholds=lively_thresholds(setting.thresholds, draw, seekers))


def changes(city: City, number: int) -> Changes:
    """Three homes that are built, three demolished, and three for sale, in the first year."""
    homes = city.table("dwellings")
    draw = np.random.default_rng(number)
    chosen = draw.permutation(homes["dwelling"].to_list())[:9].tolist()
    built = homes[:3].with_columns(pl.format("N{}", "dwelling").alias("dwelling"))

    def months(names: Iterable[str]) -> dict[str, int]:
        return {name: int(draw.integers(1, 12)) for name in names}

    return Changes(built, months(built["dwelling"].to_list()), months(chosen[:3]), months(chosen[3:6]))


def thresholds(shares: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Shares as thresholds."""
    flat = [threshold(Fraction(int(share * 1000), 1000)) for share in shares.reshape(-1)]
    return np.array(flat, np.uint64).reshape(shares.shape)


def lively_thresholds(held: Thresholds, draw: np.random.Generator, seekers: int) -> Thresholds:
    """Assumptions by which a lot goes on, some of them drawn, with so many times as many seekers."""

    def drawn(like: NDArray[np.uint64], low: float, high: float) -> NDArray[np.uint64]:
        return thresholds(draw.uniform(low, high, like.shape))

    def choices(like: NDArray[np.uint64]) -> NDArray[np.uint64]:
        weights = draw.uniform(0.2, 1, like.shape)
        table = thresholds(np.cumsum(weights, axis=-1) / weights.sum(axis=-1, keepdims=True))
        table[..., -1] = np.iinfo(np.uint64).max
        return table

    events = np.cumsum(draw.uniform(0.01, 0.06, held.tenant.shape), axis=-1)
    events[:, :, -1, 3] = events[:, :, -1, 2]
    months = draw.choice([0, 0, 0, 1, 2, 30, 120], held.registered_before.shape).astype(np.int32)
    types = held.type_.shape
    return held._replace(
        tenant=thresholds(events),
        prevented=drawn(held.prevented, 0.3, 0.7),
        support_months=np.array([int(draw.integers(1, 5))], np.int32),
        void_months=np.array([int(draw.integers(1, 3))], np.int32),
        notice_months=np.array([int(draw.integers(1, 5))], np.int32),
        sold=drawn(held.sold, 0, 0.1),
        stops=drawn(held.stops, 0, 0.08),
        searches=drawn(held.searches, 0.2, 0.8),
        arrivals_whole=np.full_like(held.arrivals_whole, seekers * int(draw.integers(1, 5))),
        arrivals_part=drawn(held.arrivals_part, 0.2, 0.8),
        type_=choices(held.type_),
        age=choices(held.age),
        flag=drawn(held.flag, 0.1, 0.7),
        step_free=drawn(held.step_free, 0, 0.3),
        anywhere=drawn(held.anywhere, 0.4, 0.9),
        registered_before=months,
        reacts=drawn(held.reacts, 0.3, 1),
        declines=thresholds(np.cumsum(draw.uniform(0, 0.1, held.declines.shape), axis=-1)),
        situation_points=draw.integers(0, 15, types).astype(np.int32),
        start_points=draw.integers(0, 8, types).astype(np.int32),
        rooms_least=draw.choice([0, 1, 2, 3], types).astype(np.int32),
        rent_most=draw.choice([NO_WISH, NO_WISH, 620_00, 700_00], types),
        listed=np.full_like(held.listed, seekers * int(draw.integers(0, 40))),
        listed_type=choices(held.listed_type),
        listed_before=months[:, ::-1].copy()[:, : held.listed_before.shape[1]],
    )


def subject(name: str) -> str:
    """What two uses of one policy cannot both set on a home."""
    return load_catalogue()[name].one_of
