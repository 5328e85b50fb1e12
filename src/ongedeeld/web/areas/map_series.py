"""The values of one figure at one level and period, and the places with too few people to tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import Cards
from ongedeeld.measures.undividedness import entropy
from ongedeeld.reporting.catalogue import RATIOS
from ongedeeld.reporting.fewest import FEWEST, enough
from ongedeeld.reporting.ground import ROUNDING, Ground, Series
from ongedeeld.reporting.scales import STEPS, Scale
from ongedeeld.reporting.text import Speech, step
from ongedeeld.web.areas import map_tenants
from ongedeeld.web.areas.carrying import cards_now
from ongedeeld.web.areas.map_figures import PRESSURE, SIDES, Figure, Level, codes_of, periods_of
from ongedeeld.web.areas.map_signals import NOT_TOLD, SignalFigure, series_of
from ongedeeld.web.cities.opened import Opened

SCORES = Scale("rising", (1.8, 2.6, 3.4, 4.2), tuple(range(5)))
"""Scores of cards run from 1 to 5, so that their classes are the same for every theme and City."""

COUNTED_IN = {"tenure": "dwellings", "household": "households", "income": "households"}
"""What the groups of a set are made of, where it is not residents."""

TOO_FEW = N_("too few to tell")

BASES = ("residents", "households", "dwellings")

ESTIMATED = "livability"
ESTIMATED_STEP = 0.1
"""Scores of livability are estimates of a model: a change in their second decimal is not told as a change."""

CHANGES = (
    N_("much lower"),
    N_("lower"),
    N_("somewhat lower"),
    N_("about the same"),
    N_("somewhat higher"),
    N_("higher"),
    N_("much higher"),
)
"""The classes of a change in words, from the largest fall to the largest rise."""


@dataclass(frozen=True)
class Told:
    """What is known of a figure.

    Parameters
    ----------
    series
        The values by code, with their unit and period.
    few
        The places with too few people, households or homes to tell it.
    scale
        Its classes; none where no value is known.
    untold
        What stands where it is not told.
    """

    series: Series
    few: frozenset[str]
    scale: Scale | None
    untold: str = TOO_FEW


@dataclass(frozen=True)
class Changed:
    """How a figure changed between two periods."""

    before: Told
    now: Told

    @property
    def values(self) -> Mapping[str, float]:
        """The change of every place that is known in both, as coarse as it is written.

        Classes are made of these: what is written the same stands in the same class.
        """
        coarse = change_step(self.now.series)
        before, now = self.before.series, self.now.series
        exact = (code for code in now.values if code in before.values)
        # A rough figure is told as a range: the difference of two ranges would be made up.
        return {
            code: round((now.values[code] - before.values[code]) / coarse) * coarse
            for code in exact
            if code not in now.rough and code not in before.rough
        }

    @property
    def few(self) -> frozenset[str]:
        """The places with too few people in either period."""
        return self.before.few | self.now.few

    @property
    def scale(self) -> Scale | None:
        """Seven classes around no change, by how much places change in general."""
        return around_none(list(self.values.values()), change_step(self.now.series))


def change_step(series: Series) -> float:
    """The smallest change that is told of a figure, in its unit.

    Of scores of livability a tenth: they are estimates of a model, which a hundredth says too much of.
    """
    return ESTIMATED_STEP if series.name.startswith(ESTIMATED) else step(series.unit)


def around_none(changes: list[float], smallest: float) -> Scale | None:
    """Classes on both sides of no change; only the middle one where nothing changed visibly.

    Parameters
    ----------
    changes
        The change of every place, in the unit of the figure.
    smallest
        The smallest difference that is visible in writing.
    """
    if not changes:
        return None
    spread = (sum(change * change for change in changes) / len(changes)) ** 0.5
    if all(abs(change) < smallest / 2 for change in changes):
        return Scale("around", (), (3,))
    # The middle class holds at least what is written as no change.
    inner = max(STEPS[3] * spread, smallest / 2)
    breaks = (STEPS[0] * spread, STEPS[1] * spread, -inner, inner, STEPS[4] * spread, STEPS[5] * spread)
    if inner >= STEPS[4] * spread:
        return Scale("around", (-inner, inner), (1, 3, 5))
    return Scale("around", breaks, tuple(range(len(CHANGES))))


def told_of(opened: Opened, figure: Figure, level: Level, period: date | None) -> Told | None:
    """A figure at a level and period, or none where nothing is known of it.

    Parameters
    ----------
    opened
        The version that is read.
    figure, level
        One of the catalogue, at a level that it has.
    period
        For published figures; the others are known as of one day.
    """
    if figure.own:
        return _of_own(opened, figure, level)
    if isinstance(figure, SignalFigure):
        return _of_signals(opened, figure, level, period) if period is not None else None
    if isinstance(figure, map_tenants.TenantFigure):
        return _of_tenants(figure, level, period) if period is not None else None
    if figure.name.startswith("mix_"):
        return _mix(opened, figure)
    return _published(opened, figure, level, period) if period is not None else None


def _of_tenants(figure: map_tenants.TenantFigure, level: Level, day: date) -> Told:
    series, untold = map_tenants.series_of(figure, level, day)
    return Told(series, untold, series.scale if series.values else None, NOT_TOLD)


def _of_signals(opened: Opened, figure: SignalFigure, level: Level, period: date) -> Told:
    series, untold = series_of(opened, figure, level, period)
    return Told(series, untold, series.scale if series.values else None, NOT_TOLD)


@lru_cache(maxsize=512)
def _published(opened: Opened, figure: Figure, level: Level, period: date) -> Told | None:
    ground = opened.ground
    codes = codes_of(opened, level)
    values = _at(ground, figure.name, period, codes)
    if not values:
        return None
    found = {name: _Counted(_base(opened, name, level, period)) for name in BASES}
    few = frozenset(code for code in values if not enough(figure.name, figure.unit, code, found))
    kept = {code: value for code, value in values.items() if code not in few}
    whole = _at(ground, figure.name, period, (ground.municipality,) if ground.municipality else ())
    series = Series(
        figure.name,
        figure.unit,
        period,
        kept,
        next(iter(whole.values()), None),
        rough=_rough(ground, figure, period, kept),
    )
    return Told(series, few, series.scale if kept else None)


@dataclass(frozen=True)
class _Counted:
    values: Mapping[str, float]


def _at(ground: Ground, name: str, period: date, codes: tuple[str, ...]) -> dict[str, float]:
    here = pl.col("area").is_in(codes) & (pl.col("period") == period)
    return dict(ground.history(name).filter(here).select("area", "value").iter_rows())


def _base(opened: Opened, name: str, level: Level, period: date) -> dict[str, float]:
    """How many there are: in the period itself, else in the one nearest to it."""
    periods = periods_of(opened, name, level)
    if not periods:
        return {}
    nearest = min(periods, key=lambda one: abs((one - period).days))
    return _at(opened.ground, name, nearest, codes_of(opened, level))


def _rough(
    ground: Ground, figure: Figure, period: date, values: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Rates of a count so small that its rounding counts: from and to."""
    if figure.unit != "per_100" or figure.name not in RATIOS:
        return {}
    half = ROUNDING / 2
    found = {}
    for code, count in _at(ground, RATIOS[figure.name].part, period, tuple(values)).items():
        if count <= 2 * ROUNDING:
            share = values[code] / count if count else 100 / _whole(ground, figure.name, period, code)
            found[code] = (max(0.0, count - half) * share, (count + half) * share)
    return found


