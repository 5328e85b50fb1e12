"""The cells of a column as values: text as a file has it, or typed as a program hands it over.

Nothing is lost unseen: a number with decimals in a column of whole numbers, a time beside a day or a year of
two digits is refused and not rounded, cut off or guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from ongedeeld.allocation.columns import InputColumn
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary.spoken import Both, Day
from ongedeeld.vocabulary.tables import KINDS_OF_CELLS

TRUE = ("ja", "j", "yes", "y", "true", "1")
FALSE = ("nee", "n", "no", "false", "0")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
# What a spreadsheet may write behind a day: the start of it, and nothing else.
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_ISO = rf"^(\d{{4}}-\d{{1,2}}-\d{{1,2}}){_MIDNIGHT}$"
_DAY_FIRST = rf"^(\d{{1,2}}-\d{{1,2}}-\d{{4}}){_MIDNIGHT}$"
_EUROS = r"^(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?$|^(?:\d+|\d{1,3}(?:,\d{3})+)\.\d{1,2}$"
_EXPECTED = {
    "text": N_("text"),
    "choice": N_("one of: {codes}"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "boolean": N_("yes or no"),
    "date": N_("a date from {earliest} on, with a year of four digits, such as 31-12-2024 or 2024-12-31"),
}
_IN_EUROS = N_("an amount in euros, such as 539 or 612,35; for cents, say so in the header")
# Which kinds of typed values a column takes; a whole number may also stand in a column of text.
_TAKES: Mapping[str, tuple[type[pl.DataType], ...]] = MappingProxyType(
    {
        "text": (pl.Categorical, pl.Enum, pl.Int64, pl.Int32, pl.UInt32, pl.UInt64),
        "choice": (pl.Categorical, pl.Enum),
        "date": (pl.Date, pl.Datetime),
        "boolean": (pl.Boolean,),
    }
)


def values_of(
    cells: pl.Series, column: InputColumn, start: Place, table: Both, *, euros: bool = False
) -> pl.Series:
    """The cells of a column as values.

    Parameters
    ----------
    cells
        As text, as a file has them, or typed.
    column
        What it holds.
    start, table
        Where the first cell stands, and what the table is called, for messages.
    euros
        Whether the cells are euros, for a column in whole cents.

    Raises
    ------
    InputError
        With the row of the first cell that breaks the rule of its column.
    """
    if euros and cells.dtype != pl.Null:
        cells = cells.cast(pl.String)
    text = cells.dtype == pl.String
    bare = cells.str.strip_chars() if text else cells
    missing = bare.is_null() | ((bare == "") if text else False)
    if euros:
        held = _cents(bare)
    elif text:
        held = _parsed(bare, column)
    else:
        held = _typed(bare, column, start, table)
    held = pl.select(pl.when(~missing).then(held)).to_series().alias(column.name)

    def refuse(wrong: pl.Series, expected: str) -> None:
        _refuse(wrong, bare, column, start, expected, table)

    refuse(~missing & held.is_null(), _IN_EUROS if euros else _EXPECTED[column.type])
    if column.required:
        refuse(missing, N_("a value in every row"))
    if column.codes:
        refuse(~held.is_in(list(column.codes)), _EXPECTED["choice"])
    if column.minimum is not None:
        refuse(held < column.minimum, N_("{low} or more"))
    if column.maximum is not None:
        refuse(held > column.maximum, N_("{high} or less"))
    return held


def spelled(codes: Mapping[str, Both]) -> dict[str, str]:
    """Every way to write these codes, in small letters: the code itself and its words in both languages."""
    found = {word.lower(): code for code, words in codes.items() for word in (words.nl, words.en)}
    return found | {code.lower(): code for code in codes}


def wrong(place: Place, column: InputColumn, expected: str, table: Both) -> InputError:
    """The error of a cell or column that is not as its list says."""
    return InputError(
        N_("{table}: {column} ({label}) cannot be read"),
        place=replace(place, column=column.name),
        expected=expected,
        remedy=N_("it holds: {meaning}"),
        **_facts(column, table),
    )


def _parsed(text: pl.Series, column: InputColumn) -> pl.Series:
    """Cells of text as values of the column; null where they are none."""
    if column.type == "boolean":
        words = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
        return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    if column.type == "date":
        dashed = text.str.replace_all(r"[/.]", "-") if text.dtype == pl.String else text
        iso = dashed.str.extract(_ISO).str.to_date("%Y-%m-%d", strict=False)
        day_first = dashed.str.extract(_DAY_FIRST).str.to_date("%d-%m-%Y", strict=False)
        return _known_days(pl.select(pl.coalesce(iso, day_first)).to_series())
    if column.type == "integer":
        return text.str.extract(r"^([+-]?\d+)(?:[.,]0)?$").cast(pl.Int64, strict=False)
    if column.type == "number":
        number = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        return pl.select(pl.when(number.is_finite()).then(number)).to_series()
    if column.type == "choice":
        return text.str.to_lowercase().replace_strict(
            spelled(column.codes), default=None, return_dtype=pl.String
        )
    return text


def _cents(text: pl.Series) -> pl.Series:
    """Amounts in euros as whole cents, without passing through a float; null where they are none."""
    bare = text.cast(pl.String).str.replace_all(r"[€\s]", "")
    fits = bare.str.contains(_EUROS)
    part = bare.str.extract(r"[.,](\d{1,2})$").fill_null("")
    whole = bare.str.replace(r"[.,]\d{1,2}$", "").str.replace_all(r"[.,]", "")
    cents = (whole + part.str.pad_end(2, "0")).cast(pl.Int64, strict=False)
    return pl.select(pl.when(fits).then(cents)).to_series()


def _typed(cells: pl.Series, column: InputColumn, start: Place, table: Both) -> pl.Series:
    """Typed cells as values of the column; null where something of them would be lost."""
    kind = cells.dtype
    numeric = column.type in ("integer", "number") and kind.is_numeric()
    if kind != pl.Null and not numeric and kind.base_type() not in _TAKES.get(column.type, ()):
        raise wrong(start, column, N_("values of this kind: {kind}"), table)
    held = cells.cast(column.dtype, strict=False)
    if kind == pl.Null:
        return held
    if column.type == "date":
        return _known_days(pl.select(pl.when(held.cast(kind) == cells).then(held)).to_series())
    if numeric:
        whole = held.cast(pl.Float64) == cells.cast(pl.Float64)
        return pl.select(pl.when(whole & held.cast(pl.Float64).is_finite()).then(held)).to_series()
    return held


def _known_days(days: pl.Series) -> pl.Series:
    return pl.select(pl.when(days.is_between(EARLIEST, LATEST)).then(days)).to_series()


def _refuse(
    broken: pl.Series, cells: pl.Series, column: InputColumn, start: Place, expected: str, table: Both
) -> None:
    if broken.any():
        first = broken.fill_null(value=False).arg_true()[0]
        value = cells[first]
        place = replace(start, row=(start.row or 0) + first, value=None if value is None else str(value))
        raise wrong(place, column, expected, table)


def _facts(column: InputColumn, table: Both) -> dict[str, Any]:
    return {
        "table": table,
        "column": column.name,
        "label": column.label,
        "meaning": column.meaning,
        "kind": KINDS_OF_CELLS[column.type],
        "codes": ", ".join(column.codes),
        "low": f"{column.minimum:g}" if column.minimum is not None else "",
        "high": f"{column.maximum:g}" if column.maximum is not None else "",
        "earliest": Day(EARLIEST),
    }
