"""From raw figures to estimates, and from estimates to scores of 1 to 5 with intervals."""

from __future__ import annotations

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.measures.capacity._kernel import Floats
from ongedeeld.measures.capacity.bands import LARGEST, SMALLEST, Bands
from ongedeeld.measures.capacity.indicators import FIGURES, Figures
from ongedeeld.measures.capacity.known import CARD_INDICATORS, CardIndicator
from ongedeeld.measures.capacity.scoring import Rules, ScoredIndicator, Scoring
from ongedeeld.measures.capacity.shrinkage import Shrunken, shrink_means, shrink_rates, shrink_shares

ESTIMATES = ("estimate", "low", "high", "own")


def scored_figures(figures: Figures, scoring: Scoring) -> pl.DataFrame:
    """Every indicator of every unit: the raw figure, its estimate, its score and what is missing.

    Parameters
    ----------
    figures
        The raw figures of the units of a level.
    scoring
        The table by which they become scores.

    Returns
    -------
    pl.DataFrame
        A row per unit and indicator that belongs on the card and that the table names: the columns of the raw
        figures; `estimate`, `low` and `high` (shrunken, with its interval) and `own` (how much of it
        rests on the unit's own figures); `outcome` (known, too_few, not_known); `theme`, `role` and `weight`;
        and `score` with `score_low` and `score_high`. Without a known figure the score is null and its
        interval the whole scale.

    Raises
    ------
    InputError
        When the table names no indicator of this level.
    """
    named = [one for name, one in scoring.indicators.items() if name in figures.expected]
    if not named:
        raise InputError(
            N_("the table of scoring names no indicator of the level {level}"),
            place=Place(scoring.origin),
            expected=N_("at least one of: {known}"),
            remedy=N_("add one to the table"),
            level=figures.level,
            known=", ".join(figures.expected),
        )
    return pl.concat([_scored(figures, one, scoring.rules) for one in named])


def _scored(figures: Figures, one: ScoredIndicator, rules: Rules) -> pl.DataFrame:
    known = CARD_INDICATORS[one.name]
    own = figures.table.filter(pl.col("indicator") == one.name).drop("indicator")
    rows = figures.units.select("unit", "homes").join(own, on="unit", how="left", maintain_order="left")
    columns: dict[str, Floats]
    if known.kind == "exact":
        columns = _exact(rows, one.bands, figures.references.get(one.name))
    else:
        columns = _shrunken(rows, known, one.bands, rules.level)
    values = {name: pl.Series(column).fill_nan(None) for name, column in columns.items()}
    frame = rows.with_columns(**values).with_columns(outcome=_outcome(known, rules))
    said = pl.col("outcome") == "known"
    covered = pl.col("coverage")
    return frame.with_columns(
        *(pl.when(said).then(name).alias(name) for name in (*ESTIMATES, "score")),
        # Of homes without a figure any score is possible.
        score_low=pl.when(said).then(covered * pl.col("score_low") + (1 - covered) * SMALLEST),
        score_high=pl.when(said).then(covered * pl.col("score_high") + (1 - covered) * LARGEST),
    ).select(
        "unit",
        pl.lit(one.name).alias("indicator"),
        *(name for name in FIGURES if name not in ("unit", "indicator")),
        *ESTIMATES,
        "outcome",
        pl.lit(one.theme).alias("theme"),
        pl.lit(one.role).alias("role"),
        pl.lit(one.weight).alias("weight"),
        "score",
        pl.col("score_low").fill_null(float(SMALLEST)),
        pl.col("score_high").fill_null(float(LARGEST)),
    )


def _outcome(known: CardIndicator, rules: Rules) -> pl.Expr:
    held = pl.col("mean").is_not_null() if known.kind in ("mean", "exact") else pl.col("count").is_not_null()
    rests_on = pl.col("answers") if known.kind == "mean" else pl.col("exposure")
    fewest = 0.0 if known.kind == "exact" else rules.fewest[known.counted]
    enough = rests_on.fill_null(0.0) >= fewest
    # A mean of which nothing tells how far answers differ has no estimate.
    told = pl.col("estimate").is_not_null()
    return (
        pl.when(~held)
        .then(pl.lit("not_known"))
        .when(enough & told)
        .then(pl.lit("known"))
        .otherwise(pl.lit("too_few"))
    )


def _shrunken(rows: pl.DataFrame, known: CardIndicator, bands: Bands, level: float) -> dict[str, Floats]:
    estimate = _estimate(rows, known, level)
    edges = bands.edges
    if bands.by == "position" and estimate.stock is not None:
        differ = estimate.stock.spread
        edges = tuple(float(differ.quantile(edge)) for edge in bands.edges)  # type: ignore[assignment]
    below = np.sum([estimate.spread.below(edge) for edge in edges], axis=0)
    score = LARGEST - below if bands.rising else SMALLEST + below
    limits = [_step(values, edges, bands.rising) for values in (estimate.low, estimate.high)]
    least, most = np.minimum(*limits), np.maximum(*limits)
    return {
        "estimate": estimate.estimate,
        "low": np.clip(estimate.low, known.least, known.most),
        "high": np.clip(estimate.high, known.least, known.most),
        "own": estimate.own,
        "score": score,
        "score_low": np.minimum(least, score),
        "score_high": np.maximum(most, score),
    }


def _estimate(rows: pl.DataFrame, known: CardIndicator, level: float) -> Shrunken:
    if known.kind == "mean":
        return shrink_means(rows["mean"], rows["spread"], rows["answers"], level=level)
    if known.kind == "share":
        return shrink_shares(rows["count"], rows["exposure"], level=level)
    clump = rows["clump"].fill_null(1.0)
    return shrink_rates(rows["count"] / clump, rows["exposure"] / clump, level=level)


def _exact(rows: pl.DataFrame, bands: Bands, reference: pl.Series | None) -> dict[str, Floats]:
    """What is known without chance; only its rounding leaves room."""
    values = rows["mean"].to_numpy().astype(np.float64)
    slack = rows["spread"].fill_null(0.0).to_numpy()
    limits = [values, values - slack, values + slack]
    # Without a reference nothing is known of any unit, so that there is nothing to place.
    places = limits
    if bands.by == "position" and reference is not None:
        places = [_positions(limit, reference) for limit in limits]
    score, *others = (_step(place, bands.edges, bands.rising) for place in places)
    return {
        "estimate": values,
        "low": limits[1],
        "high": limits[2],
        "own": np.ones_like(values),
        "score": score,
        "score_low": np.minimum(*others),
        "score_high": np.maximum(*others),
    }


def _positions(values: Floats, reference: pl.Series) -> Floats:
    """The share of the reference that is lower, and half of what is equal."""
    ordered = np.sort(reference.drop_nulls().to_numpy().astype(np.float64))
    lower = np.searchsorted(ordered, values, side="left")
    up_to = np.searchsorted(ordered, values, side="right")
    return np.where(np.isnan(values), np.nan, (lower + up_to) / (2.0 * len(ordered)))


def _step(values: Floats, edges: tuple[float, ...], rising: bool) -> Floats:  # noqa: FBT001
    """The score of a value: that of the band it lies in."""
    passed = np.searchsorted(edges, values, side="right").astype(np.float64)
    score = SMALLEST + passed if rising else LARGEST - passed
    return np.where(np.isnan(values), np.nan, score)
