"""Agreed contingents: how many homes an association promised to let by a route, and where that is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import TABLES

COLUMNS = {
    "route": pl.String,
    "unit": pl.String,
    "lettings": pl.Float64,
    "start": pl.Date,
    "end": pl.Date,
    "source": pl.String,
}


@dataclass(frozen=True)
class Contingent:
    """An agreement on lettings.

    Parameters
    ----------
    route
        One of the codes of `route`.
    unit
        The complex or neighbourhood it is for; none for the whole stock.
    lettings
        How many, over the whole of its time.
    start, end
        Its first and last day.
    source
        Where it is written.
    """

    route: str
    unit: str | None
    lettings: float
    start: date
    end: date
    source: str

    def within(self, start: date, end: date) -> float:
        """The lettings that fall from `start` up to `end`, spread evenly over its time.

        >>> Contingent("mediated", None, 24, date(2026, 1, 1), date(2027, 12, 31), "x").within(
        ...     date(2027, 1, 1), date(2028, 1, 1)
        ... )
        12.0
        """
        days = (self.end - self.start).days + 1
        shared = min(end.toordinal(), self.end.toordinal() + 1) - max(start, self.start).toordinal()
        return self.lettings * max(shared, 0) / days


def contingents_of(frame: pl.DataFrame, file: str = "contingents") -> tuple[Contingent, ...]:
    """Agreements from a table.

    Parameters
    ----------
    frame
        `route`, `unit` (empty for the whole stock), `lettings`, `start`, `end` and `source`.
    file
        What an error calls the table.

    Raises
    ------
    InputError
        For a lacking column, a value of another type, an unknown route, an end before its start, or an
        agreement without a source.
    """
    lacking = [name for name in COLUMNS if name not in frame.columns]
    if lacking:
        raise InputError(
            N_("column {column} is not there"),
            place=Place(file),
            expected=N_("the columns {columns}"),
            remedy=N_("add the column"),
            column=lacking[0],
            columns=", ".join(COLUMNS),
        )
    try:
        table = frame.select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    except pl.exceptions.PolarsError as error:
        raise InputError(
            N_("a value is of another type: {detail}"),
            place=Place(file),
            expected=N_("lettings as a number, start and end as dates, the rest as text"),
            remedy=N_("correct the value"),
            detail=str(error).splitlines()[0],
        ) from error
    return tuple(_checked(row, place) for place, row in _numbered(table, file))


def _numbered(table: pl.DataFrame, file: str) -> Iterable[tuple[Place, dict[str, object]]]:
    for number, row in enumerate(table.iter_rows(named=True), start=2):
        yield Place(file, row=number), row


def _checked(row: dict[str, object], place: Place) -> Contingent:
    route, unit, lettings, start, end, source = row.values()
    routes = TABLES["tenancies"].columns
    codes = next(column.codes() for column in routes if column.name == "route")
    if route not in codes:
        raise _refused(place, "route", N_("one of: {codes}"), route, codes=", ".join(codes))
    if not isinstance(lettings, float) or not lettings >= 0:
        raise _refused(place, "lettings", N_("a number of lettings, 0 or more"), lettings)
    if not isinstance(start, date) or not isinstance(end, date) or end < start:
        raise _refused(place, "end", N_("a first day and a last day that is not before it"), end)
    if not isinstance(source, str) or not source.strip():
        raise _refused(place, "source", N_("where the agreement is written"), source)
    return Contingent(str(route), str(unit) if unit else None, lettings, start, end, source.strip())


def _refused(place: Place, column: str, expected: str, value: object, **fields: object) -> InputError:
    return InputError(
        N_("an agreement on lettings cannot be read"),
        place=Place(place.file, row=place.row, column=column, value="" if value is None else str(value)),
        expected=expected,
        remedy=N_("correct the row, or take it out"),
        **fields,
    )
