"""Load against capacity: what asks of a place, what helps it bear, and the two side by side.

Livability is what both are read against; it is part of neither.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ongedeeld.measures.capacity.bands import LARGEST, SMALLEST
from ongedeeld.measures.capacity.scoring import Rules, ScoredIndicator
from ongedeeld.measures.capacity.themes import COUNTED, taken_together

SIDES = ("load", "capacity")
NEEDED: dict[str, pl.DataType] = {
    "unit": pl.String(),
    "indicator": pl.String(),
    "role": pl.String(),
    "weight": pl.Float64(),
    "outcome": pl.String(),
    "score": pl.Float64(),
    "score_low": pl.Float64(),
    "score_high": pl.Float64(),
}


def balance_of(scored: pl.DataFrame, rules: Rules, absent: Sequence[ScoredIndicator] = ()) -> pl.DataFrame:
    """Load, capacity and balance of every unit.

    Parameters
    ----------
    scored
        As :func:`~ongedeeld.measures.capacity.scores.scored_figures` gives; its rows by role are what each
        side is made of.
    rules
        When there is too little to say.
    absent
        Indicators of the table of scoring that cannot be on these cards, such as records of a stock where
        there is none: not known of any unit, so that they widen both sides.

    Returns
    -------
    pl.DataFrame
        A row per `unit`: `load`, `capacity` (1 is little, 5 is much: capacity turns the task around, 6 minus
        its score) and `balance` (capacity minus load, from -4 to 4), each with `_low` and `_high`, and
        `load_outcome` and `capacity_outcome`. The interval of the balance runs from the lowest capacity with
        the highest load to the other way round, so that it holds however the two hang together.
    """
    units = scored.select("unit").unique().sort("unit")
    whole = pl.concat([scored.select(*NEEDED), _not_known(units, absent)])
    for side in SIDES:
        units = units.join(_side(whole, side, rules), on="unit", how="left", maintain_order="left")
    return units.with_columns(
        balance=pl.col("capacity") - pl.col("load"),
        balance_low=pl.col("capacity_low") - pl.col("load_high"),
        balance_high=pl.col("capacity_high") - pl.col("load_low"),
    )


def _not_known(units: pl.DataFrame, absent: Sequence[ScoredIndicator]) -> pl.DataFrame:
    rows = pl.DataFrame(
        [
            (one.name, one.role, one.weight, "not_known", None, float(SMALLEST), float(LARGEST))
            for one in absent
        ],
        schema={name: kind for name, kind in NEEDED.items() if name != "unit"},
        orient="row",
    )
    return units.select("unit").join(rows, how="cross")


def _side(scored: pl.DataFrame, side: str, rules: Rules) -> pl.DataFrame:
    rows = scored.filter(COUNTED & (pl.col("role") == side))
    if side == "capacity":
        around = SMALLEST + LARGEST
        rows = rows.with_columns(
            score=around - pl.col("score"),
            score_low=around - pl.col("score_high"),
            score_high=around - pl.col("score_low"),
        )
    together = taken_together(rows, ["unit"], rules)
    return together.select(
        "unit",
        pl.col("score").alias(side),
        *(pl.col(name).alias(f"{side}_{name}") for name in ("low", "high", "outcome")),
    )
