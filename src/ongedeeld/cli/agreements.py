"""Read agreements on lettings as an association keeps them: a csv or xlsx file, cells as people type them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import TABLES

if TYPE_CHECKING:
    from ongedeeld.measures.capacity.forecast import Contingent
    from ongedeeld.sources.cells import Rule
    from ongedeeld.sources.tabular import Sheet
    from ongedeeld.vocabulary.tables import Column

# Each column is read as the column of a table of the City that holds the same kind of thing.
READ_AS = {
    "route": ("tenancies", "route"),
    "lettings": ("observations", "count"),
    "start": ("tenancies", "start"),
    "end": ("tenancies", "end"),
}


def read_agreements(path: Path) -> tuple[Contingent, ...]:
    """The agreements in a file.

    Parameters
    ----------
    path
        Columns route, unit (empty for the whole stock), lettings, start, end and source; cells as in own
        files: a date as 31-12-2026, a route by its code or its label.

    Raises
    ------
    InputError
        For a file that cannot be read or holds no agreement, a lacking column, or a cell that is not as
        expected; it names them.
    """
    from ongedeeld.measures.capacity.forecast import contingents_of
    from ongedeeld.sources.cells import rule
    from ongedeeld.sources.tabular import read_sheets

    sheet = read_sheets(path)[0]
    if sheet.frame.is_empty():
        raise InputError(
            N_("there is no agreement in this file"),
            place=Place(path.name),
            expected=N_("a row for each agreement, below the names of the columns"),
            remedy=N_("add the agreements, or leave --contingents out"),
        )
    values = [
        _values(sheet, name, rule(_column(name), name)) if name in READ_AS else _text(sheet, name)
        for name in sheet.frame.columns
    ]
    return contingents_of(pl.DataFrame(values), path.name)


def _column(name: str) -> Column:
    table, wanted = READ_AS[name]
    return next(column for column in TABLES[table].columns if column.name == wanted)


def _text(sheet: Sheet, name: str) -> pl.Series:
    text = pl.col(name).str.strip_chars()
    return sheet.frame.select(pl.when(text != "").then(text).alias(name)).to_series()


def _values(sheet: Sheet, name: str, rule: Rule) -> pl.Series:
    """A column as its rule reads it; an empty cell stays empty, a strange one is refused."""
    told = sheet.frame.select(rule.value.alias(name)).to_series()
    strange = (told.is_null() & _text(sheet, name).is_not_null()).arg_true()
    if len(strange):
        raise InputError(
            rule.problem,
            place=sheet.place(strange[0], name),
            expected=rule.expected,
            remedy=N_("correct the cell"),
            **dict(rule.fields),
        )
    return told
