"""Amenities, meeting places and the association's neighbourhood real estate, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from ongedeeld.sources.model_city.chance import Chance, Floats, Integers, shared_out
from ongedeeld.sources.model_city.effects import Plan
from ongedeeld.sources.model_city.ground import Ground
from ongedeeld.sources.model_city.homes import Homes
from ongedeeld.vocabulary import CHOICES

# People walk and cycle about a third further than the crow flies.
_DETOUR = 1.3
_DOORS = 25


class _Kind(NamedTuple):
    """How many homes there are to one, how many more in the centre, and how many the association owns."""

    homes_for_one: int
    in_the_centre: float = 1.0
    owned: float = 0.0
    near_tenants: bool = False


_KINDS = {
    "supermarket": _Kind(2_200, 1.6),
    "daily_shop": _Kind(500, 4.0),
    "gp": _Kind(1_100),
    "pharmacy": _Kind(3_500, 1.5),
    "primary_school": _Kind(1_500, 0.6),
    "day_care": _Kind(1_100),
    "library": _Kind(15_000, 3.0),
    "sports_ground": _Kind(4_500, 0.0),
    "playground": _Kind(350, 0.5),
    "park": _Kind(1_600, 0.6),
    "transit_stop": _Kind(450, 1.2),
    "community_centre": _Kind(3_500, 1.0, 0.35),
    "meeting_place": _Kind(3_000, 0.5, 0.65, near_tenants=True),
    "caretaker_office": _Kind(4_500, 0.5, 1.0, near_tenants=True),
    "workspace": _Kind(9_000, 0.5, 0.6, near_tenants=True),
    "care_point": _Kind(7_000, 0.7, 0.5, near_tenants=True),
}
# What is not among the places of a City but has published distances.
_ELSEWHERE = {
    "physiotherapist": _Kind(1_500),
    "after_school_care": _Kind(1_300),
    "secondary_school": _Kind(9_000),
    "cafe": _Kind(900, 9.0),
    "restaurant": _Kind(500, 7.0),
    "hospital": _Kind(50_000, 0.3),
    "train_station": _Kind(28_000, 4.0),
    "swimming_pool": _Kind(25_000, 0.3),
    "theatre": _Kind(25_000, 8.0),
    "cinema": _Kind(28_000, 8.0),
    "main_road": _Kind(12_000, 0.0),
    "public_green": _Kind(260, 0.4),
    "forest": _Kind(20_000, 0.0),
}
_NAMES = {"daily_shop": "buurtwinkel"}
_HOURS = {
    "community_centre": "ma-za 9:00-22:00",
    "meeting_place": "ma-vr 10:00-17:00",
    "caretaker_office": "ma-vr 8:30-10:00",
    "workspace": "di-vr 9:00-16:00",
    "care_point": "ma-vr 9:00-17:00",
    "library": "ma-za 10:00-18:00",
}
# Activities and visits in an ordinary week, on average; not known of one meeting place in five.
_USE = {"community_centre": (9, 220), "meeting_place": (5, 70), "workspace": (4, 40)}


@dataclass(frozen=True)
class Sites:
    """Of every kind of place: in which neighbourhoods, and at which points (x and y in metres)."""

    area: dict[str, Integers]
    points: dict[str, Floats]


def sites(chance: Chance, land: Ground, stock: Homes) -> Sites:
    """Put every kind of place where people live."""
    homes = np.bincount(stock.area_of_home, minlength=land.size).astype(np.float64)
    tenants = np.bincount(stock.area_of_complex[stock.complex_of], minlength=land.size).astype(np.float64)
    area, points = {}, {}
    for kind, plan_of_kind in {**_KINDS, **_ELSEWHERE}.items():
        weight = (tenants if plan_of_kind.near_tenants else homes) * (
            1 + 0.3 * chance.bell(f"many {kind}", np.arange(land.size))
        )
        weight = weight * np.where(land.is_zone("centre"), plan_of_kind.in_the_centre, 1.0)
        count = max(1, round(homes.sum() / plan_of_kind.homes_for_one))
        area[kind] = np.repeat(np.arange(land.size), shared_out(count, weight))
        points[kind] = land.points_in(chance, f"place {kind}", area[kind])
    return Sites(area, points)


def places(chance: Chance, land: Ground, stock: Homes, where: Sites, plan: Plan) -> pl.DataFrame:
    """The table of places, with the meeting places that effects add."""
    frames = []
    for number, (kind, plan_of_kind) in enumerate(_KINDS.items()):
        area, points = where.area[kind], where.points[kind]
        label = _NAMES.get(kind, CHOICES["place_kind"][kind].label_nl).capitalize()
        entity = np.arange(len(area))
        frames.append(
            pl.DataFrame(
                {
                    "place": [f"P{number + 1:02d}{place + 1:03d}" for place in entity],
                    "kind": [kind] * len(area),
                    "name": [f"{label} {land.names[place]}" for place in area],
                    "area": [land.codes[place] for place in area],
                    "x_m": points[:, 0],
                    "y_m": points[:, 1],
                    "owned": chance.uniform(f"owned {kind}", entity) < plan_of_kind.owned,
                    "opening_hours": pl.Series([_HOURS.get(kind)] * len(area), dtype=pl.String),
                }
            ).with_columns(**_use(chance, kind, len(area)))
        )
    added = stock.complexes[sorted(plan.meeting_places)].select(
        place=pl.lit("P-") + pl.col("complex"),
        kind=pl.lit("meeting_place"),
        name=pl.lit("Ontmoetingsplek ") + pl.col("name"),
        area="area",
        x_m="x_m",
        y_m="y_m",
        owned=pl.lit(value=True),
        opening_hours=pl.lit(_HOURS["meeting_place"]),
    )
    return pl.concat([*frames, added], how="diagonal")


def _use(chance: Chance, kind: str, count: int) -> dict[str, pl.Series]:
    """Activities and visits a week of places of a kind, as far as somebody counts them."""
    places = np.arange(count)
    known = pl.Series((chance.uniform(f"use of {kind} counted", places) < 0.8) & (kind in _USE))
    means = dict(zip(("activities_per_week", "visitors_per_week"), _USE.get(kind, (0, 0)), strict=True))
    return {
        name: pl.Series(chance.poisson(f"{name} {kind}", places, mean).astype(np.float64)).set(~known, None)
        for name, mean in means.items()
    }


@dataclass(frozen=True)
class Nearness:
    """How far places are from some front doors of every neighbourhood, and how many lie within a distance."""

    where: Sites
    doors: Floats

    def distance_m(self, kind: str) -> Floats:
        """The average distance to the nearest place of a kind, per neighbourhood."""
        return np.asarray(self._distances(kind).min(axis=2).mean(axis=1))

    def within(self, kind: str, distance_m: float) -> Floats:
        """The average number of places of a kind within a distance, per neighbourhood."""
        return np.asarray((self._distances(kind) <= distance_m).sum(axis=2).mean(axis=1))

    def _distances(self, kind: str) -> Floats:
        apart = self.doors[:, :, None, :] - self.where.points[kind][None, None, :, :]
        return np.asarray(_DETOUR * np.sqrt((apart * apart).sum(axis=3)))


def nearness(chance: Chance, land: Ground, where: Sites) -> Nearness:
    """Take some front doors in every neighbourhood."""
    areas = np.repeat(np.arange(land.size), _DOORS)
    return Nearness(where, land.points_in(chance, "door", areas).reshape(land.size, _DOORS, 2))
