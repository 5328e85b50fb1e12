"""What a run came to: tables by year of places, groups, mix, balance, tallies of the law and costs."""

from __future__ import annotations

import polars as pl

from ongedeeld.simulation.outcomes.bearing import Known, bearing
from ongedeeld.simulation.outcomes.costs import costs
from ongedeeld.simulation.outcomes.groups import groups, where
from ongedeeld.simulation.outcomes.legal_tallies import tallies
from ongedeeld.simulation.outcomes.mix import mix
from ongedeeld.simulation.outcomes.moves import moves
from ongedeeld.simulation.outcomes.places import households, places
from ongedeeld.simulation.outcomes.seen import seen
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run


def tables_of(run: Run, setting: Setting, known: Known | None = None) -> dict[str, pl.DataFrame]:
    """The outcomes of a run.

    Parameters
    ----------
    run
        Of whole years.
    setting
        From which it began.
    known
        What the cards of the places say at the start, from
        :func:`~ongedeeld.simulation.outcomes.bearing.known_of`;
        without it there is no balance.

    Returns
    -------
    dict[str, pl.DataFrame]
        The tables of :data:`~ongedeeld.simulation.outcomes.tables.TABLES`, and `moves`. Households in them
        are invented people, drawn from the homes and tenancies that were given; nothing is rounded.
    """
    one = seen(run, setting)
    who = households(one)
    return {
        "places": places(one),
        "households": who,
        "groups": groups(one),
        "where": where(one),
        "mix": mix(who),
        "bearing": bearing(one, known),
        "tallies": tallies(one),
        "costs": costs(one),
        "moves": moves(one),
    }
