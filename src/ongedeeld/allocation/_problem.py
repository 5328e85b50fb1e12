"""A round in whole numbers, as the kernel and its plain twin read it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]

UNLIMITED = -1
NOBODY = -1
NO_REQUIREMENT = -1


class Tables(NamedTuple):
    """Conditions by profile of seekers.

    Condition c of vacancy v and profile p is
    ``flat[start[c] + of_vacancy[c, v] * width[c] + of_profile[c, p]]``.
    """

    flat: Bytes
    start: Longs
    width: Longs
    of_vacancy: Ints
    of_profile: Ints


class Problem(NamedTuple):
    """What decides a round. Vacancies are let in their order; of several kinds the number stands in brackets.

    Parameters
    ----------
    tables
        The conditions [C].
    requirements, limits, priorities, reservations
        Which conditions are which; priorities in the order in which they are weighed.
    profile
        The profile of each seeker [S].
    rents, rent_of_vacancy, rent_of_profile
        The rents offered, in cents, by code of the vacancy [V] and of the profile.
    limit_tally, tally, tally_most, tally_part, tally_whole
        The tally of each limit, that of each priority (or none), and of each tally the largest number and the
        largest share as a fraction.
    counts_always
        Of each priority whether its tally counts every letting to who meets it, also while it is closed.
    tallied
        Whether a letting of a vacancy counts in the share of a tally [tallies, V].
    mediated, reservation_slot
        Of each reservation whether a partner proposes, and with which others it shares its number.
    complex
        The ceiling that is about each vacancy, or none [V].
    offer, by_lot, needs_reaction
        The offer model of each vacancy [V], and what each model is.
    places
        The place of each seeker in each model [models, S].
    lot_start, lot_key
        For a lottery, the start of each vacancy and the key of each seeker; without starts the key is itself
        the lot of the seeker, drawn elsewhere for all lotteries of the round.
    wish_area, area_wanted, area_of_vacancy
        The kind of wish of each seeker, which areas each kind wants, and the area of each vacancy.
    rooms_least, rent_most, step_free_needed
        The other wishes [S].
    rooms, step_free
        Of each vacancy; rooms that are not known are -1, and 1 tells that the home is step-free [V].
    reacted_from, reacted, refused
        Reactions by vacancy, as a start for each vacancy and the seekers, and whether each came to nothing;
        an empty start tells that nobody was asked to react.
    """

    tables: Tables
    requirements: Ints
    limits: Ints
    priorities: Ints
    reservations: Ints
    profile: Ints
    rents: Longs
    rent_of_vacancy: Ints
    rent_of_profile: Ints
    limit_tally: Ints
    tally: Ints
    tally_most: Longs
    tally_part: Longs
    tally_whole: Longs
    counts_always: Bytes
    tallied: Bytes
    mediated: Bytes
    reservation_slot: Ints
    complex: Ints
    offer: Ints
    by_lot: Bytes
    needs_reaction: Bytes
    places: Longs
    lot_start: Keys
    lot_key: Keys
    wish_area: Ints
    area_wanted: Bytes
    area_of_vacancy: Ints
    rooms_least: Ints
    rent_most: Longs
    step_free_needed: Bytes
    rooms: Ints
    step_free: Bytes
    reacted_from: Longs
    reacted: Ints
    refused: Bytes


class State(NamedTuple):
    """What changes while homes are let: what is left of reservations and ceilings, and the tallies."""

    reservation_left: Longs
    ceiling_left: Longs
    tally_done: Longs
    tally_of: Longs


class Outcome(NamedTuple):
    """What came of a round.

    Parameters
    ----------
    winner, second
        Who gets each home and who comes next, or nobody [V].
    let_as
        In which place of the round each seeker was housed; the number of vacancies for who was not [S].
    candidates
        How many meet the requirements, want the home and have none yet [V].
    stopped
        How many seekers fall off at each requirement, each limit, for want of interest, and because they
        were housed before [V, requirements + limits + 2].
    limit_open, priority_open, reservation_open
        Whether each was still open when the home was let.
    """

    winner: Longs
    second: Longs
    let_as: Longs
    candidates: Longs
    stopped: Longs
    limit_open: Bytes
    priority_open: Bytes
    reservation_open: Bytes


def no_outcome(problem: Problem) -> Outcome:
    """Room for an outcome."""
    vacancies, seekers = len(problem.offer), len(problem.profile)
    return Outcome(
        winner=np.full(vacancies, NOBODY, np.int64),
        second=np.full(vacancies, NOBODY, np.int64),
        let_as=np.full(seekers, vacancies, np.int64),
        candidates=np.zeros(vacancies, np.int64),
        stopped=np.zeros((vacancies, len(problem.requirements) + len(problem.limits) + 2), np.int64),
        limit_open=np.zeros((vacancies, len(problem.limits)), np.uint8),
        priority_open=np.zeros((vacancies, len(problem.priorities)), np.uint8),
        reservation_open=np.zeros((vacancies, len(problem.reservations)), np.uint8),
    )
