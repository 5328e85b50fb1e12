"""A round in the region, played with the seekers of a round: whom the order of law and policy reaches.

The homes of one round cannot show whether a policy shuts a group out. So it is judged over all homes of the
association: as many as the round has, and ten at least, are let one after the other to the seekers of the
round, but for the last; as that last every kind of home is held against who is left, with all numbers and
shares used up. Reached is who stands alike with the first for a home, so that time or the lot alone parts
them. Nothing is drawn, and a group of one counts as well as one of many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ongedeeld.allocation import _kernel
from ongedeeld.allocation._problem import Longs, Problem, State, no_outcome
from ongedeeld.allocation.preparing import Inputs, Plan, prepare
from ongedeeld.allocation.ranking import points
from ongedeeld.chance import keys_of
from ongedeeld.city import City
from ongedeeld.errors import N_

PURPOSE = N_("a round of allocation")
FEWEST_HOMES, MOST_HOMES, MOST_SEEKERS = 10, 1_500, 20_000
KIND = ("complex", "area", "sector", "label", "rooms", "step_free")
CLOSED = 1 << 40


def in_the_region(
    given: Inputs, city: City, groups: pl.DataFrame
) -> tuple[Inputs, NDArray[np.int64], int, int]:
    """The homes of the region and those who seek, thinned out alike where there are very many.

    Parameters
    ----------
    given
        The tables of the round.
    city
        With the homes of the association.
    groups
        The groups of each seeker: somebody of each stays in.

    Returns
    -------
    tuple
        The tables; which seekers these are; how many of the homes are let; and by how much all is thinned.
    """
    homes = _homes(given, city)
    let = max(len(given.vacancies), FEWEST_HOMES)
    thin = max(1, ceil(len(given.seekers) / MOST_SEEKERS))
    kept = _thinned(groups, thin)
    table = replace(given, vacancies=homes, seekers=given.seekers[kept], reactions=None, lots=None)
    return table, kept, min(max(1, round(let / thin)), len(homes)), thin


def reached(given: Inputs, plan: Plan, let: int, thin: int) -> NDArray[np.bool_]:
    """Whom the order of a plan reaches.

    Parameters
    ----------
    given, let, thin
        From :func:`in_the_region`.
    plan
        The effects of the law, with or without those of a policy.
    """
    problem, state = prepare(given, plan, {})
    problem, state = _thinned_out(problem, state, let, thin)
    outcome, grade = no_outcome(problem), _grades(given, plan)
    found = np.zeros(len(given.seekers), np.uint8)
    _kernel.reach(problem, state, outcome, (0, let - 1), True, grade, found)  # noqa: FBT003 - compiled
    last = _used_up(problem, state)
    _kernel.reach(problem, last, outcome, (let - 1, len(given.vacancies)), False, grade, found)  # noqa: FBT003
    return found.astype(bool)


def _homes(given: Inputs, city: City) -> pl.DataFrame:
    """The homes of the round and of the association, of each kind, in an order that hangs on nothing."""
    own = given.vacancies
    parents = city.table("areas").select(area="code", district="parent")
    stock = (
        city.own_stock("dwellings", PURPOSE)
        .filter(pl.col("sector").is_not_null() & ~pl.col("dwelling").is_in(own["dwelling"].implode()))
        .with_columns(
            vacancy="dwelling",
            rent_cents=pl.coalesce("target_rent_cents", "rent_cents"),
            available=pl.lit(given.law.day),
            label=pl.col("label").fill_null("none"),
            municipality=pl.lit("GM") + pl.col("area").str.slice(2, 4),
        )
        .drop_nulls(["rent_cents", "area"])
        .join(parents, on="area", how="left", maintain_order="left")
    )
    lacking = [
        pl.lit(None, kind).alias(name) for name, kind in own.schema.items() if name not in stock.columns
    ]
    told = stock.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in own.schema.items())
    told = pl.concat([own, told]).with_columns(
        __key=pl.Series(keys_of([*own["dwelling"], *told["dwelling"]]))
    )
    told = told.sort("__key").with_columns(__nth=pl.int_range(pl.len()).over(KIND))
    return told.sort("__nth", "__key").head(MOST_HOMES).sort("__key").drop("__key", "__nth")


def _thinned(groups: pl.DataFrame, thin: int) -> NDArray[np.int64]:
    """Every so many-th seeker, and one of each group at least."""
    place = np.arange(len(groups))
    kept = place % thin == 0
    if thin > 1:
        for name in groups.columns:
            _, first = np.unique(groups[name].to_numpy(), return_index=True)
            kept[first] = True
    return np.flatnonzero(kept)


def _thinned_out(problem: Problem, state: State, let: int, thin: int) -> tuple[Problem, State]:
    """Numbers as they stand before any letting, thinned out as homes and seekers are.

    A limit of the law has the room that it will have when all homes that are let were: so whom it bears on
    can be reached, also while it opens only later in the year.
    """

    def thinned(numbers: Longs) -> Longs:
        return np.where(numbers > 0, -(-numbers // thin), numbers)

    limited = np.isin(np.arange(len(state.tally_done)), problem.limit_tally)
    left = state._replace(
        reservation_left=thinned(state.reservation_left),
        ceiling_left=thinned(state.ceiling_left),
        tally_done=np.where(limited, thinned(state.tally_done), 0),
        tally_of=np.where(limited, state.tally_of // thin + let, 0),
    )
    return problem._replace(tally_most=thinned(problem.tally_most)), left


def _used_up(problem: Problem, state: State) -> State:
    """What is left when every number and every share below the whole is used up."""
    ever = (problem.tally_most < 0) & (problem.tally_part == problem.tally_whole)
    return state._replace(
        reservation_left=np.minimum(state.reservation_left, 0),
        tally_done=np.where(ever, 0, CLOSED),
        tally_of=np.zeros_like(state.tally_of),
    )


def _grades(given: Inputs, plan: Plan) -> Longs:
    """Of each model and seeker the points that no time makes up for; 0 where time or the lot decides."""
    grades = np.zeros((len(plan.offers) + 1, len(given.seekers)), np.int64)
    for place, offer in enumerate(plan.offers):
        if offer.model == "points" and not _grows(offer.parameters):
            grades[place] = points(given.seekers, given.law.day, offer.parameters).parts
    return grades


def _grows(parameters: Mapping[str, object]) -> bool:
    """Whether everybody gets more points with time: by waiting, or by searching."""
    return any(parameters.get(name) for name in ("waiting_points_a_year", "search_points_most"))
