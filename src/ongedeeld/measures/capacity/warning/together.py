"""What all indicators of a place say together, and how sure the order of the places is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_FEWEST_PAIRS = 10
_RANK_LEVEL = 0.95
_DRAWS = 1_000


@dataclass(frozen=True, eq=False)
class Together:
    """The p-values of places over their indicators: `broad`, `sharp`, and the two as one, `p_value`."""

    broad: Floats
    sharp: Floats
    p_value: Floats


def together(scores: Floats, p_values: Floats) -> Together:
    """Whether a place worsened, either a little on everything or much on one thing.

    `broad` adds up the scores (Stouffer): ``Z = Σz / √(Σ R)`` with R the correlations between indicators
    over the places, so that figures that go up and down together do not count twice; figures that go in
    opposite directions do not count for more than independent ones. `sharp` is the smallest
    p-value times the number of indicators (Bonferroni). A place may be struck either way, so its p-value is
    twice the smaller of both.

    Parameters
    ----------
    scores, p_values
        Of shape (places, indicators); NaN where there was nothing to test.

    Returns
    -------
    Together
        NaN for a place without any test.

    Examples
    --------
    >>> import numpy as np
    >>> found = together(np.array([[3.0, 3.0], [0.0, 0.1]]), np.array([[0.00135, 0.00135], [0.5, 0.46]]))
    >>> found.sharp.tolist(), bool(found.p_value[0] < 0.01)
    ([0.0027, 0.92], True)
    """
    tested = ~np.isnan(p_values)
    count = tested.sum(axis=1)
    overlap = tested.astype(np.float64)
    shared = np.einsum("ui,ij,uj->u", overlap, correlations(scores), overlap)
    variance = np.maximum(shared, count)
    summed = np.where(tested, scores, 0.0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        broad = np.where(count > 0, stats.norm.sf(summed / np.sqrt(variance)), np.nan)
    least = np.where(tested, p_values, np.inf).min(axis=1, initial=np.inf)
    sharp = np.where(count > 0, np.minimum(least * np.maximum(count, 1), 1.0), np.nan)
    return Together(broad, sharp, np.minimum(2.0 * np.minimum(broad, sharp), 1.0))


def correlations(scores: Floats) -> Floats:
    """Correlations between the indicators over the places.

    From ranks, ``2 sin(π ρ / 6)`` with ρ that of Spearman, so that the few places that worsen on everything
    weigh little. Where fewer than ten places have both figures they count as one and the same, to be on the
    safe side.
    """
    size = scores.shape[1]
    found = np.eye(size)
    for first in range(size):
        for second in range(first):
            both = ~np.isnan(scores[:, first]) & ~np.isnan(scores[:, second])
            found[first, second] = found[second, first] = _correlation(scores[both][:, [first, second]])
    return found


def _correlation(pairs: Floats) -> float:
    if len(pairs) < _FEWEST_PAIRS:
        return 1.0
    ranks = stats.rankdata(pairs, axis=0)
    if np.ptp(ranks, axis=0).min() == 0.0:
        return 0.0
    rank_correlation = float(np.corrcoef(ranks.T)[0, 1])
    return float(2.0 * np.sin(np.pi * rank_correlation / 6.0))


def rank_bands(p_values: Floats, seed: int) -> tuple[Integers, Integers]:
    """Between which places in the order each stands, at 95 %, as chance could also have had it.

    A league table looks surer than it is (Goldstein and Spiegelhalter, *Journal of the Royal Statistical
    Society* A 1996): the score of every place is drawn 1,000 times with its own standard deviation of 1.

    Parameters
    ----------
    p_values
        Of the places, none unknown.
    seed
        Of the draws.

    Returns
    -------
    tuple of numpy.ndarray
        The lowest and the highest rank; rank 1 has most evidence of worsening.

    Examples
    --------
    >>> import numpy as np
    >>> [ranks.tolist() for ranks in rank_bands(np.array([1e-12, 0.5, 0.5]), seed=1)]
    [[1, 2, 2], [1, 3, 3]]
    """
    luck = np.random.default_rng(seed)
    scores = np.clip(stats.norm.isf(p_values), -8.0, 8.0)
    drawn = scores + luck.standard_normal((_DRAWS, len(scores)))
    ranks = np.empty(drawn.shape, dtype=np.int64)
    np.put_along_axis(ranks, np.argsort(-drawn, axis=1), np.arange(1, len(scores) + 1)[None, :], axis=1)
    beyond = (1 - _RANK_LEVEL) / 2
    limits = np.quantile(ranks, [beyond, 1 - beyond], axis=0, method="nearest")
    return limits[0], limits[1]
