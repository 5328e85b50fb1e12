"""The chance of every group without instruments and under a policy: in this round, and in the region.

The lettings are those of the round. Whether a group has a chance at all is judged over the homes of the
association, as :mod:`ongedeeld.allocation.region` tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation import _kernel
from ongedeeld.allocation._problem import Outcome, Problem, State, no_outcome
from ongedeeld.allocation.effects import Condition
from ongedeeld.allocation.groupings import UNKNOWN, groupings, members
from ongedeeld.allocation.preparing import Inputs, Plan
from ongedeeld.allocation.region import in_the_region, reached
from ongedeeld.city import City


@dataclass(frozen=True)
class Played:
    """A round with its outcome, and what was left at its start."""

    plan: Plan
    problem: Problem
    state: State
    outcome: Outcome


def play(plan: Plan, problem: Problem, state: State) -> Played:
    """Let the homes of a round; the state that is given stays as it is."""
    outcome = no_outcome(problem)
    _kernel.run(problem, State(*(part.copy() for part in state)), outcome)
    return Played(plan, problem, state, outcome)


def chances(
    given: Inputs, now: Played, under: Played, city: City, of_policy: tuple[Condition, ...]
) -> pl.DataFrame:
    """The chance of every group in this round, without instruments and under the policy.

    Parameters
    ----------
    given
        The tables of the round.
    now, under
        The round by the law alone, and with the policy.
    city
        With the homes of the association, over which it is judged whether a group has a chance.
    of_policy
        The conditions of the policy: what they look at makes groups.

    Returns
    -------
    pl.DataFrame
        By `grouping` and `group`: `seekers`, lettings `let_now` and `let_policy`, and as shares of the
        seekers `chance_now` and `chance_policy`; whether the order reaches the group in the region
        (`open_now`, `open_policy`); and the `verdict`: `open`, `closed_already` or `shut_out`.
    """
    groups = pl.DataFrame([members(given.seekers, name) for name in groupings(of_policy)])
    table, kept, let, thin = in_the_region(given, city, groups)
    open_now = reached(table, now.plan, let, thin)
    open_policy = open_now if now is under else reached(table, under.plan, let, thin)
    housed = [_housed(played) for played in (now, under)]
    frames = [
        _of_grouping(groups[name], housed).join(
            _opened(groups[name][kept], open_now, open_policy), on="group", how="left", maintain_order="left"
        )
        for name in groups.columns
    ]
    return pl.concat(frames).with_columns(verdict=_verdict())


def _verdict() -> pl.Expr:
    shut = pl.col("open_now") & ~pl.col("open_policy") & (pl.col("let_policy") == 0)
    return (
        pl.when(shut & (pl.col("group") != UNKNOWN)).then(pl.lit("shut_out"))
        .when(~pl.col("open_now") & (pl.col("let_now") == 0)).then(pl.lit("closed_already"))
        .otherwise(pl.lit("open"))
    )  # fmt: skip


def _of_grouping(groups: pl.Series, housed: list[NDArray[np.bool_]]) -> pl.DataFrame:
    """How many of each group seek, and how many were housed."""
    each = pl.DataFrame({"group": groups, "let_now": housed[0], "let_policy": housed[1]})
    counted = each.group_by("group").agg(
        pl.len().cast(pl.Int64).alias("seekers"), pl.col("let_now", "let_policy").sum().cast(pl.Int64)
    )
    shares = [
        (pl.col(f"let_{when}") / pl.col("seekers")).alias(f"chance_{when}") for when in ("now", "policy")
    ]
    return counted.select(
        pl.lit(groups.name).alias("grouping"), "group", "seekers", "let_now", "let_policy", *shares
    ).sort("group")


def _opened(groups: pl.Series, now: NDArray[np.bool_], policy: NDArray[np.bool_]) -> pl.DataFrame:
    """Whether the order reaches anybody of each group."""
    each = pl.DataFrame({"group": groups, "open_now": now, "open_policy": policy})
    return each.group_by("group").agg(pl.col("open_now", "open_policy").any())


def _housed(played: Played) -> NDArray[np.bool_]:
    return played.outcome.let_as < len(played.problem.offer)
