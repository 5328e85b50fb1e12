"""Lettings so far, as the tallies read them: a closed list of columns, and any other is refused by name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from io import StringIO
from typing import Literal, cast

import polars as pl

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, Codes
from ongedeeld.rules.records import MUNICIPALITY
from ongedeeld.vocabulary import CHOICES, Both

ColumnType = Literal["text", "date", "boolean", "integer"]


@dataclass(frozen=True, slots=True)
class LettingColumn:
    """One column of the lettings: what it holds and whether it must be there in every row."""

    name: str
    type: ColumnType
    codes: Codes | None
    required: bool
    label: Both
    meaning: Both


_TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
    "integer": pl.Int64(),
}
_CODES: Mapping[str, Codes] = {
    "income_classes": INCOME_CLASSES,
    "target_groups": TARGET_GROUPS,
    "dwelling_label": {
        code: Both(one.label_nl, one.label_en) for code, one in CHOICES["dwelling_label"].items()
    },
}
# Columns in which an empty cell says that there is none; in other optional ones it must be filled.
_MAY_BE_EMPTY = frozenset(
    {"income_class", "group", "category", "contingent", "area", "complex", "label", "instruments"}
)
# What a table without the column says: nobody is in a group, and nobody asked for the exception.
_WHEN_ABSENT = {"income_class": None, "group": None, "assets_exception": False}
_LEAST = {"rent_cents": 0, "household_size": 1, "permit_holders": 0}


def _columns() -> Mapping[str, LettingColumn]:
    text = (files("ongedeeld.rules") / "lettings.csv").read_text(encoding="utf-8")
    return {
        row["column"]: LettingColumn(
            row["column"],
            cast(ColumnType, row["type"]),
            _CODES.get(row["choices"]),
            row["required"] == "yes",
            Both(row["label_nl"], row["label_en"]),
            Both(row["meaning_nl"], row["meaning_en"]),
        )
        for row in csv.DictReader(StringIO(text, newline=""))
    }


LETTING_COLUMNS: Mapping[str, LettingColumn] = _columns()
"""The columns of a table of lettings, by name."""


@dataclass(frozen=True)
class Lettings:
    """Lettings that were checked, and the file they came from; make them with :func:`read_lettings`."""

    frame: pl.DataFrame
    place: Place | None = field(default=None, compare=False, repr=False)

    def with_column(self, name: str) -> pl.DataFrame:
        """The rows, when they have this column.

        Raises
        ------
        AbsentError
            When the table has it not: what was not counted is not zero.
        """
        if name not in self.frame.columns:
            raise AbsentError(
                N_("these lettings have no column {column} ({label}), which this tally counts"),
                place=self.place,
                remedy=N_("add it to the table of lettings"),
                column=name,
                label=LETTING_COLUMNS[name].label,
            )
        return self.frame


def read_lettings(frame: pl.DataFrame, place: Place | None = None) -> Lettings:
    """A table of lettings, checked.

    Parameters
    ----------
    frame
        A row per letting with the columns of `LETTING_COLUMNS`; those that are not required may be absent.
    place
        The file it was read from, for messages.

    Raises
    ------
    InputError
        For another column, one that lacks, a value of another type or outside its list, or a letting twice.
    """
    where = place or Place("lettings")
    for name in frame.columns:
        if name not in LETTING_COLUMNS:
            raise InputError(
                N_("a table of lettings holds no column {column}"),
                place=where,
                expected=N_("no other than: {known}"),
                remedy=N_("leave it out; what the tallies do not need is not held"),
                column=name,
                known=", ".join(LETTING_COLUMNS),
            )
    for column in LETTING_COLUMNS.values():
        if column.required and column.name not in frame.columns:
            raise _wrong(where, column, N_("this column, which every table of lettings has"))
    checked = frame.select(_checked(frame[name], LETTING_COLUMNS[name], where) for name in frame.columns)
    checked = checked.with_columns(
        pl.lit(absent, dtype=_TYPES[LETTING_COLUMNS[name].type]).alias(name)
        for name, absent in _WHEN_ABSENT.items()
        if name not in checked.columns
    )
    twice = checked["letting"].is_duplicated()
    if twice.any():
        raise _wrong(
            _cell(where, checked["letting"], twice), LETTING_COLUMNS["letting"], N_("each letting once")
        )
    return Lettings(checked.sort("date", "letting"), place)


def _checked(values: pl.Series, column: LettingColumn, where: Place) -> pl.Series:
    wanted = _TYPES[column.type]
    fits = (
        values.dtype in (wanted, pl.Null)  # a column without a single value has no type
        or (wanted == pl.Int64 and values.dtype.is_integer())
    )
    if not fits:
        raise _wrong(where, column, N_("values of type {type}"))
    held = values.cast(wanted)
    if column.required or column.name not in _MAY_BE_EMPTY:
        _refuse(held.is_null(), held, column, where, N_("a value in every row"))
    if column.codes is not None:
        known = held.is_in(list(column.codes)) | held.is_null()
        _refuse(~known, held, column, where, N_("one of: {known}"))
    if column.name == "municipality":
        pattern, said = MUNICIPALITY
        _refuse(~held.str.contains(f"^{pattern}$"), held, column, where, said)
    if column.name in _LEAST:
        _refuse(held < _LEAST[column.name], held, column, where, N_("a number of {least} or more"))
    return held


def _refuse(wrong: pl.Series, held: pl.Series, column: LettingColumn, where: Place, expected: str) -> None:
    if wrong.any():
        raise _wrong(_cell(where, held, wrong), column, expected)


def _cell(where: Place, held: pl.Series, wrong: pl.Series) -> Place:
    """Where the first wrong value stands, with rows counted as in a file with a header."""
    first = wrong.arg_true()[0]
    value = held[first]
    return Place(where.file, row=first + 2, column=held.name, value=None if value is None else str(value))


def _wrong(place: Place, column: LettingColumn, expected: str) -> InputError:
    return InputError(
        N_("lettings: the column {column} ({label}) is not as it should be"),
        place=place,
        expected=expected,
        remedy=N_("it holds: {meaning}"),
        column=column.name,
        label=column.label,
        meaning=column.meaning,
        type=column.type,
        known=", ".join(column.codes or ()),
        least=_LEAST.get(column.name),
    )
