"""A round of 1,000 homes and 100,000 seekers, beside a plain filter and sort in pandas.

Both are given the same invented tables and the same demands: income, a fitting rent, rooms, neighbourhood and
rent as wished, the order of registration and one home for each seeker. The plain way knows no law by date, no
priorities and no reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from bench.cases import Work

VACANCIES, SEEKERS = 1_000, 100_000
DAY = date(2026, 9, 1)


@cache
def city() -> Any:
    """The model city, with its homes that are not let and as many more as the round needs."""
    from ongedeeld.city import City
    from ongedeeld.sources.model_city import model_city

    whole = model_city()
    homes = whole.table("dwellings").filter(pl.col("sector") == "social").sort("dwelling").head(VACANCIES)
    tables = {name: whole.table(name) for name in ("areas", "complexes", "entrances")}
    return City.of({**tables, "dwellings": homes}, whole.manifest)


@cache
def dear_city() -> Any:
    """The same, with a rent of its own for every home and room to ask it by the points."""
    from ongedeeld.city import City

    plain = city()
    homes = plain.table("dwellings").with_columns(
        target_rent_cents=500_00 + 25 * pl.int_range(pl.len()), maximum_rent_cents=pl.lit(900_00)
    )
    tables = {name: plain.table(name) for name in ("areas", "complexes", "entrances")}
    return City.of({**tables, "dwellings": homes}, plain.manifest)


@cache
def tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The vacancies, and seekers in every size, age and income, who each wish three neighbourhoods."""
    draw = np.random.default_rng(1)
    homes = city().table("dwellings")
    vacancies = homes.select(
        pl.concat_str(pl.lit("V"), "dwelling").alias("vacancy"),
        "dwelling",
        pl.lit(DAY).alias("available"),
        pl.min_horizontal("target_rent_cents", "maximum_rent_cents").alias("rent_cents"),
    )
    areas = homes["area"].unique().sort().to_numpy()
    wished = draw.choice(areas, (SEEKERS, 3))
    size = draw.integers(1, 6, SEEKERS)
    # Every registration has a day and, so that no two are alike, a place of its own in the file.
    days = draw.integers(0, 7_000, SEEKERS)
    seekers = pl.DataFrame(
        {
            "seeker": [f"S{number:06d}" for number in range(SEEKERS)],
            "registered": [DAY - timedelta(days=int(day)) for day in days],
            "household_size": size,
            "minors": np.maximum(size - 2, 0),
            "age_class": draw.choice(["under_23", "23_34", "35_54", "55_66"], SEEKERS),
            "pension_age": np.zeros(SEEKERS, dtype=bool),
            "income_class": draw.choice(
                ["below_passend", "below_daeb", "middle", "above"], SEEKERS, p=[0.6, 0.2, 0.1, 0.1]
            ),
            "municipality_years": draw.integers(0, 40, SEEKERS),
            "wish_areas": [" ".join(row) for row in wished],
            "rooms_min": draw.integers(1, 4, SEEKERS),
            "rent_max_cents": draw.integers(550, 900, SEEKERS) * 100,
        }
    )
    return vacancies, seekers


def whole_round() -> Work:
    """The round with all checks, the chances of groups, every letting and the counts of every refusal."""
    from ongedeeld.allocation import allocate
    from ongedeeld.rules import load_law

    vacancies, seekers = tables()
    law, where = load_law().on(DAY), city()
    allocate(where, vacancies.head(2), seekers.head(10), law=law)  # compiled outside the clock

    def work() -> object:
        done = allocate(where, vacancies, seekers, law=law)
        assert len(done.refusals)  # noqa: S101 - the counts of every refusal are part of the work
        return [float(len(done.lettings))]

    return work


POLICY = """name = "Rents and points"

[[instrument]]
name = "two_rents"
from = 2026-07-01
agreed = ["tenants"]
source = "invented"

[[instrument]]
name = "points"
from = 2026-07-01
agreed = ["municipality"]
source = "invented"
waiting_points_a_year = 1
search_points_most = 30
situation_points_most = 12
start_points_most = 0
"""
ORDINANCE = """holder = "invented"

[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "invented"
"""