def _whole(ground: Ground, name: str, period: date, code: str) -> float:
    return sum(_at(ground, part, period, (code,))[code] for part in RATIOS[name].whole)


@lru_cache(maxsize=16)
def _mix(opened: Opened, figure: Figure) -> Told:
    counts = opened.ground.divided.published[figure.name.removeprefix("mix_")]
    names = counts.groups.names
    rows = entropy(counts.counts, names[0] if len(names) == 2 else None, draws=0).table.drop_nulls("value")
    values = dict(rows.select("area", "value").iter_rows())
    fewest = FEWEST[COUNTED_IN.get(counts.groups.name, "residents")]
    few = frozenset(rows.filter(pl.col("people") < fewest)["area"])
    kept = {code: value for code, value in values.items() if code not in few}
    series = Series(figure.name, figure.unit, counts.period, kept, None)
    return Told(series, few, series.scale if kept else None)


def _of_own(opened: Opened, figure: Figure, level: Level) -> Told | None:
    if figure.name == PRESSURE:
        return _lettings(opened, figure)
    cards = (
        cards_now(opened) if level is Level.COMPLEX else opened.ground.bearing.cards("neighbourhood").found
    )
    return _scores(cards, figure) if cards is not None else None


def _scores(cards: Cards, figure: Figure) -> Told:
    part = figure.name.removeprefix("card_")
    if part in SIDES:
        rows = cards.balance.select("unit", score=part, outcome=f"{part}_outcome")
    else:
        rows = cards.themes.filter(pl.col("theme") == part).select("unit", "score", "outcome")
    values = dict(rows.drop_nulls("score").select("unit", "score").iter_rows())
    few = frozenset(rows.filter(pl.col("outcome") == "too_few")["unit"])
    return Told(Series(figure.name, figure.unit, cards.day, values, None), few, SCORES if values else None)


def _lettings(opened: Opened, figure: Figure) -> Told | None:
    found = opened.ground.bearing.pressure.found
    if found is None:
        return None
    rows = found.table.filter((pl.col("route") == "all") & (pl.col("outcome") == "known"))
    values = dict(rows.drop_nulls("expected").select("unit", "expected").iter_rows())
    series = Series(figure.name, figure.unit, opened.city.manifest.created, values, None)
    return Told(series, frozenset(), series.scale if values else None)


def change_text(value: float, unit: str, speech: Speech, name: str = "") -> str:
    """A change as people read it; of shares in points, so that nobody takes it for a part of the share."""
    if name.startswith(ESTIMATED):
        return speech.number(value, 1, signed=True)
    if unit == "share":
        return speech.say("{number} points", number=speech.number(value * 100, signed=True))
    if unit == "cents":
        text = speech.figure(abs(value), unit)
        return f"{'−' if value < 0 else '+'}{text}"
    return speech.figure(value, unit, signed=True)
