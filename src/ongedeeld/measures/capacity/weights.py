"""What a rank hangs on: how it changes under every weighting in a stated set, and by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.measures.capacity._kernel import Floats
from ongedeeld.measures.capacity.scoring import Theme

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
# Scores are sums of fractions; differences smaller than this are none.
DECIMALS = 9


def weightings(weights: Sequence[float], factors: Sequence[float]) -> Floats:
    """Every weighting in the set: each theme at each of the factors times its weight.

    Parameters
    ----------
    weights
        Of the themes, shape (themes,), above zero.
    factors
        By what each may be multiplied.

    Returns
    -------
    Floats
        Shape (weightings, themes); each adds up to 1, and none occurs twice. The weights themselves are the
        first row.

    Examples
    --------
    >>> len(weightings([1.0, 1.0], [0.5, 1.0, 2.0]))
    5
    """
    every = np.array(
        [weights, *(np.multiply(weights, chosen) for chosen in product(factors, repeat=len(weights)))]
    )
    shares = np.round(every / every.sum(axis=1, keepdims=True), 12)
    _, first = np.unique(shares, axis=0, return_index=True)
    return np.asarray(shares[np.sort(first)])


def rank_limits(low: Floats, high: Floats, ranked: Booleans | None = None) -> tuple[Integers, Integers]:
    """The first and last rank that each unit can have, when its score lies somewhere from low to high.

    Parameters
    ----------
    low, high
        Shape (units,). The largest score ranks first; equal scores share the first of their ranks.
    ranked
        Shape (units,): among which units ranks are counted; all when not given. The others have the ranks
        that they would have among those and themselves.

    Examples
    --------
    >>> first, last = rank_limits(np.array([3.0, 1.0, 2.0]), np.array([3.0, 2.5, 2.0]))
    >>> first.tolist(), last.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    low, high = np.round(low, DECIMALS), np.round(high, DECIMALS)
    among = np.ones(len(low), dtype=np.bool_) if ranked is None else ranked
    surely = among.sum() - np.searchsorted(np.sort(low[among]), high, side="right")
    maybe = among.sum() - np.searchsorted(np.sort(high[among]), low, side="right")
    return surely + 1, maybe + 1 - (among & (high > low))


def rank_band(
    low: Floats, high: Floats, every: Floats, ranked: Booleans | None = None
) -> tuple[Integers, Integers]:
    """The first and last rank of each unit under every weighting in a set.

    Parameters
    ----------
    low, high
        Shape (units, themes): the scores, equal where they are known; elsewhere what they can be.
    every
        Shape (weightings, themes).
    ranked
        As of :func:`rank_limits`.
    """
    first = np.full(len(low), len(low))
    last = np.ones(len(low), dtype=np.int64)
    for weights in every:
        best, worst = rank_limits(low @ weights, high @ weights, ranked)
        first, last = np.minimum(first, best), np.maximum(last, worst)
    return first, last


def ranks_of(themes: pl.DataFrame, weights: Mapping[Theme, float], factors: Sequence[float]) -> pl.DataFrame:
    """The rank of every unit by all themes together; 1 is the largest task.

    Parameters
    ----------
    themes
        As :func:`~ongedeeld.measures.capacity.themes.themes_of` gives.
    weights
        Of the themes.
    factors
        The set of weightings.

    Returns
    -------
    pl.DataFrame
        A row per `unit`: `score` and `rank` under the stated weights, among units with a score for every
        theme (null for others); `weights_first` and `weights_last`, the ranks under every weighting in the
        set; `chance_first`, `chance_last`: under the stated weights, how many units surely do more or less,
        because intervals do not overlap (those of themes added up as those of indicators are in a theme); and
        `ranked`, among how many units all of these are counted: those with a rank. A unit without one has the
        places that it would have among them, with anything in its interval for a theme without a score (among
        all units where none has a rank).
    """
    held = set(themes["theme"])
    names = [name for name in weights if name in held and weights[name] > 0]
    units = themes["unit"].unique(maintain_order=True)
    score, low, high = (_wide(themes, units, names, column) for column in ("score", "low", "high"))
    known = ~np.isnan(score)
    least, most = np.where(known, score, low), np.where(known, score, high)
    every = weightings([weights[name] for name in names], factors)
    stated = every[0]
    total = score @ stated
    whole: Booleans = np.asarray(known.all(axis=1))
    among = whole if whole.any() else np.ones_like(whole)
    first, last = rank_band(least, most, every, among)
    below = np.sqrt(((least - low) ** 2) @ stated**2)
    above = np.sqrt(((high - most) ** 2) @ stated**2)
    by_chance = rank_limits(least @ stated - below, most @ stated + above, among)
    rank = np.zeros(len(units), dtype=np.int64)
    rank[whole] = rank_limits(total[whole], total[whole])[0]
    return pl.DataFrame(
        {
            "unit": units,
            "score": pl.Series(total).fill_nan(None),
            "rank": pl.Series(rank).set(pl.Series(~whole), None),
            "weights_first": first,
            "weights_last": last,
            "chance_first": by_chance[0],
            "chance_last": by_chance[1],
            "ranked": np.full(len(units), whole.sum()),
        }
    )


def _wide(themes: pl.DataFrame, units: pl.Series, names: Sequence[str], column: str) -> Floats:
    """A column by unit and theme."""
    wide = themes.pivot("theme", index="unit", values=column)
    ordered = pl.DataFrame({"unit": units}).join(wide, on="unit", how="left", maintain_order="left")
    return ordered.select(names).to_numpy().astype(np.float64)
