"""The forms in which figures of areas are published, read from the tables in `layouts/`.

Headers change between years and releases, StatLine numbers its keys anew each time, and titles occur in several groups of one table: a form
therefore lists every spelling seen, and a header is recognised without its number.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Literal

Kind = Literal["kwb", "livability", "proximity"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a column tells: an indicator, the factor from its unit to ours, and its year where it is not the file's."""

    indicator: str
    factor: float
    year: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: who publishes it, which columns name the area and the year, and what the others tell."""

    name: str
    kind: Kind
    title: str
    owner: str
    licence: str
    key: tuple[str, ...]
    area_name: tuple[str, ...]
    year: tuple[str, ...]
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

    def targets(self, headers: Iterable[str]) -> dict[str, Target]:
        """What each header tells, for those that this form knows; the first one where two tell the same."""
        found: dict[str, Target] = {}
        for header in headers:
            target = next((self.columns[name] for name in spellings(header) if name in self.columns), None)
            if target and target not in found.values():
                found[header] = target
        return found


def spellings(header: str) -> tuple[str, ...]:
    """A header as it stands, in lower case, without StatLine's number, and by the last steps of its path."""
    plain = re.sub(r"\s+", " ", header.strip().lower())
    bare = re.sub(r"_\d+$", "", plain)
    steps = plain.split("/")
    return (plain, bare, "/".join(steps[-2:]), steps[-1])


def find_header(names: tuple[str, ...], headers: Iterable[str]) -> str | None:
    """The header that is one of these names in any spelling; earlier names go first."""
    by_spelling = {name: header for header in headers for name in reversed(spellings(header)[:2])}
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
