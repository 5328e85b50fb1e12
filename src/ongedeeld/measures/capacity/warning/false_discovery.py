"""Keep the share of false alarms among all alarms at a stated level.

Whoever tests a hundred places at 5 % is alarmed five times by chance alone. The false discovery rate is the
share of alarms that chance raised, on average (Benjamini and Hochberg, *Journal of the Royal Statistical
Society* B 1995).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ongedeeld.errors import N_, InputError

Floats = NDArray[np.float64]


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjusted p-values for tests that are independent or go up together.

    The i-th smallest of m becomes the least of ``p(j) m / j`` over j from i; it is at most q where an alarm
    at a false discovery rate of q is raised. Discrete p-values, as exact tests give, only make it stricter.

    Parameters
    ----------
    p_values
        Above 0 and at most 1; NaN where there was nothing to test, and stays so.

    Returns
    -------
    numpy.ndarray
        In the order given.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    return _stepped_up(p_values, dependent=False)


def benjamini_yekutieli(p_values: ArrayLike) -> Floats:
    """Adjusted p-values for tests that hang together in whatever way.

    As :func:`benjamini_hochberg`, times ``1 + 1/2 + … + 1/m`` (Benjamini and Yekutieli, *Annals of
    Statistics* 2001).

    Examples
    --------
    >>> benjamini_yekutieli([0.01, 0.04]).round(3).tolist()
    [0.03, 0.06]
    """
    return _stepped_up(p_values, dependent=True)


def _stepped_up(p_values: ArrayLike, *, dependent: bool) -> Floats:
    given = np.asarray(p_values, dtype=np.float64)
    tested = np.flatnonzero(~np.isnan(given))
    adjusted = np.full(given.shape, np.nan)
    if not len(tested):
        return adjusted
    order = tested[np.argsort(given[tested], kind="stable")]
    place = np.arange(1, len(order) + 1)
    tests = len(order) * (np.sum(1.0 / place) if dependent else 1.0)
    # Where the product is rounded down, equal p-values may not come out in another order.
    stepped = np.maximum(given[order] * tests / place, given[order])
    adjusted[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return adjusted


def checked_rate(false_discovery: float) -> float:
    """The false discovery rate, if it is one.

    Raises
    ------
    InputError
        When it does not lie between 0 and 1.
    """
    if not 0.0 < false_discovery < 1.0:
        raise InputError(
            N_("a false discovery rate cannot be {rate}"),
            expected=N_("a number between 0 and 1: the share of alarms that may be false, such as 0.1"),
            rate=false_discovery,
        )
    return false_discovery
