"""Hold a table that a round reads against its closed list of columns, cell by cell.

Cells may be text, as a file has them, or typed, as a program hands them over.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ongedeeld.allocation.cells import values_of, wrong
from ongedeeld.allocation.columns import INPUTS, KEYS, InputColumn, InputType
from ongedeeld.allocation.headers import recognised
from ongedeeld.allocation.not_held import why_not_held
from ongedeeld.allocation.so_far import refuse_unknown_instruments
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.lettings import LETTING_COLUMNS, LettingColumn, Lettings, read_lettings
from ongedeeld.vocabulary import Both

ROW = "__row"
# The header is row 1 of a file.
FIRST_ROW = 2

NAMES = {
    "vacancies": Both("vrijgekomen woningen", "vacancies"),
    "seekers": Both("woningzoekenden", "seekers"),
    "reactions": Both("reacties", "reactions"),
    "lettings": Both("verhuringen", "lettings"),
}


def checked(table: str, frame: pl.DataFrame, place: Place | None = None) -> pl.DataFrame:
    """A table as its closed list has it: every column, of its type, in the order of its rows.

    Parameters
    ----------
    table
        `vacancies`, `seekers` or `reactions`.
    frame
        Its rows; columns that are not required may be absent, and become empty.
    place
        The file it was read from, for messages; its `row` is that of the first row of data.

    Returns
    -------
    pl.DataFrame
        All columns of `INPUTS`, and the row of the file under `ROW`.

    Raises
    ------
    InputError
        For another column, by name and with the reason; one that lacks; a cell of another type, outside its
        limits or its list; a row that stands there twice.
    """
    where = place or Place(table)
    columns = INPUTS[table]
    found = recognised(frame.columns, {name: column.label for name, column in columns.items()}, where)
    for header in frame.columns:
        if header not in found:
            raise _not_in_list(table, header, where)
    headers = {meaning.column: header for header, meaning in found.items()}
    for column in columns.values():
        if column.required and column.name not in headers:
            raise wrong(where, column, N_("this column, in every table of {table}"), NAMES[table])
    first = where.row or FIRST_ROW
    start = replace(where, row=first)
    read = [
        values_of(frame[headers[name]], column, start, NAMES[table], euros=found[headers[name]].euros)
        if name in headers
        else pl.Series(name, [None] * len(frame), column.dtype)
        for name, column in columns.items()
    ]
    rows = pl.int_range(first, first + len(frame), dtype=pl.Int64, eager=True).alias(ROW)
    whole = pl.DataFrame([*read, rows])
    _refuse_double(table, whole, where)
    return whole


def read_so_far(frame: pl.DataFrame, place: Place | None = None) -> Lettings:
    """The lettings before a round, from text as a file has it, or typed.

    Parameters
    ----------
    frame
        A row per letting with columns of `LETTING_COLUMNS`.
    place
        The file it was read from, for messages.

    Raises
    ------
    InputError
        For a cell that is not of its type, an instrument that the catalogue does not have, and for what
        :func:`ongedeeld.rules.read_lettings` refuses.
    """
    where = place or Place("lettings")
    first = where.row or FIRST_ROW
    found = recognised(frame.columns, {name: column.label for name, column in LETTING_COLUMNS.items()}, where)
    start = replace(where, row=first)
    typed = [
        values_of(
            cells,
            as_input(LETTING_COLUMNS[found[cells.name].column]),
            start,
            NAMES["lettings"],
            euros=found[cells.name].euros,
        )
        if cells.name in found
        else cells
        for cells in frame.get_columns()
    ]
    lettings = read_lettings(pl.DataFrame(typed), replace(where, row=None))
    refuse_unknown_instruments(lettings, where)
    return lettings


def as_input(column: LettingColumn) -> InputColumn:
    """A column of lettings so far as the tables of a round have theirs."""
    kind: InputType = "choice" if column.codes else column.type
    return InputColumn(
        column.name, kind, column.codes or {}, column.required, None, None, column.label, column.meaning
    )


def _not_in_list(table: str, header: str, where: Place) -> InputError:
    reason = why_not_held(header)
    place = replace(where, row=None, column=header)
    if reason is not None:
        return InputError(
            reason,
            place=place,
            expected=N_("no such column, under any name"),
            remedy=N_("remove the column from the file"),
        )
    return InputError(
        N_("a table of {table} holds no column {column}: no rule of a round asks for it"),
        place=place,
        expected=N_("no other than: {known}"),
        remedy=N_("remove the column from the file"),
        table=NAMES[table],
        column=header,
        known=", ".join(INPUTS[table]),
    )


def _refuse_double(table: str, frame: pl.DataFrame, where: Place) -> None:
    key = list(KEYS[table])
    double = frame.filter(pl.struct(key).is_duplicated()).sort(*key, ROW)
    if double.is_empty():
        return
    same = double.join(double.head(1), on=key, how="semi", maintain_order="left")
    first, second = same[ROW].head(2)
    raise InputError(
        N_("{key} stands here twice; the other is in row {other}"),
        place=replace(where, row=second, column=key[-1]),
        expected=N_("one row for each {columns}"),
        remedy=N_("remove the row that does not belong"),
        key=" ".join(map(str, same.select(key).row(0))),
        other=first,
        columns=", ".join(key),
    )
