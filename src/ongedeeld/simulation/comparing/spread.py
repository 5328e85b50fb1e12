"""How far outcomes differ between futures, and how much of that is chance or which assumption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import t as students_t

from ongedeeld.simulation.futures.drawing import SHARING, Future

LEVELS = (0.5, 0.8, 0.95)
"""The intervals that are told: so much of the futures lies within."""
FEWEST_PAIRS = 10
"""With fewer pairs of futures nothing is said of what the spread comes from."""
FEWEST_TO_TELL = 6
"""With fewer pairs no change is told from chance: that six lie to one side happens once in 32 times."""
SURE = 0.95
TOGETHER = ("result", "measure", "year", "level", "grouping")
"""Changes that are alike in these, where they have them, are judged together: with many of them some lie
beyond zero by chance alone."""
DUST = 1e-12
"""By how little, of their size, two sums of the same numbers may differ."""
Floats = NDArray[np.float64]


def fewest(level: float) -> int:
    """How many futures an interval needs: at least one of them beyond each of its limits.

    >>> [fewest(level) for level in LEVELS]
    [4, 10, 40]
    """
    return ceil(round(2 / (1 - level), 6))


def limits(level: float) -> tuple[str, str]:
    """The columns of the limits of an interval.

    >>> limits(0.8)
    ('low_80', 'high_80')
    """
    percent = round(100 * level)
    return f"low_{percent}", f"high_{percent}"


def spread(values: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The mean and the intervals of outcomes over futures.

    Parameters
    ----------
    values
        A row for each future and key: the columns of `key` and `value`.
    key
        What an outcome is of.

    Returns
    -------
    pl.DataFrame
        By `key`: `futures` (in how many of them it is known), `mean`, and for each of `LEVELS` the limits
        between which that share of the futures lies; null where there are fewer than `fewest` futures.
    """
    value = pl.col("value")
    quantiles = []
    for level in LEVELS:
        enough = value.count() >= fewest(level)
        for name, at in zip(limits(level), ((1 - level) / 2, (1 + level) / 2), strict=True):
            quantiles.append(pl.when(enough).then(value.quantile(at, "linear")).alias(name))
    return values.group_by(key, maintain_order=True).agg(
        value.count().cast(pl.Int64).alias("futures"), value.mean().alias("mean"), *quantiles
    )


