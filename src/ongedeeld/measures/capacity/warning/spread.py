"""How much more places differ, or waver, than chance alone makes them.

Limits and tests that count on chance alone call far too many places out of the ordinary: places differ for
good, waver from year to year, and what is counted comes in clumps, as one household may be reported of ten
times. Spiegelhalter (*Statistics in Medicine* 2005; *Quality and Safety in Health Care* 2005) therefore
estimates the extra spread from all places together, after pulling the most extreme tenth on either side
back to the rest, so that the few that really worsen do not hide themselves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

Floats = NDArray[np.float64]

WINSORISED = 0.1
"""The share of places on either side that is pulled back to the rest."""

# The mean square of a standard normal value of which a tenth on either side is pulled back to its quantiles
# (-1.2816, 1.2816). Without this correction the spread of ordinary places would come out a third too small.
_OF_NORMAL = 0.678655
_FEWEST = 3
# Of a figure without a variance of its own, any difference is endlessly many standard deviations.
_FARTHEST = 1e6


def winsorised(values: ArrayLike) -> Floats:
    """The values, with the lowest and highest tenth pulled back to the quantiles there.

    Examples
    --------
    >>> winsorised([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]).max()
    np.float64(9.0)
    """
    held = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(held, [WINSORISED, 1.0 - WINSORISED])
    return np.clip(held, low, high)


def inflation(scores: ArrayLike) -> float:
    """How many times as large as by chance the variance of standardised differences is; at least 1.

    ``φ = mean(w²) / 0.679`` with w the winsorised scores: the multiplicative correction of Spiegelhalter
    (2005), consistent for normal scores.

    Parameters
    ----------
    scores
        Differences from what was expected, divided by their standard deviation by chance; one per place.

    Returns
    -------
    float
        1 where fewer than three places are known.

    Examples
    --------
    >>> inflation([-1.0, 0.5, 1.0, -0.5, 0.0]), round(inflation([-6.0, 3.0, 6.0, -3.0, 0.0]), 1)
    (1.0, 18.9)
    """
    known = np.asarray(scores, dtype=np.float64)
    known = known[np.isfinite(known)]
    if len(known) < _FEWEST:
        return 1.0
    return max(1.0, float(np.mean(winsorised(known) ** 2)) / _OF_NORMAL)


def extra_variance(differences: ArrayLike, variances: ArrayLike) -> float:
    """The variance τ² that places have beyond chance; zero where chance explains all.

    The τ² at which the mean of the winsorised ``d² / (v + τ²)`` is what it is for normal values: the
    additive correction of Spiegelhalter (2005), solved as Paule and Mandel (*Journal of Research of the
    National Bureau of Standards* 1982) do, so that it also serves where a figure has no variance of its own.

    Parameters
    ----------
    differences
        Differences from what was expected; one per place.
    variances
        Their variances by chance; zero where that is not known.

    Returns
    -------
    float
        In the unit of the differences, squared; zero where fewer than three places are known.

    Examples
    --------
    >>> extra_variance([-0.1, 0.05, 0.1, 0.0], [1.0] * 4)
    0.0
    >>> round(extra_variance([-2.0, 1.0, 2.0, -1.0, 0.0], [0.0] * 5), 2)
    2.1
    """
    difference = np.asarray(differences, dtype=np.float64)
    variance = np.asarray(variances, dtype=np.float64)
    known = np.isfinite(difference) & np.isfinite(variance)
    difference, variance = difference[known], variance[known]
    if len(difference) < _FEWEST or not difference.any():
        return 0.0

    def beyond_normal(extra: float) -> float:
        spread = variance + extra
        squares = np.where(difference == 0.0, 0.0, np.inf)
        np.divide(difference**2, spread, out=squares, where=spread > 0.0)
        scores = np.minimum(np.sqrt(squares), _FARTHEST) * np.sign(difference)
        return float(np.mean(winsorised(scores) ** 2)) - _OF_NORMAL

    if beyond_normal(0.0) <= 0.0:
        return 0.0
    return float(brentq(beyond_normal, 0.0, 10.0 * float(np.max(difference**2)), xtol=1e-15))
