"""The forms in which figures of areas are published, read from the tables in `layouts/`.

Headers change between years and releases, StatLine numbers its keys anew each time, and titles occur in
several groups of one table: a form therefore lists every spelling seen, and a header is recognised without
its number.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from operator import itemgetter
from types import MappingProxyType
from typing import Literal

Kind = Literal["kwb", "livability", "proximity", "crime"]
NO_KEYS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Target:
    """What a column tells: an indicator, the factor from its unit to ours, and its year if not the file's."""

    indicator: str
    factor: float
    year: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: who publishes it, which columns name the area and the year, and what the others tell.

    `only` tells, as a regular expression by column, which rows count; the others split the same figures up.
    """

    name: str
    kind: Kind
    title: str
    owner: str
    licence: str
    key: tuple[str, ...]
    area_name: tuple[str, ...]
    year: tuple[str, ...]
    only: Mapping[str, str]
    columns: Mapping[str, Target]

    def key_column(self, headers: Iterable[str]) -> str | None:
        """The header that holds the code of the area."""
        return find_header(self.key, headers)

    def name_column(self, headers: Iterable[str]) -> str | None:
        """The header that holds the name of the area."""
        return find_header(self.area_name, headers)

    def year_column(self, headers: Iterable[str]) -> str | None:
        """The header that holds the year of the row."""
        return find_header(self.year, headers)

    def targets(self, headers: Iterable[str], keys: Mapping[str, str] = NO_KEYS) -> dict[str, Target]:
        """What each header tells, for those that this form knows; the first one where two tell the same.

        `keys` holds the StatLine key of a header, which is tried after the header itself.
        """
        found: dict[str, Target] = {}
        for header, names in _telling(headers, keys).items():
            target = next((self.columns[name] for name in names if name in self.columns), None)
            if target and target not in found.values():
                found[header] = target
        return found

    def unclear(self, headers: Iterable[str], keys: Mapping[str, str] = NO_KEYS) -> list[str]:
        """The headers that this form would know, were it not that several columns bear that name."""
        headers = tuple(headers)
        found = self.targets(headers, keys)
        known = set(found.values())
        return [
            header
            for header in headers
            if header not in found
            and any(
                name in self.columns and self.columns[name] not in known
                for name in _spellings_and_key(header, keys)
            )
        ]


def _telling(headers: Iterable[str], keys: Mapping[str, str]) -> dict[str, list[str]]:
    """The spellings that are a header's own: one that fits several columns of a table names none of them."""
    names = {header: _spellings_and_key(header, keys) for header in headers}
    times = Counter(name for spelled in names.values() for name in set(spelled))
    return {
        header: [name for name in spelled if times[name] == 1 or name == spelled[0]]
        for header, spelled in names.items()
    }


def _spellings_and_key(header: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    return spellings(header) + (spellings(keys[header]) if header in keys else ())


def spellings(header: str) -> tuple[str, ...]:
    """The ways to read a header, from strict to loose.

    As it stands in lower case, without StatLine's number, by ever fewer last steps of its path, and all that
    again without the unit in brackets at its end.

    >>> spellings("Wonen/Eigendom/Koopwoningen (%)")[-3:]
    ('wonen/eigendom/koopwoningen', 'eigendom/koopwoningen', 'koopwoningen')
    """
    plain = re.sub(r"\s+", " ", header.strip().lower())
    bare = re.sub(r"_\d+$", "", plain)
    unitless = re.sub(r" ?\([^()]*\)$", "", bare)
    return tuple(dict.fromkeys((plain, *_last_steps(bare), *_last_steps(unitless))))


def _last_steps(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[start:]) for start in range(len(steps))]


def find_header(names: tuple[str, ...], headers: Iterable[str]) -> str | None:
    """The header that is one of these names in any spelling; earlier names, stricter spellings go first."""
    ranked = [(rank, name, header) for header in headers for rank, name in enumerate(spellings(header))]
    by_spelling: dict[str, str] = {}
    for _, name, header in sorted(ranked, key=itemgetter(0)):
        by_spelling.setdefault(name, header)
    return next((by_spelling[name] for name in names if name in by_spelling), None)


@cache
def layouts() -> tuple[Layout, ...]:
    """Every known form."""
    folder = files("ongedeeld.sources") / "layouts"
    described = tomllib.loads((folder / "layouts.toml").read_text(encoding="utf-8"))
    return tuple(
        Layout(
            name=name,
            kind=form["kind"],
            title=form["title"],
            owner=form["owner"],
            licence=form["licence"],
            key=tuple(form["key"]),
            area_name=tuple(form["name"]),
            year=tuple(form.get("year", ())),
            only=form.get("only", {}),
            columns=_columns((folder / f"{name}.csv").read_text(encoding="utf-8")),
        )
        for name, form in described.items()
    )


def _columns(text: str) -> Mapping[str, Target]:
    return {
        row["header"]: Target(
            row["indicator"], float(row["factor"]), int(row["year"]) if row["year"] else None
        )
        for row in csv.DictReader(StringIO(text, newline=""))
    }
