"""Run a round: read tables, put law and policy together, let homes, and see that nobody is shut out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from ongedeeld.allocation.coding import coded
from ongedeeld.allocation.effects import Effect, Reservation
from ongedeeld.allocation.exclusion import chances, play, refuse_exclusion
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.preparing import Inputs, Plan, prepare
from ongedeeld.allocation.reactions import read_reactions
from ongedeeld.allocation.requirements import Whereabouts, lawful_effects
from ongedeeld.allocation.round import Round
from ongedeeld.allocation.seekers import read_seekers
from ongedeeld.allocation.vacancies import read_vacancies
from ongedeeld.city import City
from ongedeeld.errors import Place
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.lettings import Lettings
from ongedeeld.rules.tallies import binding_tallies, social_tallies
from ongedeeld.rules.tally import Tally

NO_PLACES: dict[str, Place] = {}


def allocate(  # noqa: PLR0913 - a round is made of all of these
    city: City,
    vacancies: pl.DataFrame,
    seekers: pl.DataFrame,
    *,
    law: LawOfDay,
    policy: Sequence[Effect] = (),
    reactions: pl.DataFrame | None = None,
    so_far: Lettings | None = None,
    seed: int = 1,
    what_if: bool = False,
    places: dict[str, Place] = NO_PLACES,
) -> Round:
    """Let the vacancies of one round to the seekers, by the law of a day and a policy.

    Homes are let one after the other, by the day from which they are available and then by number; where a
    policy ranks areas for mediation, in that order. Each goes to the first in its order who can take it; a
    seeker gets one home at most. The order is: the reservations of the policy; the priorities of the law and
    the policy, from low to high; then the offer model.

    Parameters
    ----------
    city
        With the dwellings, areas and tenancies.
    vacancies, seekers
        A row each, with the columns of `INPUTS`; text as a file has it, or typed.
    law
        The law of the day of the round, with local policy.
    policy
        What the instruments do, as :mod:`ongedeeld.allocation.policies` tells; nothing is the law alone, with
        the order of registration.
    reactions
        Who reacted to which home, and what came of offers. Without it, everybody stands in the order for
        every home that is as wished.
    so_far
        The lettings of this year and the year before; without them nothing goes into the free space, and
        shares are reckoned over this round alone.
    seed
        Of the lots.
    what_if
        Run a policy that is not lawful on the day, or shuts a group out, to see what it would do.
    places
        The files of `vacancies`, `seekers` and `reactions`, for messages.

    Returns
    -------
    Round
        The lettings, and on request every ranked list and every reason.

    Raises
    ------
    InputError
        For a table that is not as described; an :class:`ExclusionError` for a policy that leaves a group no
        chance.
    AbsentError
        When a value of the law or of local policy that decides is not known on the day.
    """
    homes = read_vacancies(vacancies, city, law, places.get("vacancies"))
    people = read_seekers(seekers, city, law, places.get("seekers"))
    reacted = None if reactions is None else read_reactions(reactions, homes, people, places.get("reactions"))
    tallied = _tallies(so_far, law, homes)
    given = Inputs(_in_order(homes, people, policy), people, reacted, law, seed)
    under = _plan(given, policy, tallied)
    played = play(under, *prepare(given, under, tallied))
    now = played
    if policy:
        alone = _plan(given, (), tallied)
        now = play(alone, *prepare(given, alone, tallied))
    table = chances(given, now, played)
    if not what_if:
        refuse_exclusion(table)
    return Round(given, under, table, so_far, what_if, played.problem, played.outcome)


def _plan(given: Inputs, policy: Sequence[Effect], tallied: dict[str, Tally]) -> Plan:
    """The effects of the law and of a policy."""
    offering = Offering.of(policy)
    where = Whereabouts(
        tuple(given.vacancies["municipality"].unique().sort()),
        tuple(given.seekers["urgency"].drop_nulls().unique().sort()),
    )
    daeb = tallied.get("daeb")
    free_space = None if daeb is None else daeb.may_still
    return Plan.of([*lawful_effects(given.law, where, offering, free_space), *policy], offering)


def _in_order(homes: pl.DataFrame, people: pl.DataFrame, policy: Sequence[Effect]) -> pl.DataFrame:
    """The homes in the order in which they are let: first those to which a policy gives a rank."""
    ranked = [effect for effect in policy if isinstance(effect, Reservation) and effect.rank]
    if not ranked:
        return homes
    last = max(effect.rank for effect in ranked) + 1
    ranks = np.full(len(homes), last)
    for effect in ranked:
        held = coded(effect.condition, homes, people)
        about = (held.table.max(axis=1) > 0)[held.of_vacancy]
        ranks = np.where(about, np.minimum(ranks, effect.rank), ranks)
    return (
        homes.with_columns(pl.Series("__rank", ranks)).sort("__rank", "available", "vacancy").drop("__rank")
    )


def _tallies(so_far: Lettings | None, law: LawOfDay, homes: pl.DataFrame) -> dict[str, Tally]:
    """The tallies that limit this round, by name."""
    if so_far is None:
        return {}
    social = int((homes["sector"] == "social").sum())
    held = [
        *social_tallies(so_far, law.law, law.day, social),
        *binding_tallies(so_far, law.law, law.day),
    ]
    return {one.name: one for one in held}
