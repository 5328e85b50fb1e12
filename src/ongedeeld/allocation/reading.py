"""Hold a table that a round reads against its closed list of columns, cell by cell.

Cells may be text, as a file has them, or typed, as a program hands them over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from ongedeeld.allocation.columns import INPUTS, KEYS, InputColumn, InputType
from ongedeeld.allocation.not_held import why_not_held
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.lettings import LETTING_COLUMNS, LettingColumn, Lettings, read_lettings
from ongedeeld.vocabulary import Both

ROW = "__row"
TRUE = ("ja", "j", "yes", "y", "true", "1")
FALSE = ("nee", "n", "no", "false", "0")
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
    frame = frame.rename({header: header.strip().lower() for header in frame.columns})
    for header in frame.columns:
        if header not in columns:
            raise _not_in_list(table, header, where)
    for column in columns.values():
        if column.required and column.name not in frame.columns:
            raise _wrong(where, column, N_("this column, in every table of {table}"), table)
    first = where.row or FIRST_ROW
    read = [
        _values(frame[name], column, replace(where, row=first), table)
        if name in frame.columns
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
        For a cell that is not of its type, and for what :func:`ongedeeld.rules.read_lettings` refuses.
    """
    where = place or Place("lettings")
    first = where.row or FIRST_ROW
    typed = [
        _values(cells, _as_input(LETTING_COLUMNS[cells.name]), replace(where, row=first), "lettings")
        if cells.name in LETTING_COLUMNS
        else cells
        for cells in frame.get_columns()
    ]
    return read_lettings(pl.DataFrame(typed), replace(where, row=None))


def _as_input(column: LettingColumn) -> InputColumn:
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


def _values(cells: pl.Series, column: InputColumn, start: Place, table: str) -> pl.Series:
    """The cells of a column as values; the first that breaks its rule is refused with its row."""
    text = cells.dtype == pl.String
    bare = cells.str.strip_chars() if text else cells
    missing = bare.is_null() | ((bare == "") if text else False)
    try:
        held = _parsed(bare, column) if text else bare.cast(column.dtype)
    except pl.exceptions.PolarsError as error:
        raise _wrong(start, column, N_("values of this kind: {kind}"), table) from error
    held = pl.select(pl.when(~missing).then(held)).to_series().alias(column.name)
    _refuse(~missing & held.is_null(), bare, column, start, _EXPECTED[column.type], table)
    if column.required:
        _refuse(missing, bare, column, start, N_("a value in every row"), table)
    if column.codes:
        _refuse(~held.is_in(list(column.codes)), bare, column, start, _EXPECTED["choice"], table)
    if column.minimum is not None:
        _refuse(held < column.minimum, bare, column, start, N_("{low} or more"), table)
    if column.maximum is not None:
        _refuse(held > column.maximum, bare, column, start, N_("{high} or less"), table)
    return held


_EXPECTED = {
    "text": N_("text"),
    "choice": N_("one of: {codes}"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "boolean": N_("yes or no"),
    "date": N_("a date such as 31-12-2024 or 2024-12-31"),
}


def _parsed(text: pl.Series, column: InputColumn) -> pl.Series:
    """Cells of text as values of the column; null where they are none."""
    if column.type == "boolean":
        words = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
        return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    if column.type == "date":
        day_first = text.str.replace_all(r"[/.]", "-").str.to_date("%d-%m-%Y", strict=False)
        iso = text.str.head(10).str.to_date("%Y-%m-%d", strict=False)
        return pl.select(pl.coalesce(iso, day_first)).to_series()
    if column.type == "integer":
        return text.str.extract(r"^([+-]?\d+)(?:[.,]0)?$").cast(pl.Int64, strict=False)
    if column.type == "number":
        return text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    if column.type == "choice":
        spelled = {words.nl: code for code, words in column.codes.items()}
        spelled |= {words.en: code for code, words in column.codes.items()}
        spelled |= {code: code for code in column.codes}
        lower = {word.lower(): code for word, code in spelled.items()}
        return text.str.to_lowercase().replace_strict(lower, default=None, return_dtype=pl.String)
    return text


def _refuse(
    wrong: pl.Series, cells: pl.Series, column: InputColumn, start: Place, expected: str, table: str
) -> None:
    if wrong.any():
        first = wrong.fill_null(value=False).arg_true()[0]
        value = cells[first]
        place = replace(start, row=(start.row or 0) + first, value=None if value is None else str(value))
        raise _wrong(place, column, expected, table)


def _wrong(place: Place, column: InputColumn, expected: str, table: str) -> InputError:
    return InputError(
        N_("{table}: {column} ({label}) is not as it should be"),
        place=replace(place, column=column.name),
        expected=expected,
        remedy=N_("it holds: {meaning}"),
        **_facts(column, table),
    )


def _facts(column: InputColumn, table: str) -> dict[str, Any]:
    return {
        "table": NAMES[table],
        "column": column.name,
        "label": column.label,
        "meaning": column.meaning,
        "kind": column.type,
        "codes": ", ".join(column.codes),
        "low": f"{column.minimum:g}" if column.minimum is not None else "",
        "high": f"{column.maximum:g}" if column.maximum is not None else "",
    }


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
