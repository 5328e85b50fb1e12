"""Between which limits the figure of an area lies, given how few people its counts are of.

Limits hold for every area by itself, without assuming that it is like the others:

1. The share of every group has the limits of Clopper and Pearson (1934), which hold at least as often as they
   say; for more than two groups they hold for all groups at once (Bonferroni). What was rounded or suppressed
   may be any count that could lie behind it.
2. The lowest and highest figure within those limits are found exactly: diversity and distance from the whole
   are smallest or largest at the mix nearest to even or to the whole, and at a corner of the limits.
3. The whole is not known exactly either. Its variance is joined with the distance to each limit (Zou and
   Donner, *Statistics in Medicine* 27, 2008).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.stats import beta, norm

from ongedeeld.measures.undividedness.area_figures import Figure
from ongedeeld.measures.undividedness.behind import Behind, moments, possible
from ongedeeld.measures.undividedness.counts import Booleans, Counts, Floats, Integers
from ongedeeld.measures.undividedness.measuring import View

HALVINGS = 80
MOST_GROUPS = 8
NEAR = 1e-12


class Sizes(NamedTuple):
    """The people of every area at least and at most, by measured group, shape (areas, groups)."""

    lowest: Floats
    highest: Floats
    everybody: Integers | None


def sizes_of(counts: Counts, into: Integers, groups: int) -> Sizes:
    """The fewest and most people that may lie behind published counts, with their columns added up."""
    lowest, highest = (added_up(bound, into, groups) for bound in possible(counts))
    return Sizes(lowest, highest, counts.sizes if counts.share_unit else None)


def added_up(cells: Integers | Floats, into: Integers, groups: int) -> Floats:
    """The columns of the last axis added up by the group each is part of."""
    total = np.zeros((*cells.shape[:-1], groups))
    for column, group in enumerate(into):
        total[..., group] += cells[..., column]
    return total


def share_limits(sizes: Sizes, present: Booleans, level: float) -> tuple[Floats, Floats]:
    """The limits of the share of every group of every area, shape (areas, groups).

    Parameters
    ----------
    sizes
        What was counted, at least and at most.
    present
        The groups that anybody belongs to; the others have no share anywhere.
    level
        How often all limits of an area hold at once, at least.
    """
    groups = int(present.sum())
    tail = (1.0 - level) / 2.0 / (groups if groups > 2 else 1)
    few, many = sizes.lowest, sizes.highest
    if sizes.everybody is None:
        fewest = few + many.sum(axis=1, keepdims=True) - many
        most = many + few.sum(axis=1, keepdims=True) - few
    else:
        fewest = most = np.broadcast_to(sizes.everybody[:, None], few.shape)
    low = np.where(few > 0, beta.ppf(tail, np.maximum(few, 1), fewest - few + 1), 0.0)
    high = np.where(many < most, beta.ppf(1.0 - tail, many + 1, np.maximum(most - many, 1)), 1.0)
    return np.where(present, low, 0.0), np.where(present, high, 0.0)


def nearest(low: Floats, high: Floats, centre: Floats) -> Floats:
    """The mix within the limits that is nearest to a centre, shape (areas, groups).

    Both ``Σ π ln(π/c)`` and, around an even centre, ``Σ π²`` are smallest where every share is the same
    number of times that of the centre, as far as its limits let it.
    """
    wanted = np.maximum(centre, NEAR)
    least = np.zeros((len(low), 1))
    most = (high / wanted).max(axis=1, keepdims=True)
    for _ in range(HALVINGS):
        middle = (least + most) / 2.0
        too_many = np.clip(middle * wanted, low, high).sum(axis=1, keepdims=True) > 1.0
        least, most = np.where(too_many, least, middle), np.where(too_many, middle, most)
    return normal(np.clip(most * wanted, low, high))


def normal(shares: Floats) -> Floats:
    """The shares made to add up to one."""
    unit: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return unit


def furthest(low: Floats, high: Floats, near: Floats, distance: Callable[[Floats], Floats]) -> Floats:
    """The mix within the limits at the largest convex distance: one of the corners, shape (areas, groups).

    Of more than `MOST_GROUPS` groups, those with the narrowest limits stay as in the mix `near`.
    """
    columns = np.sort(np.argsort((high - low).mean(axis=0), kind="stable")[-MOST_GROUPS:])
    best, found = distance(near), near.copy()
    for free in range(columns.size):
        held = np.delete(columns, free)
        for ends in product((False, True), repeat=held.size):
            corner = near.copy()
            corner[:, held] = np.where(ends, high[:, held], low[:, held])
            corner[:, columns[free]] += 1.0 - corner.sum(axis=1)
            moved = corner[:, columns[free]]
            fits = (moved >= low[:, columns[free]] - NEAR) & (moved <= high[:, columns[free]] + NEAR)
            corner = normal(np.maximum(corner, 0.0))
            further = fits & (distance(corner) > best)
            found[further] = corner[further]
            best = distance(found)
    return found


class Whole(NamedTuple):
    """The shares of the whole, and how sure they are for every area.

    `sampled` is the variance that its own people give a share of 1, shape (areas, 1); `published` that from
    rounding and suppression, shape (groups,).
    """

    shares: Floats
    sampled: Floats
    published: Floats


def whole_of(known: Behind, into: Integers, groups: int) -> tuple[Floats, Whole]:
    """The likeliest counts of every area, and the shares of the whole with what makes them unsure."""
    means, variances = (added_up(part, into, groups) for part in moments(known))
    people, own = means.sum(), means.sum(axis=1, keepdims=True)
    others = np.maximum(people - own, 1.0)
    sampled = (others / people) ** 2 / others
    return means, Whole(means.sum(axis=0) / people, sampled, variances.sum(axis=0) / people**2)


def joined(
    value: Floats, limits: tuple[Floats, Floats], spreads: tuple[Floats, Floats], level: float
) -> tuple[Floats, Floats]:
    """Limits widened by the standard errors that the whole gives the figure, below and above."""
    times = float(norm.ppf((1.0 + level) / 2.0))
    low = value - np.hypot(np.maximum(value - limits[0], 0.0), times * spreads[0])
    high = value + np.hypot(np.maximum(limits[1] - value, 0.0), times * spreads[1])
    return low, high


def limits(figure: Figure, view: View, known: Behind, level: float) -> tuple[Floats, Floats]:
    """The limits of the figure of every area."""
    means, whole = whole_of(known, view.into, view.groups)
    present = whole.shares > 0
    low, high = share_limits(sizes_of(view.counts, view.into, view.groups), present, level)
    if figure.name == "location_quotient":
        ends = [low, high]
    else:
        near = nearest(low, high, _centre(figure, whole.shares))
        far = furthest(low, high, near, lambda mix: figure.far(figure.of(mix, whole.shares)))
        ends = [near, far]
    figures = np.stack([figure.of(mix, whole.shares) for mix in ends])
    value = figure.of(normal(means), whole.shares)
    if figure.slope is None:
        return np.minimum(*figures), np.maximum(*figures)
    spreads = [_spread(figure.slope(mix, whole.shares), whole) for mix in (normal(means), ends[1])]
    return joined(value, (figures[0], figures[1]), (spreads[0], spreads[1]), level)


def _centre(figure: Figure, overall: Floats) -> Floats:
    """The mix at which the figure is least far: that of the whole, or an even one."""
    return overall if figure.slope is not None else np.where(overall > 0, 1.0, 0.0)


def _spread(slope: Floats, whole: Whole) -> Floats:
    """The standard error that the whole gives the figure, from how it follows the share of every group."""
    mean = (slope * whole.shares).sum(axis=1, keepdims=True)
    sampled = ((slope - mean) ** 2 * whole.shares).sum(axis=1) * whole.sampled[:, 0]
    spread: Floats = np.sqrt(sampled + (slope**2 * whole.published).sum(axis=1))
    return spread
