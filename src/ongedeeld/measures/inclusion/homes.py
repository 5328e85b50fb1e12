"""The association's homes and where they stand."""

from __future__ import annotations

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.notes import Note, note

Floats = NDArray[np.float64]


def own_homes(city: City, purpose: str) -> pl.DataFrame:
    """The association's homes, each with its neighbourhood as far as known.

    Parameters
    ----------
    city
        With the table `dwellings`.
    purpose
        What they are for, which a refusal names.

    Returns
    -------
    pl.DataFrame
        The table `dwellings` of homes of the association; `area` is that of the complex where the home has
        none.

    Raises
    ------
    AbsentError
        When the stock was drawn from published totals, or the City holds no homes of an association.
    """
    dwellings = city.own_stock("dwellings", purpose).filter(pl.col("tenure") == "association")
    if dwellings.is_empty():
        raise AbsentError(
            N_("this City holds no homes of an association, which {purpose} needs"),
            remedy=N_("give your own homes with --dwellings"),
            purpose=purpose,
        )
    of_complex = city.table("complexes").select("complex", of_complex="area")
    joined = dwellings.join(of_complex, on="complex", how="left", maintain_order="left")
    return joined.with_columns(area=pl.coalesce("area", "of_complex")).drop("of_complex")


def located_homes(city: City, purpose: str) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Where each home of the association stands: at its entrance, its complex, or else in its neighbourhood.

    Returns
    -------
    tuple[pl.DataFrame, tuple[Note, ...]]
        A row per home with `dwelling`, `area`, `x_m`, `y_m` (null where nothing is known) and `located_by`:
        `entrance`, `complex` or `neighbourhood` (the middle of its polygon); and what is to be said of it.

    Raises
    ------
    AbsentError
        As :func:`own_homes` does.
    """
    homes = own_homes(city, purpose).select("dwelling", "area", "complex", "entrance")
    for table, key in (("entrances", "entrance"), ("complexes", "complex")):
        points = city.table(table).select(key, pl.col("x_m", "y_m").name.suffix(f"_{key}"))
        homes = homes.join(points, on=key, how="left", maintain_order="left")
    middles = middles_of_areas(city).select("area", pl.col("x_m", "y_m").name.suffix("_neighbourhood"))
    homes = homes.join(middles, on="area", how="left", maintain_order="left")
    by = pl.coalesce(
        pl.when(pl.col(f"x_m_{place}").is_not_null() & pl.col(f"y_m_{place}").is_not_null()).then(
            pl.lit(place)
        )
        for place in ("entrance", "complex", "neighbourhood")
    )
    placed = homes.with_columns(located_by=by)
    located = placed.select(
        "dwelling",
        "area",
        *(
            pl.coalesce(
                pl.when(pl.col("located_by") == place).then(f"{axis}_{place}")
                for place in ("entrance", "complex", "neighbourhood")
            ).alias(axis)
            for axis in ("x_m", "y_m")
        ),
        "located_by",
    )
    return located, _remarks(located)


def _remarks(located: pl.DataFrame) -> tuple[Note, ...]:
    counts = dict(located["located_by"].value_counts().iter_rows())
    remarks = []
    if counts.get("neighbourhood"):
        text = N_(
            "{count} of {homes} homes are put in the middle of their neighbourhood, for neither their "
            "entrance nor their complex has coordinates; distances from there can be off by hundreds of "
            "metres"
        )
        remarks.append(note(text, count=counts["neighbourhood"], homes=len(located)))
    if counts.get(None):
        text = N_("{count} of {homes} homes have no known place and are left out")
        remarks.append(note(text, count=counts[None], homes=len(located)))
    return tuple(remarks)


def middles_of_areas(city: City) -> pl.DataFrame:
    """The middle (centroid) of every neighbourhood with a boundary: `area`, `x_m` and `y_m`."""
    areas = city.table("areas").filter(
        (pl.col("level") == "neighbourhood") & pl.col("geometry").is_not_null()
    )
    middles = shapely.get_coordinates(shapely.centroid(shapely.from_wkb(areas["geometry"].to_list())))
    middles = middles.reshape(-1, 2)
    return pl.DataFrame({"area": areas["code"], "x_m": middles[:, 0], "y_m": middles[:, 1]})


def points(frame: pl.DataFrame) -> Floats:
    """The coordinates of the rows, shape (rows, 2), in metres."""
    return np.asarray(frame.select("x_m", "y_m").to_numpy(), dtype=np.float64)
