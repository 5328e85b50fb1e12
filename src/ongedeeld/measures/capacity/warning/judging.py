"""From comparisons to alarms: a p-value per unit, then the false discovery rate over and within units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.measures.capacity.warning.comparing import Comparison
from ongedeeld.measures.capacity.warning.false_discovery import benjamini_hochberg, benjamini_yekutieli
from ongedeeld.measures.capacity.warning.stock import Stock
from ongedeeld.measures.capacity.warning.together import Together, rank_bands, together

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def judged(
    stock: Stock, comparisons: Sequence[Comparison], rate: float, seed: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table of units and that of changes; see `Warnings`.

    Parameters
    ----------
    stock
        The units.
    comparisons
        One per indicator.
    rate
        The false discovery rate.
    seed
        Of the draws behind the ranks.

    Returns
    -------
    tuple of pl.DataFrame
        Units, most evidence first, and changes by unit and indicator.
    """
    tests = [comparison.tested for comparison in comparisons]
    p_values, scores = (
        np.column_stack(columns) for columns in ([t.p_value for t in tests], [t.score for t in tests])
    )
    # A test that cannot come out below the rate, however the unit changes, says nothing and is not counted.
    mute = np.column_stack([test.least_p for test in tests]) > rate
    p_values, scores = np.where(mute, np.nan, p_values), np.where(mute, np.nan, scores)
    tells = np.array([comparison.each.tells for comparison in comparisons])
    whole = together(np.where(tells, scores, np.nan), np.where(tells, p_values, np.nan))
    adjusted = benjamini_hochberg(whole.p_value)
    alarm = adjusted <= rate
    tested = int((~np.isnan(whole.p_value)).sum())
    within = np.apply_along_axis(benjamini_yekutieli, 1, p_values) * (tested / max(int(alarm.sum()), 1))
    within = np.minimum(within, 1.0)
    outcome = _outcomes(within, alarm, mute, rate)
    changes = pl.concat(
        _changes(stock, comparison, within[:, column], outcome[:, column])
        for column, comparison in enumerate(comparisons)
    ).sort("unit", maintain_order=True)
    return _units(stock, whole, adjusted, alarm, changes, seed), changes


def _outcomes(within: Floats, alarm: Booleans, mute: Booleans, rate: float) -> NDArray[np.str_]:
    worse = alarm[:, None] & (within <= rate)
    return np.select([mute, np.isnan(within), worse], ["too_few", "not_known", "worse"], "within_chance")


def _changes(
    stock: Stock, comparison: Comparison, adjusted: Floats, outcome: NDArray[np.str_]
) -> pl.DataFrame:
    each, tested = comparison.each, comparison.tested
    measure = "grade" if not each.counted else "share_of_homes" if each.snapshot else "per_home_year"
    frame = pl.DataFrame(
        {
            "unit": stock.units["unit"],
            "before": comparison.before,
            "now": comparison.now,
            "stock_before": comparison.stock_before,
            "stock_now": comparison.stock_now,
            "count_before": comparison.counted_before,
            "count_now": comparison.counted_now,
            "size": tested.size,
            "low": tested.low,
            "high": tested.high,
            "p_value": tested.p_value,
            "adjusted": adjusted,
            "outcome": outcome,
        }
    )
    numbers = pl.selectors.float()
    return frame.select(
        "unit",
        pl.lit(each.name).alias("indicator"),
        pl.lit(measure).alias("measure"),
        pl.when(numbers.is_finite()).then(numbers),
        "outcome",
        before_start=pl.lit(comparison.span_before.start),
        before_end=pl.lit(comparison.span_before.end),
        now_start=pl.lit(comparison.span_now.start),
        now_end=pl.lit(comparison.span_now.end),
    )


def _units(
    stock: Stock, whole: Together, adjusted: Floats, alarm: Booleans, changes: pl.DataFrame, seed: int
) -> pl.DataFrame:
    named = changes.group_by("unit").agg(
        tested=pl.col("adjusted").is_not_null().sum().cast(pl.Int64),
        indicators=pl.col("indicator").filter(pl.col("outcome") == "worse"),
    )
    known = ~np.isnan(whole.p_value)
    ranks = {name: np.full(stock.size(), np.nan) for name in ("rank_low", "rank_high")}
    ranks["rank_low"][known], ranks["rank_high"][known] = rank_bands(whole.p_value[known], seed)
    frame = stock.units.with_columns(
        worsens=pl.Series(alarm),
        p_value=pl.Series(whole.p_value).fill_nan(None),
        adjusted=pl.Series(adjusted).fill_nan(None),
        broad=pl.Series(whole.broad).fill_nan(None),
        sharp=pl.Series(whole.sharp).fill_nan(None),
        **{name: pl.Series(values).fill_nan(None).cast(pl.Int64) for name, values in ranks.items()},
    ).join(named, on="unit", maintain_order="left")
    ordered = frame.sort("p_value", "broad", "sharp", "unit", nulls_last=True)
    place = pl.int_range(1, pl.len() + 1).cast(pl.Int64)
    return ordered.with_columns(rank=pl.when(pl.col("p_value").is_not_null()).then(place))
