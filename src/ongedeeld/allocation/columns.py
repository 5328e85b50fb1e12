"""The closed lists of columns of what a round reads: vacancies, seekers and reactions."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Literal, cast

import polars as pl

from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, Codes
from ongedeeld.rules.wbmgp import OUTCOMES
from ongedeeld.vocabulary import CHOICES, Both

InputType = Literal["text", "date", "boolean", "integer", "number", "choice"]
TYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {
        "text": pl.String(),
        "choice": pl.String(),
        "date": pl.Date(),
        "boolean": pl.Boolean(),
        "integer": pl.Int64(),
        "number": pl.Float64(),
    }
)


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One column that a round reads: what it holds and between which limits."""

    name: str
    type: InputType
    codes: Codes
    required: bool
    minimum: float | None
    maximum: float | None
    label: Both
    meaning: Both

    @property
    def dtype(self) -> pl.DataType:
        """The type of its values in a frame."""
        return TYPES[self.type]


def data(file: str) -> list[dict[str, str]]:
    """The rows of a csv file in this room, by column."""
    text = (files("ongedeeld.allocation") / file).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text, newline="")))


ANSWERS: Codes = MappingProxyType(
    {
        "accepted": Both("aangenomen", "accepted"),
        "declined": Both("geweigerd of afgewezen", "declined"),
        "no_show": Both("niet gekomen of niet geantwoord", "did not come or answer"),
    }
)
"""What may follow on an offer."""

DECLINE_CODES: Codes = MappingProxyType(
    {row["code"]: Both(row["label_nl"], row["label_en"]) for row in data("declines.csv")}
)
"""Reasons of a decline; what follows on each stands in :mod:`ongedeeld.allocation.declines`."""

_OWN: Mapping[str, Codes] = {
    "income_classes": INCOME_CLASSES,
    "target_groups": TARGET_GROUPS,
    "permit_outcomes": OUTCOMES,
    "answers": ANSWERS,
    "declines": DECLINE_CODES,
}


def _codes(name: str) -> Codes:
    if not name:
        return MappingProxyType({})
    if name in _OWN:
        return _OWN[name]
    return {code: Both(choice.label_nl, choice.label_en) for code, choice in CHOICES[name].items()}


def _limit(text: str) -> float | None:
    return float(text) if text else None


def _tables() -> Mapping[str, Mapping[str, InputColumn]]:
    found: dict[str, dict[str, InputColumn]] = {}
    for row in data("tables.csv"):
        found.setdefault(row["table"], {})[row["column"]] = InputColumn(
            row["column"],
            cast(InputType, row["type"]),
            _codes(row["codes"]),
            row["required"] == "yes",
            _limit(row["minimum"]),
            _limit(row["maximum"]),
            Both(row["label_nl"], row["label_en"]),
            Both(row["meaning_nl"], row["meaning_en"]),
        )
    return MappingProxyType(found)


INPUTS: Mapping[str, Mapping[str, InputColumn]] = _tables()
"""The columns of each table that a round reads, by name of table and column."""

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"vacancies": ("vacancy",), "seekers": ("seeker",), "reactions": ("vacancy", "seeker")}
)
"""The columns that together name a row."""
