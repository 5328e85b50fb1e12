"""The waterbed: places that got worse because another got better, linked by the moves that changed.

The method is that of the baseline on this effect (RIGO 2006-2008): link the places that improve to those that
receive, by the moves of those who are steered, and look for a worsening on the same measure. Here both are
held against chance: a place is named only where the change there and elsewhere is more than futures differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note, note
from ongedeeld.simulation.comparing.spread import FEWEST_PAIRS, holm, less, sure
from ongedeeld.simulation.futures.drawing import SHARING

MORE_IS_WORSE = {
    "support_share": True,
    "let_mediated": True,
    "turnover": True,
    "residence_years": False,
    "evicted": True,
    "balance": False,
}
"""The measures by which a neighbourhood gets better or worse, and whether more of it is worse."""

TOO_FEW = N_(
    "With {pairs} pairs of futures nothing is said of the waterbed: it takes {needed} to tell it from chance"
)
NONE_FOUND = N_(
    "No waterbed effect can be shown: no neighbourhood got worse on a measure on which another got better, "
    "beyond chance"
)
HOW = N_(
    "A neighbourhood is named where its mean over the years is worse than as now beyond chance, another is "
    "better on the same measure beyond chance (both at 95%, allowing for the number of neighbourhoods), "
    "and more seekers who as now got a home there got one here than the other way round"
)
SAMPLED = N_("Moves are those of one in {number} seekers, times {number}")
ELSEWHERE = N_("a home elsewhere or none")


@dataclass(frozen=True, eq=False)
class Waterbed:
    """What moved from one place to another.

    Parameters
    ----------
    changes
        By `measure` and `unit` (a neighbourhood): the `mean` change over the years and futures with
        `sure_low` and `sure_high`, and `turn`: better, worse or none.
    flows
        By `area_now` and `area_policy` (null for no home in the run) and by `grouping` and `group`: how many
        `seekers` a future got their home there and here, for those for whom it differs; and `net`, less
        those who went the other way.
    links
        Where worse follows better: `measure`, `better` and `worse` (neighbourhoods), and the `net` seekers
        a future from the one to the other, with `sure_low` and `sure_high`.
    notes
        How it was judged.
    """

    changes: pl.DataFrame
    flows: pl.DataFrame
    links: pl.DataFrame
    notes: tuple[Note, ...]


def changes_of(now: pl.DataFrame, policy: pl.DataFrame) -> pl.DataFrame:
    """Which neighbourhoods got better and which worse, beyond chance.

    Parameters
    ----------
    now, policy
        By `future`, `unit` and `measure` of :data:`MORE_IS_WORSE`: the `value`, the mean over the years.
    """
    key = ["measure", "unit"]
    both = now.join(policy, on=["future", *key], suffix="_policy")
    told = both.select("future", *key, value=less("value_policy", "value")).drop_nulls()
    found = told.group_by(key).agg(pl.col("value").mean().alias("mean")).join(sure(told, key), on=key)
    worse = pl.col("measure").replace_strict(MORE_IS_WORSE, return_dtype=pl.Boolean)
    up = pl.col("mean") > 0
    turn = pl.when(up == worse).then(pl.lit("worse")).otherwise(pl.lit("better"))
    # The same test as of any other change of a place, so that what is said here is what the maps show.
    return (
        found.with_columns(turn=pl.when(holm().over("measure")).then(turn).otherwise(pl.lit("none")))
        .select(*key, "mean", "sure_low", "sure_high", "turn")
        .sort(key)
    )


def flows_of(now: pl.DataFrame, policy: pl.DataFrame, groupings: Sequence[str]) -> pl.DataFrame:
    """The seekers whose home changed, by future, neighbourhood as now and under the policy, and group.

    Parameters
    ----------
    now, policy
        The table `moves` with the column `future`; of a seeker who was housed more than once the first
        letting counts.
    groupings
        The columns that tell of which group a seeker is; all together are the group `all`.

    Returns
    -------
    pl.DataFrame
        By `future`, `area_now`, `area_policy`, `grouping` and `group`: `seekers`, with each that was kept
        counted for those it stands for.
    """
    columns = ["future", "seeker", "area", "one_in", *groupings]
    first = [
        moves.select(*columns, "year")
        .sort("year", maintain_order=True)
        .unique(["future", "seeker"], keep="first")
        for moves in (now, policy)
    ]
    both = first[0].join(first[1], on=["future", "seeker"], how="full", suffix="_policy")
    same = pl.col("area").eq_missing(pl.col("area_policy"))
    moved = both.filter(~same).with_columns(
        future=pl.coalesce("future", "future_policy"), one_in=pl.coalesce("one_in", "one_in_policy")
    )
    parts = [
        moved.select(
            "future",
            pl.col("area").alias("area_now"),
            "area_policy",
            "one_in",
            pl.lit(grouping).alias("grouping"),
            # The group is that under the policy: a partner may propose who sought by himself as now.
            _group(grouping).alias("group"),
        )
        for grouping in ("all", *groupings)
    ]
    key = ["future", "area_now", "area_policy", "grouping", "group"]
    return pl.concat(parts).group_by(key).agg(seekers=pl.col("one_in").sum().cast(pl.Int64)).sort(key)


def _group(grouping: str) -> pl.Expr:
    if grouping == "all":
        return pl.lit("all")
    return pl.coalesce(pl.col(f"{grouping}_policy").cast(pl.String), pl.col(grouping).cast(pl.String))


def waterbed(
    now: pl.DataFrame,
    policy: pl.DataFrame,
    moves_now: pl.DataFrame,
    moves_policy: pl.DataFrame,
    groupings: Sequence[str] = ("kind", "household_type", "income_class"),
) -> Waterbed:
    """Find where worse follows better, in the same futures under two policies.

    Parameters
    ----------
    now, policy
        As for :func:`changes_of`.
    moves_now, moves_policy, groupings
        As for :func:`flows_of`.

    Returns
    -------
    Waterbed
        Without links, and with a note, where there are too few futures.
    """
    futures = sorted(set(now["future"]) & set(policy["future"]))
    pairs = len({(future - 1) // SHARING for future in futures})
    changes = changes_of(now, policy)
    flows = flows_of(moves_now, moves_policy, groupings)
    sampled = max(moves_now["one_in"].max() or 1, moves_policy["one_in"].max() or 1)
    notes = (note(HOW), *((note(SAMPLED, number=sampled),) if sampled != 1 else ()))
    if pairs < FEWEST_PAIRS:
        changes = changes.with_columns(turn=pl.lit("none"))
        notes = (note(TOO_FEW, pairs=pairs, needed=FEWEST_PAIRS), *notes)
    links = _links(changes, _net(flows, futures))
    if links.is_empty() and pairs >= FEWEST_PAIRS:
        notes = (note(NONE_FOUND), *notes)
    return Waterbed(changes, _mean_flows(flows, len(futures)), links, notes)


def _net(flows: pl.DataFrame, futures: Sequence[int]) -> pl.DataFrame:
    """By future and two neighbourhoods the seekers from the one to the other, less those the other way."""
    whole = flows.filter(pl.col("grouping") == "all").drop_nulls(["area_now", "area_policy"])
    there = whole.select("future", better="area_now", worse="area_policy", value="seekers")
    back = whole.select("future", better="area_policy", worse="area_now", value=-pl.col("seekers"))
    found = pl.concat([there, back]).group_by("future", "better", "worse").agg(pl.col("value").sum())
    named = found.select("better", "worse").unique()
    every = named.join(pl.DataFrame({"future": futures}, schema={"future": pl.Int32}), how="cross")
    joined = every.join(found, on=["future", "better", "worse"], how="left")
    return joined.with_columns(pl.col("value").fill_null(0).cast(pl.Float64))


def _links(changes: pl.DataFrame, net: pl.DataFrame) -> pl.DataFrame:
    better = changes.filter(pl.col("turn") == "better").select("measure", better="unit")
    worse = changes.filter(pl.col("turn") == "worse").select("measure", worse="unit")
    pairs = better.join(worse, on="measure")
    key = ["better", "worse"]
    near = net.join(pairs.select(key).unique(), on=key, how="semi")
    moved = near.group_by(key).agg(net=pl.col("value").mean()).join(sure(near, key), on=key)
    held = moved.filter(pl.col("beyond_chance"), pl.col("net") > 0).select(
        *key, "net", "sure_low", "sure_high"
    )
    return pairs.join(held, on=key).sort("measure", "net", "better", descending=[False, True, False])


def _mean_flows(flows: pl.DataFrame, futures: int) -> pl.DataFrame:
    """The seekers a future from one neighbourhood to another, by group, with the net of both ways."""
    key = ["area_now", "area_policy", "grouping", "group"]
    mean = flows.group_by(key).agg(seekers=pl.col("seekers").sum() / max(futures, 1))
    back = mean.select(
        pl.col("area_policy").alias("area_now"),
        pl.col("area_now").alias("area_policy"),
        "grouping",
        "group",
        back="seekers",
    )
    joined = mean.join(back, on=key, how="left", nulls_equal=True)
    told = joined.with_columns(net=pl.col("seekers") - pl.col("back").fill_null(0)).drop("back")
    return told.sort("net", *key, descending=[True, *(False for _ in key)])
