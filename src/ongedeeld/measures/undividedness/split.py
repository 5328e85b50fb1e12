"""The change in M between two dates, split area by area; and the same for tables drawn by chance."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from ongedeeld.measures.undividedness import formulas
from ongedeeld.measures.undividedness._allot import Published, Spread, simulated_areas, true_areas
from ongedeeld.measures.undividedness._fitting import fitted_to
from ongedeeld.measures.undividedness.chance import side_by_side
from ongedeeld.measures.undividedness.counts import Booleans, Floats
from ongedeeld.measures.undividedness.measuring import View
from ongedeeld.measures.undividedness.settings import Settings
from ongedeeld.measures.undividedness.uncertainty import CANDIDATES, WIDENING, candidates_behind

FILL = 1e-4
ROUNDS = 5_000
CLOSE_ENOUGH = 1e-10
PARTS = ("change", "mix", "place", "left", "new")
# The second date draws further on in the stream, so that luck differs and the candidate is the same.
SECOND = CANDIDATES << 20


class Split(NamedTuple):
    """Contributions to M at both dates and the parts of their difference, shape (parts, areas), as `PARTS`.

    `difference` is how far the fitting stopped from the sizes it had to meet.
    """

    before: Floats
    after: Floats
    parts: Floats
    difference: float


def split(first: Floats, second: Floats) -> Split:
    """The parts, per area, of the change in M between tables of shape (areas, groups)."""
    both = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    before, after = contributions(first), contributions(second)
    old, new = (contributions(np.where(both[:, None], table, 0.0)) for table in (first, second))
    mix, place = np.zeros(len(both)), np.zeros(len(both))
    difference = 0.0
    if both.any():
        old_at_new, off_new = fitted_to(first[both], second[both], FILL, CLOSE_ENOUGH, ROUNDS)
        new_at_old, off_old = fitted_to(second[both], first[both], FILL, CLOSE_ENOUGH, ROUNDS)
        crossed = contributions(old_at_new) - contributions(new_at_old)
        mix[both] = (new[both] - old[both] + crossed) / 2.0
        place[both] = (new[both] - old[both] - crossed) / 2.0
        difference = max(off_new, off_old)
    parts = np.stack([after - before, mix, place, old - before, after - new])
    return Split(before, after, parts, difference)


def contributions(table: Floats) -> Floats:
    """What every area adds to M; nothing where nobody lives."""
    sizes = table.sum(axis=1)
    added = np.zeros(len(table))
    lived = sizes > 0
    if lived.any():
        overall = table.sum(axis=0) / sizes.sum()
        added[lived] = sizes[lived] / sizes.sum() * formulas.local_informations(table[lived], overall)
    return added


class Drawn(NamedTuple):
    """Adjusted parts of the whole, and their limits; limits of the change of every area."""

    adjusted: Floats
    low: Floats
    high: Floats
    area_low: Floats
    area_high: Floats


def drawn_parts(parts: Floats, views: tuple[View, View], settings: Settings) -> Drawn:
    """How sure the parts of a change are.

    Shares are estimated for each date as for a single index, and counts are drawn from them, published as the
    real ones were and split. The mean error of these splits, set against those of the shares, is subtracted;
    its quantiles, widened as those of an index are, give the limits. Both dates are drawn on their own.
    """
    dates = [_Date(view, settings.seed) for view in views]
    true = np.stack(
        [split(*(date.true(candidate) for date in dates)).parts for candidate in range(CANDIDATES)]
    )

    def error(draw: int) -> Floats:
        drawn = split(dates[0].drawn(draw), dates[1].drawn(draw + SECOND)).parts
        off: Floats = drawn - true[draw % CANDIDATES]
        return off

    def errors(start: int, end: int) -> Floats:
        return np.stack([error(draw) for draw in range(start, end)], axis=-1)

    off = side_by_side(errors, settings.draws, settings.workers)
    limits = partial(_limits, level=settings.level)
    adjusted, low, high = limits(parts.sum(axis=1), off.sum(axis=1))
    _, area_low, area_high = limits(parts[0], off[0])
    return Drawn(adjusted, low, high, area_low, area_high)


def _limits(value: Floats, off: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """The value less its mean error, and limits by the quantiles of the error; draws along the last axis."""
    mean = off.mean(axis=-1)
    tails = np.quantile(off - mean[..., None], [(1.0 + level) / 2.0, (1.0 - level) / 2.0], axis=-1)
    adjusted = value - mean
    return adjusted, adjusted - WIDENING * tails[0], adjusted - WIDENING * tails[1]


class _Date:
    """Tables that may lie behind those of a date, and draws from them; areas without people stay empty."""

    def __init__(self, view: View, seed: int) -> None:
        self.seed = seed
        self.lived: Booleans = view.counts.sizes > 0
        occupied = View(view.counts.occupied(), view.into, view.groups)
        self.published: Published = occupied.published()
        table = self.published.table
        candidates = candidates_behind(self.published, seed)
        self.spread = Spread(candidates, table.sum(axis=0) / table.sum(), np.ones(1))

    def true(self, candidate: int) -> Floats:
        return self._everywhere(true_areas(self.spread, 0, candidate, self.published))

    def drawn(self, draw: int) -> Floats:
        return self._everywhere(simulated_areas(self.spread, 0, self.published, self.seed, draw))

    def _everywhere(self, table: Floats) -> Floats:
        whole = np.zeros((len(self.lived), table.shape[1]))
        whole[self.lived] = table
        return whole
