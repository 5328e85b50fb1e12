"""Recognise the headers of own files: the name of a column, or its Dutch or English label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ongedeeld.vocabulary import TABLES, Language
from ongedeeld.vocabulary.tables import Column

OWN_TABLES = (
    "complexes",
    "entrances",
    "dwellings",
    "tenancies",
    "observations",
    "surveys",
    "inspections",
    "caretaker_hours",
    "places",
)
UNITS = {"_cents": "cents", "_m2": "m2", "_m": "m"}
# How people call these beside the labels of the vocabulary.
ALSO = {"rent_cents": ("kale huur", "bare rent"), "area": ("area", "buurtcode")}


@dataclass(frozen=True)
class Meaning:
    """What a header tells: a column, and whether its cells are euros where the column is in whole cents."""

    column: Column
    euros: bool = False


def recognise(table: str, headers: Iterable[str]) -> dict[str, Meaning]:
    """What each header means that this table of the vocabulary knows.

    Capitals, spaces, underscores and punctuation do not matter. A column in whole cents is read as cents
    only when the header says so (`rent_cents`, `huur in centen`); a header without a unit or with euro
    (`huur`, `rent_euro`, `Kale huur (euro)`) holds euros.

    >>> recognise("dwellings", ["Kale huur (euro)"])["Kale huur (euro)"].euros
    True
    """
    known = spellings(table)
    return {header: known[squashed(header)] for header in headers if squashed(header) in known}


@cache
def spellings(table: str) -> dict[str, Meaning]:
    """Every header that is known in a table, squashed, with its meaning."""
    found: dict[str, Meaning] = {}
    for column in TABLES[table].columns:
        stem = unit_stem(column)
        names = (column.name, stem, column.label_nl, column.label_en, *ALSO.get(column.name, ()))
        plain = {squashed(name) for name in names}
        if column.name.endswith("_cents"):
            plain.discard(squashed(column.name))
            euros = {
                f"{name}{unit}"
                for name in plain
                for unit in ("", "euro", "euros", "eur", "ineuro", "ineuros")
            }
            cents = {f"{name}{unit}" for name in plain for unit in ("cents", "centen", "incents", "incenten")}
            found |= dict.fromkeys(euros, Meaning(column, euros=True)) | dict.fromkeys(cents, Meaning(column))
        else:
            unit = UNITS.get(column.name.removeprefix(stem), "")
            found |= dict.fromkeys({name + tail for name in plain for tail in ("", unit)}, Meaning(column))
    return found


def unit_stem(column: Column) -> str:
    """The name of a column without the unit at its end."""
    return next((column.name.removesuffix(unit) for unit in UNITS if column.name.endswith(unit)), column.name)


def template_header(column: Column, language: Language) -> str:
    """The header that a template has for a column: its label, and euro where it is money."""
    label = column.label(language)
    return f"{label} (euro)" if column.name.endswith("_cents") else label


def squashed(header: str) -> str:
    """A header in lower case, without spaces and punctuation, and with the euro sign as a word."""
    return re.sub(r"[\W_]+", "", header.lower().replace("€", "euro").replace("²", "2"))
