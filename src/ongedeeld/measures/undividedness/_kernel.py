"""The indices, compiled, for use on many draws. Their readable twins are in `formulas`.

Plain loops, without array expressions: they compile several times faster. Areas without people do not count.
"""

from __future__ import annotations

import math

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness.counts import Floats

DISSIMILARITY, GINI, ISOLATION, EXPOSURE, CORRELATION, ATKINSON, THEIL_H, MUTUAL, ENTROPY, SIMPSON = range(10)


@compiled
def x_log_x(value: float) -> float:
    """``x log x``, 0 at 0."""
    return value * math.log(value) if value > 0.0 else 0.0


@compiled
def _interaction(totals: Floats, people: float) -> float:
    total = 0.0
    for group in range(totals.size):
        total += totals[group] / people * (1.0 - totals[group] / people)
    return total


@compiled
def _dissimilarity(counts: Floats, sizes: Floats, totals: Floats, people: float) -> float:
    apart = 0.0
    for area in range(sizes.size):
        for group in range(totals.size):
            apart += abs(counts[area, group] - sizes[area] * totals[group] / people)
    return apart / (2.0 * people * _interaction(totals, people))


@compiled
def _gini(counts: Floats, sizes: Floats, totals: Floats, people: float) -> float:
    apart = 0.0
    share = np.zeros(sizes.size)
    for group in range(totals.size):
        for area in range(sizes.size):
            if sizes[area] > 0.0:
                share[area] = counts[area, group] / sizes[area]
        before = members_before = 0.0
        for area in np.argsort(share):
            apart += 2.0 * (counts[area, group] * before - sizes[area] * members_before)
            before += sizes[area]
            members_before += counts[area, group]
        if totals.size == 2:  # the second group gives the same
            apart *= 2.0
            break
    return apart / (2.0 * people * people * _interaction(totals, people))


@compiled
def _met(counts: Floats, sizes: Floats, first: int, second: int) -> float:
    """``Σ_i x_i y_i / t_i``."""
    met = 0.0
    for area in range(sizes.size):
        if sizes[area] > 0.0:
            met += counts[area, first] * counts[area, second] / sizes[area]
    return met


@compiled
def _correlation(counts: Floats, sizes: Floats, totals: Floats, people: float) -> float:
    total = 0.0
    for group in range(totals.size):
        share = totals[group] / people
        if 0.0 < share < 1.0:
            total += (_met(counts, sizes, group, group) / people - share * share) / (1.0 - share)
    return total


@compiled
def _atkinson(counts: Floats, sizes: Floats, members: float, others: float, shape: float) -> float:
    if members <= 0.0:
        return math.nan
    total = 0.0
    for area in range(sizes.size):
        group = counts[area, 0]
        total += (group / members) ** shape * ((sizes[area] - group) / others) ** (1.0 - shape)
    return 1.0 - float(total ** (1.0 / (1.0 - shape)))


@compiled
def _inner_entropy(counts: Floats, sizes: Floats, people: float) -> float:
    total = 0.0
    for area in range(sizes.size):
        total += x_log_x(sizes[area])
        for group in range(counts.shape[1]):
            total -= x_log_x(counts[area, group])
    return total / people


@compiled
def _entropy(totals: Floats, people: float) -> float:
    total = 0.0
    for group in range(totals.size):
        total -= x_log_x(totals[group] / people)
    return total


@compiled
def _inner_interaction(counts: Floats, sizes: Floats, people: float) -> float:
    alike = 0.0
    for group in range(counts.shape[1]):
        alike += _met(counts, sizes, group, group)
    return 1.0 - alike / people


@compiled
def added_up(counts: Floats) -> tuple[Floats, Floats, float]:
    """The number of people by area, by group and together."""
    areas, groups = counts.shape
    sizes, totals = np.zeros(areas), np.zeros(groups)
    people = 0.0
    for area in range(areas):
        for group in range(groups):
            sizes[area] += counts[area, group]
            totals[group] += counts[area, group]
        people += sizes[area]
    return sizes, totals, people


@compiled
def measure(index: int, shape: float, counts: Floats) -> float:
    """One index of a table of areas x groups; NaN where it is undefined."""
    sizes, totals, people = added_up(counts)
    if people <= 0.0:
        return math.nan
    if index in (ISOLATION, EXPOSURE):
        other = 0 if index == ISOLATION else 1
        return _met(counts, sizes, 0, other) / totals[0] if totals[0] > 0.0 else math.nan
    if index == SIMPSON:
        return _inner_interaction(counts, sizes, people)
    if index in (ENTROPY, MUTUAL):
        inner = _inner_entropy(counts, sizes, people)
        return inner if index == ENTROPY else _entropy(totals, people) - inner
    return _of_two_groups(index, shape, counts, sizes, totals, people)


@compiled
def _of_two_groups(
    index: int, shape: float, counts: Floats, sizes: Floats, totals: Floats, people: float
) -> float:
    """The indices that have no meaning when everybody belongs to one group."""
    if _interaction(totals, people) <= 0.0:
        return math.nan
    if index == DISSIMILARITY:
        return _dissimilarity(counts, sizes, totals, people)
    if index == GINI:
        return _gini(counts, sizes, totals, people)
    if index == CORRELATION:
        return _correlation(counts, sizes, totals, people)
    if index == ATKINSON:
        return _atkinson(counts, sizes, totals[0], people - totals[0], shape)
    return 1.0 - _inner_entropy(counts, sizes, people) / _entropy(totals, people)
