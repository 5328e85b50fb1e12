"""The form in which a measure of inclusion answers, and the assumptions it may rest on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.notes import Note
from ongedeeld.vocabulary import Language

# Of a row of a measure: there is a figure; there are too few homes, answers or inspections; nothing is known.
Outcome = Literal["known", "too_few", "not_known"]


@dataclass(frozen=True)
class Assumption:
    """Something that no law or published figure decides: what it says, its value and where it comes from."""

    name: str
    text_nl: str
    text_en: str
    value: Any
    source: str

    def text(self, language: Language) -> str:
        """What people see."""
        return self.text_nl if language == "nl" else self.text_en


@cache
def inclusion_assumptions() -> Mapping[str, Assumption]:
    """Every assumption of the measures of inclusion, by name, from `assumptions.toml`.

    Examples
    --------
    >>> inclusion_assumptions()["far_m"].value
    1000
    """
    text = (files("ongedeeld.measures.inclusion") / "assumptions.toml").read_text(encoding="utf-8")
    return {name: Assumption(name, **entry) for name, entry in tomllib.loads(text).items()}


def assumed(*names: str) -> tuple[Assumption, ...]:
    """The assumptions of these names."""
    return tuple(inclusion_assumptions()[name] for name in names)


@dataclass(frozen=True)
class Measured:
    """A table of figures with all that is needed to read it.

    Parameters
    ----------
    table
        The figures, one row for each thing measured; the function that made it names the columns. A figure
        that is not known is null, never zero, and the column `outcome` says why.
    notes
        How to read it.
    missing
        What is not known, and what would make it known.
    sources
        Where the figures come from: tables of the City, keys of sources in its manifest, or addresses of
        rule values.
    assumptions
        What was assumed.
    """

    table: pl.DataFrame
    notes: tuple[Note, ...] = ()
    missing: tuple[Note, ...] = ()
    sources: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def filled(city: City, table: str) -> pl.DataFrame:
    """A table of a City, if it has rows.

    Raises
    ------
    AbsentError
        When it has none, with the way out.
    """
    frame = city.table(table)
    if frame.is_empty():
        raise AbsentError(
            N_("this City has nothing in its table {table}"),
            remedy=N_("give it with --{table}; `ongedeeld template {table}` makes an empty file"),
            table=table,
        )
    return frame
