"""The stock: every home of the city, and the complexes and entrances of one association."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.sources.model_city.chance import Booleans, Chance, Floats, Integers, shared_out
from ongedeeld.sources.model_city.dwellings import (
    BUILT,
    HOMES_PER_ENTRANCE,
    TYPES,
    Complexes,
    other_homes,
    own_homes,
)
from ongedeeld.sources.model_city.ground import Ground, Zone

_HOMES, _OF_THE_ASSOCIATION, _COMPLEXES = 60_000, 25_000, 180
# By zone: homes per hectare (relative), and the share of the association in them.
_DENSITY: dict[Zone, float] = {
    "centre": 62,
    "ring": 44,
    "post_war": 31,
    "suburb": 22,
    "new": 20,
    "open": 0.35,
}
_ASSOCIATION: dict[Zone, float] = {
    "centre": 0.24,
    "ring": 0.38,
    "post_war": 0.70,
    "suburb": 0.27,
    "new": 0.20,
    "open": 0.0,
}
# The largest share that the association can have in a neighbourhood.
_OF_ALL_HOMES = 0.9
# The weight of each type among complexes.
_TYPES_OF_COMPLEXES: dict[Zone, tuple[int, ...]] = {
    "centre": (0, 0, 0, 1, 3, 0, 4, 0, 3),
    "ring": (0, 0, 0, 5, 3, 0, 3, 0, 1),
    "post_war": (0, 0, 0, 3, 5, 5, 0, 1, 1),
    "suburb": (0, 0, 0, 7, 1, 1, 0, 1, 2),
    "new": (0, 0, 0, 4, 0, 0, 0, 0, 5),
    "open": (0, 0, 0, 1, 0, 0, 0, 0, 0),
}


@dataclass(frozen=True)
class Homes:
    """Homes in order of number, those of the association first, complex by complex.

    `complex_of` numbers the complex of each of the association's homes; `first_home` is where a complex
    begins, with one entry more than there are complexes. `unrest` is how much more tenants move in a complex
    than the association's average, around 1.
    """

    names: list[str]
    complexes: pl.DataFrame
    entrances: pl.DataFrame
    dwellings: pl.DataFrame
    area_of_complex: Integers
    complex_of: Integers
    first_home: Integers
    unrest: Floats
    label_of_complex: Integers
    stacked: Booleans
    area_of_home: Integers

    @property
    def homes_per_complex(self) -> Integers:
        """How many homes each complex has."""
        return np.diff(self.first_home)


def homes(chance: Chance, land: Ground, scale: float) -> Homes:
    """Build the stock: at scale 1, 60,000 homes of which 25,000 in 180 complexes of one association."""
    total, own = round(_HOMES * scale), round(_OF_THE_ASSOCIATION * scale)
    per_area = shared_out(total, land.area_ha * _weights(chance, "density", land, _DENSITY), least=12)
    own_per_area = _concentrated(own, per_area, _weights(chance, "association", land, _ASSOCIATION))
    blocks = _complexes(chance, land, own_per_area, max(1, round(_COMPLEXES * scale)))
    points = land.points_in(chance, "complex", blocks.area)
    names = [f"C{number + 1:03d}" for number in range(len(blocks.size))]
    first = np.concatenate(([0], np.cumsum(blocks.size)))
    complex_of = np.repeat(np.arange(len(blocks.size)), blocks.size)
    place = np.arange(own) - first[complex_of]
    entrances, entrance_of = _entrances(chance, names, blocks, points, complex_of, place)
    rest = np.repeat(np.arange(land.size), per_area - own_per_area)
    dwellings = pl.concat(
        [
            own_homes(chance, blocks, complex_of, place).with_columns(
                complex=pl.Series(np.array(names)[complex_of]), entrance=entrance_of
            ),
            other_homes(chance, land, rest),
        ],
        how="diagonal",
    )
    area_of_home = np.concatenate((blocks.area[complex_of], rest))
    numbers = [f"W{number + 1:06d}" for number in range(total)]
    dwellings = dwellings.with_columns(
        dwelling=pl.Series(numbers),
        area=pl.Series(np.array(land.codes)[area_of_home]),
        status=pl.lit("observed"),
    )
    kinds = np.array(TYPES)[blocks.type]
    return Homes(
        names=names,
        complexes=_complex_table(land, blocks, names, points),
        entrances=entrances,
        dwellings=dwellings,
        area_of_complex=blocks.area,
        complex_of=complex_of,
        first_home=first,
        unrest=_unrest(chance, blocks, kinds),
        label_of_complex=blocks.label,
        stacked=np.isin(kinds, list(HOMES_PER_ENTRANCE)),
        area_of_home=area_of_home,
    )


def _concentrated(own: int, per_area: Integers, share: Floats) -> Integers:
    """The association's homes per neighbourhood: as usual for its zone, never nearly all homes."""
    low, high = 0.0, _OF_ALL_HOMES / float(share[share > 0].min())
    for _ in range(50):
        middle = (low + high) / 2
        if float((per_area * np.minimum(_OF_ALL_HOMES, middle * share)).sum()) < own:
            low = middle
        else:
            high = middle
    return shared_out(own, np.asarray(per_area * np.minimum(_OF_ALL_HOMES, high * share)))


