"""What each home is like: type, size, age and energy label; of the association's also condition and rent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.sources.model_city.chance import Chance, Integers
from ongedeeld.sources.model_city.ground import Ground, Zone

# By zone: when most was built.
BUILT: dict[Zone, tuple[int, int]] = {
    "centre": (1880, 1935),
    "ring": (1905, 1940),
    "post_war": (1950, 1974),
    "suburb": (1972, 1992),
    "new": (1994, 2014),
    "open": (1900, 2010),
}
# By zone: the share of private landlords in homes that are not the association's.
_PRIVATE_RENT: dict[Zone, float] = {
    "centre": 0.50,
    "ring": 0.34,
    "post_war": 0.30,
    "suburb": 0.14,
    "new": 0.16,
    "open": 0.15,
}
TYPES = (
    "detached",
    "semi_detached",
    "corner",
    "terraced",
    "walk_up",
    "gallery",
    "upstairs",
    "maisonette",
    "flat",
)
# By zone: the weight of each type among homes that are not the association's.
_TYPES_OF_OTHERS: dict[Zone, tuple[int, ...]] = {
    "centre": (0, 0, 1, 3, 2, 0, 6, 1, 5),
    "ring": (1, 3, 4, 9, 2, 0, 4, 0, 1),
    "post_war": (1, 3, 4, 9, 3, 3, 0, 1, 2),
    "suburb": (2, 4, 5, 12, 0, 1, 0, 1, 2),
    "new": (2, 4, 4, 10, 0, 0, 0, 0, 5),
    "open": (6, 2, 0, 1, 0, 0, 0, 0, 0),
}
HOMES_PER_ENTRANCE = {"walk_up": 8, "gallery": 80, "upstairs": 4, "maisonette": 24, "flat": 30}
_HOMES_PER_FLOOR = {"walk_up": 2, "gallery": 10, "upstairs": 2, "maisonette": 12, "flat": 6}
_HAS_LIFT = ("gallery", "flat")
_FLOOR_AREA = dict(zip(TYPES, (150.0, 126.0, 108.0, 101.0, 68.0, 72.0, 66.0, 86.0, 70.0), strict=True))
LABELS = ("none", "seniors", "youth", "students", "large_families", "care")
ENERGY = ("A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
# A social rent lies at or below this: the liberalisation limit of 2026.
_SOCIAL_LIMIT_CENTS = 93_293


@dataclass(frozen=True)
class Complexes:
    """The association's complexes: homes, neighbourhood, number of the type and label, year of completion."""

    size: Integers
    area: Integers
    type: Integers
    built: Integers
    label: Integers


def _body(chance: Chance, purpose: str, entity: Integers, kinds: Integers, built: Integers) -> pl.DataFrame:
    """What all homes have: type, size, age and energy label."""
    usual = np.array([_FLOOR_AREA[kind] for kind in TYPES])[kinds]
    newer = np.where(built >= 1990, 1.08, 1.0)
    floor_area = np.maximum(24, np.rint(usual * newer * (1 + 0.16 * chance.bell(f"{purpose} area", entity))))
    rooms = np.clip(np.rint(floor_area / 24.0 + 0.4 * chance.bell(f"{purpose} rooms", entity)), 1, 9)
    eras = [built >= 2010, built >= 1992, built >= 1976, built >= 1945]
    usual_label = np.select(eras, [2.0, 3.5, 5.0, 6.2], 6.8)
    label = np.clip(np.rint(usual_label + 1.3 * chance.bell(f"{purpose} energy", entity)), 0, 9)
    return pl.DataFrame(
        {
            "type": np.array(TYPES)[kinds],
            "rooms": rooms.astype(np.int64),
            "floor_area_m2": floor_area,
            "build_year": built,
            "energy_label": np.array(ENERGY)[label.astype(np.int64)],
        }
    )


