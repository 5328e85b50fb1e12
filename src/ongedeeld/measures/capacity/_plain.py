"""The readable twin of `_kernel`: one unit and one distribution at a time, integrated by brute force.

Where the kernel tallies units and integrates the mean by Laplace's method, this adds up plain terms over a
fine grid of means and sizes. Tests hold the two together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

LogLikelihood = Callable[[float, float], float]


class Likely(NamedTuple):
    """The mean and variance of what is likely of a unit."""

    mean: float
    variance: float


def share_log_likelihood(units: Sequence[tuple[int, int]], mean: float, size: float) -> float:
    """Of units with k of n: ``Σ ln B(k + a, n - k + b) - ln B(a, b)`` with a = s m, b = s (1 - m)."""
    first, second = size * mean, size * (1.0 - mean)
    return sum(_log_beta(k + first, n - k + second) - _log_beta(first, second) for k, n in units)


def rate_log_likelihood(units: Sequence[tuple[int, float]], mean: float, size: float) -> float:
    """Of units with k in e: ``Σ ln Γ(k + r) - ln Γ(r) + r ln s - (k + r) ln (s + e)`` with r = s m."""
    shape = size * mean

    def of_one(k: int, e: float) -> float:
        rising = math.lgamma(k + shape) - math.lgamma(shape)
        return rising + shape * math.log(size) - (k + shape) * math.log(size + e)

    return sum(of_one(k, e) for k, e in units)


def likely_share(units: Sequence[tuple[int, int]], unit: int, typical: float) -> Likely:
    """What is likely of one unit, over a grid of logits of means and logarithms of sizes."""

    def of_unit(mean: float, size: float) -> Likely:
        k, n = units[unit]
        middle = (k + size * mean) / (n + size)
        return Likely(middle, middle * (1.0 - middle) / (n + size + 1.0))

    def density(mean: float, size: float) -> float:
        return share_log_likelihood(units, mean, size) + 0.5 * math.log(mean * (1.0 - mean))

    pooled = (sum(k for k, _ in units) + 0.5) / (sum(n for _, n in units) + 1.0)
    middle = math.log(pooled / (1.0 - pooled))
    means = [1.0 / (1.0 + math.exp(-middle - step)) for step in _steps()]
    return _averaged(means, typical, density, of_unit)


def likely_rate(units: Sequence[tuple[int, float]], unit: int, typical: float) -> Likely:
    """What is likely of one unit, over a grid of logarithms of means and of sizes."""

    def of_unit(mean: float, size: float) -> Likely:
        k, e = units[unit]
        middle = (k + size * mean) / (e + size)
        return Likely(middle, middle / (e + size))

    def density(mean: float, size: float) -> float:
        return rate_log_likelihood(units, mean, size) + 0.5 * math.log(mean)

    pooled = (sum(k for k, _ in units) + 0.5) / sum(e for _, e in units)
    means = [pooled * math.exp(step) for step in _steps()]
    return _averaged(means, typical, density, of_unit)


def _log_beta(first: float, second: float) -> float:
    return math.lgamma(first) + math.lgamma(second) - math.lgamma(first + second)


def _steps() -> list[float]:
    """Steps around the pooled mean, on the scale of its logit or logarithm."""
    return [-2.5 + 5.0 * step / 60 for step in range(61)]


def _averaged(
    means: Sequence[float],
    typical: float,
    density: LogLikelihood,
    of_unit: Callable[[float, float], Likely],
) -> Likely:
    """Over the grid, with B = s / (s + t) uniform: its logit has the density B (1 - B)."""
    positions = [-7.0 + 16.0 * step / 80 for step in range(81)]
    heights, found = [], []
    for mean, position in product(means, positions):
        size, share = typical * math.exp(position), 1.0 / (1.0 + math.exp(-position))
        heights.append(density(mean, size) + math.log(share * (1.0 - share)))
        found.append(of_unit(mean, size))
    top = max(heights)
    weights = [math.exp(height - top) for height in heights]
    total = sum(weights)
    first = sum(w * one.mean for w, one in zip(weights, found, strict=True)) / total
    second = sum(w * (one.variance + one.mean**2) for w, one in zip(weights, found, strict=True)) / total
    return Likely(first, second - first**2)
