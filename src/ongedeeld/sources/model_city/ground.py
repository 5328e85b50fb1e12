"""The ground: a city on two banks of a river, divided into neighbourhoods and districts.

The plan is that of many Dutch cities: an old centre on the river, a ring from before the war, a post-war belt
with much social housing on one side, later suburbs on the other, the newest homes and open land at the edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

import numpy as np
import shapely

from ongedeeld.sources.model_city.chance import Chance, Floats, Integers
from ongedeeld.sources.model_city.names import DISTRICTS, OPEN_LAND

Zone = Literal["centre", "ring", "post_war", "suburb", "new", "open"]
MUNICIPALITY = "GM9999"
CITY_NAME = "Voorbeeldstad"
_CENTRE_X, _CENTRE_Y = 160_000.0, 430_000.0
_HALF_WIDTH, _HALF_HEIGHT = 3_500.0, 3_000.0
_RIVER_WIDTH = 130.0
_NEIGHBOURHOODS, _FEWEST = 40, 6


@dataclass(frozen=True)
class Ground:
    """The neighbourhoods, in order of code; every array has one entry for each.

    `shapes` are polygons in EPSG:28992; `district` numbers the districts from 0; `outward` runs from 0 (the
    centre) to 1.
    """

    codes: list[str]
    names: list[str]
    district: Integers
    district_names: list[str]
    zone: list[Zone]
    outward: Floats
    shapes: Any

    @property
    def size(self) -> int:
        """The number of neighbourhoods."""
        return len(self.codes)

    @cached_property
    def area_ha(self) -> Floats:
        """Area in hectares."""
        return np.asarray(shapely.area(self.shapes), dtype=np.float64) / 10_000

    @cached_property
    def centroids(self) -> Floats:
        """A point for each neighbourhood, x and y in metres."""
        return np.asarray(shapely.get_coordinates(shapely.centroid(self.shapes)), dtype=np.float64)

    def is_zone(self, *zones: Zone) -> Any:
        """Which neighbourhoods lie in these zones."""
        return np.isin(self.zone, zones)

    def points_in(self, chance: Chance, purpose: str, where: Integers) -> Floats:
        """A point inside the neighbourhood of each entry of `where`; x and y in metres, to the decimetre."""
        points = np.asarray(shapely.get_coordinates(shapely.point_on_surface(self.shapes))[where])
        bounds = shapely.bounds(self.shapes)[where]
        searching = np.ones(len(where), dtype=bool)
        # About half of the tries hit; what never hits stays at a point that is surely inside.
        for attempt in range(40):
            entity = np.flatnonzero(searching)
            if not len(entity):
                break
            low, high = bounds[entity, :2], bounds[entity, 2:]
            draws = [chance.uniform(f"{purpose} {axis}", entity, attempt) for axis in "xy"]
            tried = np.round(low + (high - low) * np.column_stack(draws), 1)
            hit = shapely.contains_xy(self.shapes[where[entity]], tried)
            points[entity[hit]] = tried[hit]
            searching[entity[hit]] = False
        return points


def ground(chance: Chance, scale: float) -> Ground:
    """Lay out the city; its width goes with the square root of `scale`."""
    count = max(_FEWEST, round(_NEIGHBOURHOODS * scale))
    stretch = float(np.sqrt(max(scale, _FEWEST / _NEIGHBOURHOODS)))
    banks = _banks(chance, stretch)
    south = max(1, round(count * 0.25))
    cells = [
        cell
        for bank, number, name in zip(banks, (count - south, south), ("north", "south"), strict=True)
        for cell in _cells(chance, name, bank, number, stretch)
    ]
    shapes = _crooked(chance, cells)
    on_south = np.arange(count) >= count - south
    centroids = np.asarray(shapely.get_coordinates(shapely.centroid(shapes)))
    offset = (centroids - (_CENTRE_X, _CENTRE_Y)) / stretch
    outward = _rank(np.hypot(offset[:, 0] / _HALF_WIDTH, offset[:, 1] / _HALF_HEIGHT))
    district = _districts(offset, on_south, outward)
    zones = _zones(offset, outward, np.asarray(shapely.area(shapes)))
    order = np.lexsort((outward, district))
    zone = [zones[place] for place in order]
    return _named(zone, district[order], outward[order], shapes[order])


def _banks(chance: Chance, stretch: float) -> list[Any]:
    """The land north and south of the river, within a wavy outline."""
    turn = np.linspace(0.0, 2 * np.pi, 144, endpoint=False)
    waves = sum(
        0.05 * chance.bell("outline", number) * np.sin(number * turn + 6.28 * chance.uniform("phase", number))
        for number in range(2, 7)
    )
    radius = stretch * (1.0 + np.clip(np.asarray(waves), -0.2, 0.2))
    edge = np.column_stack(
        (_CENTRE_X + _HALF_WIDTH * radius * np.cos(turn), _CENTRE_Y + _HALF_HEIGHT * radius * np.sin(turn))
    )
    outline = shapely.Polygon(np.round(edge, 1))
    bed = shapely.LineString(_river(chance, stretch)).buffer(_RIVER_WIDTH * stretch / 2, cap_style="flat")
    parts = shapely.get_parts(shapely.difference(outline, bed))
    largest = parts[np.argsort(-shapely.area(parts), kind="stable")[:2]]
    return sorted(largest, key=lambda part: -float(part.centroid.y))


def _river(chance: Chance, stretch: float) -> Floats:
    """A line from west to east, with two bends, south of the centre."""
    along = np.linspace(-1.6, 1.6, 80)
    phase = 1.0 + chance.uniform("river", 0)
    across = -0.28 + 0.16 * np.sin(2.4 * along + phase) + 0.05 * np.sin(5.1 * along + 2 * phase)
    return np.column_stack(
        (_CENTRE_X + stretch * _HALF_WIDTH * along, _CENTRE_Y + stretch * _HALF_HEIGHT * across)
    )


def _cells(chance: Chance, bank_name: str, bank: Any, number: int, stretch: float) -> list[Any]:
    """Voronoi cells on one bank, relaxed (Lloyd 1982) with a density that falls from the centre outwards."""
    west, south, east, north = bank.bounds
    fine = np.arange(6000)
    grid = np.column_stack(
        (
            west + (east - west) * chance.uniform(f"{bank_name} x", fine),
            south + (north - south) * chance.uniform(f"{bank_name} y", fine),
        )
    )
    grid = grid[shapely.contains_xy(bank, grid)]
    away = np.hypot(*((grid - (_CENTRE_X, _CENTRE_Y)) / stretch / 1_000.0).T)
    weight = 1.0 / (0.5 + away) ** 2
    seeds = grid[:: max(1, len(grid) // number)][:number]
    for _ in range(60):
        distance = ((grid[:, None, :] - seeds[None, :, :]) ** 2).sum(axis=2)
        nearest = distance.argmin(axis=1)
        mass = np.bincount(nearest, weight, number)
        sums = [np.bincount(nearest, weight * grid[:, axis], number) for axis in (0, 1)]
        seeds = np.column_stack([part / mass for part in sums])
    if number == 1:
        return [bank]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=bank))
    tree = shapely.STRtree(cells)
    order = tree.query(shapely.points(seeds), predicate="within")[1]
    return list(shapely.intersection(cells[order], bank))


def _crooked(chance: Chance, cells: list[Any]) -> Any:
    """The same division with boundaries that bend as streets and ditches do, still without gap or overlap."""
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(np.array(cells))))
    arcs = [_bent(chance, arc) for arc in shapely.get_parts(lines)]
    faces = shapely.get_parts(shapely.polygonize(arcs))
    tree = shapely.STRtree(faces)
    return faces[tree.query(shapely.point_on_surface(np.array(cells)), predicate="within")[1]]


def _bent(chance: Chance, arc: Any) -> Any:
    """An arc of two points becomes one of nine, moved aside; longer arcs are banks or outline and stay."""
    ends = np.round(shapely.get_coordinates(arc), 1)
    if len(ends) != 2:
        return shapely.LineString(ends)
    entity = int(np.abs(ends).sum() * 10)
    step = np.linspace(0.0, 1.0, 9)[:, None]
    aside = np.array([ends[0][1] - ends[1][1], ends[1][0] - ends[0][0]])
    sway = 0.05 * chance.bell("bend", entity) * 4 * step * (1 - step)
    shake = 0.018 * chance.bell("shake", entity, np.arange(9))[:, None] * (step > 0) * (step < 1)
    return shapely.LineString(np.round(ends[0] + (ends[1] - ends[0]) * step + aside * (sway + shake), 1))


def _rank(values: Floats) -> Floats:
    place = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return place / max(1, len(values) - 1)


def _districts(offset: Floats, on_south: Any, outward: Floats) -> Integers:
    """Number 0 is the centre, then sectors of the north bank clockwise from the west, then the south bank."""
    count = len(outward)
    per_district = count / max(2, round(count / 5))
    district = np.zeros(count, dtype=np.int64)
    north = np.flatnonzero(~on_south)
    inner = north[np.argsort(outward[north], kind="stable")][: round(per_district)]
    ring = np.setdiff1d(north, inner)
    angle = np.arctan2(offset[:, 0], offset[:, 1])
    sectors = max(1, round(len(ring) / per_district)) if len(ring) else 0
    for place, cell in enumerate(ring[np.argsort(angle[ring], kind="stable")]):
        district[cell] = 1 + place * sectors // len(ring)
    south = np.flatnonzero(on_south)
    halves = max(1, round(len(south) / per_district))
    for place, cell in enumerate(south[np.argsort(offset[south, 0], kind="stable")]):
        district[cell] = 1 + sectors + place * halves // len(south)
    return district


def _zones(offset: Floats, outward: Floats, areas: Floats) -> list[Zone]:
    """What was built where: by distance from the centre, and on the west side more social housing."""
    west = offset[:, 0] < 0.12 * _HALF_WIDTH
    rank = outward * (len(outward) - 1) / len(outward)
    zone = np.select(
        [rank < 0.12, rank < 0.3, (rank < 0.78) & west, rank < 0.72],
        ["centre", "ring", "post_war", "suburb"],
        "new",
    )
    edge = np.flatnonzero(zone == "new")
    largest = edge[np.argsort(-areas[edge], kind="stable")]
    zone[largest[: max(1, round(len(outward) * 0.07))]] = "open"
    return cast(list[Zone], zone.tolist())


def _named(zone: list[Zone], district: Integers, outward: Floats, shapes: Any) -> Ground:
    codes, names = [], []
    seen: Counter[int] = Counter()
    open_land = 0
    for kind, number in zip(zone, district.tolist(), strict=True):
        seen[number] += 1
        codes.append(f"BU{MUNICIPALITY[2:]}{number + 1:02d}{seen[number]:02d}")
        if kind == "open":
            names.append(_from(OPEN_LAND, open_land))
            open_land += 1
        else:
            times, theme = divmod(number, len(DISTRICTS))
            pool = DISTRICTS[theme].neighbourhoods
            names.append(_from(pool, times * len(pool) + seen[number] - 1))
    themes = [theme.name for theme in DISTRICTS]
    district_names = [_from(themes, number) for number in range(int(district.max()) + 1)]
    return Ground(codes, names, district, district_names, zone, outward, shapes)


def _from(pool: Sequence[str], index: int) -> str:
    """A name; those that come after the last are the first again, with a number."""
    times, place = divmod(index, len(pool))
    return pool[place] + (f" {times + 1}" if times else "")
