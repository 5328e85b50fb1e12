"""Fit a table of counts to known totals by iterative proportional fitting, and make whole numbers of it.

Everything works on many areas at once: the first axis of an array is the area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]

# Weights are rounded to this fraction of a household before they are made whole, so that the last bits of a
# sum, in which processors differ, decide nothing.
FRACTION_BITS = 20


@dataclass(frozen=True)
class Margin:
    """Known totals along some axes of a table.

    `axes` counts the axes behind that of the areas, from 0; `totals` has the area as its first axis and
    those axes after it, in order. A total that is not a number leaves its cells as they are.
    """

    axes: tuple[int, ...]
    totals: Floats


def fit(start: Floats, margins: Sequence[Margin], *, tolerance: float = 1e-3, rounds: int = 200) -> Floats:
    """Scale a table until it has the given totals, changing its odds ratios as little as can be.

    Iterative proportional fitting (Deming and Stephan, 1940): the table is multiplied by target over actual
    for each margin in turn, until no total is off by more than the tolerance or the rounds are over. Where
    margins contradict each other the last one is kept.

    Parameters
    ----------
    start
        What is assumed of the table before, all above zero; areas x any axes.
    margins
        The totals to reach.
    tolerance
        The largest difference from a total to put up with, in its own unit.
    rounds
        The most rounds.

    Returns
    -------
    Floats
        The fitted table, in the shape of `start`.

    Examples
    --------
    >>> import numpy as np
    >>> rows, columns = Margin((0,), np.array([[30.0, 10.0]])), Margin((1,), np.array([[20.0, 20.0]]))
    >>> fit(np.ones((1, 2, 2)), [rows, columns])[0].tolist()
    [[15.0, 15.0], [5.0, 5.0]]
    """
    table = start.astype(np.float64)
    # An area rests as soon as it fits, so that it does not depend on how long others take.
    moving = np.arange(len(table))
    for _ in range(rounds):
        part = table[moving]
        for margin in margins:
            part *= _factor(total(part, margin.axes), margin.totals[moving], _others(part, margin.axes))
        table[moving] = part
        off = np.max([_off(total(part, margin.axes), margin.totals[moving]) for margin in margins], axis=0)
        moving = moving[off > tolerance]
        if not len(moving):
            break
    return table


def _factor(actual: Floats, target: Floats, others: tuple[int, ...]) -> Floats:
    """Target over actual, spread over the other axes; one where the target is not known."""
    factor = np.divide(target, actual, out=np.zeros_like(actual), where=actual > 0)
    spread: Floats = np.expand_dims(np.where(np.isnan(target), 1.0, factor), others)
    return spread


def _off(actual: Floats, target: Floats) -> Floats:
    """The largest difference from a known total in each area."""
    off: Floats = np.nan_to_num(np.abs(actual - target)).reshape(len(actual), -1).max(axis=1)
    return off


def total(table: Floats, axes: tuple[int, ...]) -> Floats:
    """The sums of a table along all axes but the area and these."""
    sums: Floats = table.sum(axis=_others(table, axes))
    return sums


def _others(table: Floats, axes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(axis for axis in range(1, table.ndim) if axis - 1 not in axes)


def make_whole(weights: Floats, totals: Integers, keys: Keys) -> Integers:
    """Whole numbers near the weights: each is truncated, and some rounded up by a systematic sample.

    The weights of an area are laid end to end, and a count is the number of whole steps from a drawn start
    that fall within a weight. So each count is its weight rounded down or up, the mean over all starts is
    the weight itself, a run of neighbouring cells is off by less than one, and the total is exact.

    Parameters
    ----------
    weights
        Areas x cells, zero or more.
    totals
        The number that the counts of each area add up to.
    keys
        A drawn 64-bit number for each area, which sets the start.

    Returns
    -------
    Integers
        Areas x cells.
    """
    steps = np.rint(weights * (1 << FRACTION_BITS)).astype(np.int64)
    # What rounding left over goes to the largest cell, which feels it least.
    rows = np.arange(len(steps))
    steps[rows, steps.argmax(axis=1)] += (totals << FRACTION_BITS) - steps.sum(axis=1)
    start = (keys >> np.uint64(64 - FRACTION_BITS)).astype(np.int64)
    reached = (np.cumsum(steps, axis=1) + start[:, None]) >> FRACTION_BITS
    return np.diff(reached, axis=1, prepend=0)


def tilt(shares: Floats, sizes: Floats, means: Floats) -> Floats:
    """Tilt distributions over sizes by `exp(slope * size)` so that each area gets its mean.

    Of all distributions with that mean this one is nearest to the first (the least relative entropy).

    Parameters
    ----------
    shares
        The distribution to start from, by group and size: areas x groups x sizes, in numbers of households;
        the numbers of each group stay.
    sizes
        The size of each cell.
    means
        The mean over all groups of an area; one that cannot be had is come as near to as can be, and one
        that is not a number leaves the distribution as it is.

    Returns
    -------
    Floats
        In the shape of `shares`.
    """
    groups = shares.sum(axis=2, keepdims=True)
    low, high = np.full(len(shares), -8.0), np.full(len(shares), 8.0)
    for _ in range(50):
        middle = (low + high) / 2
        tilted = _tilted(shares, sizes, groups, middle)
        too_small = (tilted * sizes).sum(axis=(1, 2)) < means * groups.sum(axis=(1, 2))
        low, high = np.where(too_small, middle, low), np.where(too_small, high, middle)
    return _tilted(shares, sizes, groups, np.where(np.isnan(means), 0.0, (low + high) / 2))


def _tilted(shares: Floats, sizes: Floats, groups: Floats, slope: Floats) -> Floats:
    tilted = shares * np.exp(slope[:, None, None] * (sizes - sizes.mean()))
    sums = tilted.sum(axis=2, keepdims=True)
    share: Floats = np.divide(tilted, sums, out=np.zeros_like(tilted), where=sums > 0)
    return share * groups
