"""Local policy: what a municipality, a region and an association set themselves, with its source.

One TOML file in UTF-8. It fills in what the law leaves open and narrows what the law allows; it loosens
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.lines import Lines
from ongedeeld.rules.records import RECORDS, Record
from ongedeeld.rules.toml_file import read_toml
from ongedeeld.vocabulary import Both

AnyRecord = TypeVar("AnyRecord", bound=Record)
SEE = N_("see the page on local policy in the documentation")
LARGEST = 10_000_000
"""No number of homes, people or years in local policy is larger; what is, was mistyped."""


@dataclass(frozen=True)
class LocalPolicy:
    """The records of a file of local policy, and the values it sets, each a list of rows by name."""

    file: Path
    holder: str
    values: Mapping[str, Any]
    records: tuple[Record, ...]
    lines: Lines

    def of(self, kind: type[AnyRecord], day: date) -> tuple[AnyRecord, ...]:
        """The records of a kind that hold on a day."""
        return tuple(one for one in self.records if isinstance(one, kind) and one.holds(day))


def read_policy(file: Path) -> LocalPolicy:
    """Read a file of local policy.

    Raises
    ------
    InputError
        When the file is not there, is not TOML in UTF-8, or a section or field is not as described.
    """
    place = Place(file)
    text, tables = read_toml(file, Both("lokaal beleid", "local policy"), SEE)
    lines = Lines(text)
    sections = {kind.section: kind for kind in RECORDS}
    for name in tables:
        if name not in {"holder", "values", *sections}:
            line = lines.of(name) or lines.of("", key=name)
            raise _no_such_field(name, {"holder", "values", *sections}, Place(file, line=line))
    holder = tables.get("holder")
    if not isinstance(holder, str) or not holder:
        raise _wrong(place, "holder", N_("the name of who sets this policy"))
    reading = _Reading(file, lines)
    records = tuple(
        record for name, kind in sections.items() for record in reading.records(kind, tables.get(name, []))
    )
    refuse_overlap(records)
    values = tables.get("values", {})
    if not isinstance(values, dict):
        raise _wrong(place, "values", N_("a list of values, each under [[values.name]]"))
    return LocalPolicy(file, holder, values, records, lines)


def refuse_overlap(records: Iterable[Record]) -> None:
    """Refuse two records that say different things about the same on the same day."""
    by_subject: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        if record.one_at_a_time is not None:
            subject = (record.section, *(getattr(record, name) for name in record.one_at_a_time))
            by_subject.setdefault(subject, []).append(record)
    for (section, *parts), held in by_subject.items():
        for earlier, later in pairwise(sorted(held, key=lambda record: record.start)):
            if later.start <= earlier.end:
                raise InputError(
                    N_("{record}: this record begins before that of {earlier} has ended"),
                    place=later.at("from"),
                    expected=N_("one record at a time"),
                    remedy=N_("end the earlier one with until, on the day before"),
                    record=f"[[{section}]] {', '.join(map(str, parts))}".rstrip(),
                    earlier=earlier.start.isoformat(),
                )


@dataclass(frozen=True)
class _Reading:
    """A file being read: makes records of its tables and tells the line of what is wrong."""

    file: Path
    lines: Lines

    def records(self, kind: type[Record], rows: object) -> Iterator[Record]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            place = Place(self.file, line=self.lines.of(kind.section))
            raise _wrong(place, kind.section, N_("a list of tables, each under [[{field}]]"))
        for number, row in enumerate(rows, start=1):
            yield self._record(kind, row, number)

    def _record(self, kind: type[Record], row: Mapping[str, object], number: int) -> Record:
        def place(key: str = "") -> Place:
            return Place(self.file, line=self.lines.of(kind.section, number, key))

        known = {key: one for one in fields(kind) if (key := one.metadata.get("key", one.name))}
        for name in row:
            if name not in known:
                raise _no_such_field(name, set(known), place(name))
        hints = get_type_hints(kind)
        on_line = {key: self.lines.of(kind.section, number, key) for key in known}
        given: dict[str, Any] = {"place": place(), "lines": on_line}
        for key, one in known.items():
            if key in row:
                given[one.name] = _checked(row[key], hints[one.name], one, place(key))
            elif one.default is MISSING:
                raise _wrong(place(), key, N_("this field, which may not be left out"))
        record = kind(**given)
        if record.end < record.start:
            raise _wrong(place("until"), "until", N_("a last day that is not before the first"))
        return record


# The forms of a field: what is accepted, and how that is said.
_FORMS: dict[object, tuple[type, str]] = {
    str: (str, N_("a text")),
    bool: (bool, N_("true or false")),
    int: (int, N_("a whole number from 0 to 10,000,000")),
    float: (float, N_("a share from 0 to 1")),
    date: (date, N_("a date, such as 2026-01-01")),
}


def _checked(value: object, hint: object, one: Field[Any], place: Place) -> object:
    """The value in the form of its field."""
    key = one.metadata.get("key", one.name)
    parts: tuple[Any, ...] = getattr(hint, "__args__", ())
    if getattr(hint, "__origin__", None) is tuple:
        if not isinstance(value, list) or not value:
            raise _wrong(place, key, N_("a list of one or more"))
        return tuple(_checked(each, parts[0], one, place) for each in value)
    form = next((part for part in parts if part is not type(None)), hint)
    accepted, said = _FORMS[form]
    if accepted is float and type(value) is int:
        value = float(value)
    if type(value) is not accepted or _is_blank(value) or _is_outside(value):
        raise _wrong(place, key, said)
    choices, pattern = one.metadata.get("choices"), one.metadata.get("pattern")
    if choices and value not in choices:
        raise _wrong(place, key, N_("one of: {choices}"), choices=", ".join(map(str, choices)))
    if pattern and not re.fullmatch(pattern[0], str(value)):
        raise _wrong(place, key, pattern[1])
    return value


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _is_outside(value: object) -> bool:
    """Whether a number is none that can be meant: infinite, not a number, below 0, or too large."""
    if isinstance(value, float):
        return not (isfinite(value) and 0 <= value <= 1)
    return isinstance(value, int) and not 0 <= value <= LARGEST


def _no_such_field(name: str, known: set[str], place: Place) -> InputError:
    near = get_close_matches(name, known, n=1)
    return InputError(
        N_("local policy has no field {field}"),
        place=place,
        expected=N_("one of: {known}"),
        remedy=N_("did you mean {near}?") if near else N_("leave it out"),
        field=name,
        known=", ".join(sorted(known)),
        near=", ".join(near),
    )


def _wrong(place: Place, key: str, expected: str, **fields: object) -> InputError:
    return InputError(
        N_("the field {field} of local policy is not of the form that is read"),
        place=place,
        expected=expected,
        remedy=SEE,
        field=key,
        **fields,
    )
