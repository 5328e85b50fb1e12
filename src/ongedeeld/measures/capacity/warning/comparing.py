"""Each unit's last year beside its three years before, and beside what the rest of the stock did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ongedeeld.measures.capacity.warning.change import Tested, count_change, grade_change
from ongedeeld.measures.capacity.warning.records import Counts, Grades
from ongedeeld.measures.capacity.warning.watched import Watched
from ongedeeld.measures.capacity.warning.windows import windows

Floats = NDArray[np.float64]

# A window of which less than this share is known tells too little.
_LEAST_KNOWN = 0.5


class Span(NamedTuple):
    """The first days of the first and the last period of a window."""

    start: date
    end: date


@dataclass(frozen=True, eq=False)
class Comparison:
    """One indicator of all units, then and now.

    `before`, `now`, `stock_before` and `stock_now` are counts per home a year, shares of homes, or grades;
    those of the stock are of all other units in the same periods. `counted` are the counts behind them, or
    the answers. Arrays have an entry per unit; NaN is not known.
    """

    each: Watched
    span_before: Span
    span_now: Span
    before: Floats
    now: Floats
    stock_before: Floats
    stock_now: Floats
    counted_before: Floats
    counted_now: Floats
    tested: Tested


def compare_counts(each: Watched, counts: Counts, homes: Floats) -> Comparison:
    """Set the counts of each unit beside those that the rates of all other units would give it.

    ``expected = Σ homes x rate`` over the periods and complexes that are known, with the rate of each period
    taken from the other units. So a season, a missing quarter and a change of registration that strikes the
    whole stock are in what is expected.
    """
    split = windows(counts.periods)
    rates = _of_others(counts.events, counts.homes)
    given = (counts.homes > 0) & ~np.isnan(rates)
    stays = np.where(given, counts.homes, 0.0)
    events, expected = (np.where(given, table, 0.0) for table in (counts.events, counts.homes * rates))
    known = np.ones(len(homes), dtype=bool)
    for part in (split.before, split.now):
        known &= stays[:, part].sum(axis=1) >= _LEAST_KNOWN * len(part) * homes

    def summed(table: Floats, part: tuple[int, ...]) -> Floats:
        return np.asarray(np.where(known, table[:, part].sum(axis=1), np.nan))

    before, now = summed(events, split.before), summed(events, split.now)
    expected_before, expected_now = summed(expected, split.before), summed(expected, split.now)
    stay_before, stay_now = summed(stays, split.before), summed(stays, split.now)
    years = 1.0 if each.snapshot else counts.months / 12
    return Comparison(
        each,
        *_spans(counts.periods, split.before, split.now),
        before=before / (stay_before * years),
        now=now / (stay_now * years),
        stock_before=expected_before / (stay_before * years),
        stock_now=expected_now / (stay_now * years),
        counted_before=before,
        counted_now=now,
        tested=count_change(before, now, expected_before, expected_now),
    )


def compare_grades(each: Watched, grades: Grades) -> Comparison:
    """Set the change in the grade of each unit beside that of all other units in the same rounds."""
    split = windows(grades.periods)
    others = _of_others(grades.mean * grades.weight, grades.weight)
    given = (grades.weight > 0) & ~np.isnan(others)

    weights = np.where(given, grades.weight, 0.0)

    def averaged(table: Floats, part: tuple[int, ...], power: int = 1) -> Floats:
        weight = weights[:, part]
        total = weight.sum(axis=1) ** power
        summed = (weight**power * np.where(given, table, 0.0)[:, part]).sum(axis=1)
        return np.asarray(np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0))

    before, now = averaged(grades.mean, split.before), averaged(grades.mean, split.now)
    stock_before, stock_now = averaged(others, split.before), averaged(others, split.now)
    worse = (before - stock_before) - (now - stock_now)
    by_chance = averaged(grades.variance, split.before, 2) + averaged(grades.variance, split.now, 2)
    return Comparison(
        each,
        *_spans(grades.periods, split.before, split.now),
        before=before,
        now=now,
        stock_before=stock_before,
        stock_now=stock_now,
        counted_before=weights[:, split.before].sum(axis=1),
        counted_now=weights[:, split.now].sum(axis=1),
        tested=grade_change(worse, by_chance),
    )


def _of_others(parts: Floats, weights: Floats) -> Floats:
    """The figure of all units but this one, per period; NaN where no other is known."""
    weight = weights.sum(axis=0) - weights
    part = parts.sum(axis=0) - parts
    return np.asarray(np.divide(part, weight, out=np.full(weights.shape, np.nan), where=weight > 0))


def _spans(periods: tuple[date, ...], before: tuple[int, ...], now: tuple[int, ...]) -> tuple[Span, Span]:
    return Span(periods[before[0]], periods[before[-1]]), Span(periods[now[0]], periods[now[-1]])
