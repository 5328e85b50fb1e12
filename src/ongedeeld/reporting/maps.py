"""The map of a city as SVG: its areas in classes, one of them pointed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
import polars as pl
import shapely

WIDTH = 640
MARGIN = 40
LIGHT = 32_000
"""The most characters that the shapes of one map may take; a map is in every portrait."""


@dataclass(frozen=True)
class Shapes:
    """The areas of a city drawn to one scale: x to the right, y down, from EPSG:28992.

    `paths` is the outline of each area, `points` a place inside it, `neighbours` the areas it touches.
    """

    height: float
    paths: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]
    neighbours: Mapping[str, tuple[str, ...]]


def shapes(areas: pl.DataFrame) -> Shapes:
    """Draw the areas that have a boundary.

    Parameters
    ----------
    areas
        Columns `code` and `geometry` (WKB in EPSG:28992); rows without a boundary are left out.

    Returns
    -------
    Shapes
        Simplified with shared borders kept shared, until they are light enough for a page.
    """
    with_boundary = areas.drop_nulls("geometry").sort("code")
    if not len(with_boundary):
        return Shapes(0, {}, {}, {})
    codes = with_boundary["code"].to_list()
    polygons = shapely.from_wkb(with_boundary["geometry"].to_numpy())
    west, south, east, north = shapely.total_bounds(polygons)
    scale = min((WIDTH - 8) / max(east - west, 1.0), 1.15 * WIDTH / max(north - south, 1.0))

    def to_page(points: np.ndarray) -> np.ndarray:
        indent = (WIDTH - scale * (east - west)) / 2
        x = indent + (points[:, 0] - west) * scale
        return np.column_stack([x, MARGIN + (north - points[:, 1]) * scale])

    tolerance = 0.5 / scale
    while True:
        simple = shapely.coverage_simplify(polygons, tolerance)
        drawn = shapely.transform(simple, to_page)
        paths = {code: _path(polygon) for code, polygon in zip(codes, drawn, strict=True)}
        if sum(map(len, paths.values())) <= LIGHT or tolerance > 8 / scale:
            break
        tolerance *= 1.4
    inside = shapely.get_coordinates(shapely.transform(shapely.point_on_surface(polygons), to_page))
    points = {code: (float(x), float(y)) for code, (x, y) in zip(codes, inside, strict=True)}
    height = 2 * MARGIN + (north - south) * scale
    return Shapes(round(float(height), 1), paths, points, _touching(codes, polygons))


def _path(polygon: shapely.Geometry) -> str:
    """An outline with one decimal, each step relative to the one before."""
    rings = []
    for part in shapely.get_parts(polygon):
        for ring in (part.exterior, *part.interiors):
            places = np.round(shapely.get_coordinates(ring)[:-1] * 10).astype(int)
            steps = np.diff(places, axis=0)
            steps = steps[(steps != 0).any(axis=1)]
            start = f"M{places[0][0] / 10:g},{places[0][1] / 10:g}"
            rings.append(start + "".join(f"l{x / 10:g},{y / 10:g}" for x, y in steps) + "z")
    return "".join(rings)


def _touching(codes: list[str], polygons: np.ndarray) -> dict[str, tuple[str, ...]]:
    tree = shapely.STRtree(polygons)
    # A metre of slack: borders of one source need not meet exactly.
    left, right = tree.query(polygons, predicate="dwithin", distance=1.0)
    found: dict[str, list[str]] = {code: [] for code in codes}
    for one, other in zip(left, right, strict=True):
        if one != other:
            found[codes[one]].append(codes[other])
    return {code: tuple(sorted(others)) for code, others in found.items()}


def draw(
    shapes: Shapes,
    style: Callable[[str], str],
    title: Callable[[str], str],
    label: str,
    *,
    own: str = "",
    own_label: str = "",
) -> str:
    """The map as SVG.

    Parameters
    ----------
    shapes
        The areas.
    style
        The class of an area in the style sheet, by code.
    title
        What shows when an area is pointed at, by code.
    label
        The text alternative of the whole map.
    own, own_label
        The area to outline, and the words that point at it.
    """
    areas = "".join(
        f'<path class="{style(code)}" d="{path}"><title>{escape(title(code))}</title></path>'
        for code, path in shapes.paths.items()
    )
    return (
        f'<svg class="map" role="img" aria-label="{escape(label)}" viewBox="0 0 {WIDTH} {shapes.height:g}" '
        f'xmlns="http://www.w3.org/2000/svg">{HATCH}<g class="areas">{areas}</g>'
        f"{_pointer(shapes, own, own_label)}</svg>"
    )


def draw_links(shapes: Shapes, style: Callable[[str], str], title: Callable[[str], str], label: str) -> str:
    """The map as SVG in which every area is a link to its page; parameters as for :func:`draw`.

    The links are not in the order of the keyboard: the table on the page holds the same links, and the
    script gives the map one place in that order, with arrow keys from there.
    """
    areas = "".join(
        f'<a href="{escape(code)}.html" data-code="{escape(code)}" tabindex="-1" '
        f'aria-label="{escape(title(code))}"><path class="{style(code)}" d="{path}"/></a>'
        for code, path in shapes.paths.items()
    )
    return (
        f'<svg class="map" role="group" aria-label="{escape(label)}" viewBox="0 {MARGIN - 6} {WIDTH} '
        f'{shapes.height - 2 * MARGIN + 12:g}" xmlns="http://www.w3.org/2000/svg">{HATCH}'
        f'<g class="areas">{areas}</g><path class="own" id="outline" d=""/></svg>'
    )


HATCH = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="7" height="7"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="7"/>'
    "</pattern></defs>"
)


def _pointer(shapes: Shapes, own: str, own_label: str) -> str:
    """The outline of one area, and a line from it to its name above or below the map."""
    if own not in shapes.paths:
        return ""
    x, y = shapes.points[own]
    above = y < shapes.height / 2
    end = MARGIN - 12 if above else shapes.height - MARGIN + 12
    text = end - 8 if above else end + 20
    anchor = "start" if x < WIDTH * 0.35 else "end" if x > WIDTH * 0.65 else "middle"
    return (
        f'<path class="own" d="{shapes.paths[own]}"/><circle class="pin" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        f'<line class="leader" x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{end:.1f}"/>'
        f'<text class="label" x="{x:.1f}" y="{text:.1f}" text-anchor="{anchor}">{escape(own_label)}</text>'
    )
