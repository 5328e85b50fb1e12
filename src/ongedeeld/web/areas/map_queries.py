"""What the map shows to somebody: a figure, at a level and period, of every place that they may see it of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from django.urls import reverse

from ongedeeld.reporting.classes import class_name, legend
from ongedeeld.reporting.scales import Scale
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import Extent, extent_of
from ongedeeld.web.areas.map_figures import AREAS, Figure, Level, catalogue, codes_of
from ongedeeld.web.areas.map_series import CHANGES, TOO_FEW, Changed, Told, change_text, told_of
from ongedeeld.web.areas.map_signals import signal_figures
from ongedeeld.web.areas.map_tenants import tenant_figures
from ongedeeld.web.areas.places import as_counted, places_of
from ongedeeld.web.cities.opened import Opened

Order = Literal["naam", "waarde", "-waarde"]
ORDERS: tuple[Order, ...] = ("naam", "waarde", "-waarde")


@dataclass(frozen=True)
class Asked:
    """What an address asks for, made whole: every part is one that can be shown.

    Parameters
    ----------
    figure, level
        What is shown, and how fine.
    period
        Of when; none where the figure is known as of one day.
    against
        The period with which it is compared; none where it is not.
    order
        In which order the table stands.
    around
        Code and name of the area of which only what lies in it is shown; none is the whole city.
    """

    figure: Figure
    level: Level
    period: date | None
    against: date | None
    order: Order
    around: tuple[str, str] | None = None

    @property
    def query(self) -> dict[str, str]:
        """The address that shows the same."""
        told = {
            "figuur": self.figure.name,
            "niveau": str(self.level),
            "periode": self.period.isoformat() if self.period else "",
            "vergelijk": self.against.isoformat() if self.against else "",
            "volgorde": "" if self.order == "naam" else self.order,
            "binnen": self.around[0] if self.around else "",
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Row:
    """A place on the map and in the table.

    `value` is none where it is not known or may not be told; `is_range` tells that only a range is known.
    """

    code: str
    name: str
    within: str
    address: str
    value: float | None
    figure: str
    style: str
    words: str
    is_range: bool


@dataclass(frozen=True)
class Shown:
    """What the map shows.

    Parameters
    ----------
    asked
        Of what.
    rows
        A row per place, in the order that was asked for.
    legend
        Style and words of every class.
    period, before
        When it is of, and with when it is compared.
    hidden
        How many places lie outside the areas of the person.
    ranked
        Whether the table may be put in the order of the figures.
    """

    asked: Asked
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, str], ...]
    period: date | None
    before: date | None
    hidden: int
    ranked: bool

    @property
    def known(self) -> int:
        """Of how many places something is known."""
        return sum(1 for row in self.rows if row.value is not None)


def choices(person: Person, opened: Opened) -> Mapping[str, Figure]:
    """The figures that somebody may choose from: own ones only where rights reach somewhere.

    Raises
    ------
    Refused
        When the person may not see the map.
    """
    require(person, "areas.see_map")
    own = bool(extent_of(person, "areas.see_own_figures"))
    offered = {**catalogue(opened), **tenant_figures(), **signal_figures()}
    return {name: one for name, one in offered.items() if own or not one.own}


def asked_for(person: Person, opened: Opened, query: Mapping[str, str]) -> Asked | None:
    """What an address asks for; what it asks and cannot be shown falls back to what is usual.

    A link that was shared a year ago still opens: with the figures of now.
    """
    offered = choices(person, opened)
    if not offered:
        return None
    figure = offered.get(query.get("figuur", "")) or next(iter(offered.values()))
    asked = query.get("niveau", "")
    level = next((one for one in figure.levels if one == asked), figure.levels[0])
    periods = [] if _as_of_one_day(figure) else list(figure.periods(opened, level))
    by_name = {period.isoformat(): period for period in periods}
    period = by_name.get(query.get("periode", "")) or (periods[0] if periods else None)
    against = by_name.get(query.get("vergelijk", ""))
    order = next((one for one in ORDERS if one == query.get("volgorde")), ORDERS[0])
    ranked = bool(extent_of(person, "areas.see_own_figures"))
    return Asked(
        figure,
        level,
        period,
        against if against != period else None,
        order if ranked else ORDERS[0],
        _around(opened, level, query.get("binnen", "")),
    )


def _around(opened: Opened, level: Level, code: str) -> tuple[str, str] | None:
    """The area of this code with its name, where it has places of the level in it."""
    holds_some = any(code in one.area_codes and code != one.code for one in _places(opened, level))
    return opened.ground.line(code)[-1] if holds_some else None


def _as_of_one_day(figure: Figure) -> bool:
    return figure.own or figure.name.startswith("mix_")


def offered_periods(opened: Opened, asked: Asked) -> tuple[date, ...]:
    """The periods to choose from, the newest first."""
    return () if _as_of_one_day(asked.figure) else asked.figure.periods(opened, asked.level)


def shown_to(person: Person, opened: Opened, asked: Asked, speech: Speech) -> Shown:
    """What the map shows of this.

    Parameters
    ----------
    person
        Who looks; figures of the association itself are told where their rights reach, and nowhere else.
    opened, asked
        The version that is read, and what was asked of it.
    speech
        The language of the reader.
    """
    require(person, "areas.see_map")
    extent = extent_of(person, "areas.see_own_figures")
    every = [one for one in _places(opened, asked.level) if _lies_in(one, asked.around)]
    reached = [one for one in every if not asked.figure.own or extent.covers(one)]
    now = told_of(opened, asked.figure, asked.level, asked.period)
    before = told_of(opened, asked.figure, asked.level, asked.against) if asked.against else None
    writing = _Writing.of(now, before, speech)
    rows = [writing.row(one) for one in reached]
    return Shown(
        asked,
        tuple(_ordered(rows, asked.order)),
        writing.legend(any(row.style == "few" for row in rows)),
        now.series.period if now else None,
        before.series.period if before else None,
        len(every) - len(reached),
        bool(extent),
    )


def in_reach(opened: Opened, extent: Extent, level: Level) -> list[str]:
    """The codes of the places of a level that an extent covers."""
    return [one.code for one in _places(opened, level) if extent.covers(one)]


@dataclass(frozen=True)
class _Spot:
    """A place of any level, as a thing of which may() can judge the reach."""

    code: str
    name: str
    within: str
    address: str
    area_codes: frozenset[str]


def _lies_in(place: _Spot, around: tuple[str, str] | None) -> bool:
    return around is None or around[0] in place.area_codes


@lru_cache(maxsize=8)
def _places(opened: Opened, level: Level) -> tuple[_Spot, ...]:
    if level in AREAS:
        return tuple(_area(opened, code, level) for code in codes_of(opened, level))
    return tuple(
        _Spot(
            one.code,
            one.name,
            one.line[-2][1] if len(one.line) > 1 else "",
            reverse("complex", args=[one.code]),
            one.area_codes,
        )
        for one in places_of(opened).complexes.values()
    )


def _area(opened: Opened, code: str, level: Level) -> _Spot:
    line = opened.ground.line(code)
    address = reverse("neighbourhood", args=[code]) if level is Level.NEIGHBOURHOOD else ""
    return _Spot(
        code, line[-1][1], line[-2][1] if len(line) > 1 else "", address, frozenset(at for at, _ in line)
    )


@dataclass(frozen=True)
class _Writing:
    """How values stand in the table: their text, their class and its words."""

    values: Mapping[str, float]
    few: frozenset[str]
    scale: Scale | None
    now: Told | None
    is_change: bool
    speech: Speech

    @classmethod
    def of(cls, now: Told | None, before: Told | None, speech: Speech) -> _Writing:
        if now is None:
            return cls({}, frozenset(), None, None, is_change=False, speech=speech)
        if before is None:
            return cls(now.series.values, now.few, now.scale, now, is_change=False, speech=speech)
        change = Changed(before, now)
        return cls(change.values, change.few, change.scale, now, is_change=True, speech=speech)

    @property
    def untold(self) -> str:
        """What stands where a figure is not told."""
        return self.now.untold if self.now else TOO_FEW

    def row(self, place: _Spot) -> Row:
        value = self.values.get(place.code)
        style = self.scale.style(value) if self.scale and value is not None else "unknown"
        if value is None and place.code in self.few:
            style = "few"
        return Row(
            place.code,
            place.name,
            place.within,
            place.address,
            value,
            self._text(place.code, style),
            style,
            self._words(value, style),
            self.now is not None and place.code in self.now.series.rough,
        )

    def _text(self, code: str, style: str) -> str:
        if style == "few":
            return self.speech.say(self.untold)
        if self.now is None or code not in self.values:
            return self.speech.say("not known")
        series = self.now.series
        if self.is_change:
            return change_text(self.values[code], series.unit, self.speech, series.name)
        return series.text(code, self.speech)

    def _words(self, value: float | None, style: str) -> str:
        if style == "few":
            return self.speech.say(self.untold)
        if self.is_change and self.scale and value is not None:
            return self.speech.say(CHANGES[self.scale.place(value)])
        return class_name(self.scale, value, self.speech)

    def legend(self, few: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - a fact of the rows
        unit = self.now.series.unit if self.now else ""
        told = legend(self.scale, unit, self.speech)
        if self.is_change and self.scale:
            words = [self.speech.say(CHANGES[place]) for place in self.scale.places]
            told = (*zip(self.scale.styles, words, strict=True), told[-1])
        return (*told, ("few", self.speech.say(self.untold))) if few else told


def _ordered(rows: Iterable[Row], order: Order) -> list[Row]:
    by_name = sorted(rows, key=lambda row: (as_counted(row.name), row.code))
    if order == "naam":
        return by_name
    known = [row for row in by_name if row.value is not None]
    known.sort(key=lambda row: row.value or 0.0, reverse=order == "-waarde")
    return [*known, *(row for row in by_name if row.value is None)]
