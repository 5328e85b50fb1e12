"""What may have been counted before figures were published: how likely each count is that could lie behind.

A published 5 that was rounded to five stands for 3 to 7, a suppressed count for anything below the limit, a
share of 12 percent for 11.5 to 12.5. Those counts are not equally likely: where a group is scarce, most areas
published as 0 hold somebody. So shares of the whole and how much areas differ are estimated from what was
published (interval-censored counts, by expectation and maximisation: Dempster, Laird and Rubin 1977), with
counts that follow a negative binomial distribution around the share of the area's larger unit. Randomisation
tests draw from this, allot people, and publish the outcome in the same way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

from ongedeeld.measures.undividedness.counts import Booleans, Counts, Floats, Integers

ROUNDS = 30
ROUNDS_TO_CHOOSE = 8
MOST_POSSIBILITIES = 64
MOST_AREAS_TO_CHOOSE = 400
# From areas that have nothing in common to areas of one mix.
CONCENTRATIONS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 1e6)
# Areas are taken to differ no more than needed: a logarithm of the likelihood this much lower is as good.
AS_LIKELY = 2.0
NOBODY = 1e-9


class Behind(NamedTuple):
    """How likely the counts are that may lie behind published ones.

    Possibility k of a cell is ``lowest + k * step``, at most `highest`; `up_to` is the probability of it and
    those before it, shape (areas, groups, possibilities). `sizes` is the number of people of an area where
    that was published exactly, or else -1; the group `rest` then takes what the others leave.
    """

    lowest: Integers
    highest: Integers
    step: Integers
    up_to: Floats
    sizes: Integers
    rest: Integers


def possible(counts: Counts) -> tuple[Integers, Integers]:
    """The lowest and the highest count that may lie behind every cell, shape (areas, groups)."""
    table = counts.table
    if counts.share_unit:
        sizes = counts.sizes[:, None]
        half = counts.share_unit * sizes / 2.0
        lowest = np.minimum(np.ceil(np.maximum(table - half, 0.0)).astype(np.int64), table)
        highest = np.maximum(np.floor(np.minimum(table + half, sizes)).astype(np.int64), table)
        if counts.rest is not None:
            rest = counts.groups.index(counts.rest)
            others = [bound.sum(axis=1) - bound[:, rest] for bound in (lowest, highest)]
            highest[:, rest] = counts.sizes - others[0]
            lowest[:, rest] = np.maximum(counts.sizes - others[1], 0)
    else:
        lowest = np.maximum(table - counts.rounded_to // 2, 0)
        highest = table - counts.rounded_to // 2 + counts.rounded_to - 1
    if counts.hidden is not None:
        lowest = np.where(counts.hidden, 0, lowest)
        highest = np.where(counts.hidden, max(counts.suppressed_below - 1, 0), highest)
    return lowest, highest


def behind(counts: Counts, parents: Integers | None = None) -> Behind:
    """The counts that may lie behind published ones, with how likely each is.

    Parameters
    ----------
    counts
        As published, shape (areas, groups).
    parents
        The larger unit every area is part of, numbered from 0, whose share its counts lie around; None for
        the whole.
    """
    lowest, highest = possible(counts)
    units = np.zeros(len(counts.table), dtype=np.int64) if parents is None else parents
    most = min(int((highest - lowest).max(initial=0)) + 1, MOST_POSSIBILITIES)
    step = np.maximum(-(-(highest - lowest) // max(most - 1, 1)), 1)
    values = lowest[..., None] + np.arange(most) * step[..., None]
    chances = _likely(values, values > highest[..., None], units)
    known = bool(counts.share_unit)
    sizes = counts.sizes if known else np.full(len(units), -1)
    rest = (
        np.argmax(counts.table, axis=1)
        if counts.rest is None
        else np.full(len(units), counts.groups.index(counts.rest))
    )
    return Behind(lowest, highest, step, np.cumsum(chances, axis=-1), sizes, rest)


def _likely(values: Integers, outside: Booleans, parents: Integers) -> Floats:
    """The probability of every possibility.

    How much areas differ is estimated around the whole first. That also tells how far a larger unit with few
    people can differ from the whole, to which its share is pulled.
    """
    some = np.linspace(0, len(parents) - 1, min(len(parents), MOST_AREAS_TO_CHOOSE)).astype(np.int64)

    def concentration(around: Integers, pull: float) -> float:
        fits = [
            _fitted(values[some], outside[some], around[some], pull, each, ROUNDS_TO_CHOOSE)[1]
            for each in CONCENTRATIONS
        ]
        return max(
            each for each, fit in zip(CONCENTRATIONS, fits, strict=True) if fit > max(fits) - AS_LIKELY
        )

    whole = np.zeros_like(parents)
    pull = concentration(whole, 0.0)
    if not parents.any():
        return _fitted(values, outside, whole, 0.0, pull, ROUNDS)[0]
    return _fitted(values, outside, parents, pull, concentration(parents, pull), ROUNDS)[0]


def _fitted(
    values: Integers, outside: Booleans, parents: Integers, pull: float, concentration: float, rounds: int
) -> tuple[Floats, float]:
    """The probability of every possibility, and the logarithm of the likelihood of what was published."""
    people = np.zeros((int(parents.max()) + 1, values.shape[1]))
    means = np.where(outside, 0.0, values).sum(axis=-1) / (~outside).sum(axis=-1)
    fixed = gammaln(values + 1.0)
    for _ in range(rounds):
        sizes = np.maximum(means.sum(axis=1), NOBODY)
        people[:] = pull * means.sum(axis=0) / sizes.sum()
        np.add.at(people, parents, means)
        shares = np.maximum(people / np.maximum(people.sum(axis=1, keepdims=True), NOBODY), NOBODY)
        expected = (sizes[:, None] * shares[parents])[..., None]
        form = (concentration * shares[parents])[..., None]
        logs = gammaln(values + form) - gammaln(form) - fixed
        logs += form * np.log(form / (form + expected)) + values * np.log(expected / (form + expected))
        logs[outside] = -np.inf
        top = logs.max(axis=-1, keepdims=True)
        chances = np.exp(logs - top)
        total = chances.sum(axis=-1, keepdims=True)
        chances /= total
        means = (chances * values).sum(axis=-1)
    return chances, float((np.log(total) + top).sum())


def moments(known: Behind) -> tuple[Floats, Floats]:
    """The mean and the variance of what lies behind every cell, shape (areas, groups)."""
    chances = np.diff(known.up_to, axis=-1, prepend=0.0)
    values = known.lowest[..., None] + np.arange(chances.shape[-1]) * known.step[..., None]
    means = (chances * values).sum(axis=-1)
    return means, (chances * (values - means[..., None]) ** 2).sum(axis=-1)


def drawn_behind(known: Behind, areas: slice, draws: int, rng: np.random.Generator) -> Floats:
    """Counts that may lie behind those of some areas, shape (draws, areas, groups)."""
    lowest, step = known.lowest[areas], known.step[areas]
    chosen = np.empty((draws, *lowest.shape))
    for area, group in np.ndindex(lowest.shape):
        chosen[:, area, group] = np.searchsorted(known.up_to[areas][area, group, :-1], rng.random(draws))
    drawn: Floats = np.minimum(lowest + chosen * step, known.highest[areas])
    for area, size in enumerate(known.sizes[areas]):
        if size >= 0:
            rest = known.rest[areas][area]
            left = size - drawn[:, area].sum(axis=1) + drawn[:, area, rest]
            drawn[:, area, rest] = np.maximum(left, 0.0)
    return drawn
