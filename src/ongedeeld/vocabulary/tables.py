"""The tables of a City, column by column, read from `tables.csv` and `choices.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Literal, cast

from ongedeeld.errors import N_
from ongedeeld.vocabulary._data import number, rows
from ongedeeld.vocabulary.language import Language

ColumnType = Literal["text", "choice", "integer", "number", "boolean", "date", "geometry"]

KINDS_OF_CELLS: Mapping[str, str] = MappingProxyType(
    {
        "text": N_("text"),
        "choice": N_("choice from a list"),
        "integer": N_("whole number"),
        "number": N_("number, with a decimal comma or point"),
        "boolean": N_("yes or no"),
        "date": N_("date: day-month-year"),
    }
)
"""What somebody who fills in a table writes in a column of each type, in words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a closed list."""

    code: str
    label_nl: str
    label_en: str

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of the City.

    `required` columns have a value in every row; `key` columns together name the row; `minimum` and `maximum`
    are inclusive and in the unit that the name ends in; `references` names the table and column where each
    value must occur.
    """

    name: str
    type: ColumnType
    choices: str
    required: bool
    key: bool
    minimum: float | None
    maximum: float | None
    references: str
    label_nl: str
    label_en: str
    meaning_nl: str
    meaning_en: str

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en

    def meaning(self, language: Language) -> str:
        """What the column holds, in a phrase."""
        return self.meaning_nl if language == "nl" else self.meaning_en

    def codes(self) -> tuple[str, ...]:
        """The codes that a choice column may hold; empty for other types."""
        return tuple(CHOICES[self.choices]) if self.choices else ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the City."""

    name: str
    columns: tuple[Column, ...]
    label_nl: str
    label_en: str

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        type=cast(ColumnType, row["type"]),
        choices=row["choices"],
        required=row["required"] == "yes",
        key=row["key"] == "yes",
        minimum=number(row["minimum"]),
        maximum=number(row["maximum"]),
        references=row["references"],
        label_nl=row["label_nl"],
        label_en=row["label_en"],
        meaning_nl=row["meaning_nl"],
        meaning_en=row["meaning_en"],
    )


def _read_tables() -> Mapping[str, Table]:
    grouped = groupby(rows("tables.csv"), key=lambda row: row["table"])
    labels = {row["table"]: (row["label_nl"], row["label_en"]) for row in rows("table_names.csv")}
    tables = (Table(name, tuple(map(_column, group)), *labels[name]) for name, group in grouped)
    return MappingProxyType({table.name: table for table in tables})


def _read_choices() -> Mapping[str, Mapping[str, Choice]]:
    grouped = groupby(rows("choices.csv"), key=lambda row: row["list"])
    return MappingProxyType(
        {
            name: MappingProxyType(
                {row["code"]: Choice(row["code"], row["label_nl"], row["label_en"]) for row in group}
            )
            for name, group in grouped
        }
    )


CHOICES: Mapping[str, Mapping[str, Choice]] = _read_choices()
TABLES: Mapping[str, Table] = _read_tables()
