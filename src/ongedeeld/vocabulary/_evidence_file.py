"""Read evidence records from TOML, and refuse in plain words what is not of their form."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, cast

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary.evidence_records import (
    DIRECTIONS,
    EFFECT_UNITS,
    GRADES,
    Direction,
    EffectRange,
    EvidenceGrade,
    EvidenceRecord,
    EvidenceSource,
)
from ongedeeld.vocabulary.spoken import Both, Quantity

NAME = re.compile(r"[a-z][a-z0-9_]*")
HEADER = re.compile(r"^\s*\[\s*[\"']?([^\[\]\"'.]+?)[\"']?\s*\]", re.MULTILINE)
YEARS = range(1850, 2101)
SIGNED = frozenset({"score", "score_per_share"})
"""Units in which more is better for livability, so that the sign of an effect has a direction."""
SEE = N_("see the page on evidence of your own in the documentation")


def tables_of(path: Path) -> dict[str, Any]:
    """What stands in a file of the user, by name of record."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            N_("this file of evidence cannot be read: {detail}"),
            place=Place(path),
            remedy=N_("give the path of a file that is there and that you may read"),
            detail=error.strerror or str(error),
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            N_("this file of evidence is not in UTF-8: byte {position} is no part of it"),
            place=Place(path),
            expected=N_("TOML in UTF-8"),
            remedy=N_("save the file again, with UTF-8 as its encoding"),
            position=error.start + 1,
        ) from error
    tables = _parsed(text, path)
    if not tables:
        raise InputError(
            N_("there is no record in this file of evidence"),
            place=Place(path),
            expected=N_("a table for each record, such as [caretakers]"),
            remedy=SEE,
        )
    return tables


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        twice = [name for name, times in Counter(HEADER.findall(text)).items() if times > 1]
        if twice:
            raise InputError(
                N_("record {record} stands in this file of evidence more than once"),
                place=Place(path),
                expected=N_("one record of each name"),
                remedy=N_("give one of them another name, or take it out"),
                record=twice[0],
            ) from error
        raise InputError(
            N_("this file of evidence is not TOML: {detail}"),
            place=Place(path),
            expected=N_("TOML in UTF-8"),
            remedy=SEE,
            detail=str(error),
        ) from error


def record_of(name: str, values: object, file: str | Path, *, origin: Path | None = None) -> EvidenceRecord:
    """The record that a table describes.

    Raises
    ------
    InputError
        Naming the file, the record, the field, what was expected and what to do.
    """
    if not NAME.fullmatch(name):
        raise InputError(
            N_("'{record}' cannot be the name of a record of evidence"),
            place=Place(file),
            expected=N_("lower-case letters, digits and _, such as own_caretakers"),
            remedy=N_("give it another name"),
            record=name,
        )
    table = _Table(file, name, "", values if isinstance(values, dict) else {})
    if not isinstance(values, dict):
        raise table.wrong("", values, N_("a table, such as [caretakers]"))
    given = "effect" in values
    fields = {"direction", "grade", "sources", *(["effect"] if given else [])}
    table.refuse_strange(fields, texts=("label", "claim", "found_where", "not_for", "overrules"))
    record = EvidenceRecord(
        name=name,
        label=table.both("label"),
        claim=table.both("claim"),
        direction=cast(Direction, table.one_of("direction", DIRECTIONS)),
        effect=_effect(table.inner("effect", values["effect"])) if given else None,
        found_where=table.both("found_where"),
        sources=tuple(map(_source, table.rows("sources"))),
        grade=cast(EvidenceGrade, table.one_of("grade", GRADES)),
        not_for=table.both("not_for"),
        origin=origin,
        reason=table.both("overrules") if table.holds("overrules") else None,
    )
    _refuse_contradiction(record, table)
    return record


def _refuse_contradiction(record: EvidenceRecord, table: _Table) -> None:
    """Refuse an effect that the direction or the grade of its own record denies."""
    effect = record.effect
    if effect is None:
        return
    if record.grade == "none":
        raise table.wrong(
            "grade",
            record.grade,
            N_("another grade beside an effect, as 'none' says that nothing was measured"),
        )
    if effect.unit not in SIGNED:
        return
    denied = (record.direction == "better" and effect.high <= 0) or (
        record.direction == "worse" and effect.low >= 0
    )
    if denied:
        raise table.wrong(
            "direction",
            record.direction,
            N_("the direction of an effect from {low} to {high}: below zero is worse, above zero better"),
            low=Quantity(effect.low),
            high=Quantity(effect.high),
        )


