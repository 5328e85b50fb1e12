"""Estimates for small numbers: the figure of a unit, pulled to the stock by as much as chance calls for.

Of twelve homes one with arrears is a share of 8% that says little. The figures of all units together tell how
far units differ beyond chance; from that follows what is likely of each (empirical Bayes, with the doubt
about the stock itself in the intervals; see `_kernel`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, gammainc, gammaincinv, ndtr, ndtri

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.capacity import _kernel as kernel
from ongedeeld.measures.capacity._kernel import Floats

LEVEL = 0.95
Booleans = NDArray[np.bool_]
Values = Sequence[float | None] | Sequence[int | None] | Floats | NDArray[np.int64] | pl.Series
Family = Literal["beta", "gamma", "normal"]


@dataclass(frozen=True, eq=False)
class Spread:
    """Distributions of one family, each by its mean and variance.

    Parameters
    ----------
    family
        `beta` for shares, `gamma` for rates, `normal` for mean grades.
    mean, variance
        Arrays of one shape; not-a-number where nothing is known.
    """

    family: Family
    mean: Floats
    variance: Floats

    def quantile(self, chance: float) -> Floats:
        """The value below which it lies with this chance."""
        first, second = self._parameters()
        if self.family == "beta":
            return np.asarray(betaincinv(first, second, chance))
        if self.family == "gamma":
            return np.asarray(gammaincinv(first, chance) / second)
        return np.asarray(first + second * ndtri(chance))

    def below(self, limit: float) -> Floats:
        """The chance that it lies below a limit."""
        first, second = self._parameters()
        if self.family == "beta":
            return np.asarray(betainc(first, second, np.clip(limit, 0.0, 1.0)))
        if self.family == "gamma":
            return np.asarray(gammainc(first, np.maximum(limit, 0.0) * second))
        return np.asarray(ndtr((limit - first) / second))

    def _parameters(self) -> tuple[Floats, Floats]:
        """Those of the family with this mean and variance."""
        if self.family == "beta":
            size = self.mean * (1.0 - self.mean) / self.variance - 1.0
            return self.mean * size, (1.0 - self.mean) * size
        if self.family == "gamma":
            return self.mean**2 / self.variance, self.mean / self.variance
        return self.mean, np.sqrt(self.variance)


@dataclass(frozen=True)
class Stock:
    """How the units of a stock differ beyond chance.

    Parameters
    ----------
    mean
        The mean over units.
    size
        How alike they are, in the unit of the trials, exposure or answers: a unit with as many leans half on
        its own figures and half on the stock.
    units
        On how many units it rests.
    spread
        The distribution of units.
    """

    mean: float
    size: float
    units: int
    spread: Spread


@dataclass(frozen=True, eq=False)
class Shrunken:
    """The estimate of every unit, in the order given; not-a-number where its figure is missing.

    Parameters
    ----------
    estimate, low, high
        What is likely of each unit: the mean and the limits of the interval.
    own
        From 0 to 1, how much the estimate leans on the unit's own figures; the rest is the stock.
    spread
        All that is likely of each, to ask the chance of other limits.
    stock
        How units differ; None where no unit has a figure.
    """

    estimate: Floats
    low: Floats
    high: Floats
    own: Floats
    spread: Spread
    stock: Stock | None


def shrink_shares(successes: Values, trials: Values, *, level: float = LEVEL) -> Shrunken:
    """Shares of units, such as homes with rent arrears, by a beta-binomial model fitted on all of them.

    A unit's share is one of a beta distribution with mean m and size s, and its count is binomial. Given
    those the share of a unit with k of n is likely around ``(k + s m) / (n + s)``; m and s are averaged
    over what the marginal likelihood leaves likely (Kass and Steffey 1989; Christiansen and Morris 1997).

    Parameters
    ----------
    successes, trials
        Per unit, shape (units,): how many of how many. A missing value (None, not-a-number), or none to
        count among, leaves the unit out; it is not taken as zero.
    level
        How sure the interval is, between 0 and 1.

    Returns
    -------
    Shrunken
        In shares, from 0 to 1.

    Raises
    ------
    InputError
        For a count below zero or above its total, columns of other lengths, or a level outside its limits.

    Examples
    --------
    >>> shrunken = shrink_shares([0, 1, 6, None], [12, 12, 60, 40])
    >>> shrunken.estimate.round(2).tolist()
    [0.06, 0.09, 0.1, nan]
    """
    counts, totals, known = _checked(successes, trials, level)
    if np.any(counts[known] > totals[known]):
        raise InputError(
            N_("more are counted than there are: {count} of {total}"),
            expected=N_("a count from 0 to its total"),
            remedy=N_("check which homes the counts are of"),
            count=_plain(counts[known & (counts > totals)][0]),
            total=_plain(totals[known & (counts > totals)][0]),
        )
    model = kernel.Shares.of(counts[known], totals[known])
    return _counted("beta", model, known, level)


def shrink_rates(events: Values, exposure: Values, *, level: float = LEVEL) -> Shrunken:
    """Rates of units, such as nuisance cases a home and year, by a gamma-Poisson model fitted on all of them.

    A unit's rate is one of a gamma distribution with mean m and size s, and its count is Poisson. Given those
    the rate of a unit with k events in e is likely around ``(k + s m) / (e + s)``; m and s are averaged over
    what the marginal likelihood leaves likely (Christiansen and Morris 1997).

    Parameters
    ----------
    events
        Per unit, shape (units,): how many. Missing (None, not-a-number) is not zero: it leaves the unit out.
    exposure
        Per unit, in how much: home-years, vacancies. None or zero leaves the unit out.
    level
        How sure the interval is, between 0 and 1.

    Returns
    -------
    Shrunken
        In events per unit of exposure.

    Raises
    ------
    InputError
        For a number below zero, columns of other lengths, or a level outside its limits.

    Examples
    --------
    >>> shrunken = shrink_rates([0, 3, 30], [10.0, 10.0, 100.0])
    >>> bool(0 < shrunken.estimate[0] < shrunken.estimate[1] < 0.3)
    True
    """
    counts, lengths, known = _checked(events, exposure, level)
    return _counted("gamma", kernel.Rates.of(counts[known], lengths[known]), known, level)


def shrink_means(means: Values, spreads: Values, answers: Values, *, level: float = LEVEL) -> Shrunken:
    """Mean grades of units, by a normal model fitted on all of them.

    A unit's mean is one of a normal distribution, and its mean grade differs from it with variance
    ``s² / n``. The standard deviation s of answers within units is pooled, ``s² = Σ (n-1) s_i² / Σ (n-1)``,
    for that of a few answers tells little.

    Parameters
    ----------
    means, spreads, answers
        Per unit, shape (units,): the mean grade, the standard deviation and number of the answers. A missing
        mean or number leaves the unit out; a missing standard deviation leaves it out of s only.
    level
        How sure the interval is, between 0 and 1.

    Returns
    -------
    Shrunken
        In the grades given. Where no standard deviation is known, nothing can be told: all is missing.

    Raises
    ------
    InputError
        For a number of answers or standard deviation below zero, columns of other lengths, or a level outside
        its limits.

    Examples
    --------
    >>> shrunken = shrink_means([7.0, 6.0, 8.0], [1.5, 1.5, 1.5], [10, 40, 5])
    >>> bool(6.0 < shrunken.estimate[1] < 7.0)
    True
    """
    grades, numbers, known = _checked(means, answers, level)
    within, _, spread_known = _checked(spreads, answers, level)
    freedom = np.where(spread_known & known, numbers - 1.0, 0.0)
    total = float(freedom.sum())
    pooled = float(np.nansum(freedom * np.where(freedom > 0, within, 0.0) ** 2) / total) if total > 0 else 0.0
    if pooled <= 0.0:
        known = np.zeros_like(known)
    if not known.any():
        return _nothing("normal", known)
    variances = pooled / numbers[known]
    typical = float(np.median(variances))
    grid = kernel.fit_means(grades[known], variances, typical)
    moments = kernel.moments_of_means(grades[known], variances, grid)
    between = float(np.exp(grid.weights @ np.log(grid.sizes)))
    stock = _stock("normal", grid, pooled / between, between, int(known.sum()))
    return _shrunken("normal", moments, stock, known, level)


def _counted(family: Family, model: kernel.Shares | kernel.Rates, known: Booleans, level: float) -> Shrunken:
    if not known.any():
        return _nothing(family, known)
    exposure = model.trials if isinstance(model, kernel.Shares) else model.exposure
    grid = kernel.fit_counts(model, float(np.median(exposure)))
    size = float(np.exp(grid.weights @ np.log(grid.sizes)))
    mean = float(grid.weights @ grid.means)
    variance = mean * (1.0 - mean) / (size + 1.0) if family == "beta" else mean / size
    stock = _stock(family, grid, size, variance, int(known.sum()))
    return _shrunken(family, kernel.moments_of_counts(model, grid), stock, known, level)


def _stock(family: Family, grid: kernel.Grid, size: float, variance: float, units: int) -> Stock:
    mean = float(grid.weights @ grid.means)
    return Stock(mean, size, units, Spread(family, np.array(mean), np.array(variance)))


def _shrunken(
    family: Family, moments: kernel.Moments, stock: Stock, known: Booleans, level: float
) -> Shrunken:
    spread = Spread(family, _placed(moments.means, known), _placed(moments.variances, known))
    tail = (1.0 - level) / 2.0
    return Shrunken(
        spread.mean,
        spread.quantile(tail),
        spread.quantile(1.0 - tail),
        _placed(moments.own, known),
        spread,
        stock,
    )


def _nothing(family: Family, known: Booleans) -> Shrunken:
    nothing = np.full(known.shape, np.nan)
    return Shrunken(nothing, nothing, nothing, nothing, Spread(family, nothing, nothing), None)


def _placed(values: Floats, known: Booleans) -> Floats:
    placed = np.full(known.shape, np.nan)
    placed[known] = values
    return placed


def _checked(values: Values, sizes: Values, level: float) -> tuple[Floats, Floats, Booleans]:
    """Both as numbers, and which units are known."""
    if not 0.0 < level < 1.0:
        raise InputError(
            N_("an interval cannot have level {level}"),
            expected=N_("a number above 0 and below 1"),
            level=level,
        )
    first, second = (np.array(column, dtype=np.float64) for column in (values, sizes))
    if first.shape != second.shape or first.ndim != 1:
        raise InputError(
            N_("the columns to shrink are not of one length: {first} and {second}"),
            expected=N_("one number of each per unit"),
            first=first.size,
            second=second.size,
        )
    lower = [column for column in (first, second) if np.any(column < 0)]
    if lower:
        raise InputError(
            N_("a number below zero cannot be shrunk: {number}"),
            expected=N_("counts, grades and numbers of homes from 0"),
            number=_plain(float(np.nanmin(lower[0]))),
        )
    return first, second, np.isfinite(first) & np.isfinite(second) & (second > 0)


def _plain(number: float) -> str:
    return f"{number:g}"
