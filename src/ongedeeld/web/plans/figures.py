"""The figures by which a plan can be judged: published ones of an area, counted ones of a complex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from ongedeeld.errors import AbsentError
from ongedeeld.measures.capacity import CARD_INDICATORS, raw_figures
from ongedeeld.reporting.bearing_words import FEWEST
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import INDICATORS
from ongedeeld.web.cities.opened import Opened

_UNITS = {"share": "share", "rate": "per_100"}
_TYPED = {"share": 0.01, "cents": 100, "metres": 1000}


@dataclass(frozen=True)
class Figure:
    """One figure of a place: its name in the vocabulary, its value, the unit and the period.

    `is_few` where it counts so few homes that a card does not tell how many; a plan does not either.
    """

    name: str
    unit: str
    value: float
    period: date
    is_few: bool = False

    def label(self, speech: Speech) -> str:
        """What people see."""
        return label_of(self.name, speech)

    def text(self, speech: Speech) -> str:
        """The value with its unit; of few homes only that they are few."""
        if self.is_few:
            return speech.say("fewer than {count}", count=FEWEST)
        return written(self.value, self.unit, speech)


def written(value: float, unit: str, speech: Speech) -> str:
    """A value with its unit, which for a rate is how many of a hundred."""
    figure = speech.figure(value, unit)
    return speech.say("{number} per 100", number=figure) if unit == "per_100" else figure


def label_of(name: str, speech: Speech) -> str:
    """What people see of a figure."""
    if name in INDICATORS:
        return INDICATORS[name].label(speech.language)
    return speech.say(CARD_INDICATORS[name].label) if name in CARD_INDICATORS else name


def unit_of(name: str) -> str:
    """The unit in which a figure is written."""
    return INDICATORS[name].unit if name in INDICATORS else _UNITS.get(CARD_INDICATORS[name].kind, "number")


def typed_value(name: str, typed: float) -> float:
    """What was typed in the unit that people see (percents, euros, kilometres), in the unit of the figure."""
    return typed * _TYPED.get(unit_of(name), 1)


def value_to_type(name: str, value: float) -> float:
    """A value in the unit that people see: the way back of :func:`typed_value`."""
    return round(value / _TYPED.get(unit_of(name), 1), 6)


def is_published(name: str) -> bool:
    """Whether it is a published figure, which everybody may know; the others are the association's own."""
    return name in INDICATORS


@lru_cache(maxsize=4)
def _of_areas(opened: Opened) -> Mapping[str, Mapping[str, Figure]]:
    """The latest known figures of every area, by code and name."""
    known = opened.city.table("indicators").filter(pl.col("value").is_not_null()).sort("period")
    latest = known.group_by("area", "indicator", maintain_order=True).last()
    found: dict[str, dict[str, Figure]] = {}
    for area, name, period, value in latest.select("area", "indicator", "period", "value").iter_rows():
        found.setdefault(area, {})[name] = Figure(name, unit_of(name), value, period)
    return found


@lru_cache(maxsize=4)
def _of_complexes(opened: Opened) -> Mapping[str, Mapping[str, Figure]]:
    """The latest figures that the association counted of every complex, by number and name."""
    try:
        table = raw_figures(opened.city, day=opened.city.manifest.created).table
    except AbsentError:
        return {}
    found: dict[str, dict[str, Figure]] = {}
    for row in table.filter(pl.col("of") == pl.col("unit")).iter_rows(named=True):
        value = _value(row["indicator"], row["count"], row["exposure"], row["mean"])
        if value is not None:
            name = row["indicator"]
            few = _is_few(name, row["count"])
            figure = Figure(name, unit_of(name), value, row["period_end"], is_few=few)
            found.setdefault(row["unit"], {})[name] = figure
    return found


def _is_few(name: str, count: float | None) -> bool:
    """Whether it counts fewer homes than a card tells of; answers of residents have no such floor."""
    return count is not None and count < FEWEST and CARD_INDICATORS[name].counted != "answers"


def _value(name: str, count: float | None, exposure: float | None, mean: float | None) -> float | None:
    """A mean, a share, or a rate per hundred homes; none where it is not known."""
    if mean is not None:
        return mean
    if count is None or not exposure:
        return None
    return count / exposure * (100 if unit_of(name) == "per_100" else 1)


def figures_of(opened: Opened | None, unit: str) -> Mapping[str, Figure]:
    """What is known of an area or complex, by name; nothing where it is not in the City."""
    if opened is None:
        return {}
    return _of_areas(opened).get(unit) or _of_complexes(opened).get(unit) or {}


def offered(figures: Mapping[str, Figure], speech: Speech) -> Iterator[tuple[str, str]]:
    """Names and labels to choose from, with what each is now; a count that stays untold is no begin."""
    told = (figure for figure in figures.values() if not figure.is_few)
    for figure in sorted(told, key=lambda one: one.label(speech)):
        yield figure.name, f"{figure.label(speech)}: {figure.text(speech)}"
