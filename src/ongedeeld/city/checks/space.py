"""Checks of boundaries and places on the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from ongedeeld.city.checks.finding import SEPARATOR, Finding, names
from ongedeeld.errors import N_

if TYPE_CHECKING:
    from ongedeeld.city.city import City

# Maps of different years differ along their edges; only more than this share of an area counts.
TOLERANCE = 0.05


def area_without_geometry(city: City) -> Iterator[Finding]:
    """An area has no boundary: a warning where others of its level have one, else a note."""
    for (level,), areas in city.table("areas").group_by("level", maintain_order=True):
        without = areas.filter(pl.col("geometry").is_null())
        if without.is_empty():
            continue
        yield Finding(
            "area_without_geometry",
            "warning" if len(without) < len(areas) else "note",
            "areas",
            N_("areas without a boundary, level {level}: {count} of {size}"),
            names(without.select("code")),
            {"level": str(level), "size": len(areas)},
        )


def broken_geometry(city: City) -> Iterator[Finding]:
    """A boundary cannot be read, is not a polygon or crosses itself."""
    import numpy as np
    import shapely

    areas = city.table("areas").drop_nulls("geometry")
    shapes = _shapes(areas)
    whole = ~shapely.is_missing(shapes) & np.isin(shapely.get_type_id(shapes), (3, 6))
    wrong = areas.filter(pl.Series(~(whole & shapely.is_valid(shapes)), dtype=pl.Boolean))
    if len(wrong):
        yield Finding(
            "broken_geometry",
            "error",
            "areas",
            N_("boundaries that are not valid polygons: {count}"),
            names(wrong.select("code")),
        )


def overlapping_areas(city: City) -> Iterator[Finding]:
    """Two areas of one level cover the same ground."""
    for (level,), areas in _drawn(city).group_by("level", maintain_order=True):
        if pairs := [*_twins(areas), *_overlaps(areas.unique("geometry", keep="first", maintain_order=True))]:
            yield Finding(
                "overlapping_areas",
                "warning",
                "areas",
                N_("pairs of areas that cover the same ground, level {level}: {count}"),
                tuple(SEPARATOR.join((one, other)) for one, other in pairs),
                {"level": str(level)},
            )


def _twins(areas: pl.DataFrame) -> list[tuple[str, str]]:
    """Areas with the very same boundary, each with the first of its kind.

    They are set apart because the pairs among n of them would number n squared.
    """
    first = pl.col("code").first().over("geometry")
    return areas.select(first.alias("first"), "code").filter(pl.col("first") != pl.col("code")).rows()


def _overlaps(areas: pl.DataFrame) -> list[tuple[str, str]]:
    import numpy as np
    import shapely

    shapes = _shapes(areas)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    sizes = shapely.area(shapes)
    over = shared > TOLERANCE * np.minimum(sizes[first], sizes[second])
    codes = areas["code"].to_list()
    return [(codes[one], codes[other]) for one, other in zip(first[over], second[over], strict=True)]


def part_outside_whole(city: City) -> Iterator[Finding]:
    """An area lies partly outside the area that it belongs to."""
    import shapely

    drawn = _drawn(city)
    parts = drawn.join(drawn.select(parent="code", whole="geometry"), on="parent")
    shapes = _shapes(parts)
    outside = shapely.area(shapely.difference(shapes, shapely.from_wkb(parts["whole"].to_numpy())))
    wrong = parts.filter(pl.Series(outside > TOLERANCE * shapely.area(shapes), dtype=pl.Boolean))
    if len(wrong):
        yield Finding(
            "part_outside_whole",
            "warning",
            "areas",
            N_("areas partly outside the area they belong to: {count}"),
            names(wrong.select("code", "parent")),
        )


def place_outside_area(city: City) -> Iterator[Finding]:
    """A complex or place does not lie in the area that its row names."""
    import shapely

    drawn = _drawn(city).select(area="code", geometry="geometry")
    for name, key in (("complexes", "complex"), ("places", "place")):
        rows = city.table(name).drop_nulls(["x_m", "y_m"]).join(drawn, on="area")
        points = shapely.points(rows["x_m"].to_numpy(), rows["y_m"].to_numpy())
        outside = rows.filter(pl.Series(~shapely.covers(_shapes(rows), points), dtype=pl.Boolean))
        if len(outside):
            yield Finding(
                "place_outside_area",
                "warning",
                name,
                N_("{table}: points outside the area that their row names: {count}"),
                names(outside.select(key, "area")),
            )


def _shapes(areas: pl.DataFrame) -> Any:
    import shapely

    return shapely.from_wkb(areas["geometry"].to_numpy(), on_invalid="ignore")


def _drawn(city: City) -> pl.DataFrame:
    """The areas with a boundary to reckon with; :func:`broken_geometry` names the others."""
    import shapely

    areas = city.table("areas").drop_nulls("geometry").sort("code")
    return areas.filter(pl.Series(shapely.is_valid(_shapes(areas)), dtype=pl.Boolean))
