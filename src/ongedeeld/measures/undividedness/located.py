"""Counts with their place, from a City: areas by a point within them, homes by entrance or complex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl
import shapely

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.undividedness.counts import Floats
from ongedeeld.measures.undividedness.group_sets import level_in_words
from ongedeeld.measures.undividedness.groups import GroupCounts
from ongedeeld.vocabulary import Quantity

Level = Literal["neighbourhood", "district", "complex", "entrance"]
STOCK = ("complex", "entrance")
GROUPED_BY = ("tenure", "type", "sector", "energy_label", "label", "step_free", "rooms")
MOST_NAMED = 5
WITHOUT_PLACE = N_(
    "Left out of the profile, as this City does not tell where they lie: {number}, counted {people} "
    "({units})."
)
LEFT_OUT = N_("{homes} homes are left out: their {column} or their place is not known.")


@dataclass(frozen=True)
class Located:
    """Counts by unit and group, and the point of every unit, in the same order.

    `counts` is a frame with the names of the units and a column per group, `points` has shape (units, 2), in
    metres.
    """

    counts: pl.DataFrame
    points: Floats
    notes: tuple[Note, ...] = ()


def points_of(city: City, units: Sequence[str], level: Level) -> Floats:
    """Where units lie: a point within the boundary of areas, the coordinates of complexes and entrances.

    An entrance without coordinates lies where its complex does.

    Parameters
    ----------
    city
        The City.
    units
        Codes of areas, or numbers of complexes or entrances.
    level
        `neighbourhood`, `district`, `complex` or `entrance`.

    Returns
    -------
    Floats
        x and y in metres (EPSG:28992), shape (units, 2), in the order of the units.

    Raises
    ------
    AbsentError
        When the City has no places at this level, or a unit has none.
    """
    known = _known_points(city, level)
    found = pl.DataFrame({"unit": list(units)}, schema={"unit": pl.String}).join(
        known, on="unit", how="left", maintain_order="left"
    )
    lost = found.filter(pl.col("x_m").is_null())["unit"].to_list()
    if lost:
        raise AbsentError(
            N_("{number} units have no place in this City: {units}"),
            remedy=N_("leave them out of the counts, or add their boundary or coordinates"),
            number=len(lost),
            units=", ".join(lost[:5]),
        )
    return found.select("x_m", "y_m").to_numpy().astype(np.float64)


def with_place(city: City, counts: GroupCounts) -> tuple[GroupCounts, Floats]:
    """Counts of the units of which the City tells where they lie, and where; a note names the others.

    Parameters
    ----------
    city
        The City.
    counts
        Its counts by area, complex or entrance.

    Returns
    -------
    tuple[GroupCounts, Floats]
        The counts, and x and y in metres (EPSG:28992), shape (units, 2), in their order.

    Raises
    ------
    AbsentError
        When the City has no places at this level, or none of these units has one.
    """
    known = _known_points(city, counts.scale)
    units = counts.table["unit"]
    has = units.is_in(known["unit"].implode())
    kept, lost = units.filter(has), counts.names.filter(~has)
    points = points_of(city, (kept if len(kept) else units).to_list(), counts.scale)
    if lost.is_empty():
        return counts, points
    names = ", ".join([*lost.head(MOST_NAMED).to_list(), *(["..."] if len(lost) > MOST_NAMED else [])])
    said = note(
        WITHOUT_PLACE, number=len(lost), people=Quantity(_people(counts.table.filter(~has))), units=names
    )
    placed = replace(
        counts,
        table=counts.table.filter(has),
        names=counts.names.filter(has),
        parents=counts.parents.filter(has) if counts.parents.width else counts.parents,
        notes=(*counts.notes, said),
    )
    return placed, points


def _people(table: pl.DataFrame) -> int:
    return int(table.drop("unit").sum_horizontal().sum())


def _known_points(city: City, level: str) -> pl.DataFrame:
    known = _area_points(city) if level in ("neighbourhood", "district") else _stock_points(city, level)
    if known.is_empty():
        raise AbsentError(
            N_("this City does not tell where a {level} lies"),
            expected=N_("boundaries of areas, or coordinates in the tables of the stock"),
            remedy=N_("build the City with --boundaries, or add x_m and y_m to your own files"),
            level=level_in_words(level),
        )
    return known


def _area_points(city: City) -> pl.DataFrame:
    areas = city.table("areas").filter(pl.col("geometry").is_not_null())
    inside = shapely.point_on_surface(shapely.from_wkb(areas["geometry"].to_numpy()))
    return pl.DataFrame({"unit": areas["code"], "x_m": shapely.get_x(inside), "y_m": shapely.get_y(inside)})


def _stock_points(city: City, level: str) -> pl.DataFrame:
    complexes = city.table("complexes").select(unit="complex", x_m="x_m", y_m="y_m").filter(_placed())
    if level == "complex":
        return complexes
    entrances = city.table("entrances").join(
        complexes, left_on="complex", right_on="unit", how="left", suffix="_complex"
    )
    placed = entrances.select(
        "entrance",
        own=_placed(),
        **{axis: pl.when(_placed()).then(axis).otherwise(f"{axis}_complex") for axis in ("x_m", "y_m")},
    )
    return placed.select("x_m", "y_m", unit="entrance").filter(_placed()).select("unit", "x_m", "y_m")


def _placed() -> pl.Expr:
    return pl.col("x_m").is_not_null() & pl.col("y_m").is_not_null()


def located(city: City, counts: pl.DataFrame, level: Level = "neighbourhood") -> Located:
    """Counts that name areas, complexes or entrances, with their points.

    Parameters
    ----------
    city
        The City.
    counts
        A text column with codes or numbers of units, and a column per group.
    level
        `neighbourhood`, `district`, `complex` or `entrance`.

    Raises
    ------
    InputError
        When there is not one text column.
    AbsentError
        When the City has no places at this level, or a unit has none.
    """
    texts = [name for name, kind in counts.schema.items() if kind == pl.String]
    if len(texts) != 1:
        raise InputError(
            N_("columns {columns} name the units"),
            expected=N_("one text column, with codes of areas or numbers of complexes or entrances"),
            columns=", ".join(texts) or "-",
        )
    return Located(counts, points_of(city, counts[texts[0]].to_list(), level))


def _stock_places(city: City) -> pl.DataFrame:
    """Complexes and entrances with their coordinates; `level` tells them apart: numbers may be the same."""
    return pl.concat([_stock_points(city, level).with_columns(level=pl.lit(level)) for level in STOCK])


def homes_by(city: City, column: str, level: Literal["complex", "entrance"] = "entrance") -> Located:
    """The association's homes by complex or entrance and by kind, with their points.

    Parameters
    ----------
    city
        A City with a stock of its own, not one drawn from totals.
    column
        What tells homes apart: `tenure`, `type`, `sector`, `energy_label`, `label`, `step_free` or `rooms`.
    level
        By complex, or by entrance; homes without an entrance then stand under their complex.

    Raises
    ------
    InputError
        For another column.
    AbsentError
        When the City has no homes of its own, or no home can be placed.
    """
    if column not in GROUPED_BY:
        raise InputError(
            N_("homes cannot be counted by {column}"),
            expected=N_("one of: {known}"),
            column=column,
            known=", ".join(GROUPED_BY),
        )
    homes = city.own_stock("dwellings", N_("who lives around a home"))
    by_entrance = pl.col("entrance").is_not_null() & (level == "entrance")
    placed = (
        homes.select(
            level=pl.when(by_entrance).then(pl.lit("entrance")).otherwise(pl.lit("complex")),
            unit=pl.when(by_entrance).then("entrance").otherwise("complex"),
            kind=pl.col(column).cast(pl.String),
        )
        .drop_nulls()
        .join(_stock_places(city), on=["level", "unit"], maintain_order="left")
    )
    if placed.is_empty():
        raise AbsentError(
            N_("no home in this City has both a place and its {column}"),
            remedy=N_("add x_m and y_m to complexes or entrances, and {column} to the homes"),
            column=column,
        )
    counts = placed.pivot(
        "kind", index=["unit", "x_m", "y_m"], values="kind", aggregate_function="len"
    ).fill_null(0)
    kinds = sorted(set(counts.columns) - {"unit", "x_m", "y_m"})
    left_out = homes.height - placed.height
    notes = (note(LEFT_OUT, homes=left_out, column=column),) if left_out else ()
    return Located(
        counts.select("unit", *kinds), counts.select("x_m", "y_m").to_numpy().astype(np.float64), notes
    )
