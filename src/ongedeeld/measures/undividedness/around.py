"""The index of everybody's own surroundings, of the counts as they are and of tables drawn by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from ongedeeld.measures.undividedness import spatial
from ongedeeld.measures.undividedness._allot import (
    Published,
    Spread,
    plan_of,
    random_areas,
    simulated_areas,
    true_areas,
)
from ongedeeld.measures.undividedness.counts import Floats, Integers
from ongedeeld.measures.undividedness.grid import within_on_grid
from ongedeeld.measures.undividedness.measuring import View
from ongedeeld.measures.undividedness.scales import Scales
from ongedeeld.measures.undividedness.settings import Settings
from ongedeeld.measures.undividedness.surroundings import nearest, within
from ongedeeld.measures.undividedness.uncertainty import (
    CANDIDATES,
    Freed,
    candidates_behind,
    freed_from,
    unrounded,
)

MOST_BYTES = 2**28
# Fewer than for an index without space, as every table costs a walk through all surroundings; they reach
# further, for surroundings are less pulled to the whole than the shares of single locations are.
STRETCHES = np.array([0.0, 0.5, 1.0, 1.5, 2.0, 3.0])
MOSTLY = 0.5
LEAST_RATIO, MOST_RATIO = 1e-4, 0.999
TINY = 1e-300

Index = Literal["theil_h", "mutual_information", "dissimilarity"]


@dataclass(frozen=True)
class Around:
    """How the surroundings of these locations are made, and how they are weighed."""

    points: Floats
    sizes: Integers
    scales: Scales
    weighed: str
    grid_m: float | None
    workers: int

    def sums(self, columns: Floats) -> Floats:
        """Sums over the surroundings of every location, shape (scales, locations, columns)."""
        if not self.scales.by_distance:
            sizes = self.sizes.astype(np.float64)
            return nearest(columns, sizes, self.points, self.scales.values, self.workers)
        if self.grid_m is not None:
            return within_on_grid(columns, self.points, self.scales.values, self.grid_m, self.workers)
        return within(columns, self.points, self.scales.values, self.scales.kernel, self.workers)

    def value(self, index: Index, table: Floats, sums: Floats) -> float:
        """The index at one scale, from people by location and the sums over their surroundings."""
        if self.weighed == "surroundings":
            table = sums = np.round(sums)
        # Counts allotted and then rounded as the published ones can leave a place or a group without people.
        lived_in = sums.sum(axis=1) > 0
        own, around = table[lived_in], sums[lived_in]
        if (own.sum(axis=0) > 0).sum() < 2:
            return 0.0
        weights = own.sum(axis=1) / own.sum()
        shares = around / around.sum(axis=1)[:, None]
        return spatial.INDICES[index](weights, shares, own.sum(axis=0) / own.sum())

    def values(self, index: Index, drawn: Callable[[int], Floats], number: int, groups: int) -> Floats:
        """The index at every scale of tables number 0 up to `number`, shape (tables, scales).

        Tables are laid side by side as columns, as many as memory allows, so that distances are worked out
        once for all of these.
        """
        scales = len(self.scales.values)
        values = np.empty((number, scales))
        at_once = max(1, MOST_BYTES // (8 * len(self.sizes) * groups * scales))
        for first in range(0, number, at_once):
            tables = [drawn(one) for one in range(first, min(first + at_once, number))]
            sums = self.sums(np.concatenate(tables, axis=1))
            for place, own in enumerate(np.split(sums, len(tables), axis=2)):
                values[first + place] = [self.value(index, tables[place], at_scale) for at_scale in own]
        return values


def randomised(index: Index, view: View, around: Around, settings: Settings) -> Floats:
    """The index at every scale of random allotments, shape (draws, scales)."""
    published = view.published()
    plan = plan_of(published.table)
    return around.values(
        index,
        lambda draw: random_areas(plan, published, settings.seed, draw),
        settings.draws,
        view.groups,
    )


def freed_by_scale(
    index: Index,
    view: View,
    around: Around,
    observed: list[float],
    by_chance: list[float],
    settings: Settings,
) -> list[Freed]:
    """The adjusted value and interval at every scale, as `uncertainty` makes them for an index without space.

    `settings.draws` are spread over the stretches; scales share them. Where surroundings are mostly the own
    location, the form of the distribution of shares matters most, and candidates are those of an index
    without space; where they are wider, the pattern in space does, and candidates are drawn around the
    surroundings of every location.
    """
    published = view.published()
    counts = published.table.astype(np.float64)
    sums = around.sums(counts)
    own_part = around.sizes @ (around.sizes / sums.sum(axis=2)).T / around.sizes.sum()
    freed: list[Freed] = []
    for wide in (False, True):
        chosen = np.flatnonzero((own_part <= MOSTLY) == wide)
        if chosen.size:
            candidates = (
                unrounded(candidates_around(counts, sums[chosen], settings.seed), published, settings.seed)
                if wide
                else candidates_behind(published, settings.seed)
            )
            part = replace(around, scales=replace(around.scales, values=around.scales.values[chosen]))
            truth, values = _simulated(index, part, published, candidates, settings)
            freed += [
                freed_from(
                    observed[scale],
                    by_chance[scale],
                    truth[:, :, place],
                    values[:, :, place],
                    stretches=STRETCHES,
                    level=settings.level,
                )
                for place, scale in enumerate(chosen)
            ]
    return freed


def _simulated(
    index: Index, around: Around, published: Published, candidates: Floats, settings: Settings
) -> tuple[Floats, Floats]:
    """The index of stretched candidates and of counts drawn from them, shape (stretches, tables, scales)."""
    spread = Spread(candidates, published.table.sum(axis=0) / published.table.sum(), STRETCHES)
    per_stretch = settings.draws // STRETCHES.size
    truth, values = [], []
    for step in range(STRETCHES.size):
        true = partial(_true, spread, step, published)
        drawn = partial(simulated_areas, spread, step, published, settings.seed)
        truth.append(around.values(index, true, len(candidates), published.groups))
        values.append(around.values(index, drawn, per_stretch, published.groups))
    return np.stack(truth), np.stack(values)


def _true(spread: Spread, step: int, published: Published, candidate: int) -> Floats:
    return true_areas(spread, step, candidate, published)


def candidates_around(counts: Floats, sums: Floats, seed: int) -> Floats:
    """Shares that may lie behind the counts of locations, given those around them.

    The shares of a location are taken to follow a Dirichlet distribution around those of its surroundings
    without itself, as spread out as the counts say by the method of moments; they are drawn from what its own
    counts leave likely. Every candidate takes the surroundings at one of the scales, in turn.

    Parameters
    ----------
    counts
        People, shape (locations, groups).
    sums
        Sums over surroundings, the own location among them, shape (scales, locations, groups).
    seed
        Seed of chance.

    Returns
    -------
    Floats
        Shape (candidates, locations, groups).
    """
    sizes = counts.sum(axis=1, keepdims=True)
    overall = counts.sum(axis=0) / counts.sum()
    candidates = np.empty((CANDIDATES, *counts.shape))
    for number in range(CANDIDATES):
        others = np.maximum(sums[number % len(sums)] - counts, 0.0)
        people = others.sum(axis=1, keepdims=True) + 1.0
        prior = (others + overall) / people
        variance = (prior * (1.0 - prior)).sum(axis=1, keepdims=True)
        seen = (sizes * ((counts / sizes - prior) ** 2).sum(axis=1, keepdims=True)).sum()
        by_chance = (variance * (1.0 + sizes / people)).sum()
        ratio = (seen - by_chance) / max(float(((sizes - 1.0) * variance).sum()), TINY)
        concentration = 1.0 / min(max(ratio, LEAST_RATIO), MOST_RATIO) - 1.0
        rng = np.random.Generator(np.random.Philox(key=[seed, number]))
        drawn = rng.standard_gamma(counts + concentration * prior)
        candidates[number] = drawn / np.maximum(drawn.sum(axis=1, keepdims=True), TINY)
    return candidates
