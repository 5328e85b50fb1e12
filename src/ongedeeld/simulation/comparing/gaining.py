"""Which groups of seekers a policy gives more homes and which fewer, and who of them waits longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.simulation.outcomes.key_outcomes import MATTERS
from ongedeeld.simulation.outcomes.seeking_groups import OF_LETTINGS

if TYPE_CHECKING:
    from ongedeeld.simulation.comparing.comparison import Comparison

MORE, FEWER, NONE = "more", "fewer", "none"
WAITING = "waiting_registered_mean"


def homes_by_group(comparison: Comparison, label: str) -> pl.DataFrame:
    """Which groups get homes more or less often under a policy, over all years.

    Parameters
    ----------
    comparison
        The results.
    label
        That of the policy.

    Returns
    -------
    pl.DataFrame
        By `grouping` and `group`, the largest loss first: the `measure` by which they are held
        (`share_housed`, or `housed` where it is not known who sought), what it is `now` and under the
        `policy` (the mean of all futures, of all years together), the `change` and what `part` it is of now
        (null where that is 0), in how many of the `futures` it `rises` and `falls`, and `turn`: more or fewer
        where the change is beyond chance and no less than the part `MATTERS`; otherwise none.
    """
    held = (
        pl.when(pl.col("grouping").is_in(OF_LETTINGS))
        .then(pl.lit("housed"))
        .otherwise(pl.lit("share_housed"))
    )
    return _changes(comparison, label, held).sort(
        "part", "grouping", "group", descending=[False, False, False], nulls_last=True
    )


def waiting_by_group(comparison: Comparison, label: str) -> pl.DataFrame:
    """Of which groups those who are still on the list have been registered longer, over all years.

    Parameters and columns as for :func:`homes_by_group`, the largest rise first; the measure is how many
    months those on the list at the end of a year have been registered by then.
    """
    return _changes(comparison, label, pl.lit(WAITING)).sort(
        "part", "grouping", "group", descending=[True, False, False], nulls_last=True
    )


def _changes(comparison: Comparison, label: str, measure: pl.Expr) -> pl.DataFrame:
    key = ["grouping", "group", "measure"]
    values = comparison.values("groups", over_years=True).filter(pl.col("measure") == measure)
    now, policy = (
        values.filter(result=name).select(*key, pl.col("mean").alias(told))
        for name, told in ((comparison.now.label, "now"), (label, "policy"))
    )
    changes = comparison.differences("groups", over_years=True).filter(
        pl.col("result") == label, pl.col("measure") == measure, pl.col("mean").is_not_null()
    )
    # A policy changes by which route somebody seeks, so that its groups are not the same people.
    changes = changes.filter(pl.col("grouping") != "route")
    part = pl.when(pl.col("now") > 0).then(pl.col("mean") / pl.col("now"))
    sure = pl.col("beyond_chance").fill_null(value=False) & (part.abs() >= MATTERS).fill_null(value=True)
    turn = pl.when(pl.col("mean") > 0).then(pl.lit(MORE)).otherwise(pl.lit(FEWER))
    return (
        changes.join(now, on=key)
        .join(policy, on=key)
        .select(
            *key,
            "now",
            "policy",
            pl.col("mean").alias("change"),
            part.alias("part"),
            "futures",
            "rises",
            "falls",
            turn=pl.when(sure).then(turn).otherwise(pl.lit(NONE)),
        )
    )