def _weights(chance: Chance, purpose: str, land: Ground, by_zone: dict[Zone, float]) -> Floats:
    base = np.array([by_zone[zone] for zone in land.zone])
    return base * (1.0 + 0.12 * chance.bell(purpose, np.arange(land.size)))


def _complexes(chance: Chance, land: Ground, own_per_area: Integers, count: int) -> Complexes:
    """Divide the association's homes over complexes, of which there are more where there are more homes."""
    areas = np.repeat(np.arange(land.size), shared_out(count, own_per_area.astype(np.float64), least=1))
    number = np.arange(len(areas))
    share = 0.35 + 1.3 * chance.uniform("complex size", number)
    size = np.zeros(len(areas), dtype=np.int64)
    for area in np.unique(areas):
        here = areas == area
        size[here] = shared_out(int(own_per_area[area]), share[here], least=4)
    zones = [land.zone[area] for area in areas]
    kind = chance.pick("complex type", number, [_TYPES_OF_COMPLEXES[zone] for zone in zones])
    span = np.array([BUILT[zone] for zone in zones])
    built = span[:, 0] + chance.uniform("complex built", number) * (span[:, 1] - span[:, 0])
    label = chance.pick("complex label", number, np.array([0.78, 0.11, 0.04, 0.03, 0.02, 0.02]))
    return Complexes(size, areas, kind, np.floor(built).astype(np.int64), label)


def _unrest(chance: Chance, blocks: Complexes, kinds: np.ndarray) -> Floats:
    """Tenants move more from flats and homes for the young, less from houses and homes for seniors."""
    by_type = np.where(np.isin(kinds, ("terraced", "corner")), 0.80, np.where(kinds == "gallery", 1.18, 1.05))
    by_label = np.array([1.0, 0.8, 1.6, 1.9, 0.85, 1.0])[blocks.label]
    chance_of_its_own = 1.0 + 0.16 * chance.bell("complex unrest", np.arange(len(kinds)))
    multiplier = np.clip(by_type * by_label * chance_of_its_own, 0.5, 2.4)
    return np.asarray(multiplier / (np.sum(multiplier * blocks.size) / np.sum(blocks.size)))


def _complex_table(land: Ground, blocks: Complexes, names: list[str], points: Floats) -> pl.DataFrame:
    seen: dict[int, int] = {}
    titles = []
    for area in blocks.area.tolist():
        seen[area] = seen.get(area, 0) + 1
        titles.append(f"{land.names[area]} {seen[area]}")
    return pl.DataFrame(
        {
            "complex": names,
            "name": titles,
            "area": [land.codes[area] for area in blocks.area],
            "build_year": blocks.built,
            "x_m": points[:, 0],
            "y_m": points[:, 1],
        }
    )


def _entrances(
    chance: Chance,
    names: list[str],
    blocks: Complexes,
    points: Floats,
    complex_of: Integers,
    place: Integers,
) -> tuple[pl.DataFrame, pl.Series]:
    """The entrances of stacked complexes, in a row of 15 metres each, and the entrance of every home."""
    per_entrance = np.array([HOMES_PER_ENTRANCE.get(kind, 0) for kind in TYPES])[blocks.type]
    stacked = per_entrance[complex_of] > 0
    order = place // np.maximum(per_entrance[complex_of], 1)
    entrance_of = pl.Series(
        "entrance",
        [f"{names[block]}-P{number + 1:02d}" for block, number in zip(complex_of, order, strict=True)],
    )
    entrance_of = entrance_of.set(pl.Series(~stacked), None)
    rows = (
        pl.DataFrame({"entrance": entrance_of, "block": complex_of, "order": order})
        .drop_nulls("entrance")
        .unique("entrance", keep="first", maintain_order=True)
    )
    block, order = rows["block"].to_numpy(), rows["order"].to_numpy()
    middle = (blocks.size[block] - 1) // per_entrance[block] / 2
    eastward = np.where(chance.uniform("street", block) < 0.5, 1.0, 0.0)
    along = 15.0 * (order - middle)
    table = rows.select(
        "entrance",
        complex=pl.Series(np.array(names)[block]),
        name=pl.Series([f"Portiek {number + 1}" for number in order]),
        x_m=pl.Series(np.round(points[block, 0] + along * eastward, 1)),
        y_m=pl.Series(np.round(points[block, 1] + along * (1 - eastward), 1)),
    )
    return table, entrance_of