def own_homes(chance: Chance, blocks: Complexes, complex_of: Integers, place: Integers) -> pl.DataFrame:
    """The association's homes, complex by complex; `place` counts the homes within each."""
    entity = np.arange(len(complex_of))
    kinds = blocks.type[complex_of]
    built = blocks.built[complex_of]
    body = _body(chance, "own", entity, kinds, built)
    per_entrance = np.array([HOMES_PER_ENTRANCE.get(kind, 1) for kind in TYPES])[kinds]
    per_floor = np.array([_HOMES_PER_FLOOR.get(kind, 1) for kind in TYPES])[kinds]
    floor = place % per_entrance // per_floor
    lift = np.isin(kinds, [TYPES.index(kind) for kind in _HAS_LIFT])
    neglect = 0.5 * chance.bell("condition", complex_of) + 0.4 * chance.bell("wear", entity)
    wear = 1.6 + (2020 - built) / 60.0 + neglect
    rents = _rents(chance, body, entity)
    return body.with_columns(
        *rents,
        tenure=pl.lit("association"),
        floor=pl.Series(floor),
        step_free=pl.Series((floor == 0) | lift),
        condition_score=pl.Series(np.clip(np.rint(wear), 1, 6)),
        label=pl.Series(np.array(LABELS)[blocks.label[complex_of]]),
    )


def _rents(chance: Chance, body: pl.DataFrame, entity: Integers) -> list[pl.Series]:
    """Rents in cents: a maximum by points, a target below it, and what is paid, never above the maximum."""
    by_label = {label: 45 - 5 * place for place, label in enumerate(ENERGY)}
    energy = body["energy_label"].replace_strict(by_label).to_numpy()
    value_points = 22 + 10 * chance.uniform("value", entity)
    points = np.rint(body["floor_area_m2"].to_numpy() + body["rooms"].to_numpy() * 4 + energy + value_points)
    maximum = points * 635.0 - 12_000.0
    free = (chance.uniform("free sector", entity) < 0.12) & (maximum > _SOCIAL_LIMIT_CENTS)
    target = np.where(free, maximum, np.minimum(maximum * 0.80, _SOCIAL_LIMIT_CENTS))
    limit = np.where(free, maximum, np.minimum(maximum, _SOCIAL_LIMIT_CENTS))
    paid = np.minimum(target * (0.80 + 0.22 * chance.uniform("rent", entity)), limit)
    return [
        pl.Series("rent_cents", np.rint(paid).astype(np.int64)),
        pl.Series("target_rent_cents", np.rint(target).astype(np.int64)),
        pl.Series("maximum_rent_cents", np.rint(maximum).astype(np.int64)),
        pl.Series("sector", np.where(free, "free", "social")),
    ]


def other_homes(chance: Chance, land: Ground, area: Integers) -> pl.DataFrame:
    """Homes of owners and private landlords, of which the association knows no rent and no condition."""
    entity = np.arange(len(area))
    zones = np.array(land.zone)[area]
    kinds = np.zeros(len(area), dtype=np.int64)
    built = np.zeros(len(area), dtype=np.int64)
    rented = np.zeros(len(area), dtype=bool)
    for zone, weights in _TYPES_OF_OTHERS.items():
        here = np.flatnonzero(zones == zone)
        kinds[here] = chance.pick("other type", here, np.array(weights, dtype=np.float64))
        start, end = BUILT[zone]
        built[here] = start + np.floor(chance.uniform("other built", here) * (end - start))
        rented[here] = chance.uniform("other rented", here) < _PRIVATE_RENT[zone]
    # The newest edge is still being built, and elsewhere a few homes replaced older ones.
    recent = chance.uniform("recent", entity) < np.where(zones == "new", 0.22, 0.025)
    year = 2012 + np.floor(13 * chance.uniform("recent year", entity)).astype(np.int64)
    built = np.where(recent, year, built)
    unknown = chance.uniform("tenure unknown", entity) < 0.004
    tenure = np.where(unknown, "unknown", np.where(rented, "private_rent", "owner_occupied"))
    return _body(chance, "other", entity, kinds, built).with_columns(tenure=pl.Series(tenure))
