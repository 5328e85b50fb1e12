"""What changed in neighbourhoods: the latest figures beside the period before, and the alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean, pstdev

import polars as pl

from ongedeeld.measures.capacity.warning import Warnings
from ongedeeld.reporting.catalogue import full_label
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import INDICATORS, Language
from ongedeeld.web.cities.opened import Opened

WATCHED = (
    "social_assistance_per_100",
    "unemployment_per_100",
    "crimes_per_1000",
    "share_association",
    "share_households_one_person",
    "share_residents_65_and_over",
    "income_per_resident",
)
"""Figures that are published every year and that say something of living together."""
MOST = 3
"""How many changes of a neighbourhood are told."""


@dataclass(frozen=True)
class Change:
    """A figure of a neighbourhood now and before, in the language of the page.

    `size` is how far the change lies from that of the other neighbourhoods, in their standard deviations.
    """

    label: str
    before: str
    before_period: str
    now: str
    period: str
    size: float


@dataclass(frozen=True)
class Told:
    """What moved in a neighbourhood, its largest changes first."""

    changes: tuple[Change, ...]

    @property
    def size(self) -> float:
        """How large the largest change is."""
        return self.changes[0].size if self.changes else 0.0


@lru_cache(maxsize=4)
def told_of(opened: Opened, language: Language) -> Mapping[str, Told]:
    """What moved in every neighbourhood, by its code; computed once for a version and language."""
    speech = Speech(language)
    found: dict[str, list[Change]] = {}
    score = opened.ground.score
    for name in (*((score.name,) if score else ()), *WATCHED):
        for code, change in _changes(opened, name, speech):
            found.setdefault(code, []).append(change)
    return {
        code: Told(tuple(sorted(found.get(code, ()), key=lambda one: one.size, reverse=True)[:MOST]))
        for code in opened.ground.codes
    }


def _changes(opened: Opened, name: str, speech: Speech) -> list[tuple[str, Change]]:
    """The change of one figure between its last two periods, in every neighbourhood that has both."""
    series = opened.ground.series.get(name)
    if series is None:
        return []
    history = opened.ground.history(name).filter(pl.col("period") < series.period)
    before = history.filter(pl.col("area").is_in(list(series.values)))
    earlier = before["period"].max()
    if not isinstance(earlier, date):
        return []
    then = dict(before.filter(pl.col("period") == earlier).select("area", "value").iter_rows())
    moved = {code: series.values[code] - value for code, value in then.items()}
    everywhere, usual = fmean(moved.values()), pstdev(moved.values()) or 1.0
    unit = INDICATORS[name].unit if name in INDICATORS else series.unit
    return [
        (
            code,
            Change(
                full_label(name, speech),
                speech.figure(value, unit),
                speech.period(earlier),
                speech.figure(series.values[code], unit),
                speech.period(series.period),
                abs(moved[code] - everywhere) / usual,
            ),
        )
        for code, value in then.items()
        if speech.figure(value, unit) != speech.figure(series.values[code], unit)
    ]


def alarms_of(opened: Opened, speech: Speech) -> Mapping[str, str]:
    """The complexes that worsen by more than chance explains, each with what the alarm rests on."""
    warnings = opened.ground.bearing.warnings("complex").found
    if warnings is None:
        return {}
    raised = warnings.table.filter(pl.col("worsens")).select("unit", "name").iter_rows()
    return {unit: _rests_on(warnings, name, speech) for unit, name in raised}


def _rests_on(warnings: Warnings, name: str, speech: Speech) -> str:
    return " ".join(speech.told(one) for one in warnings.sentences if one.fields.get("name") == name)
