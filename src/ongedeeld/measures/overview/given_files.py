"""Households by type and a walking network, from the text cells of a file or the lines of a map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import shapely

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.measures.inclusion import (
    PublishedHouseholds,
    WalkingNetwork,
    published_households,
    walking_network,
)

HOUSEHOLDS = ("size", "age", "income", "households", "source", "period", "young_below")
ENDS = ("start_x_m", "start_y_m", "end_x_m", "end_y_m")
PATHS = (*ENDS, "length_m")
RD = "EPSG:28992"
_WHOLE, _NUMBER, _DAY = r"^\d+$", r"^-?\d+(\.\d+)?$", r"^\d{4}-\d{2}-\d{2}$"


def households_of(cells: pl.DataFrame, file: str) -> PublishedHouseholds:
    """Published numbers of households by type, from a file.

    Parameters
    ----------
    cells
        Text, with the columns of `HOUSEHOLDS`: those of `published_households`, and in every row the same
        source, period (a date such as 2024-01-01) and young_below (an age).
    file
        What messages call the file; its header is row 1.

    Raises
    ------
    InputError
        For a column that lacks, a cell that is not as expected, or rows that differ in source, period or
        age.

    Examples
    --------
    >>> row = ("1", "adult", "below_passend", "8000", "CBS", "2024-01-01", "23")
    >>> households_of(pl.DataFrame([row], schema=list(HOUSEHOLDS), orient="row"), "types.csv").young_below
    23
    """
    _refuse_absent(cells, HOUSEHOLDS, file)
    text = cells.select(pl.col(HOUSEHOLDS).cast(pl.String).str.strip_chars())
    _refuse_cells(text, "households", r"^\d*$", N_("a whole number; empty where not known"), file)
    _refuse_cells(text, "young_below", _WHOLE, N_("an age in years, such as 23"), file)
    _refuse_cells(text, "period", _DAY, N_("a date such as 2024-01-01"), file)
    source, period, young_below = (_one_of(text, name, file) for name in HOUSEHOLDS[-3:])
    try:
        return published_households(
            text.with_columns(pl.col("households").replace("", None).cast(pl.Int64)),
            source=source,
            period=_day(period, file),
            young_below=int(young_below),
        )
    except InputError as error:
        error.place = error.place or Place(file)
        raise


def network_of(cells: pl.DataFrame, file: str) -> WalkingNetwork:
    """A walking network from a file with a path a row.

    Parameters
    ----------
    cells
        Text, with the columns of `PATHS`: where a path starts and ends in metres in EPSG:28992, and how long
        it is in metres. Paths that start or end at the same centimetre meet there.
    file
        What messages call the file; its header is row 1.

    Raises
    ------
    InputError
        For a column that lacks, a cell that is not a number, or a path that cannot be.

    Examples
    --------
    >>> path = ("0", "0", "300", "400", "600")
    >>> len(network_of(pl.DataFrame([path], schema=list(PATHS), orient="row"), "paths.csv").nodes)
    2
    """
    _refuse_absent(cells, PATHS, file)
    text = cells.select(pl.col(PATHS).cast(pl.String).str.strip_chars())
    for name in PATHS:
        _refuse_cells(text, name, _NUMBER, N_("metres, with a decimal point: 136250.5"), file)
    return _network(text.cast(pl.Float64), file)


def network_of_lines(lines: Sequence[Any], crs: str | None, file: str) -> WalkingNetwork:
    """A walking network from the lines of a map: paths meet where they share a point of their lines.

    Parameters
    ----------
    lines
        Shapely lines, each walked in both directions.
    crs
        The projection, which is to be EPSG:28992.
    file
        What messages call the file.

    Raises
    ------
    InputError
        For another projection, or something else than lines.
    """
    parts = shapely.get_parts(np.asarray(lines, dtype=object))
    if not len(parts) or (shapely.get_type_id(parts) != shapely.GeometryType.LINESTRING).any():
        raise InputError(
            N_("this map holds no lines, or something else as well"),
            place=Place(file),
            expected=N_("one layer of lines: the paths to walk along"),
        )
    if crs != RD:
        raise InputError(
            N_("the paths are in the projection {crs}"),
            place=Place(file),
            expected=RD,
            remedy=N_("save the map again in RD (EPSG:28992)"),
            crs=crs or "-",
        )
    points, line = shapely.get_coordinates(parts, return_index=True)
    same = line[1:] == line[:-1]
    ends = np.hstack([points[:-1][same], points[1:][same]])
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    return _network(pl.DataFrame(np.column_stack([ends, lengths]), schema=list(PATHS)), file)


def _network(paths: pl.DataFrame, file: str) -> WalkingNetwork:
    """The network of these paths; its nodes are the ends, told apart by centimetre."""
    rounded = paths.with_columns(pl.col(ENDS).round(2))
    ends = [
        rounded.select(id=pl.format("{} {}", f"{end}_x_m", f"{end}_y_m"), x_m=f"{end}_x_m", y_m=f"{end}_y_m")
        for end in ("start", "end")
    ]
    nodes = pl.concat(ends).unique(maintain_order=True)
    edges = pl.DataFrame({"a": ends[0]["id"], "b": ends[1]["id"], "length_m": rounded["length_m"]})
    try:
        return walking_network(nodes, edges)
    except InputError as error:
        error.place = error.place or Place(file)
        raise


def _refuse_absent(cells: pl.DataFrame, wanted: tuple[str, ...], file: str) -> None:
    absent = [name for name in wanted if name not in cells.columns]
    if absent or cells.is_empty():
        raise InputError(
            N_("this file lacks {absent}"),
            place=Place(file),
            expected=N_("rows with the columns {columns}"),
            absent=", ".join(absent) or "rows",
            columns=", ".join(wanted),
        )


def _refuse_cells(text: pl.DataFrame, name: str, pattern: str, expected: str, file: str) -> None:
    strange = (~text[name].fill_null("").str.contains(pattern)).arg_true()
    if len(strange):
        row = strange[0]
        raise InputError(
            N_("this cell is not as expected"),
            place=Place(file, row=row + 2, column=name, value=text[name][row] or ""),
            expected=expected,
            remedy=N_("correct the cell"),
        )


def _one_of(text: pl.DataFrame, name: str, file: str) -> str:
    """The one value that all rows hold."""
    values = text[name].fill_null("").unique(maintain_order=True)
    if len(values) > 1:
        raise InputError(
            N_("the rows differ in {column}"),
            place=Place(file, column=name),
            expected=N_("the same in every row: the figures are of one publication"),
            column=name,
        )
    return str(values[0])


def _day(text: str, file: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            N_("'{value}' is not a day"),
            place=Place(file, column="period"),
            expected=N_("a date such as 2024-01-01"),
            value=text,
        ) from error
