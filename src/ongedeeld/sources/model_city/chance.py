"""Chance that belongs to what it befalls: a draw depends on seed, purpose, entity and moment alone.

A draw is the splitmix64 hash (Steele, Lea and Flood, 2014) of those four, so that neither the order of
drawing nor a version of NumPy changes the city, and a change for one entity leaves the luck of all others as
it was. Only operations that IEEE 754 rounds exactly are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ongedeeld.chance import GOLDEN, mixed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

# Quantiles of the exponential distribution with mean one, to draw durations without a logarithm.
_EXPONENTIAL_AT = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
_EXPONENTIAL = (0.0, 0.105, 0.223, 0.357, 0.511, 0.693, 0.916, 1.204, 1.609, 2.303, 4.605)
_MOST_EVENTS = 400


def _step(state: NDArray[np.uint64], word: ArrayLike) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        return mixed(state + (np.asarray(word).astype(np.uint64) + np.uint64(1)) * GOLDEN)


def _word(text: str) -> int:
    """The 64-bit FNV-1a hash of a text; Python's own `hash` differs from run to run."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def decay(rate: ArrayLike) -> Floats:
    """``exp(-rate)`` by repeated squaring: the processor's own `exp` is not the same everywhere."""
    power = 1.0 - np.asarray(rate, dtype=np.float64) / 2.0**30
    for _ in range(30):
        power = power * power
    return np.asarray(power)


@dataclass(frozen=True, slots=True)
class Chance:
    """All draws of one city.

    In every method `purpose` names what is drawn, `entity` tells who it befalls (whole numbers, any shape)
    and `moment` when; the shapes of entity and moment broadcast, and the draws have that shape.

    Examples
    --------
    >>> chance = Chance(1)
    >>> (chance.uniform("coin", [7, 8, 9])[1:] == chance.uniform("coin", [8, 9])).all()
    np.True_
    """

    seed: int

    def uniform(self, purpose: str, entity: ArrayLike, moment: ArrayLike = 0) -> Floats:
        """Uniform between 0 and 1, one excluded, from the top 53 bits of the hash."""
        start = _step(np.array([_word(purpose)], dtype=np.uint64), self.seed % 2**64)[0]
        bits = _step(_step(start, entity), moment)
        return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def bell(self, purpose: str, entity: ArrayLike, moment: ArrayLike = 0) -> Floats:
        """Nearly normal, mean 0, standard deviation 1, never beyond 3.5: a scaled sum of four uniforms."""
        total = sum(self.uniform(f"{purpose} {part}", entity, moment) for part in range(4))
        return np.asarray((np.asarray(total) - 2.0) * np.sqrt(3.0), dtype=np.float64)

    def poisson(self, purpose: str, entity: ArrayLike, mean: ArrayLike, moment: ArrayLike = 0) -> Integers:
        """Poisson counts, by turning the uniform draw over: to 30, a higher mean never gives a lower count.

        Above a mean of 30 they are a rounded bell of the same spread.
        """
        means = np.maximum(np.asarray(mean, dtype=np.float64), 0.0)
        draw = self.uniform(purpose, entity, moment)
        means, draw = np.broadcast_arrays(means, draw)
        small = means <= 30.0
        bell = means + np.sqrt(means) * self.bell(purpose, entity, moment)
        counts = np.where(small, 0, np.maximum(np.rint(bell), 0)).astype(np.int64)
        counts[small] = _turned_over(draw[small], means[small])
        return counts

    def duration(self, purpose: str, entity: ArrayLike, mean: ArrayLike) -> Floats:
        """Durations that are nearly exponential, at most five times their mean."""
        draw = self.uniform(purpose, entity)
        return np.asarray(mean) * np.interp(draw, _EXPONENTIAL_AT, _EXPONENTIAL)

    def pick(
        self, purpose: str, entity: ArrayLike, weights: ArrayLike | Sequence[Floats], moment: ArrayLike = 0
    ) -> Integers:
        """The number of the choice drawn; `weights` has a column per choice, and one row or many."""
        edges = np.cumsum(np.atleast_2d(np.asarray(weights, dtype=np.float64)), axis=1)
        draw = self.uniform(purpose, entity, moment) * edges[:, -1]
        passed = (draw[:, None] >= edges).sum(axis=1)
        return np.asarray(np.minimum(passed, edges.shape[1] - 1), dtype=np.int64)


def _turned_over(draw: Floats, means: Floats) -> Integers:
    term = decay(means)
    reached = term.copy()
    counts = np.zeros(draw.shape, dtype=np.int64)
    open_ = draw >= reached
    for event in range(1, _MOST_EVENTS):
        if not open_.any():
            break
        counts[open_] = event
        term = term * means / event
        reached = reached + term
        open_ = open_ & (draw >= reached) & (term > 0.0)
    return counts


def shared_out(total: int, weights: Floats, least: int = 0) -> Integers:
    """Whole numbers in proportion to the weights, that add up to `total`.

    Each is at least `least` where there is weight. The largest remainders get what rounding leaves over
    (method of Hamilton).
    """
    base = np.where(weights > 0, least, 0).astype(np.int64)
    rest = total - int(base.sum())
    exact = rest * weights / weights.sum()
    shares = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - shares), kind="stable")
    shares[order[: rest - int(shares.sum())]] += 1
    return np.asarray(base + shares)
