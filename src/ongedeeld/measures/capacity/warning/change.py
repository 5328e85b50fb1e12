"""Test of each place whether it changed for the worse by more than chance and ordinary wavering.

The null of every test: the place changed as the rest of the stock did, but for chance and for the wavering
that places ordinarily show. All arrays have an entry per place; NaN is not known, and stays so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from ongedeeld.measures.capacity.warning.spread import extra_variance, inflation

Floats = NDArray[np.float64]

_LEVEL = 0.95
_TINY = float(np.finfo(np.float64).tiny)
# Scores beyond eight standard deviations say no more than eight do.
_FARTHEST = 8.0
# Places of which chance makes less than this variance are too small to learn the spread from.
_ENOUGH_TO_LEARN = 1.0


@dataclass(frozen=True, eq=False)
class Tested:
    """What the tests of one indicator say, an entry per place.

    `size` is how much worse: of counts how many times what the stock's change would give, of grades the
    points lost beside the stock; `low` and `high` bound it at 95 %. `p_value` is one-sided and never 0;
    `score` is the same as a standard normal value (by the mid-p of a discrete test), high where it worsened;
    `least_p` is the smallest p-value the place could ever have had. `spread` is what the stock's ordinary
    wavering adds: of counts the factor φ on the variance, of grades the standard deviation τ.
    """

    size: Floats
    low: Floats
    high: Floats
    p_value: Floats
    score: Floats
    least_p: Floats
    spread: float


def count_change(before: Floats, now: Floats, expected_before: Floats, expected_now: Floats) -> Tested:
    """Whether counts rose beyond what the stock's change gives.

    Given ``n = before + now``, `now` is binomial with ``π = expected_now / (expected_before +
    expected_now)``, so the p-value is exact: ``P(X >= now)`` (Przyborowski and Wilenski, *Biometrika* 1940).
    Where counts waver more than that, both n and `now` are divided by the factor φ of the stock, in the
    p-value and in the interval (Clopper and Pearson, *Biometrika* 1934) alike.

    Parameters
    ----------
    before, now
        Counts in the two windows.
    expected_before, expected_now
        What they would be at the stock's rates; only their ratio matters.

    Returns
    -------
    Tested

    Examples
    --------
    >>> import numpy as np
    >>> before, now = np.array([9.0, 10.0, 3.0]), np.array([12.0, 3.0, 1.0])
    >>> usual = np.array([9.0, 9.0, 3.0])
    >>> tested = count_change(before, now, usual, usual / 3)
    >>> tested.p_value.round(4).tolist(), tested.size.round(2).tolist()
    ([0.0017, 0.6674, 0.6836], [4.0, 0.9, 1.0])
    """
    total = before + now
    with np.errstate(divide="ignore", invalid="ignore"):
        share = expected_now / (expected_before + expected_now)
        possible = (total > 0) & (share > 0) & (share < 1)
        total, now, share = (np.where(possible, values, np.nan) for values in (total, now, share))
        by_chance = total * share * (1 - share)
        scores = (now - total * share) / np.sqrt(by_chance)
        factor = inflation(scores[by_chance >= _ENOUGH_TO_LEARN])
        size = (now / expected_now) / (before / expected_before)
    events, rest = now / factor, (total - now) / factor
    at_least = _tail(events, rest, share)
    more = np.where(rest > 0, _tail(events + 1, rest - 1, share), np.where(np.isnan(rest), np.nan, 0.0))
    edges = _odds_limits(events, rest)
    ratio = expected_before / np.where(expected_now > 0, expected_now, np.nan)
    return Tested(
        size=size,
        low=edges[0] * ratio,
        high=edges[1] * ratio,
        p_value=np.maximum(at_least, _TINY),
        score=_score((at_least + more) / 2),
        least_p=np.maximum(share ** (total / factor), _TINY),
        spread=factor,
    )


def _tail(events: Floats, rest: Floats, share: Floats) -> Floats:
    """``P(X >= events)`` of a binomial of `events + rest`, also for parts of events."""
    inside = np.where(events > 0, events, 1.0)
    tail = special.betainc(inside, np.maximum(rest, -1 + 1e-9) + 1, share)
    return np.asarray(np.where(np.isnan(events), np.nan, np.where(events > 0, tail, 1.0)))


def _odds_limits(events: Floats, rest: Floats) -> tuple[Floats, Floats]:
    beyond = (1 - _LEVEL) / 2
    low = special.betaincinv(np.where(events > 0, events, 1.0), rest + 1, beyond)
    high = special.betaincinv(events + 1, np.where(rest > 0, rest, 1.0), 1 - beyond)
    low = np.where(events > 0, low, np.where(np.isnan(events), np.nan, 0.0))
    with np.errstate(divide="ignore"):
        return low / (1 - low), np.where(
            rest > 0, high / (1 - high), np.where(np.isnan(rest), np.nan, np.inf)
        )


def grade_change(worse: Floats, variance: Floats) -> Tested:
    """Whether grades fell beyond what the stock's change gives.

    ``t = worse / √(variance + τ²)`` against Student's distribution with as many degrees of freedom as there
    are other places, as τ² is estimated from the places.

    Parameters
    ----------
    worse
        How much worse the grade became beside the stock, in its own unit.
    variance
        The variance of that by chance: few answers, few inspections; zero where it is not known.

    Returns
    -------
    Tested
        With equal scores for places of equal change and answers, whatever the number of places.

    Examples
    --------
    >>> import numpy as np
    >>> tested = grade_change(np.array([2.0, 0.3, -0.2, -0.1, 0.1, 0.0]), np.full(6, 0.04))
    >>> tested.p_value.round(3).tolist()
    [0.01, 0.319, 0.624, 0.563, 0.437, 0.5]
    """
    extra = extra_variance(worse, variance)
    deviation = np.sqrt(variance + extra)
    others = max(int(np.isfinite(worse).sum()) - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value = np.maximum(stats.t.sf(worse / deviation, others), _TINY)
    # Without any spread there is nothing to hold the change against.
    p_value = np.where(deviation > 0, p_value, np.where(np.isnan(worse), np.nan, 1.0))
    reach = stats.t.isf((1 - _LEVEL) / 2, others) * deviation
    return Tested(
        size=worse,
        low=worse - reach,
        high=worse + reach,
        p_value=p_value,
        score=_score(p_value),
        least_p=np.where(np.isnan(worse), np.nan, _TINY),
        spread=float(np.sqrt(extra)),
    )


def _score(p_values: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(stats.norm.isf(p_values), -_FARTHEST, _FARTHEST))
