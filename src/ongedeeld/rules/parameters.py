"""Values of rules by date, one file for each value in `parameters/`.

A value holds from its date until the next one. A value that could not be verified is written as unknown, and
asking for it is refused: what is repealed or not found is not zero.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.vocabulary import Language

# A statute read, B official page, C secondary source, I inferred from one of these, L local policy.
Grade = Literal["A", "B", "C", "I", "L"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a date on: the number or why it is unknown, its source, and how sure it is."""

    start: date
    value: float | None
    unknown: str
    source: str
    grade: Grade | None
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a rule through time, in order of date.

    `unit` is one of cents_per_month, cents_per_year, years or factor; `article` names the law.
    """

    name: str
    label_nl: str
    label_en: str
    unit: str
    article: str
    values: tuple[Dated, ...]

    def label(self, language: Language) -> str:
        """What people see."""
        return self.label_nl if language == "nl" else self.label_en

    def at(self, day: date) -> Dated | None:
        """What holds on a day; none before the first date that is known of."""
        return next((dated for dated in reversed(self.values) if dated.start <= day), None)


@dataclass(frozen=True)
class Parameters:
    """The values of the law, with those of local policy over them."""

    by_name: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        if name not in self.by_name:
            near = get_close_matches(name, self.by_name, n=3) or sorted(self.by_name)
            raise AbsentError(
                N_("there is no rule value {name}"),
                expected=N_("one of: {known}"),
                name=name,
                known=", ".join(near),
            )
        return self.by_name[name]

    def value(self, name: str, day: date) -> float:
        """The value that holds on a day, in its unit.

        Raises
        ------
        AbsentError
            When there is no such value, or it is not known on that day.

        Examples
        --------
        >>> load_parameters().value("aftopping_low", date(2026, 7, 1))
        71302
        """
        dated = self[name].at(day)
        if dated is None or dated.value is None:
            raise AbsentError(
                N_("{name} is not known on {day} ({why})"),
                remedy=N_("supply it, with its source, in a file of local policy"),
                name=name,
                day=day.isoformat(),
                why=dated.unknown if dated else "before the first date that is known of",
            )
        return dated.value

    def with_local(self, path: Path) -> Parameters:
        """The same with the values of a file of local policy, which go before those of the law.

        The file is TOML with a table for each value, ``[aftopping_low]``, and under it
        ``[[aftopping_low.values]]`` with `from`, `value` and `source`.

        Raises
        ------
        InputError
            When the file is not there or not of this form.
        """
        try:
            text = path.read_text(encoding="utf-8")
            local = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(
                N_("this file of local policy cannot be read: {detail}"),
                place=Place(path),
                expected=N_("TOML in UTF-8"),
                remedy=N_("see the page on rule values in the documentation"),
                detail=str(error),
            ) from error
        merged = dict(self.by_name)
        for name, table in local.items():
            law = merged.get(name)
            own = _parameter(name, table, Place(path, column=name), law)
            merged[name] = own
        return Parameters(merged)


@cache
def load_parameters() -> Parameters:
    """The values of the law that ship with this version."""
    folder = files("ongedeeld.rules") / "parameters"
    by_name = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = file.name.removesuffix(".toml")
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        by_name[name] = _parameter(name, table, Place(file.name), None)
    return Parameters(by_name)


def _parameter(name: str, table: object, place: Place, law: Parameter | None) -> Parameter:
    """A parameter as its table says; local values stand over those of the law."""
    if not isinstance(table, dict) or not isinstance(table.get("values"), list):
        raise _wrong(place, N_("a table with [[values]]"))
    dated = sorted(
        (_dated(row, place, local=law is not None) for row in table["values"]), key=lambda d: d.start
    )
    for before, after in pairwise(dated):
        if before.start == after.start:
            raise _wrong(place, N_("one value for each date"))
    if law is None:
        labels = [str(table.get(key, name)) for key in ("label_nl", "label_en")]
        unit, article = str(table.get("unit", "")), str(table.get("article", ""))
        return Parameter(name, labels[0], labels[1], unit, article, tuple(dated))
    kept = [value for value in law.values if value.start not in {own.start for own in dated}]
    values = tuple(sorted([*kept, *dated], key=lambda d: d.start))
    return Parameter(name, law.label_nl, law.label_en, law.unit, law.article, values)


def _dated(row: Any, place: Place, *, local: bool) -> Dated:
    start, value = row.get("from"), row.get("value")
    if type(start) is not date:
        raise _wrong(place, N_("a date under from, such as 2026-01-01"))
    if (value is None) == ("unknown" not in row):
        raise _wrong(place, N_("either a value or the reason why it is unknown"))
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _wrong(place, N_("a number under value"))
    if value is not None and not row.get("source"):
        raise _wrong(place, N_("the source of the value"))
    grade = "L" if local else row.get("grade")
    return Dated(
        start,
        value,
        row.get("unknown", ""),
        row.get("source", ""),
        cast(Grade | None, grade),
        row.get("note", ""),
    )


def _wrong(place: Place, expected: str) -> InputError:
    return InputError(
        N_("this rule value is not of the form that is read"),
        place=place,
        expected=expected,
        remedy=N_("see the page on rule values in the documentation"),
    )
