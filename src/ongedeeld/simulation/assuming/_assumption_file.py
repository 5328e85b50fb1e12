"""Read assumptions from TOML, and refuse in plain words what is not of their form."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.rules.lines import Lines
from ongedeeld.rules.toml_file import read_toml
from ongedeeld.simulation.assuming.records import ONE, UNITS, Assumption, Entry, Value
from ongedeeld.vocabulary import Both
from ongedeeld.vocabulary.evidence_records import GRADES, EvidenceGrade

OWN_FIELDS = ("value", "low", "high", "source", "grade")
WHAT = Both("aannames", "assumptions")
SEE = N_("see the page on assumptions of a simulation in the documentation")


def shipped_values(tree: Mapping[str, Any]) -> dict[str, Assumption]:
    """The assumptions of this project."""
    found: dict[str, Assumption] = {}
    for name, entry in _entries("", tree):
        row = _Row(name, entry, Place("assumptions.toml"), Lines(""))
        label, unit = Both(entry["label_nl"], entry["label_en"]), entry["unit"]
        stated = Assumption(name, label, ONE, ONE, ONE, unit, "", "none", entry.get("evidence", ""))
        known = replace(stated, value=row.value(unit), source_nl=entry.get("source_nl", ""))
        found[name] = row.read(known)
    return found


def own_values(file: Path, known: Mapping[str, Assumption]) -> dict[str, Assumption]:
    """The assumptions of a user's file, each in the place of one that is known."""
    try:
        text, _ = read_toml(file, WHAT, SEE)
        tree = tomllib.loads(text, parse_float=_exact)
    except (ValueError, RecursionError) as error:
        raise InputError(
            N_("this file of {what} holds a number of too many digits, or tables too deep in each other"),
            place=Place(file),
            expected=N_("TOML in UTF-8"),
            remedy=SEE,
            what=WHAT,
        ) from error
    lines = Lines(text)
    found: dict[str, Assumption] = {}
    for name, entry in _entries("", tree):
        row = _Row(name, entry, Place(file, line=lines.of(name)), lines)
        if name not in known:
            raise unknown(name, known, row.place)
        row.refuse_strange(OWN_FIELDS)
        found[name] = replace(row.read(known[name]), own=str(file), evidence="", source_nl="")
    return found


def _exact(text: str) -> Fraction | float:
    """A number of TOML as it is written; as a float what is infinite or no number, which no field takes."""
    number = float(text)
    # What is no more than a float can hold is not written out: it may have a thousand million digits.
    if not math.isfinite(number):
        return number
    return Fraction(text) if number else Fraction(0)


def unknown(name: str, known: Collection[str], place: Place | None = None) -> AbsentError:
    """What to say of a name that is no assumption, with those that look like it."""
    near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
    return AbsentError(
        N_("a simulation has no assumption {name}"),
        place=place,
        expected=N_("one of: {known}"),
        remedy=N_("correct the name, or leave it out"),
        name=name,
        known=", ".join(near),
    )


