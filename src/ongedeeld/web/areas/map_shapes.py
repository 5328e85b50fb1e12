"""The shapes of areas and the places of complexes, for the map in the browser and the one without script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
import polars as pl
import shapely

from ongedeeld.reporting.maps import Shapes, draw, shapes
from ongedeeld.reporting.text import Speech
from ongedeeld.web.areas.map_figures import Level
from ongedeeld.web.areas.map_queries import Shown
from ongedeeld.web.cities.opened import Opened

TOLERANCE_M = 15
"""How far a border may shift when it is simplified; on a screen that shows a city it is less than a dot."""

DECIMALS = 6
"""Of degrees: a tenth of a metre."""


@lru_cache(maxsize=6)
def area_shapes(opened: Opened, level: Level) -> tuple[bytes, str]:
    """GeoJSON of the areas of a level in longitude and latitude, and its fingerprint."""
    known = _areas(opened, level)
    drawn = shapely.from_wkb(known["geometry"].to_numpy())
    simple = shapely.coverage_simplify(drawn, TOLERANCE_M) if len(drawn) else drawn
    middles = shapely.point_on_surface(drawn)
    return _collection(known["code"].to_list(), known["name"].to_list(), simple, middles)


def complex_points(opened: Opened, numbers: frozenset[str]) -> tuple[bytes, str]:
    """GeoJSON of the complexes of these numbers of which the place is known, and its fingerprint."""
    known = _complexes(opened).filter(pl.col("complex").is_in(sorted(numbers)))
    points = shapely.points(known.select("x_m", "y_m").to_numpy())
    return _collection(known["complex"].to_list(), known["name"].to_list(), points, points)


def _areas(opened: Opened, level: Level) -> pl.DataFrame:
    table = opened.ground.city.table("areas")
    return table.filter(pl.col("level") == level.english).drop_nulls("geometry").sort("code")


def _complexes(opened: Opened) -> pl.DataFrame:
    return opened.city.table("complexes").drop_nulls(["x_m", "y_m"]).sort("complex")


def placed(opened: Opened, level: Level) -> frozenset[str]:
    """The codes of the places that can be drawn."""
    if level is Level.COMPLEX:
        return frozenset(_complexes(opened)["complex"])
    return frozenset(_areas(opened, level)["code"])


def geometries(opened: Opened, level: Level) -> Mapping[str, shapely.Geometry]:
    """The whole shape or the point of every place of a level, in EPSG:28992."""
    if level is Level.COMPLEX:
        rows = _complexes(opened).select("complex", "x_m", "y_m").iter_rows()
        return {number: shapely.Point(x_m, y_m) for number, x_m, y_m in rows}
    known = _areas(opened, level)
    return dict(zip(known["code"], shapely.from_wkb(known["geometry"].to_numpy()), strict=True))


def _collection(codes: list[str], names: list[str], drawn: Any, middles: Any) -> tuple[bytes, str]:
    # Loads a library of projections, which the other pages need not wait for.
    import pyproj

    to_degrees = pyproj.Transformer.from_crs(28992, 4326, always_xy=True)

    def turned(points: np.ndarray) -> np.ndarray:
        return np.column_stack(to_degrees.transform(points[:, 0], points[:, 1])).round(DECIMALS)

    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, "middle": list(middle.coords[0])},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, name, shape, middle in zip(
            codes, names, shapely.transform(drawn, turned), shapely.transform(middles, turned), strict=True
        )
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    body = text.encode()
    return body, sha256(body).hexdigest()[:32]


@lru_cache(maxsize=6)
def _drawn(opened: Opened, level: Level) -> Shapes:
    return shapes(_areas(opened, level))


def svg(opened: Opened, shown: Shown, label: str, speech: Speech) -> str:
    """The map for who has no script; empty where there is nothing to draw."""
    if shown.asked.level is Level.COMPLEX:
        return ""
    drawing = _drawn(opened, shown.asked.level)
    rows = {row.code: row for row in shown.rows}
    if not drawing.paths:
        return ""

    def style(code: str) -> str:
        return rows[code].style if code in rows else "unknown"

    def title(code: str) -> str:
        row = rows.get(code)
        return f"{row.name}: {row.figure} ({row.words})" if row else speech.say("not known")

    return draw(drawing, style, title, label)