def differences(now: pl.DataFrame, policy: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """What a policy changes in the same futures, and how sure the change is.

    Parameters
    ----------
    now, policy
        As for :func:`spread`, with a column `future`.
    key
        What an outcome is of.

    Returns
    -------
    pl.DataFrame
        As of :func:`spread`, of the difference of each future, with `rises` and `falls`: in how many futures
        there is more or less of it; `sure_low` and `sure_high`: the limits of the mean difference at 95 % by
        Student's t over pairs of futures, which share what is assumed, for each by itself; and
        `beyond_chance`: whether it is told apart from zero, allowing for how many are judged `TOGETHER`
        (:func:`holm`); null with fewer pairs than `FEWEST_TO_TELL`.
    """
    both = now.join(policy, on=["future", *key], suffix="_policy", maintain_order="left")
    told = both.select("future", *key, value=less("value_policy", "value")).drop_nulls("value")
    signs = told.group_by(key).agg(
        rises=(pl.col("value") > 0).sum().cast(pl.Int64), falls=(pl.col("value") < 0).sum().cast(pl.Int64)
    )
    joined = spread(told, key)
    for found in (signs, sure(told, key)):
        joined = joined.join(found, on=list(key), how="left", nulls_equal=True, maintain_order="left")
    together = [pl.col(name) for name in TOGETHER if name in key] or [pl.lit(0)]
    return joined.with_columns(
        beyond_chance=pl.when(pl.col("beyond_chance").is_not_null()).then(holm().over(together))
    )


def holm() -> pl.Expr:
    """Whether each of many changes is told apart from none at 5 %, allowing for how many are tried.

    By the column `p_value`; Holm, "A simple sequentially rejective multiple test procedure", 1979: the
    smallest is multiplied by their number, the next by one less, and so on until one is too large.

    Examples
    --------
    >>> pl.DataFrame({"p_value": [0.04, 0.01, 0.03]}).select(holm())["p_value"].to_list()
    [False, True, False]
    """
    rank = pl.col("p_value").rank("ordinal")
    passes = pl.col("p_value") * (pl.col("p_value").count() - rank + 1) <= 1 - SURE
    # What comes after one that is too large is not told apart, whatever it is itself.
    first = pl.when(~passes).then(rank).min()
    return pl.col("p_value").is_not_null() & (first.is_null() | (rank < first)).fill_null(value=False)


def less(one: str, other: str) -> pl.Expr:
    """One column less another; what only the order of adding up can have made is no difference.

    >>> pl.select(one=0.1 + 0.2, other=0.3).select(less("one", "other")).item()
    0.0
    """
    off = pl.col(one) - pl.col(other)
    size = pl.max_horizontal(pl.col(one).abs(), pl.col(other).abs())
    return pl.when(off.abs() <= DUST * size).then(0.0).otherwise(off)


def sure(values: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The limits of a mean over futures: `sure_low`, `sure_high`, `beyond_chance` and the `p_value` of zero.

    Futures that share assumptions count as one, by their mean; with fewer than `FEWEST_TO_TELL` of these
    nothing is told. Where all are alike there is no error to go by, and they count as so many that lie to one
    side of zero (the sign test).
    """
    pair = (pl.col("future") - 1) // SHARING
    means = values.group_by(*key, pair.alias("pair")).agg(pl.col("value").mean())
    summed = means.group_by(key).agg(
        pairs=pl.len(), middle=pl.col("value").mean(), error=pl.col("value").std() / pl.len().sqrt()
    )
    pairs, middle, error = (summed[name].cast(pl.Float64).to_numpy() for name in ("pairs", "middle", "error"))
    with np.errstate(invalid="ignore", divide="ignore"):
        reach = students_t.ppf((1 + SURE) / 2, pairs - 1) * error
        alike = np.where(middle == 0, 1.0, 2.0 ** (1 - pairs))
        p_value = np.where(error > 0, 2 * students_t.sf(np.abs(middle) / error, pairs - 1), alike)
    known = pl.Series(pairs >= FEWEST_TO_TELL)
    told = summed.with_columns(
        sure_low=pl.Series(middle - reach).set(~known, None),
        sure_high=pl.Series(middle + reach).set(~known, None),
        p_value=pl.Series(p_value.astype(np.float64)).set(~known, None),
    )
    return told.with_columns(beyond_chance=pl.col("p_value") < 1 - SURE).drop("pairs", "middle", "error")


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the spread that goes with one assumption.

    Parameters
    ----------
    assumption
        Its name.
    share
        Of the whole variance, where it is told apart from chance; otherwise 0, as it is in the rest. All
        shares and that of chance add up to one at most.
    slope
        How much the outcome moves when it goes from the low to the high end of its range.
    beyond_chance
        Whether it is told apart from chance, allowing for the number of assumptions (Holm).
    """

    assumption: str
    share: float
    slope: float
    beyond_chance: bool


@dataclass(frozen=True)
class Parts:
    """Where the spread of an outcome over futures comes from.

    Parameters
    ----------
    futures, pairs
        On how many it rests: pairs are futures that share what is assumed.
    variance
        Of the outcome; 0 when it is the same in every future.
    chance
        The share of it that is chance: what differs within pairs. None with fewer than `FEWEST_PAIRS` pairs.
    parts
        The assumptions, largest first; empty with too few pairs.
    """

    futures: int
    pairs: int
    variance: float
    chance: float | None
    parts: tuple[Part, ...]

    @property
    def enough(self) -> bool:
        """Whether there are futures enough to say anything."""
        return self.chance is not None


def parts_of(values: Mapping[int, float], quantiles: Mapping[str, Mapping[int, float]]) -> Parts:
    """Part the spread of an outcome in chance and assumptions.

    One-way analysis of variance over pairs of futures that share their assumptions: the variance within pairs
    is chance, and what the means of pairs differ more than that is assumptions. Each of these is tried by
    linear regression of the means on its quantiles. Those that are told apart from chance are then fitted in
    one regression together, and its adjusted share of the variance is parted over them by how far each moves
    the outcome there. First order: what assumptions do together is in none of them.

    Parameters
    ----------
    values
        The outcome by number of future.
    quantiles
        Of each assumption, where in its range it lay, from 0 to 1, by number of future.

    Returns
    -------
    Parts
    """
    pairs = _pairs(values)
    whole = np.array(list(values.values()), np.float64)
    if len(pairs) < FEWEST_PAIRS:
        return Parts(len(values), len(pairs), float(whole.var()) if len(whole) else 0.0, None, ())
    held = np.array([[values[one], values[other]] for one, other in pairs])
    means = held.mean(axis=1)
    within = float(((held[:, 0] - held[:, 1]) ** 2).mean() / 2)
    between = max(0.0, float(means.var(ddof=1)) - within / 2)
    total = within + between
    if total == 0:
        return Parts(len(values), len(pairs), 0.0, 1.0, ())
    firsts = [one for one, _ in pairs]
    found = [
        (name, *_regressed(means, np.array([of[one] for one in firsts]))) for name, of in quantiles.items()
    ]
    shut = _holm([p_value for *_, p_value in found])
    apart = [name for (name, *_), beyond in zip(found, shut, strict=True) if beyond]
    at = np.array([[quantiles[name][one] for name in apart] for one in firsts])
    fitted = min(between, _explained(means, at) * float(means.var(ddof=1))) / total
    shares = dict(zip(apart, fitted * _weights(means, at), strict=True))
    parts = [
        # What weighs nothing beside chance explains nothing of the spread, whatever its line says.
        Part(name, float(shares.get(name, 0.0)), slope, beyond and shares[name] > 0)
        for (name, slope, _), beyond in zip(found, shut, strict=True)
    ]
    ordered = sorted(parts, key=lambda one: (-one.share, one.assumption))
    return Parts(len(values), len(pairs), total, within / total, tuple(ordered))


def _pairs(values: Mapping[int, float]) -> list[tuple[int, int]]:
    """The futures that share assumptions, both of which are there."""
    first: dict[int, int] = {}
    found = []
    for number in sorted(values):
        pair = Future(0, number).pair
        if pair in first:
            found.append((first[pair], number))
        first[pair] = number
    return found


def _slopes(values: Floats, at: Floats) -> Floats:
    """The slopes of one regression on all columns together."""
    found: Floats = np.linalg.lstsq(at - at.mean(axis=0), values - values.mean(), rcond=None)[0]
    return found


def _explained(values: Floats, at: Floats) -> float:
    """The share of their variance that a regression on all columns explains, adjusted for their number."""
    count, columns = at.shape
    if not columns:
        return 0.0
    moved = values - values.mean()
    left = moved - (at - at.mean(axis=0)) @ _slopes(values, at)
    unexplained = float(left @ left) / float(moved @ moved)
    adjusted: float = 1 - unexplained * (count - 1) / max(1, count - columns - 1)
    return max(0.0, adjusted)


def _weights(values: Floats, at: Floats) -> Floats:
    """How far each column moves the values in the regression, as parts of one."""
    moved: Floats = _slopes(values, at) ** 2 * at.var(axis=0)
    return moved / moved.sum() if moved.sum() > 0 else moved


def _regressed(values: Floats, at: Floats) -> tuple[float, float]:
    """The slope of a straight line, and the p-value of none."""
    count = len(values)
    off, moved = at - at.mean(), values - values.mean()
    spread_at, spread_of = float(off @ off), float(moved @ moved)
    if spread_at == 0 or spread_of == 0:
        return 0.0, 1.0
    slope = float(off @ moved) / spread_at
    explained = min(1.0, slope**2 * spread_at / spread_of)
    if explained == 1.0:
        return slope, 0.0
    tried = np.sqrt(explained * (count - 2) / (1 - explained))
    return slope, float(2 * students_t.sf(tried, count - 2))


def _holm(p_values: Sequence[float]) -> list[bool]:
    """Which of these are told apart from chance together, at 5 % (Holm 1979)."""
    found = [False] * len(p_values)
    for place, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        if p_values[at] > (1 - SURE) / (len(p_values) - place):
            break
        found[at] = True
    return found
