"""Cities in which all homes are alike and nothing happens but what a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl

from ongedeeld.allocation import Policy
from ongedeeld.chance import ALWAYS, threshold
from ongedeeld.city import City, Manifest, conform
from ongedeeld.simulation.kernel._state import Keys
from ongedeeld.simulation.preparing.setting import Setting, prepare
from tests.simulation.small_runs import START, assumptions, law

NEVER_HAPPENS = Fraction(0)
NO_WISH = np.iinfo(np.int64).max


def even_city(municipalities: int, homes: int = 1, areas: int = 1) -> City:
    """A vacant city of so many municipalities with so many homes, spread over their neighbourhoods."""
    rows: list[tuple[str, str, str | None]] = []
    dwellings: list[tuple[str, str]] = []
    for number in range(1, municipalities + 1):
        code = f"{number:04}"
        rows.append((f"GM{code}", "municipality", None))
        for area in range(1, areas + 1):
            rows.append((f"WK{code}{area:02}", "district", f"GM{code}"))
            rows.append((f"BU{code}{area:02}01", "neighbourhood", f"WK{code}{area:02}"))
        dwellings += [(f"D{code}{home:04}", f"BU{code}{home % areas + 1:02}01") for home in range(homes)]
    places = pl.DataFrame(rows, schema=["code", "level", "parent"], orient="row")
    stock = pl.DataFrame(dwellings, schema=["dwelling", "area"], orient="row").with_columns(
        tenure=pl.lit("association"),
        type=pl.lit("flat"),
        rooms=pl.lit(3),
        step_free=pl.lit(value=True),
        rent_cents=pl.lit(600_00),
        maximum_rent_cents=pl.lit(900_00),
        sector=pl.lit("social"),
        label=pl.lit("none"),
        status=pl.lit("observed"),
    )
    tables = {
        "areas": conform("areas", places.with_columns(name=pl.col("code"))),
        "dwellings": conform("dwellings", stock),
    }
    return City.of(tables, Manifest("Even", "GM0001", date(2026, 1, 1), invented=True))


def calm(
    city: City,
    policy: Policy | None = None,
    *,
    types: Sequence[tuple[str, Fraction]] = (("one_low", Fraction(1)),),
    leaves: Fraction = NEVER_HAPPENS,
    stops: Fraction = NEVER_HAPPENS,
    arrivals: Fraction = NEVER_HAPPENS,
    listed: int = 0,
) -> Setting:
    """A setting in which everybody reacts to every home, nobody declines, and nothing happens but this.

    Parameters
    ----------
    city, policy
        What is played with; by default the law alone.
    types
        The types of those who come and their shares; all other types never do, and these are all of one age.
    leaves, stops
        The chance that a tenant leaves, and that a seeker stops, in a month.
    arrivals, listed
        New seekers a month in each municipality, and those on its list at the start.
    """
    setting = prepare(city, policy, law(), assumptions(), start=START, years=50, what_if=True)
    held = setting.thresholds
    codes = [one.code for one in setting.people.types]
    shares = dict(types)
    whole = int(arrivals)

    def all_of(like: Keys, chance: Fraction) -> Keys:
        return np.full_like(like, threshold(chance))

    come = np.array([threshold(sum((shares.get(one, Fraction(0)) for one in codes[: at + 1]), Fraction(0)))
                     for at in range(len(codes))], np.uint64)  # fmt: skip
    age = np.zeros_like(held.age)
    age[:, 2:] = ALWAYS
    return replace(
        setting,
        sitting=replace(setting.sitting, occupied=np.zeros_like(setting.sitting.occupied), drawn=False),
        thresholds=held._replace(
            tenant=all_of(held.tenant, leaves),
            sold=all_of(held.sold, NEVER_HAPPENS),
            void_months=np.array([1], np.int32),
            stops=all_of(held.stops, stops),
            arrivals_whole=np.full_like(held.arrivals_whole, whole),
            arrivals_part=all_of(held.arrivals_part, arrivals - whole),
            type_=come,
            listed_type=come,
            age=age,
            flag=all_of(held.flag, NEVER_HAPPENS),
            step_free=all_of(held.step_free, NEVER_HAPPENS),
            anywhere=all_of(held.anywhere, Fraction(1)),
            registered_before=np.zeros_like(held.registered_before),
            listed_before=np.zeros_like(held.listed_before),
            rooms_least=np.zeros_like(held.rooms_least),
            rent_most=np.full_like(held.rent_most, NO_WISH),
            reacts=all_of(held.reacts, Fraction(1)),
            declines=all_of(held.declines, NEVER_HAPPENS),
            settles_as=np.arange(len(codes), dtype=np.int32),
            listed=np.full_like(held.listed, listed),
        ),
    )
