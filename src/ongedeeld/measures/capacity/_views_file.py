"""Rows of a file with views, from TOML or CSV, each part refused by name where it is not as expected."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from ongedeeld.errors import N_, InputError, Place

COLUMNS = {
    "overrule": ("unit", "theme", "score", "reason", "until"),
    "grade": ("unit", "grade", "answers", "day"),
    "quote": ("unit", "words", "permission"),
}
KINDS = tuple(COLUMNS)
YES, NO = ("yes", "ja", "true", "1"), ("no", "nee", "false", "0", "")


@dataclass(frozen=True)
class Row:
    """One row: its kind, where it stands and its values."""

    kind: str
    place: Place
    values: Mapping[str, Any]

    def refuse(
        self, problem: str, column: str, *, expected: str, remedy: str, **fields: object
    ) -> InputError:
        """The error to raise, at this row and column."""
        place = replace(self.place, column=column)
        return InputError(problem, place=place, expected=expected, remedy=remedy, **fields)

    def text(self, column: str, expected: str) -> str:
        """A text that is not empty."""
        value = self.values.get(column)
        text = str(value).strip() if value is not None else ""
        if not text:
            raise self.refuse(N_("this is empty"), column, expected=expected, remedy=N_("fill it in"))
        return text

    def one_of(self, column: str, known: tuple[str, ...]) -> Any:
        """One of a few known words."""
        text = self.text(column, ", ".join(known))
        if text not in known:
            raise self.refuse(
                N_("'{value}' is not known here"),
                column,
                expected=N_("one of: {known}"),
                remedy=N_("correct it"),
                value=text,
                known=", ".join(known),
            )
        return text

    def number(self, column: str, least: float, most: float) -> float:
        """A number within limits, with a decimal point or comma."""
        text = self.text(column, f"{least} - {most}")
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise self.refuse(
                N_("'{value}' is not a number that this can be"),
                column,
                expected=N_("a number from {least} to {most}"),
                remedy=N_("correct it"),
                value=text,
                least=least,
                most=most,
            )
        return value

    def day(self, column: str, expected: str) -> date:
        """A date: in TOML a date, in CSV year-month-day or day-month-year."""
        value = self.values.get(column)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = self.text(column, expected)
        for form in ("%Y-%m-%d", "%d-%m-%Y"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise self.refuse(
            N_("'{value}' is not a date"),
            column,
            expected=N_("year-month-day, such as 2026-12-31"),
            remedy=N_("correct it"),
            value=text,
        )

    def yes(self, column: str) -> bool:
        """Yes or no; nothing is no."""
        text = str(self.values.get(column, "")).strip().lower()
        if text not in YES + NO:
            raise self.refuse(
                N_("'{value}' is neither yes nor no"),
                column,
                expected=N_("yes or no (ja of nee)"),
                remedy=N_("correct it"),
                value=text,
            )
        return text in YES


def rows_of(file: Path) -> Iterator[Row]:
    """All rows of a file, in order.

    Raises
    ------
    InputError
        When the file cannot be read, or holds something else.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
        lists = tomllib.loads(text) if file.suffix.lower() == ".toml" else None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            N_("this file of views cannot be read: {detail}"),
            place=Place(file),
            expected=N_("TOML or CSV in UTF-8"),
            remedy=N_("correct the file"),
            detail=getattr(error, "strerror", None) or str(error),
        ) from error
    if lists is None:
        yield from _of_csv(file, text)
        return
    for kind, entries in lists.items():
        if kind not in KINDS or not isinstance(entries, list):
            raise _unknown(file, kind)
        lines = _lines(text, kind)
        for values, line in zip_longest(entries, lines[: len(entries)]):
            _refuse_unknown(Place(file, line=line), values, COLUMNS[kind])
            yield Row(kind, Place(file, line=line), values)


def _lines(text: str, kind: str) -> list[int]:
    """The lines on which entries of a list begin."""
    header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), start=1) if header.match(line)]


def _of_csv(file: Path, text: str) -> Iterator[Row]:
    lines = text.splitlines()
    separator = ";" if lines and lines[0].count(";") >= lines[0].count(",") else ","
    table = csv.DictReader(lines, delimiter=separator)
    known = tuple(dict.fromkeys(("kind", *chain.from_iterable(COLUMNS.values()))))
    _refuse_unknown(Place(file, row=1), [name for name in table.fieldnames or () if name], known)
    # A spreadsheet counts its header as row 1.
    for number, values in enumerate(table, start=2):
        kind = (values.get("kind") or "").strip()
        if kind not in KINDS:
            raise _unknown(file, kind)
        yield Row(kind, Place(file, row=number), values)


def _refuse_unknown(place: Place, names: Iterable[str], known: tuple[str, ...]) -> None:
    for name in names:
        if name not in known:
            raise InputError(
                N_("a view has nothing that is called '{name}'"),
                place=place,
                expected=N_("one of: {known}"),
                remedy=N_("correct it, or take it out"),
                name=name,
                known=", ".join(get_close_matches(name, known, n=3) or known),
            )


def _unknown(file: Path, kind: str) -> InputError:
    return InputError(
        N_("'{kind}' is not a kind of view"),
        place=Place(file),
        expected=N_("one of: {known}"),
        remedy=N_("name the list, or fill in the column kind, with one of these"),
        kind=kind,
        known=", ".join(KINDS),
    )
