"""The change in M between two dates, split area by area; and the same for tables drawn by chance."""

from __future__ import annotations

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

# How much of an even spread stands for nobody, while fitting needs something to scale.
FILL = 1e-4
ROUNDS = 5_000
CLOSE_ENOUGH = 1e-10
PARTS = ("change", "mix", "place", "left", "new")
# The second date draws further on in the stream, so that luck differs and the candidate is the same.
SECOND = CANDIDATES << 20


class Split(NamedTuple):
    """What every area adds to M in six tables, shape (6, areas), from which the parts of a change follow.

    The tables are the first date and the second; the same two with only the areas where people live at both;
    the first fitted to the sizes of the second, and the second to those of the first. `difference` is how far
    the fitting stopped from the sizes it had to meet.
    """

    informations: Floats
    difference: float

    @property
    def before(self) -> Floats:
        """Contributions at the first date, shape (areas,)."""
        before: Floats = self.informations[0]
        return before

    @property
    def after(self) -> Floats:
        """Contributions at the second date, shape (areas,)."""
        after: Floats = self.informations[1]
        return after

    @property
    def parts(self) -> Floats:
        """The parts of the change, shape (parts, areas), as `PARTS`."""
        return parts_of(self.informations)


def parts_of(informations: Floats) -> Floats:
    """The parts of a change from the M of the six tables, along the first axis; they add up to the change."""
    before, after, old, new, old_at_new, new_at_old = informations
    crossed = old_at_new - new_at_old
    mix, place = (new - old + crossed) / 2.0, (new - old - crossed) / 2.0
    return np.stack([after - before, mix, place, old - before, after - new])


def split(first: Floats, second: Floats) -> Split:
    """What every area adds to M at both dates and in between, of tables of shape (areas, groups)."""
    both = (first.sum(axis=1) > 0) & (second.sum(axis=1) > 0)
    old, new = (np.where(both[:, None], table, 0.0) for table in (first, second))
    old_at_new, new_at_old = np.zeros_like(old), np.zeros_like(new)
    difference = 0.0
    if both.any():
        old_at_new[both], off_new = fitted(old[both], new[both])
        new_at_old[both], off_old = fitted(new[both], old[both])
        difference = max(off_new, off_old)
    tables = (first, second, old, new, old_at_new, new_at_old)
    return Split(np.stack([contributions(table) for table in tables]), difference)


def fitted(source: Floats, target: Floats) -> tuple[Floats, float]:
    """The structure of one date at the sizes of the other, and how far from these the fitting stopped."""
    return fitted_to(opened(source, target), target, CLOSE_ENOUGH, ROUNDS)


def opened(source: Floats, target: Floats) -> Floats:
    """The source with a little of what an even spread would give where only the target has people.

    A group that is absent from the source altogether says nothing of where it would live: it is then spread
    evenly, so that neither its coming nor its going passes for division. In proportion to the sizes of areas,
    for a constant would be a far larger share of a small area than of a large one.
    """
    sizes, totals = source.sum(axis=1, keepdims=True), source.sum(axis=0)
    absent = (totals == 0.0) & (target.sum(axis=0) > 0.0)
    even = sizes * np.where(absent, 1.0, totals / sizes.sum())
    lacking = (source == 0.0) & ((target > 0.0) | absent)
    filled: Floats = np.where(lacking, FILL * even, source)
    return filled


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


def drawn_parts(found: Split, views: tuple[View, View], settings: Settings) -> Drawn:
    """How sure the parts of a change are.

    Shares are estimated for each date as for a single index, and counts are drawn from them, published as the
    real ones were and split. The mean error of each M that the parts are made of, set against that of the
    shares, is subtracted from it, down to 0, for M is never below 0; quantiles of the error of the parts,
    widened as those of an index are, give the limits. Both dates are drawn on their own.
    """
    dates = [_Date(view, settings.seed) for view in views]
    true = [split(*(date.true(candidate) for date in dates)).informations for candidate in range(CANDIDATES)]

    def error(draw: int) -> Floats:
        drawn = split(dates[0].drawn(draw), dates[1].drawn(draw + SECOND)).informations
        off: Floats = drawn - true[draw % CANDIDATES]
        return off

    def errors(start: int, end: int) -> Floats:
        return np.stack([error(draw) for draw in range(start, end)], axis=-1)

    off = side_by_side(errors, settings.draws, settings.workers)
    informations, whole = found.informations.sum(axis=1), off.sum(axis=1)
    adjusted = parts_of(np.maximum(informations - whole.mean(axis=-1), 0.0))
    low, high = _limits(parts_of(informations), parts_of(whole), settings.level)
    area_low, area_high = _limits(found.parts[0], parts_of(off)[0], settings.level)
    return Drawn(adjusted, np.minimum(low, adjusted), np.maximum(high, adjusted), area_low, area_high)


def _limits(value: Floats, off: Floats, level: float) -> tuple[Floats, Floats]:
    """Limits around the value less its mean error, by quantiles of the error; draws along the last axis."""
    mean = off.mean(axis=-1)
    tails = np.quantile(off - mean[..., None], [(1.0 + level) / 2.0, (1.0 - level) / 2.0], axis=-1)
    return value - mean - WIDENING * tails[0], value - mean - WIDENING * tails[1]


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
