"""Fitting the distribution of a stock, and what it leaves likely of every unit; the twin is `_plain`.

The mean of the distribution of units has Jeffreys' prior. How alike units are is told by the shrinkage
``B = s / (s + t)``, in which s is the size of the distribution (its homes, or years, or precision) and t
that of a typical unit; B is uniform between 0 and 1 (Christiansen and Morris, *Hierarchical Poisson
Regression Modeling*, JASA 92, 1997). For every s on a grid the mean is integrated out by Laplace's method;
the grid is narrowed until it fits what is likely. Moments of a unit are averaged over that grid, so that
intervals hold the doubt about the distribution itself (Kass and Steffey, JASA 84, 1989).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, logit, zeta

Floats = NDArray[np.float64]

POINTS, ROUNDS, FEWEST_IN_REACH, REACH = 33, 12, 12, 12.0
# Natural logarithms of the size of the distribution over that of a typical unit.
SMALLEST, LARGEST = -7.0, 9.0
NEWTON_STEPS, CLOSE = 80, 1e-11


@dataclass(frozen=True)
class Grid:
    """Distributions of the stock that are likely: sizes, means, variances of those means, and weights.

    For shares and rates `sizes` are in the unit of the trials or exposure, for means variances of units.
    """

    sizes: Floats
    means: Floats
    variances: Floats
    weights: Floats


@dataclass(frozen=True)
class Moments:
    """Of every unit the mean and variance of what is likely, and how much its own figures weigh."""

    means: Floats
    variances: Floats
    own: Floats


@dataclass(frozen=True)
class Tally:
    """Values above zero that occur, and how often: what units have in common is worked out once."""

    values: Floats
    weights: Floats

    @classmethod
    def of(cls, values: Floats) -> Tally:
        """The tally of these values."""
        found, counts = np.unique(values[values > 0], return_counts=True)
        return cls(found, counts.astype(np.float64))

    def rising(self, start: Floats) -> Floats:
        """``Σ ln Γ(a + v) - ln Γ(a)`` for every a."""
        return np.asarray((gammaln(start[:, None] + self.values) - gammaln(start)[:, None]) @ self.weights)

    def slope(self, start: Floats) -> Floats:
        """Its first derivative."""
        return np.asarray((digamma(start[:, None] + self.values) - digamma(start)[:, None]) @ self.weights)

    def curve(self, start: Floats) -> Floats:
        """Its second derivative; the trigamma function is Hurwitz' ζ(2, ·)."""
        return np.asarray(
            (zeta(2.0, start[:, None] + self.values) - zeta(2.0, start)[:, None]) @ self.weights
        )


@dataclass(frozen=True)
class Shares:
    """Beta-binomial: of every unit so many out of so many; means are logits."""

    successes: Floats
    trials: Floats
    yes: Tally
    no: Tally
    all: Tally

    @classmethod
    def of(cls, successes: Floats, trials: Floats) -> Shares:
        """With the tallies made."""
        no = trials - successes
        return cls(successes, trials, Tally.of(successes), Tally.of(no), Tally.of(trials))

    def start(self) -> float:
        """The logit of the pooled share."""
        return float(logit((self.successes.sum() + 0.5) / (self.trials.sum() + 1.0)))

    def mean(self, position: Floats) -> tuple[Floats, Floats, Floats, float]:
        """The mean at a logit, its first derivative, and how that changes with the mean, once and twice."""
        mean = expit(position)
        return mean, mean * expit(-position), 1.0 - 2.0 * mean, -2.0

    def log_likelihood(self, mean: Floats, size: Floats) -> Floats:
        """Of all units together, for every mean and size."""
        first = mean * size
        return self.yes.rising(first) + self.no.rising(size - first) - self.all.rising(size)

    def slopes(self, mean: Floats, size: Floats) -> tuple[Floats, Floats]:
        """The derivatives of the likelihood to the mean."""
        first, second = mean * size, (1.0 - mean) * size
        slope = size * (self.yes.slope(first) - self.no.slope(second))
        return slope, size**2 * (self.yes.curve(first) + self.no.curve(second))

    def at(self, size: float, mean: float) -> tuple[Floats, Floats, Floats]:
        """Mean and variance of every unit under one distribution, and the weight of its own figures."""
        means = (self.successes + size * mean) / (self.trials + size)
        return means, means * (1.0 - means) / (self.trials + size + 1.0), self.trials / (self.trials + size)


