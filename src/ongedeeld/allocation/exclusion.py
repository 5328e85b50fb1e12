"""Nobody is shut out: the chance of every group without instruments and under a policy.

A policy that leaves a group no chance at all is refused, unless the group had none without it. The homes of
the round stand for the region. Whether a chance is zero is told in two ways: no home is open to the group, or
homes are open but the order never reaches it, also not when lots decide it over and over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation import _kernel
from ongedeeld.allocation._problem import Outcome, Problem, State, no_outcome
from ongedeeld.allocation.preparing import Inputs, Plan
from ongedeeld.allocation.ranking import starts
from ongedeeld.errors import N_, InputError
from ongedeeld.rules.codes import INCOME_CLASSES, Codes
from ongedeeld.vocabulary import CHOICES, Both

GROUPINGS = ("route", "household_type", "age_class", "income_class")
UNKNOWN = "unknown"
# Lotteries are drawn until so many homes were let; a group that had this many lettings without instruments
# would have none by accident less than once in a thousand times.
ENOUGH_HOMES, ENOUGH_LETTINGS = 2_000, 7
ROUTES: Codes = {
    "regular": Both("gewoon", "regular"),
    "urgent": Both("urgent", "urgent"),
    "mediated": Both("voorgedragen door een partner", "proposed by a partner"),
    "internal": Both("doorstromer", "moving inside the stock"),
    "re_housing": Both("herhuisvesting", "re-housing"),
}
HOUSEHOLD_TYPES: Codes = {
    "one_person": Both("één persoon", "one person"),
    "with_minors": Both("met minderjarigen", "with minors"),
    "without_minors": Both("twee of meer, zonder minderjarigen", "two or more, without minors"),
}
LABELS: dict[str, Codes] = {
    "route": ROUTES,
    "household_type": HOUSEHOLD_TYPES,
    "age_class": {code: Both(one.label_nl, one.label_en) for code, one in CHOICES["age_class"].items()},
    "income_class": INCOME_CLASSES,
}


class ExclusionError(InputError):
    """A policy leaves groups no chance; `chances` is the whole table."""

    chances: pl.DataFrame


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


def chances(given: Inputs, now: Played, under: Played) -> pl.DataFrame:
    """The chance of every group in this round, without instruments and under the policy.

    Parameters
    ----------
    given
        The tables of the round.
    now, under
        The round by the law alone, and with the policy.

    Returns
    -------
    pl.DataFrame
        By `grouping` and `group`: `seekers`, lettings `let_now` and `let_policy`, and as shares of the
        seekers `chance_now` and `chance_policy`; whether any home is open (`open_now`, `open_policy`); the
        lettings by lot where those were drawn; and the `verdict`: `open`, `closed_already` or `shut_out`.
    """
    tables = [_of_grouping(given, grouping, now, under) for grouping in GROUPINGS]
    frame = pl.concat(tables)
    doubtful = (
        pl.col("open_now")
        & pl.col("open_policy")
        & (pl.col("let_policy") == 0)
        & (pl.col("group") != UNKNOWN)
    )
    frame = frame.with_columns(by_lot_now=pl.lit(None, pl.Int64), by_lot_policy=pl.lit(None, pl.Int64))
    if now is not under and len(frame.filter(doubtful)):
        frame = _with_lots(frame, given, now, under)
    return frame.with_columns(verdict=_verdict())


def _verdict() -> pl.Expr:
    by_requirement = pl.col("open_now") & ~pl.col("open_policy")
    by_order = (pl.col("by_lot_now") >= ENOUGH_LETTINGS) & (pl.col("by_lot_policy") == 0)
    shut = (by_requirement | (by_order & (pl.col("let_policy") == 0))) & (pl.col("group") != UNKNOWN)
    return (
        pl.when(shut.fill_null(value=False)).then(pl.lit("shut_out"))
        .when(~pl.col("open_now")).then(pl.lit("closed_already"))
        .otherwise(pl.lit("open"))
    )  # fmt: skip


def refuse_exclusion(table: pl.DataFrame) -> None:
    """Refuse a policy that shuts a group out.

    Parameters
    ----------
    table
        From :func:`chances`.

    Raises
    ------
    ExclusionError
        With the groups.
    """
    shut = table.filter(pl.col("verdict") == "shut_out")
    if len(shut):
        groups = [LABELS[row["grouping"]][row["group"]] for row in shut.iter_rows(named=True)]
        error = ExclusionError(
            N_("this policy leaves groups no chance of a home in the region: {groups}"),
            expected=N_("a policy that leaves every group a chance that had one without it"),
            remedy=N_("give the instrument a share, a number, a period or fewer places"),
            groups=Both(
                *(", ".join(words) for words in zip(*((one.nl, one.en) for one in groups), strict=True))
            ),
        )
        error.chances = table
        raise error


def _of_grouping(given: Inputs, grouping: str, now: Played, under: Played) -> pl.DataFrame:
    labels = given.seekers[grouping].fill_null(UNKNOWN)
    let = [_housed(played) for played in (now, under)]
    reach = [_reachable(played) for played in (now, under)]
    members = pl.DataFrame(
        {
            "group": labels,
            "let_now": let[0],
            "let_policy": let[1],
            "open_now": reach[0],
            "open_policy": reach[1],
        }
    )
    counted = members.group_by("group").agg(
        pl.len().cast(pl.Int64).alias("seekers"),
        pl.col("let_now", "let_policy").sum().cast(pl.Int64),
        pl.col("open_now", "open_policy").any(),
    )
    shares = [
        (pl.col(f"let_{when}") / pl.col("seekers")).alias(f"chance_{when}") for when in ("now", "policy")
    ]
    return counted.select(
        pl.lit(grouping).alias("grouping"),
        "group",
        "seekers",
        "let_now",
        "let_policy",
        *shares,
        "open_now",
        "open_policy",
    ).sort("group")


def _housed(played: Played) -> NDArray[np.bool_]:
    return played.outcome.let_as < len(played.problem.offer)


def _reachable(played: Played) -> NDArray[np.bool_]:
    """Whether each seeker meets the requirements of any home."""
    problem, tables = played.problem, played.problem.tables
    closed = [at for at, left in zip(problem.limits, played.state.limit_left, strict=True) if left <= 0]
    found = np.zeros(tables.of_profile.shape[1], dtype=bool)
    for vacancy in range(len(problem.offer)):
        meets = np.ones_like(found)
        for condition, wanted in [*((at, 1) for at in problem.requirements), *((at, 0) for at in closed)]:
            row = tables.start[condition] + tables.of_vacancy[condition, vacancy] * tables.width[condition]
            meets &= tables.flat[row + tables.of_profile[condition]] == wanted
        found |= meets
        if found.all():
            break
    return found[problem.profile]


def _with_lots(frame: pl.DataFrame, given: Inputs, now: Played, under: Played) -> pl.DataFrame:
    """The lettings of each group when lots decide every order after the priorities, in all draws together."""
    draws = ceil(ENOUGH_HOMES / max(len(given.vacancies), 1))
    housed = [_drawn(played, given, draws) for played in (now, under)]
    parts: list[pl.DataFrame] = []
    for grouping in GROUPINGS:
        members = pl.DataFrame(
            {
                "group": given.seekers[grouping].fill_null(UNKNOWN),
                "by_lot_now": housed[0],
                "by_lot_policy": housed[1],
            }
        )
        summed = members.group_by("group").agg(pl.col("by_lot_now", "by_lot_policy").sum())
        parts.append(summed.with_columns(grouping=pl.lit(grouping)))
    told = frame.drop("by_lot_now", "by_lot_policy")
    return told.join(pl.concat(parts), on=["grouping", "group"], how="left", maintain_order="left")


def _drawn(played: Played, given: Inputs, draws: int) -> NDArray[np.int64]:
    times = np.zeros(len(given.seekers), np.int64)
    everywhere = np.ones_like(played.problem.by_lot)
    for draw in range(draws):
        names: Sequence[str] = [f"draw {draw}: {name}" for name in given.vacancies["vacancy"]]
        by_lot = played.problem._replace(by_lot=everywhere, lot_start=starts(given.seed, names))
        times += _housed(play(played.plan, by_lot, played.state))
    return times
