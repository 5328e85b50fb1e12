"""Hold a simulation against what was published: fit what is not known, and tell how close it comes.

A simulation is taken as a function of assumptions and a seed that gives figures by name, so that the same few
lines serve every city.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares

from ongedeeld.errors import N_, InputError
from ongedeeld.simulation.assuming.assumptions import Assumptions
from ongedeeld.vocabulary import Both

Simulate = Callable[[Assumptions, int], Mapping[str, float]]

GRID = 1000
"""Quantiles are tried in whole parts of this, so that no float decides what is drawn."""

START, STEP = 0.5, 0.06
LEVELS = (0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Moment:
    """A published figure that a simulation is held against.

    Parameters
    ----------
    name, label
        What the simulation and what people call it.
    published
        The figure.
    tolerance
        How far off counts as one when misses are weighed: what rounding and definitions leave open.
    """

    name: str
    label: Both
    published: float
    tolerance: float


@dataclass(frozen=True)
class Fit:
    """Assumptions fitted to published figures.

    Parameters
    ----------
    assumptions
        With the fitted ones at their quantile.
    quantiles
        Where each fitted assumption came to lie in its range: at 0 or 1 its range held it back.
    table
        From :func:`closeness`, with the seeds that were fitted on.
    """

    assumptions: Assumptions
    quantiles: Mapping[str, Fraction]
    table: pl.DataFrame


def fit(
    simulate: Simulate,
    moments: Sequence[Moment],
    assumptions: Assumptions,
    free: Sequence[str],
    seeds: Sequence[int],
) -> Fit:
    """Move assumptions within their ranges until the simulated figures come closest to the published ones.

    Parameters
    ----------
    simulate
        Figures by the name of a moment, from assumptions and a seed.
    moments
        The published figures.
    assumptions
        Where to start: those in `free` at the middle of their ranges.
    free
        The names of the assumptions that may move, each within its stated range and no further.
    seeds
        The seeds over which figures are averaged; the same at every step, so that steps compare.

    Raises
    ------
    InputError
        When more assumptions would move than there are published figures.

    Notes
    -----
    The method of simulated moments: the least ``Σ ((mean simulated - published) / tolerance)²`` over the
    quantiles of the free assumptions (McFadden 1989, *A method of simulated moments for estimation of
    discrete response models without numerical integration*, Econometrica 57(5)), by a trust region within
    bounds (``scipy.optimize.least_squares``) with steps wide enough to see over the steps of a simulation.
    """
    if len(free) > len(moments):
        raise InputError(
            N_("{free} assumptions cannot be fitted to {moments} published figures"),
            expected=N_("at least as many figures as assumptions that may move"),
            remedy=N_("let fewer assumptions move"),
            free=len(free),
            moments=len(moments),
        )
    tried: dict[tuple[int, ...], NDArray[np.float64]] = {}

    def misses(shifted: NDArray[np.float64]) -> NDArray[np.float64]:
        place = tuple(round(one) for one in (shifted - 1) * GRID)
        if place not in tried:
            drawn = assumptions.drawn(_quantiles(free, place))
            means = np.mean([_figures(simulate, moments, drawn, seed) for seed in seeds], axis=0)
            tried[place] = _in_tolerances(means, moments)
        return tried[place]

    # Quantiles are moved from 1 to 2, as relative steps vanish near 0.
    least_squares(
        misses, np.full(len(free), 1 + START), bounds=(1, 2), diff_step=STEP, xtol=1 / GRID, ftol=1e-3
    )
    best = min(tried, key=lambda place: (float(np.sum(tried[place] ** 2)), place))
    quantiles = _quantiles(free, best)
    fitted = assumptions.drawn(quantiles)
    return Fit(fitted, MappingProxyType(quantiles), closeness(simulate, moments, fitted, seeds))


def closeness(
    simulate: Simulate, moments: Sequence[Moment], assumptions: Assumptions, seeds: Sequence[int]
) -> pl.DataFrame:
    """How close simulated figures come to the published ones over many seeds.

    Returns
    -------
    pl.DataFrame
        By `moment`: `label_nl`, `label_en`, `published`, `simulated` (the mean), `low` and `high` (between
        them lie 95 % of the seeds), `off` (simulated less published, in tolerances) and `within` (whether the
        published figure lies between `low` and `high`, or the mean within one tolerance of it).
    """
    figures = np.array([_figures(simulate, moments, assumptions, seed) for seed in seeds])
    low, high = np.quantile(figures, (0.025, 0.975), axis=0)
    mean = figures.mean(axis=0)
    off = _in_tolerances(mean, moments)
    published = np.array([one.published for one in moments])
    return pl.DataFrame(
        {
            "moment": [one.name for one in moments],
            "label_nl": [one.label.nl for one in moments],
            "label_en": [one.label.en for one in moments],
            "published": published,
            "simulated": mean,
            "low": low,
            "high": high,
            "off": off,
            "within": ((low <= published) & (published <= high)) | (np.abs(off) <= 1),
        }
    )


def prediction_score(happened: ArrayLike, futures: ArrayLike, before: float) -> dict[str, float]:
    """How well futures told what then happened.

    Parameters
    ----------
    happened
        What was published, by period [periods].
    futures
        The same in each future [futures, periods].
    before
        The last figure that was known.

    Returns
    -------
    dict
        `held_80` and `held_95`, the share of periods inside those intervals of the futures; `error`, the
        mean absolute miss of the median; `error_same`, that of 'the same as the last known'; and
        `error_last`, that of 'the same as one period ago', which knows each figure before the next.

    Examples
    --------
    >>> prediction_score([10, 14], [[9, 9], [10, 10], [11, 11]], before=12)
    {'held_80': 0.5, 'held_95': 0.5, 'error': 2.0, 'error_same': 2.0, 'error_last': 3.0}
    """
    real = np.asarray(happened, np.float64)
    drawn = np.asarray(futures, np.float64)
    held = {}
    for level in LEVELS:
        low, high = np.quantile(drawn, ((1 - level) / 2, (1 + level) / 2), axis=0)
        held[f"held_{level * 100:.0f}"] = float(np.mean((low <= real) & (real <= high)))
    one_before = np.concatenate([[before], real[:-1]])
    return {
        **held,
        "error": float(np.mean(np.abs(np.median(drawn, axis=0) - real))),
        "error_same": float(np.mean(np.abs(before - real))),
        "error_last": float(np.mean(np.abs(one_before - real))),
    }


def _quantiles(free: Sequence[str], place: Sequence[int]) -> dict[str, Fraction]:
    return {name: Fraction(at, GRID) for name, at in zip(free, place, strict=True)}


def _figures(
    simulate: Simulate, moments: Sequence[Moment], assumptions: Assumptions, seed: int
) -> list[float]:
    found = simulate(assumptions, seed)
    return [found[one.name] for one in moments]


def _in_tolerances(means: NDArray[np.float64], moments: Sequence[Moment]) -> NDArray[np.float64]:
    return np.array(
        [(mean - one.published) / one.tolerance for mean, one in zip(means, moments, strict=True)]
    )
