"""Scores taken together: the themes of a card, with intervals that missing figures widen."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ongedeeld.measures.capacity.bands import LARGEST, SMALLEST
from ongedeeld.measures.capacity.scoring import Rules

COUNTED = (pl.col("role") != "shown") & (pl.col("weight") > 0)


def themes_of(scored: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """The themes of every unit, as the weighted mean of the scores of its indicators.

    Parameters
    ----------
    scored
        As :func:`~ongedeeld.measures.capacity.scores.scored_figures` gives.
    rules
        When there is too little to say.

    Returns
    -------
    pl.DataFrame
        A row per `unit` and `theme`: `score` (null where it cannot be said), `low`, `high`, `outcome`,
        `known` and `indicators` (how many of how many have a score), and `missing` (their names).
    """
    counted = scored.filter(COUNTED)
    return taken_together(counted, ["unit", "theme"], rules).sort("unit", "theme")


def taken_together(counted: pl.DataFrame, key: Sequence[str], rules: Rules) -> pl.DataFrame:
    """The weighted mean of scores by `key`, with an interval.

    The score is ``Σ w s / Σ w`` of the known scores. The interval of that of all indicators: known scores are
    independent given the unit, and their distances to their limits d add up as ``√Σ (w d)² / Σ w`` (the
    method of variance estimates recovery; Zou and Donner, *Statistics in Medicine* 27, 2008); a score that is
    not known can be anything from 1 to 5. So what is missing never makes an interval narrower.
    """
    weight, score = pl.col("weight"), pl.col("score")
    known = pl.col("outcome") == "known"
    whole, of_known = weight.sum(), weight.filter(known).sum()
    total = (weight * score).filter(known).sum()
    below = ((weight * (score - pl.col("score_low"))) ** 2).filter(known).sum().sqrt()
    above = ((weight * (pl.col("score_high") - score)) ** 2).filter(known).sum().sqrt()
    together = counted.group_by(key, maintain_order=True).agg(
        score=total / of_known,
        low=(total + (whole - of_known) * SMALLEST - below) / whole,
        high=(total + (whole - of_known) * LARGEST + above) / whole,
        share=of_known / whole,
        few=(pl.col("outcome") == "too_few").any(),
        known=known.sum().cast(pl.Int64),
        indicators=pl.len().cast(pl.Int64),
        missing=pl.col("indicator").filter(~known).sort(),
    )
    wide = pl.col("high") - pl.col("low") > rules.widest
    enough = pl.col("share") >= rules.known_share
    outcome = (
        pl.when(enough & ~wide & (pl.col("known") > 0))
        .then(pl.lit("known"))
        .when(pl.col("few") | enough)
        .then(pl.lit("too_few"))
        .otherwise(pl.lit("not_known"))
    )
    said = together.with_columns(
        outcome=outcome,
        low=pl.col("low").clip(SMALLEST, LARGEST),
        high=pl.col("high").clip(SMALLEST, LARGEST),
    )
    return said.with_columns(score=pl.when(pl.col("outcome") == "known").then("score")).select(
        *key, "score", "low", "high", "outcome", "known", "indicators", "missing"
    )
