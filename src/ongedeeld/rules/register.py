"""What the law says, rule by rule and date by date: one file for each rule in `register/`.

A rule is not yet, is, or is no longer in force; and where only the date of the text that was read is known,
what held before that date is unknown, which is not the same as "not in force".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, cast

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.rules.parameters import Grade
from ongedeeld.vocabulary import Both

_TEXTS = ("article", "source", "grade", "says_nl", "says_en")


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule said during a stretch of time.

    Parameters
    ----------
    start, end
        First and last day; no end while it is in force.
    start_read
        Whether `start` is the date of the text that was read, so that it may have begun earlier.
    article, source, grade
        Where it stands, the address in which it can be read, and how sure it is.
    says
        What it says, in own words.
    values
        The names of the rule values that it needs.
    unknown
        What of it could not be found; empty where nothing is missing.
    """

    start: date
    end: date | None
    start_read: bool
    article: str
    source: str
    grade: Grade
    says: Both
    values: tuple[str, ...]
    unknown: Both | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule through time, in order of date."""

    name: str
    label: Both
    versions: tuple[Version, ...]

    def at(self, day: date) -> Version | None:
        """What it says on a day; nothing when it is not in force.

        Raises
        ------
        AbsentError
            When the day lies before the first text that was read.
        """
        first = self.versions[0]
        if day < first.start and first.start_read:
            raise AbsentError(
                N_("whether the rule '{label}' ({name}) held on {day} is not known"),
                expected=N_("a day from {start} on: the date of the text that was read"),
                remedy=N_("supply the day from which it held, with its source, in a file of local policy"),
                label=self.label,
                name=self.name,
                day=day.isoformat(),
                start=first.start.isoformat(),
            )
        held = (version for version in reversed(self.versions) if version.start <= day)
        version = next(held, None)
        return None if version is None or (version.end is not None and version.end < day) else version


@dataclass(frozen=True)
class Register:
    """All rules by name."""

    by_name: Mapping[str, Rule]

    def __getitem__(self, name: str) -> Rule:
        if name not in self.by_name:
            raise AbsentError(
                N_("there is no rule {name}"),
                expected=N_("one of: {known}"),
                name=name,
                known=", ".join(get_close_matches(name, self.by_name, n=3) or sorted(self.by_name)),
            )
        return self.by_name[name]

    def in_force(self, day: date) -> dict[str, Version]:
        """The rules that are known to be in force on a day, by name."""
        known = (rule for rule in self.by_name.values() if not _before_reading(rule, day))
        return {rule.name: version for rule in known if (version := rule.at(day)) is not None}

    def unread(self, day: date) -> list[str]:
        """The rules of which nobody read what held on a day."""
        return [name for name, rule in self.by_name.items() if _before_reading(rule, day)]

    def held_since(self, name: str, start: date, source: str, place: Place) -> Register:
        """The register with a rule from an earlier day on than that of the text that was read.

        Raises
        ------
        InputError
            When there is no such rule.
        """
        if name not in self.by_name:
            raise InputError(
                N_("there is no rule {name}"),
                place=place,
                expected=N_("one of: {known}"),
                name=name,
                known=", ".join(get_close_matches(name, self.by_name, n=3) or sorted(self.by_name)),
            )
        rule = self.by_name[name]
        first = rule.versions[0]
        if not first.start_read or start >= first.start:
            return self
        earlier = replace(first, start=start, start_read=False, source=source, grade="L")
        return Register({**self.by_name, name: replace(rule, versions=(earlier, *rule.versions))})


def _before_reading(rule: Rule, day: date) -> bool:
    first = rule.versions[0]
    return first.start_read and day < first.start


@cache
def load_register() -> Register:
    """The rules that ship with this version."""
    rules = {}
    for file in sorted((files("ongedeeld.rules") / "register").iterdir(), key=lambda entry: entry.name):
        name = file.name.removesuffix(".toml")
        rules[name] = _rule(name, tomllib.loads(file.read_text(encoding="utf-8")), Place(file.name))
    return Register(rules)


def _rule(name: str, table: Mapping[str, Any], place: Place) -> Rule:
    versions = tuple(sorted((_version(row, place) for row in table["versions"]), key=lambda one: one.start))
    return Rule(name, Both(table["label_nl"], table["label_en"]), versions)


def _version(row: Mapping[str, Any], place: Place) -> Version:
    start_read = "read_in" in row
    start = row.get("read_in") if start_read else row.get("from")
    if type(start) is not date or any(not row.get(name) for name in _TEXTS):
        raise InputError(
            N_("this rule is not of the form that is read"),
            place=place,
            expected=N_("a date under from or read_in, and the article, source, grade and what it says"),
        )
    return Version(
        start=start,
        end=row.get("until"),
        start_read=start_read,
        article=row["article"],
        source=row["source"],
        grade=cast(Grade, row["grade"]),
        says=Both(row["says_nl"], row["says_en"]),
        values=tuple(row.get("values", ())),
        unknown=Both(row["unknown_nl"], row["unknown_en"]) if "unknown_nl" in row else None,
    )