@dataclass(frozen=True)
class Rates:
    """Gamma-Poisson: of every unit so many events in so much exposure; means are logarithms."""

    events: Floats
    exposure: Floats
    tally: Tally
    lengths: Floats
    units: Floats
    events_at: Floats

    @classmethod
    def of(cls, events: Floats, exposure: Floats) -> Rates:
        """With the tallies made."""
        lengths, place = np.unique(exposure, return_inverse=True)
        units = np.bincount(place).astype(np.float64)
        events_at = np.bincount(place, weights=events).astype(np.float64)
        return cls(events, exposure, Tally.of(events), lengths, units, events_at)

    def start(self) -> float:
        """The logarithm of the pooled rate."""
        return float(np.log((self.events.sum() + 0.5) / self.exposure.sum()))

    def mean(self, position: Floats) -> tuple[Floats, Floats, Floats, float]:
        """The mean at a logarithm, its first derivative, and how that changes with the mean."""
        mean = np.exp(position)
        return mean, mean, np.ones_like(mean), 0.0

    def log_likelihood(self, mean: Floats, size: Floats) -> Floats:
        """Of all units together, for every mean and size."""
        shape, wide = mean * size, size[:, None]
        never = np.log1p(self.lengths / wide) @ self.units
        return self.tally.rising(shape) - shape * never - np.log(wide + self.lengths) @ self.events_at

    def slopes(self, mean: Floats, size: Floats) -> tuple[Floats, Floats]:
        """The derivatives of the likelihood to the mean."""
        shape = mean * size
        never = np.log1p(self.lengths / size[:, None]) @ self.units
        return size * (self.tally.slope(shape) - never), size**2 * self.tally.curve(shape)

    def at(self, size: float, mean: float) -> tuple[Floats, Floats, Floats]:
        """Mean and variance of every unit under one distribution, and the weight of its own figures."""
        whole = self.exposure + size
        means = (self.events + size * mean) / whole
        return means, means / whole, self.exposure / whole


def fit_counts(model: Shares | Rates, typical: float) -> Grid:
    """The likely distributions behind counts."""

    def likely(position: Floats) -> tuple[Floats, Floats, Floats]:
        size = typical * np.exp(position)
        places, curvature = _highest(model, size)
        mean, step, _, _ = model.mean(places)
        laplace = 0.5 * np.log(step) - 0.5 * np.log(curvature)
        return model.log_likelihood(mean, size) + laplace, mean, step**2 / curvature

    position, means, variances, weights = _narrowed(likely)
    return Grid(typical * np.exp(position), means, variances, weights)


def _highest(model: Shares | Rates, size: Floats) -> tuple[Floats, Floats]:
    """For every size the best position of the mean, Jeffreys' prior included, and the curvature there.

    The slope to the position, over the derivative of the mean, falls throughout: it has one root.
    """
    place = np.full(size.shape, model.start())
    low, high = place - 40.0, place + 40.0
    for _ in range(NEWTON_STEPS):
        mean, step, bend, twist = model.mean(place)
        slope, curve = model.slopes(mean, size)
        rise = slope * step + 0.5 * bend
        bowed = -(curve * step**2 + slope * step * bend + 0.5 * twist * step)
        low, high = np.where(rise > 0, place, low), np.where(rise > 0, high, place)
        with np.errstate(divide="ignore", invalid="ignore"):
            ahead = place + rise / bowed
        sound = (bowed > 0) & (ahead > low) & (ahead < high)
        moved = np.where(sound, ahead, (low + high) / 2.0)
        done = bool(np.all(np.abs(moved - place) < CLOSE))
        place = moved
        if done:
            break
    return place, bowed


def fit_means(means: Floats, variances: Floats, typical: float) -> Grid:
    """The likely distributions behind means with known sampling variances; `sizes` are variances of units."""

    def likely(position: Floats) -> tuple[Floats, Floats, Floats]:
        precision = 1.0 / (variances + typical * np.exp(-position)[:, None])
        known = precision.sum(axis=1)
        mean = precision @ means / known
        apart = (precision * (means - mean[:, None]) ** 2).sum(axis=1)
        return 0.5 * (np.log(precision).sum(axis=1) - apart - np.log(known)), mean, 1.0 / known

    position, middle, doubt, weights = _narrowed(likely)
    return Grid(typical * np.exp(-position), middle, doubt, weights)


def _narrowed(
    likely: Callable[[Floats], tuple[Floats, Floats, Floats]],
) -> tuple[Floats, Floats, Floats, Floats]:
    """Positions over what is likely, with what `likely` tells there and their weights.

    B is uniform, so that its logit, the position, has the density B (1 - B).
    """
    first, last = SMALLEST, LARGEST
    for _ in range(ROUNDS):
        position = np.linspace(first, last, POINTS)
        height, means, variances = likely(position)
        height = height + np.log(expit(position)) + np.log(expit(-position))
        within = np.flatnonzero(height > height.max() - REACH)
        if len(within) >= FEWEST_IN_REACH:
            break
        step = position[1] - position[0]
        first, last = position[within[0]] - step, position[within[-1]] + step
    weights = np.exp(height - height.max())
    return position, means, variances, weights / weights.sum()


def moments_of_counts(model: Shares | Rates, grid: Grid) -> Moments:
    """What is likely of every unit, averaged over the likely distributions."""
    return _averaged(model.at, grid)


def moments_of_means(means: Floats, variances: Floats, grid: Grid) -> Moments:
    """What is likely of every unit, averaged over the likely distributions."""

    def at(between: float, middle: float) -> tuple[Floats, Floats, Floats]:
        own = between / (between + variances)
        return own * means + (1.0 - own) * middle, own * variances, own

    return _averaged(at, grid)


def _averaged(at: Callable[[float, float], tuple[Floats, Floats, Floats]], grid: Grid) -> Moments:
    first = second = own = np.float64(0.0)
    for size, mean, doubt, weight in zip(grid.sizes, grid.means, grid.variances, grid.weights, strict=True):
        means, variances, share = at(float(size), float(mean))
        variances = variances + (1.0 - share) ** 2 * doubt
        first = first + weight * means
        second = second + weight * (variances + means**2)
        own = own + weight * share
    return Moments(np.asarray(first), np.asarray(second - np.square(first)), np.asarray(own))