def _effect(table: _Table) -> EffectRange:
    table.refuse_strange({"low", "high", "unit"}, texts=("of",))
    low, high = table.number("low"), table.number("high")
    unit = table.one_of("unit", EFFECT_UNITS)
    if low > high:
        raise table.wrong("low", low, N_("at most high, which is {high}"), high=high)
    if unit == "share" and not 0 <= low <= high <= 1:
        raise table.wrong("low" if low < 0 else "high", low if low < 0 else high, N_("a share from 0 to 1"))
    return EffectRange(low, high, unit, table.both("of"))


def _source(table: _Table) -> EvidenceSource:
    table.refuse_strange({"title", "url", "year", "read_in"})
    if "year" in table.values and "read_in" in table.values:
        raise table.wrong("read_in", table.values["read_in"], N_("either year or read_in, not both"))
    undated = "read_in" in table.values
    field = "read_in" if undated else "year"
    url = table.text("url") if "url" in table.values else ""
    if url and not re.fullmatch(r"https?://\S+", url):
        raise table.wrong("url", url, N_("an address that begins with https:// or http://"))
    return EvidenceSource(table.text("title"), url, table.year(field), undated)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a record, which knows where it stands."""

    file: str | Path
    record: str
    path: str
    values: Mapping[str, Any]

    def inner(self, field: str, values: object) -> _Table:
        """A table within this one."""
        if not isinstance(values, dict):
            raise self.wrong(field, values, N_("a table of fields"))
        return _Table(self.file, self.record, f"{self.path}{field}.", values)

    def rows(self, field: str) -> Iterable[_Table]:
        """The tables of a list, of which there is at least one."""
        rows = self.values.get(field)
        if rows is None or rows == []:
            raise self.missing(field, N_("add [[{record}.sources]] with title, year and url"))
        if not isinstance(rows, list):
            raise self.wrong(field, rows, N_("tables headed [[{record}.sources]]"))
        return [self.inner(f"{field}[{number}]", row) for number, row in enumerate(rows, start=1)]

    def holds(self, field: str) -> bool:
        """Whether a text is given, in one language or two."""
        return any(name in self.values for name in _names(field))

    def refuse_strange(self, fields: Collection[str], texts: Iterable[str] = ()) -> None:
        """Refuse a field that is not one of these, so that a slip of the pen is not passed over."""
        known = [*fields, *(name for text in texts for name in _names(text))]
        for field in self.values:
            if field not in known:
                raise InputError(
                    N_("record {record}: {field} is not a field of a record of evidence"),
                    place=Place(self.file),
                    expected=N_("one of: {known}"),
                    remedy=N_("correct the name of the field, or take it out"),
                    record=self.record,
                    field=self.path + field,
                    known=", ".join(sorted(known)),
                )

    def text(self, field: str) -> str:
        """A text that is not empty, on one line."""
        value = self._given(field)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, value, N_("a text that is not empty"))
        return " ".join(value.split())

    def both(self, field: str) -> Both:
        """A text in both languages; one without a language counts for both."""
        whole, dutch, english = _names(field)
        if whole not in self.values and (dutch in self.values or english in self.values):
            return Both(self.text(dutch), self.text(english))
        if dutch in self.values or english in self.values:
            raise self.wrong(whole, self.values[whole], N_("either {field}, or {field}_nl with {field}_en"))
        text = self.text(whole)
        return Both(text, text)

    def one_of(self, field: str, known: Collection[str]) -> str:
        """A word of a list."""
        value = self._given(field)
        if value not in list(known):
            raise self.wrong(field, value, N_("one of: {known}"), known=", ".join(known))
        return str(value)

    def number(self, field: str) -> float:
        """A number that is no text, no truth and not infinite."""
        value = self._given(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self.wrong(field, value, N_("a number, with a point before decimals"))
        return value

    def year(self, field: str) -> int:
        """A year in which something can have been published."""
        value = self._given(field)
        if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
            raise self.wrong(field, value, N_("a year, such as 2024"))
        return value

    def missing(self, field: str, remedy: str) -> InputError:
        """What to say of a field that is not there."""
        return InputError(
            N_("record {record}: {field} is missing"),
            place=Place(self.file),
            remedy=remedy,
            record=self.record,
            field=self.path + field,
        )

    def wrong(self, field: str, value: object, expected: str, **fields: object) -> InputError:
        """What to say of a field that holds something else than was expected."""
        return InputError(
            N_("record {record}: {field} is not as expected") if field else N_("{record} is no record"),
            place=Place(self.file, value=str(value)),
            expected=expected,
            remedy=SEE,
            record=self.record,
            field=self.path + field,
            **fields,
        )

    def _given(self, field: str) -> object:
        if field not in self.values:
            raise self.missing(field, N_("add {field}; what it holds is on the page on evidence of your own"))
        return self.values[field]


def _names(text: str) -> tuple[str, str, str]:
    """How a text may be written: for both languages at once, or for each."""
    return text, f"{text}_nl", f"{text}_en"
