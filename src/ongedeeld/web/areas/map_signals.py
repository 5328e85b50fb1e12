"""How many signals came, as the map shows it: what was published, to everybody alike.

Full counts are on the pages of places alone: of a map a file is made in one click.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ongedeeld.errors import N_
from ongedeeld.reporting.ground import Series
from ongedeeld.reporting.text import Speech
from ongedeeld.web.areas.map_figures import Figure, Level
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.signals.counting.areas import ALL
from ongedeeld.web.signals.counting.quarters import told as quarter_told
from ongedeeld.web.signals.counting.tallying import KINDS
from ongedeeld.web.signals.models import PublishedCount, Signal

FIRST = "signals_"
THEME = N_("Signals")
ALL_SIGNALS, OF_KIND = N_("Signals: all kinds"), N_("Signals: {kind}")
NOT_TOLD = N_("not told")
PROTECTED = N_(
    "Counts of signals are rounded to 5; a count that is not told may be small or large. They tell what was "
    "written down, not what happened."
)
LEVELS = (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY)


class SignalFigure(Figure):
    """How many signals of a kind came, by quarter."""

    @property
    def kind(self) -> str:
        """The kind, or `all`."""
        return self.name.removeprefix(FIRST)

    def label(self, speech: Speech) -> str:
        """What people see."""
        if self.kind == ALL:
            return speech.say(ALL_SIGNALS)
        return speech.say(OF_KIND, kind=speech.say(Signal.Kind(self.kind).label))

    def periods(self, opened: Opened, level: Level) -> tuple[date, ...]:
        """The quarters that were published, the newest first."""
        found = PublishedCount.objects.order_by("-quarter").values_list("quarter", flat=True)
        return tuple(found.distinct())

    @property
    def note(self) -> str:
        """How the counts are protected."""
        return PROTECTED

    def when(self, period: date, speech: Speech) -> str:
        """A quarter as people read it."""
        return quarter_told(period, speech)


def signal_figures() -> Mapping[str, Figure]:
    """The figures by name; none before the first quarter was published."""
    if not PublishedCount.objects.exists():
        return {}
    return {
        name: SignalFigure(name, THEME, "count", LEVELS)
        for name in (f"{FIRST}{kind}" for kind in (ALL, *KINDS))
    }


def series_of(
    opened: Opened, figure: SignalFigure, level: Level, quarter: date
) -> tuple[Series, frozenset[str]]:
    """The counts of a quarter by area, and the areas of which they are not told."""
    rows = PublishedCount.objects.filter(quarter=quarter, kind=figure.kind)
    shown = {_code(opened, area): count for area, count in rows.values_list("area", "shown")}
    here = {code: count for code, count in shown.items() if _level(opened, code) == level.english}
    values = {code: float(count) for code, count in here.items() if count is not None}
    whole = shown.get(opened.ground.municipality or "")
    series = Series(figure.name, "count", quarter, values, None if whole is None else float(whole))
    return series, frozenset(code for code, count in here.items() if count is None)


def _code(opened: Opened, area: str) -> str:
    return (opened.ground.municipality or "") if area == ALL else area


def _level(opened: Opened, code: str) -> object:
    row = opened.ground.areas.get(code)
    return row["level"] if row else None
