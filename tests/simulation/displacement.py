"""The model city with and without a Wbmgp area around its centre: who is refused there, and where they go.

The University of Amsterdam (2015) found for Rotterdam that people who would be refused moved less to the
designated areas and more to the edge of the city.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import polars as pl
import shapely

from ongedeeld import model_city
from ongedeeld.allocation.policies import Policy, read_allocation_policy
from ongedeeld.city import City
from ongedeeld.rules import load_law
from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.kernel._state import FLAGS
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.running import run
from tests.simulation.published_cities import own_assumptions

SCALE, YEARS, START = 0.3, 3, date(2026, 7, 1)
REFUSED = 1 << FLAGS.index("refused")
# Three in ten would be refused, so that few runs tell; the share itself is not what is tested.
OFTEN = ("{ regular = 0.3, student = 0.3, urgent = 0.3, proposed = 0.3, permit_holder = 0.3 }", 1.0, 1.0)


class Landed(NamedTuple):
    """Where those got homes who would be refused in the area, and where others did."""

    refused_inside: int
    refused_outside: int
    others_inside: int
    metres: float
    """How far the homes of those refused lie from the centre, on average."""


def landed(seed: int, *, designated: bool) -> Landed:
    """What came of a run, with the area or without."""
    setting, far, area = _setting(designated=designated)
    found = run(setting, seed, 12 * YEARS).lettings
    of_home = setting.homes["area"].to_numpy()[found["home"].to_numpy()]
    refused = (found["flags"].to_numpy() & REFUSED) > 0
    inside = np.isin(of_home, area)
    metres = np.array([far[code] for code in of_home])
    return Landed(
        int((refused & inside).sum()),
        int((refused & ~inside).sum()),
        int((~refused & inside).sum()),
        float(metres[refused].mean()),
    )


@cache
def _setting(*, designated: bool) -> tuple[Setting, dict[str, float], tuple[str, ...]]:
    city = model_city(seed=1, scale=SCALE)
    far = _far(city)
    area = tuple(sorted(far, key=far.__getitem__)[: len(far) // 3])
    with TemporaryDirectory() as folder:
        own = Path(folder) / "own.toml"
        own.write_text(own_assumptions({"flags.refused": OFTEN}, "to test with"), encoding="utf-8")
        setting = prepare(
            city,
            _policy(city, area, Path(folder)) if designated else None,
            load_law(),
            load_assumptions(own),
            start=START,
            years=YEARS,
            what_if=True,
        )
    return setting, far, area


def _policy(city: City, area: tuple[str, ...], folder: Path) -> Policy:
    codes = ", ".join(f'"{code}"' for code in area)
    file = folder / "policy.toml"
    file.write_text(
        f'name = "p"\n[[instrument]]\nname = "wbmgp_income"\nareas = [{codes}]\nfrom = {START}\n', "utf-8"
    )
    return read_allocation_policy(file, city)


def _far(city: City) -> dict[str, float]:
    """How far each neighbourhood with homes of the association lies from the middle of all these homes."""
    ours = city.table("dwellings").filter(pl.col("tenure") == "association")
    homes = ours.group_by("area").len("homes").join(city.table("areas"), left_on="area", right_on="code")
    middle = shapely.centroid(shapely.from_wkb(homes["geometry"].to_numpy()))
    points = np.stack([shapely.get_x(middle), shapely.get_y(middle)], axis=1)
    centre = np.average(points, axis=0, weights=homes["homes"].to_numpy())
    metres = np.hypot(*(points - centre).T)
    return dict(zip(homes["area"], metres.tolist(), strict=True))
