"""Read the tables of data that stand beside the code."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO


def rows(file: str) -> list[dict[str, str]]:
    """The rows of a csv file in this room, by column."""
    text = (files("ongedeeld.vocabulary") / file).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text, newline="")))


def number(text: str) -> float | None:
    """A limit, or none where the cell is empty."""
    return float(text) if text else None
