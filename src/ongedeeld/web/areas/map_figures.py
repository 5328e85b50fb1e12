"""What can be shown on the map: published figures, how mixed places are, cards and expected lettings.

Published figures are open to everybody who reads the City. The others rest on the association's own records:
whoever hands them on shows them only where somebody's rights reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import THEME_LABELS
from ongedeeld.reporting.atlas import THEMES, figures
from ongedeeld.reporting.catalogue import full_label
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.text import Speech
from ongedeeld.web.cities.opened import Opened


class Level(StrEnum):
    """How fine the map is; the words stand in the address."""

    MUNICIPALITY = "gemeente"
    DISTRICT = "wijk"
    NEIGHBOURHOOD = "buurt"
    COMPLEX = "complex"

    @property
    def english(self) -> str:
        """What the tables of a City call it."""
        return self.name.lower()


LEVEL_LABELS: dict[Level, str] = {
    Level.MUNICIPALITY: N_("the whole city"),
    Level.DISTRICT: N_("districts"),
    Level.NEIGHBOURHOOD: N_("neighbourhoods"),
    Level.COMPLEX: N_("complexes"),
}
AREAS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)
OWN = (Level.NEIGHBOURHOOD, Level.COMPLEX)

MIXES = {
    "tenure": N_("How mixed: tenure of homes"),
    "household": N_("How mixed: type of household"),
    "age": N_("How mixed: age of residents"),
    "income": N_("How mixed: income of households"),
}
"""The diversity of who lives together; of benefits and origin it would say nothing that helps a place."""

SIDES = {"load": N_("Card: load"), "capacity": N_("Card: capacity")}
PRESSURE = "pressure"
LETTINGS = N_("Homes expected to be let anew in twelve months")
MIXED_THEME, CARD_THEME, PRESSURE_THEME = N_("How mixed"), N_("Complex cards"), N_("Pressure")


@dataclass(frozen=True)
class Figure:
    """One thing to show.

    Parameters
    ----------
    name
        Stands in the address: an indicator or ratio, `mix_…`, `card_…` or `pressure`.
    theme
        The group in which it is chosen, to be translated.
    unit
        In which it is written.
    levels
        Where it is known, the most usual first.
    own
        Whether it rests on the association's own records.
    """

    name: str
    theme: str
    unit: str
    levels: tuple[Level, ...]
    own: bool = False

    def label(self, speech: Speech) -> str:
        """What people see."""
        kind, _, part = self.name.partition("_")
        if self.own:
            return _own_label(self.name, part, speech)
        if kind == "mix":
            return speech.say(MIXES[part])
        return full_label(self.name, speech)

    def periods(self, opened: Opened, level: Level) -> tuple[date, ...]:
        """The periods of which it is known at a level, the newest first."""
        return periods_of(opened, self.name, level)

    @property
    def note(self) -> str:
        """What a reader has to know of it, to be translated; empty where nothing is."""
        return ""

    def when(self, period: date, speech: Speech) -> str:
        """A period as people read it."""
        return speech.period(period)


def _own_label(name: str, part: str, speech: Speech) -> str:
    if name == PRESSURE:
        return speech.say(LETTINGS)
    if part in SIDES:
        return speech.say(SIDES[part])
    themes = {str(key): label for key, label in THEME_LABELS.items()}
    return speech.say("Card: {theme}", theme=speech.say(themes[part]))


@lru_cache(maxsize=4)
def catalogue(opened: Opened) -> Mapping[str, Figure]:
    """Everything that this version can show, by name; livability first."""
    found = [*_published(opened.ground), *_mixes(opened.ground), *_own(opened)]
    return {one.name: one for one in found}


def _published(ground: Ground) -> Iterator[Figure]:
    levels = {row["level"] for row in ground.areas.values()}
    known = tuple(level for level in AREAS if level.english in levels)
    usual = tuple(reversed(known))
    for theme, _, series in figures(ground, Speech("en")):
        yield Figure(series.name, THEMES[theme], series.unit, usual)


def _mixes(ground: Ground) -> Iterator[Figure]:
    for name in MIXES:
        if name in ground.divided.published:
            yield Figure(f"mix_{name}", MIXED_THEME, "score", (Level.NEIGHBOURHOOD,))


def _own(opened: Opened) -> Iterator[Figure]:
    if opened.city.manifest.stock != "own" or not len(opened.city.table("complexes")):
        return
    for part in (*SIDES, *map(str, THEME_LABELS)):
        yield Figure(f"card_{part}", CARD_THEME, "number", OWN, own=True)
    yield Figure(PRESSURE, PRESSURE_THEME, "number", (Level.NEIGHBOURHOOD,), own=True)


@lru_cache(maxsize=512)
def periods_of(opened: Opened, name: str, level: Level) -> tuple[date, ...]:
    """The periods of which a published figure is known at a level, the newest first."""
    known = opened.ground.history(name).filter(pl.col("area").is_in(codes_of(opened, level)))
    return tuple(known["period"].unique().sort(descending=True))


@lru_cache(maxsize=8)
def codes_of(opened: Opened, level: Level) -> tuple[str, ...]:
    """The codes of all areas, or the numbers of all complexes, of a level."""
    if level is Level.COMPLEX:
        return tuple(opened.city.table("complexes")["complex"].sort())
    return tuple(sorted(code for code, row in opened.ground.areas.items() if row["level"] == level.english))
