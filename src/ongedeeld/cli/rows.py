"""Say the rows that a finding names: areas and indicators by name, numbers and years as people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from ongedeeld.cli.voice import number, voice
from ongedeeld.errors import N_
from ongedeeld.vocabulary import INDICATORS

if TYPE_CHECKING:
    from ongedeeld.city import City

DECIMAL = re.compile(r"-?\d+\.\d+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def readable(city: City) -> Callable[[str], str]:
    """A function that puts a row of a finding in words."""
    names = dict(city.table("areas").select("code", "name").iter_rows())

    def cell(text: str) -> str:
        if text in names:
            return f"{names[text]} ({text})"
        if text in INDICATORS:
            return INDICATORS[text].label(voice.language)
        if DECIMAL.fullmatch(text):
            return number(float(text))
        if DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return str(day.year) if (day.month, day.day) == (1, 1) else f"{day:%d-%m-%Y}"
        return text

    return lambda row: ", ".join(map(cell, row.split(", ")))


def some(rows: tuple[str, ...], in_words: Callable[[str], str], most: int = 5) -> str:
    """The first rows, and how many more there are."""
    between = "\n  " if any(", " in row for row in rows[:most]) else "; "
    shown = between.join(map(in_words, rows[:most]))
    more = len(rows) - most
    return shown if more <= 0 else voice.say(N_("{shown}; and {more} more"), shown=shown, more=number(more))
