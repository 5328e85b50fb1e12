"""Run a round: read tables, put law and policy together, let homes, and see that nobody is shut out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from ongedeeld.allocation.effects import Ceiling, Effect, Reservation, WhatIf
from ongedeeld.allocation.exclusion import Played, chances, play
from ongedeeld.allocation.free_space import FreeSpace
from ongedeeld.allocation.lots import Lots
from ongedeeld.allocation.offering import Offering
from ongedeeld.allocation.preparing import Inputs, Plan, prepare
from ongedeeld.allocation.reactions import read_reactions, refuse_passed_over
from ongedeeld.allocation.requirements import Whereabouts, effects_together
from ongedeeld.allocation.round import Round
from ongedeeld.allocation.seekers import read_seekers, refuse_moves_to_themselves
from ongedeeld.allocation.shutting_out import refuse_exclusion, with_article
from ongedeeld.allocation.vacancies import read_vacancies
from ongedeeld.city import City
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.lettings import Lettings
from ongedeeld.rules.tallies import binding_tallies, social_tallies
from ongedeeld.rules.tally import Tally

NO_PLACES: dict[str, Place] = {}
LARGEST_SEED = 2**63 - 1


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
    lots: Lots | None = None,
    what_if: bool = False,
    tell_chances: bool = True,
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
    lots
        Lots that were drawn elsewhere, in place of those of the seed.
    what_if
        Run a policy that is not lawful on the day, or shuts a group out, to see what it would do; effects
        that were made as a :class:`~ongedeeld.allocation.effects.WhatIf` are always run so.
    tell_chances
        Whether to work out the chance of every group, and to refuse a policy that shuts one out. Who plays
        many rounds and judges them together does without: then the round has no table of chances.
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
    _refuse_seed(seed)
    what_if = what_if or isinstance(policy, WhatIf)
    homes = read_vacancies(vacancies, city, law, places.get("vacancies"))
    people = read_seekers(seekers, city, law, places.get("seekers"))
    refuse_moves_to_themselves(people, homes, places.get("seekers"))
    reacted = None if reactions is None else read_reactions(reactions, homes, people, places.get("reactions"))
    municipalities = _municipalities(city)
    tallied = _tallies(so_far, law, municipalities)
    given = Inputs(_in_order(homes, policy), people, reacted, law, seed, lots, municipalities)
    under = _plan(given, policy, tallied)
    played = play(under, *prepare(given, under, tallied))
    table = _chances(given, played, policy, tallied, city) if tell_chances else pl.DataFrame()
    if tell_chances and not what_if:
        refuse_exclusion(table, law)
    done = Round(given, under, table, so_far, what_if, played.problem, played.outcome)
    if reacted is not None:
        winners = dict(done.lettings.select("vacancy", "seeker").iter_rows())
        refuse_passed_over(reacted, winners, places.get("reactions"))
    return done


def _refuse_seed(seed: int) -> None:
    if not 0 <= seed <= LARGEST_SEED:
        raise InputError(
            N_("{seed} is no seed"),
            expected=N_("a whole number from 0 to {largest}"),
            remedy=N_("give another number; the same one gives the same lots"),
            seed=seed,
            largest=LARGEST_SEED,
        )


def _chances(
    given: Inputs, played: Played, policy: Sequence[Effect], tallied: dict[str, Tally], city: City
) -> pl.DataFrame:
    """The chance of every group by the law alone and in the round as it was played."""
    looked_at = tuple(one.condition for one in policy if not isinstance(one, Ceiling))
    now = played
    if policy:
        alone = _plan(given, (), tallied)
        now = play(alone, *prepare(given, alone, tallied))
    return with_article(chances(given, now, played, city, looked_at), given.law)


def _plan(given: Inputs, policy: Sequence[Effect], tallied: dict[str, Tally]) -> Plan:
    """The effects of the law and of a policy."""
    where = Whereabouts(
        tuple(given.vacancies["municipality"].unique().sort()),
        tuple(given.seekers["urgency"].drop_nulls().unique().sort()),
    )
    daeb = tallied.get("daeb")
    free_space = None if daeb is None else FreeSpace.by(daeb)
    return Plan.of(effects_together(given.law, where, policy, free_space), Offering.of(policy))


def _in_order(homes: pl.DataFrame, policy: Sequence[Effect]) -> pl.DataFrame:
    """The homes in the order in which they are let: first those to which a policy gives a rank."""
    ranked = [effect for effect in policy if isinstance(effect, Reservation) and effect.rank]
    if not ranked:
        return homes
    last = max(effect.rank for effect in ranked) + 1
    ranks = np.full(len(homes), last)
    for effect in ranked:
        about = [effect.condition.is_about(home) for home in homes.iter_rows(named=True)]
        ranks = np.where(about, np.minimum(ranks, effect.rank), ranks)
    return (
        homes.with_columns(pl.Series("__rank", ranks)).sort("__rank", "available", "vacancy").drop("__rank")
    )


def _municipalities(city: City) -> tuple[str, ...]:
    """The municipalities in which the association has homes."""
    areas = city.own_stock("dwellings", N_("a round of allocation"))["area"].drop_nulls()
    return tuple(sorted({f"GM{area[2:6]}" for area in areas.unique()}))


def _tallies(so_far: Lettings | None, law: LawOfDay, municipalities: Sequence[str]) -> dict[str, Tally]:
    """The tallies that limit this round, by name."""
    if so_far is None:
        return {}
    held = [
        *social_tallies(so_far, law.law, law.day, municipalities=municipalities),
        *binding_tallies(so_far, law.law, law.day),
    ]
    return {one.name: one for one in held}
