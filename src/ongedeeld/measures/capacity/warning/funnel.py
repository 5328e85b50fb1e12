"""Funnel plots: which places stand out for their size, now.

A small place differs much from the rest by chance alone, a large one hardly: limits of chance drawn against
size form a funnel (Spiegelhalter, *Statistics in Medicine* 2005). A funnel is about one moment and says
nothing of change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.capacity.warning.spread import extra_variance

Floats = NDArray[np.float64]
Family = Literal["binomial", "poisson", "normal"]

# What lies outside: one in twenty, and two in a thousand.
LIMITS = {"95": 0.95, "998": 0.998}
_GRID = 60


@dataclass(frozen=True, eq=False)
class Funnel:
    """Places against the limits that chance sets for their size.

    `points` has a row per place with a figure: `unit`, `size`, `value`, `low_95`, `high_95`, `low_998`,
    `high_998` (limits of chance alone), the same four with `_usual` behind them (limits of chance and the
    usual differences between places) and `position` (within, above_95, above_998, below_95, below_998: by
    the limits with usual differences). `limits` has the same columns of limits for sizes from the smallest to
    the largest, to draw. `target` is the figure of the whole stock and `usual_spread` the standard deviation
    τ of the usual differences.
    """

    family: Family
    target: float
    usual_spread: float
    points: pl.DataFrame
    limits: pl.DataFrame


def count_funnel(
    units: Sequence[str], counts: ArrayLike, sizes: ArrayLike, family: Literal["binomial", "poisson"]
) -> Funnel:
    """A funnel of shares (binomial) or of counts per home and year (Poisson).

    The limits are exact quantiles, interpolated as Spiegelhalter (2005, appendix A.1.1) does: with r the
    smallest count for which ``P(R <= r) > p`` at the target, the limit is ``(r - α) / size`` with ``α = (P(R
    <= r) - p) / P(R = r)``. With the usual differences τ they stand ``√(1 + τ² / v)`` times as far from the
    target, v being the variance by chance: his additive model of overdispersion.

    Parameters
    ----------
    units
        Names of the places.
    counts, sizes
        Counts, and the homes or home-years they are of; NaN or a size of zero is not known.
    family
        The distribution of chance.

    Returns
    -------
    Funnel

    Raises
    ------
    InputError
        When a share counts more than there are, or no place has a size.

    Examples
    --------
    >>> heart = count_funnel(["Bristol", "Leeds", "Oxford"], [41, 24, 23], [143, 323, 122], "binomial")
    >>> round(heart.target, 3), heart.points["high_998"].round(3).to_list()
    (0.15, [0.245, 0.212, 0.253])
    """
    given = _Given.of(units, sizes, counts)
    if family == "binomial" and (given.values > given.sizes).any():
        raise InputError(
            N_("the count of {unit} is higher than its size"),
            expected=N_("a share: a count that is at most the size"),
            unit=given.units[int(np.argmax(given.values > given.sizes))],
        )
    target = float(given.values.sum() / given.sizes.sum())
    per_size = target * (1 - target) if family == "binomial" else target

    def limit(sizes: Floats, probability: float) -> Floats:
        return _exact(sizes, target, probability, family)

    return _funnel(family, target, per_size, given, given.values / given.sizes, limit)


def grade_funnel(units: Sequence[str], grades: ArrayLike, answers: ArrayLike, spread: float) -> Funnel:
    """A funnel of mean grades; the size is the number of answers.

    Parameters
    ----------
    units
        Names of the places.
    grades, answers
        Mean grades and the answers they are of; NaN or no answers is not known.
    spread
        The standard deviation of one answer.

    Returns
    -------
    Funnel

    Raises
    ------
    InputError
        When no place has answers.

    Examples
    --------
    >>> safe = grade_funnel(["A", "B", "C"], [7.0, 7.4, 5.0], [100, 25, 100], 1.8)
    >>> safe.points["low_95"].round(2).to_list()
    [5.8, 5.45, 5.8]
    """
    given = _Given.of(units, answers, grades)
    target = float((given.values * given.sizes).sum() / given.sizes.sum())

    def limit(sizes: Floats, probability: float) -> Floats:
        return np.asarray(target + stats.norm.ppf(probability) * spread / np.sqrt(sizes))

    return _funnel("normal", target, spread**2, given, given.values, limit)


@dataclass(frozen=True, eq=False)
class _Given:
    """The places with a figure."""

    units: list[str]
    sizes: Floats
    values: Floats

    @staticmethod
    def of(units: Sequence[str], sizes: ArrayLike, values: ArrayLike) -> _Given:
        size, value = np.asarray(sizes, dtype=np.float64), np.asarray(values, dtype=np.float64)
        known = ~np.isnan(value) & (np.nan_to_num(size) > 0)
        if not known.any():
            raise InputError(N_("a funnel needs places with a size"), expected=N_("at least one"))
        return _Given([units[int(place)] for place in np.flatnonzero(known)], size[known], value[known])


def _exact(sizes: Floats, target: float, probability: float, family: Family) -> Floats:
    binomial = family == "binomial"
    known = stats.binom(np.rint(sizes), target) if binomial else stats.poisson(target * sizes)
    count = known.ppf(probability)
    reached, here = known.cdf(count), known.pmf(count)
    part = np.divide(reached - probability, here, out=np.zeros(len(sizes)), where=here > 0)
    return np.asarray(np.maximum(count - part, 0.0) / sizes)


def _funnel(
    family: Family,
    target: float,
    per_size: float,
    given: _Given,
    values: Floats,
    limit: Callable[[Floats, float], Floats],
) -> Funnel:
    extra = extra_variance(values - target, per_size / given.sizes)

    def limits(sizes: Floats) -> dict[str, Floats]:
        columns = {}
        wider = np.sqrt(1 + extra * sizes / per_size) if per_size > 0 else np.ones(len(sizes))
        for name, level in LIMITS.items():
            for side, probability in (("low", (1 - level) / 2), ("high", (1 + level) / 2)):
                by_chance = limit(sizes, probability)
                columns[f"{side}_{name}"] = by_chance
                usual = target + (by_chance - target) * wider
                columns[f"{side}_{name}_usual"] = usual if family == "normal" else np.maximum(usual, 0.0)
        return columns

    points = pl.DataFrame(
        {"unit": given.units, "size": given.sizes, "value": values, **limits(given.sizes)}
    ).with_columns(position=_position())
    grid = np.geomspace(given.sizes.min(), given.sizes.max(), _GRID)
    if family == "binomial":
        grid = np.unique(np.rint(grid))
    return Funnel(family, target, float(np.sqrt(extra)), points, pl.DataFrame({"size": grid, **limits(grid)}))


def _position() -> pl.Expr:
    value = pl.col("value")
    position = pl.lit("within")
    for name in LIMITS:
        above, below = value > pl.col(f"high_{name}_usual"), value < pl.col(f"low_{name}_usual")
        position = (
            pl.when(above)
            .then(pl.lit(f"above_{name}"))
            .otherwise(pl.when(below).then(pl.lit(f"below_{name}")).otherwise(position))
        )
    return position