def steered_round() -> Work:
    """The same with two rents for each home, every home at a rent of its own, urgency and points."""
    from ongedeeld.allocation import allocate, effects_of, read_allocation_policy
    from ongedeeld.rules import load_law

    vacancies, seekers = tables()
    number = pl.int_range(pl.len())
    vacancies, where = vacancies.with_columns(rent_cents=500_00 + 25 * number), dear_city()
    people = seekers.with_columns(
        urgency=pl.when(number % 20 == 0).then(pl.lit("medical")), search_points=number % 30
    )
    with TemporaryDirectory() as folder:
        for name, text in (("policy.toml", POLICY), ("ordinance.toml", ORDINANCE)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        law = load_law(Path(folder) / "ordinance.toml")
        policy = read_allocation_policy(Path(folder) / "policy.toml", where)

    def work(homes: pl.DataFrame = vacancies, those: pl.DataFrame = people) -> object:
        effects = effects_of(policy, law, where, DAY)
        done = allocate(where, homes, those, law=law.on(DAY), policy=effects, what_if=len(homes) < VACANCIES)
        assert len(done.refusals)  # noqa: S101 - the counts of every refusal are part of the work
        return [float(len(done.lettings))]

    work(vacancies.head(2), people.head(10))  # compiled outside the clock
    return work


def explained() -> Work:
    """Explain every one of a hundred seekers for ten homes of a round that was run."""
    from ongedeeld.allocation import allocate
    from ongedeeld.rules import load_law

    vacancies, seekers = tables()
    done = allocate(city(), vacancies, seekers, law=load_law().on(DAY))
    pairs = [(home, one) for home in vacancies["vacancy"][:10] for one in seekers["seeker"][:100]]
    return lambda: len([done.why(home, one).say() for home, one in pairs])


def plainly() -> Work:
    """Sort the seekers once; for each home filter those who have none yet, and take the first."""
    import pandas

    from ongedeeld.rules import load_law

    law = load_law().on(DAY)
    low, high = law.cents("aftopping_low"), law.cents("aftopping_high")
    homes, people = tables()
    joined = homes.join(city().table("dwellings").select("dwelling", "area", "rooms"), on="dwelling")
    rows = joined.sort("vacancy").to_dicts()
    frame = pandas.DataFrame(people.drop("wish_areas").to_dict(as_series=False))
    areas = pandas.Categorical(people["wish_areas"].str.split(" ").explode())
    code = {area: number for number, area in enumerate(areas.categories)}
    frame[["first", "second", "third"]] = areas.codes.reshape(-1, 3)

    def work() -> object:
        left, let = frame.sort_values(["registered", "seeker"]), 0
        free = np.ones(len(left), dtype=bool)
        left["cap"] = np.where(left["household_size"] <= 2, low, high)
        left["social"] = left["income_class"].isin(["below_passend", "below_daeb"])
        left["poor"] = left["income_class"] == "below_passend"
        for home in rows:
            area = code[home["area"]]
            able = (
                free
                & left["social"]
                & (~left["poor"] | (home["rent_cents"] <= left["cap"]))
                & (left["rooms_min"] <= home["rooms"])
                & (left["rent_max_cents"] >= home["rent_cents"])
                & ((left["first"] == area) | (left["second"] == area) | (left["third"] == area))
            )
            if able.any():
                free[able.to_numpy().argmax()] = False
                let += 1
        return [float(let)]

    return work


CASES: dict[str, tuple[Callable[[], Work], Callable[[], Work] | None]] = {
    "Round of 1,000 homes and 100,000 seekers (other way: sort and filter in pandas)": (whole_round, plainly),
    "The same with two rents, 1,000 different rents, urgency and points": (steered_round, None),
    "1,000 explanations of pairs in that round": (explained, None),
}