def _entries(prefix: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables that hold an assumption, by their whole name: those without a table under them."""
    for name, branch in tree.items():
        inner = isinstance(branch, dict) and not {*branch} & {"value", *OWN_FIELDS}
        if inner and branch and all(isinstance(one, dict) for one in branch.values()):
            yield from _entries(f"{prefix}{name}.", branch)
        else:
            yield prefix + name, branch if isinstance(branch, dict) else {}


@dataclass(frozen=True, slots=True)
class _Row:
    """The table of an assumption, which knows where it stands."""

    name: str
    fields: Mapping[str, Any]
    place: Place
    lines: Lines

    def read(self, known: Assumption) -> Assumption:
        """The assumption with what stands here in the place of what is known."""
        value = self.value(known.unit)
        self._refuse_other_form(value, known.value)
        low, high = self._range(value, known.unit)
        source = self._given("source")
        if not isinstance(source, str) or not source.strip():
            raise self._wrong("source", N_("a text that says where the value comes from"))
        grade = self.fields.get("grade", "none")
        if not isinstance(grade, str) or grade not in GRADES:
            raise self._wrong("grade", N_("one of: {known}"), known=", ".join(GRADES))
        return replace(
            known, value=value, low=low, high=high, source=source, grade=cast(EvidenceGrade, grade)
        )

    def _range(self, value: Value, unit: str) -> tuple[Fraction, Fraction]:
        """The lowest and the highest: of a number in its own unit, of a table as factors."""
        single = isinstance(value, Fraction)
        low, high = (self._number(field, self._given(field)) for field in ("low", "high"))
        for field, end in (("low", low), ("high", high)):
            if single:
                self._refuse_outside(end, unit, field)
            elif not 0 <= end <= UNITS["factor"].most:
                raise self._wrong(field, N_("a factor from 0 to {most}"), most=UNITS["factor"].most)
        middle = value if isinstance(value, Fraction) else ONE
        if not low <= middle <= high:
            stated = N_("low at most 1 and high at least 1: they are factors of every number in the table")
            if single:
                stated = N_("low at most the value, and high at least the value")
            raise self._wrong("low" if low > middle else "high", stated)
        return low, high

    def value(self, unit: str) -> Value:
        """The value in its form: a number, or a table of numbers or of lists of numbers."""
        given = self._given("value")
        if not isinstance(given, dict):
            number = self._number("value", given)
            self._refuse_outside(number, unit, "value")
            return number
        if not given:
            raise self._wrong("value", N_("a number, or a table of numbers"))
        table = {code: self._entry(one, unit) for code, one in given.items()}
        if unit == "weight" and not any(table.values()):
            raise self._wrong("value", N_("at least one number above 0: only the proportions count"))
        return MappingProxyType(table)

    def refuse_strange(self, fields: Collection[str]) -> None:
        """Refuse a field that nothing reads."""
        for field in self.fields:
            if field not in fields:
                raise self._wrong(field, N_("one of: {known}"), known=", ".join(fields))

    def _entry(self, given: object, unit: str) -> Entry:
        rows = given if isinstance(given, list) else [given]
        numbers = tuple(self._number("value", one) for one in rows)
        for number in numbers:
            self._refuse_outside(number, unit, "value")
        if not numbers:
            raise self._wrong("value", N_("a list with at least one number"))
        return numbers if isinstance(given, list) else numbers[0]

    def _refuse_other_form(self, value: Value, known: Value) -> None:
        if isinstance(known, Fraction):
            if not isinstance(value, Fraction):
                raise self._wrong("value", N_("a single number"))
            return
        codes = ", ".join(known)
        if isinstance(value, Fraction) or [*sorted(value)] != [*sorted(known)]:
            raise self._wrong("value", N_("a number for each of: {codes}"), codes=codes)
        if any(type(value[code]) is not type(one) for code, one in known.items()):
            raise self._wrong(
                "value", N_("numbers where the assumption has numbers, lists where it has lists")
            )

    def _refuse_outside(self, number: Fraction, unit: str, field: str) -> None:
        least, most = UNITS[unit].least, UNITS[unit].most
        if not least <= number <= most:
            expected = N_("a share from 0 to 1") if most == ONE else N_("a number from {least} to {most}")
            raise self._wrong(field, expected, least=f"{float(least):g}", most=most)

    def _number(self, field: str, given: object) -> Fraction:
        if isinstance(given, bool) or not isinstance(given, int | Fraction):
            raise self._wrong(field, N_("a number, with a point before decimals"))
        return Fraction(given)

    def _given(self, field: str) -> object:
        if field not in self.fields:
            raise InputError(
                N_("assumption {name} has no {field}"),
                place=self.place,
                expected=N_("a value with its range (low and high) and its source"),
                remedy=N_("add {field}"),
                name=self.name,
                field=field,
            )
        return self.fields[field]

    def _wrong(self, field: str, expected: str, **fields: object) -> InputError:
        line = self.lines.of(self.name, key=field) or self.place.line
        return InputError(
            N_("assumption {name}: {field} is not as it should be"),
            place=replace(self.place, line=line),
            expected=expected,
            remedy=SEE,
            name=self.name,
            field=field,
            **fields,
        )
