"""Toronto's waiting list, 20 quarters: learn from 12, tell the other 8 (City of Toronto, open data).

What is published does not add up: the list of a quarter is not that of the one before with who came and
without who was housed or cancelled. Who left without a home can be read in two ways, which are both tried:
- `cancelled`: as published under "Inactive/cancelled", with the purges of Q2 2019 (25,297) and Q1 2021
  (32,534);
- `left`: as many as make the accounts of a quarter add up, without the quarter of the purge in which the list
  became a quarter shorter (Q2 2019): that was a decision and no rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.rules import load_law
from ongedeeld.simulation.assuming.assumptions import Assumptions, load_assumptions
from ongedeeld.simulation.futures.drawing import Future
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.running import run
from tests.shared import shared
from tests.simulation.published_cities import DAY, made_city, own_assumptions

Floats = NDArray[np.float64]
Leaving = Literal["cancelled", "left"]

LEARNED, QUARTER = 12, 3
# One home in ten, and one seeker in ten; as many homes as make 5 % of them a year what was housed.
SCALE, HOMES = 0.1, 54_000
FREE = ("leaves.a_year", "arrivals.per_home_a_year", "stops.a_month")
COLUMNS = {
    "new": "New/reactivated",
    "housed": "Housed",
    "cancelled": "Inactive/cancelled",
    "active": "Total active waiting list",
}
SOURCE = "City of Toronto, centralized waiting list, Q1 2019 to Q4 2021"
NOBODY = "student = 0, urgent = 0, proposed = 0, permit_holder = 0"
EVERYBODY = "regular = {0}, student = {0}, urgent = {0}, proposed = {0}, permit_holder = {0}"


@cache
def published() -> Mapping[str, Floats]:
    """What was published by quarter; `left` makes the accounts add up and is unknown in the first quarter."""
    file = shared("toronto_waitlist/centralized_waitlist_social_housing.csv")
    read = pl.read_csv(file, infer_schema=False)
    found = {
        name: read[column].str.replace(",", "").cast(pl.Float64).to_numpy()
        for name, column in COLUMNS.items()
    }
    before = np.concatenate([[np.nan], found["active"][:-1]])
    return {**found, "left": before + found["new"] - found["housed"] - found["active"]}


def learned(leaving: Leaving) -> Mapping[str, tuple[str, float, float]]:
    """Assumptions by the first quarters: the median, the least and the most of each rate."""
    known = {name: figures[:LEARNED] for name, figures in published().items()}
    gone = known[leaving][1:] / known["active"][:-1]
    if leaving == "left":
        gone = gone[1:]
    stops = 1 - (1 - gone) ** (1 / QUARTER)
    usual = float(np.median(stops))
    size = known["active"][-2] / HOMES
    none = ("0", 0.0, 0.0)
    regular = (f"{{ regular = 1, {NOBODY} }}", 1.0, 1.0)
    return {
        "leaves.a_year": _spread(4 * known["housed"] / HOMES),
        "arrivals.per_home_a_year": _spread(4 * known["new"] / HOMES),
        "stops.a_month": (
            f"{{ {EVERYBODY.format(usual)} }}",
            float(stops.min() / usual),
            float(stops.max() / usual),
        ),
        "listed.per_home": (str(size), size, size),
        "seeks.a_year": none,
        "eviction.threatened_a_year": none,
        "sold.share": ("{ house = 0, flat = 0, room = 0 }", 1.0, 1.0),
        "void.months": ("1", 1.0, 1.0),
        "arrivals.kinds": regular,
        "listed.kinds": regular,
    }


def assumptions(leaving: Leaving) -> Assumptions:
    """The assumptions of this project, with what was learned in their place."""
    with TemporaryDirectory() as folder:
        own = Path(folder) / "own.toml"
        own.write_text(own_assumptions(learned(leaving), SOURCE), encoding="utf-8")
        return load_assumptions(own)


@cache
def toronto() -> Setting:
    """The setting at the end of the quarter before the last that was learned from."""
    city = made_city("Toronto", int(HOMES * SCALE))
    return prepare(city, None, load_law(), assumptions("left"), start=DAY, years=3)


def quarters(assumed: Assumptions, seed: int) -> Mapping[str, Floats]:
    """The eight quarters to be told, after one that is let pass as it begins without vacancies."""
    told = len(published()["new"]) - LEARNED
    found = run(toronto().under(assumed), seed, QUARTER * (told + 1), counted=QUARTER)
    counted = found.seekers.group_by("year", "what").agg(pl.col("seekers").sum())

    def of(what: str) -> Floats:
        by_quarter = dict(counted.filter(what=what).select("year", "seekers").iter_rows())
        return np.array([by_quarter.get(quarter, 0) for quarter in range(1, told + 1)]) / SCALE

    stopped = of("stopped")
    return {
        "new": of("arrived"),
        "housed": of("housed"),
        "cancelled": stopped,
        "left": stopped,
        "active": of("on_list"),
    }


def futures(leaving: Leaving, number: int, seed: int = 1) -> Mapping[str, Floats]:
    """What so many futures tell: by figure a row for each future and a column for each quarter."""
    assumed = assumptions(leaving)
    runs = [
        quarters(assumed.drawn(one.quantiles(FREE)), one.chance)
        for one in (Future(seed, place) for place in range(1, number + 1))
    ]
    return {name: np.array([one[name] for one in runs]) for name in runs[0]}


def _spread(rates: Floats) -> tuple[str, float, float]:
    return str(float(np.median(rates))), float(rates.min()), float(rates.max())
