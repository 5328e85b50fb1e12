"""Find the neighbourhood of what has a place but names no area."""

from __future__ import annotations

import numpy as np
import polars as pl

from ongedeeld.errors import N_

Counts = list[tuple[str, int]]


def by_position(frame: pl.DataFrame, areas: pl.DataFrame) -> tuple[pl.DataFrame, Counts]:
    """Fill `area` from `x_m` and `y_m` with the neighbourhood whose boundary holds the point.

    Parameters
    ----------
    frame
        Rows with `area`, and `x_m` and `y_m` in metres in EPSG:28992.
    areas
        The areas of the City; those of level neighbourhood with a geometry count. A point on the line
        between two belongs to the one with the lower code.

    Returns
    -------
    tuple[pl.DataFrame, Counts]
        The frame, and what is to be remarked with the number of rows it is about.
    """
    import shapely

    positioned = pl.col("x_m").is_not_null() & pl.col("y_m").is_not_null()
    seeking = frame.select(pl.col("area").is_null() & positioned).to_series().to_numpy()
    shapes = areas.filter((pl.col("level") == "neighbourhood") & pl.col("geometry").is_not_null()).sort(
        "code"
    )
    points = shapely.points(frame.filter(seeking).select("x_m", "y_m").to_numpy())
    tree = shapely.STRtree(shapely.from_wkb(shapes["geometry"].to_list()))
    point, shape = tree.query(points, predicate="intersects")
    nearest = np.full(len(points), len(shapes))
    np.minimum.at(nearest, point, shape)
    codes: list[str | None] = [*shapes["code"], None]
    found = np.full(len(frame), None, dtype=object)
    found[seeking] = [codes[place] for place in nearest]
    filled = frame.with_columns(area=pl.col("area").fill_null(pl.Series(found.tolist(), dtype=pl.String)))
    outside = int((nearest == len(shapes)).sum())
    nowhere = frame.filter(pl.col("area").is_null() & ~positioned).height
    return filled, _counted(
        (N_("rows in no neighbourhood with a boundary, whose area stays unknown: {count}"), outside),
        (N_("rows with neither an area nor a position, whose area stays unknown: {count}"), nowhere),
    )


def by_complex(dwellings: pl.DataFrame, complexes: pl.DataFrame) -> tuple[pl.DataFrame, Counts]:
    """Fill `area` of dwellings with that of their complex.

    Parameters
    ----------
    dwellings
        Rows with `area` and `complex`.
    complexes
        Rows with `complex` and `area`.

    Returns
    -------
    tuple[pl.DataFrame, Counts]
        The dwellings, and what is to be remarked with the number of rows it is about.
    """
    areas = complexes.select("complex", of_complex="area")
    filled = dwellings.join(areas, on="complex", how="left", maintain_order="left").with_columns(
        pl.coalesce("area", "of_complex").alias("area")
    )
    unknown = filled["area"].null_count()
    text = N_("dwellings without an area, of a complex without one, whose area stays unknown: {count}")
    return filled.drop("of_complex"), _counted((text, unknown))


def _counted(*remarks: tuple[str, int]) -> Counts:
    return [(text, count) for text, count in remarks if count]
