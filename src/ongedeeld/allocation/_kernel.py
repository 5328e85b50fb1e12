"""Letting the homes of a round one after the other, compiled; the readable twin is `_plain`.

For each home the conditions are looked up once for every profile of seekers; then two walks over the seekers
find who stands in the order, and the first two of them.
"""

from __future__ import annotations

import numpy as np

from ongedeeld.allocation._problem import Bytes, Ints, Keys, Longs, Outcome, Problem, State, Tables
from ongedeeld.chance import GOLDEN
from ongedeeld.compiling import compiled, mixed

_NOBODY = -1
_RENUMBER = 30
"""After so many priorities classes are numbered anew: reservations and profiles fit in the other bits."""


@compiled
def _holds(tables: Tables, condition: int, vacancy: int, profile: int) -> bool:
    row = tables.start[condition] + tables.of_vacancy[condition, vacancy] * tables.width[condition]
    return bool(tables.flat[row + tables.of_profile[condition, profile]] != 0)


@compiled
def _has_room(problem: Problem, state: State, tally: int) -> bool:
    """Whether one more letting fits the number and the share of a tally."""
    if tally < 0:
        return True
    done, of = state.tally_done[tally] + 1, state.tally_of[tally] + 1
    if problem.tally_most[tally] >= 0 and done > problem.tally_most[tally]:
        return False
    part = problem.tally_part[tally]
    return bool(part < 0 or done * problem.tally_whole[tally] <= part * of)


@compiled
def _open(problem: Problem, state: State, outcome: Outcome, vacancy: int) -> None:
    """Note which limits, priorities and reservations are still open for this home."""
    for place in range(problem.limits.size):
        outcome.limit_open[vacancy, place] = _has_room(problem, state, problem.limit_tally[place])
    for place in range(problem.priorities.size):
        outcome.priority_open[vacancy, place] = _has_room(problem, state, problem.tally[place])
    ceiling = problem.complex[vacancy]
    for place in range(problem.reservations.size):
        is_open = state.reservation_left[problem.reservation_slot[place]] != 0
        if problem.mediated[place] and ceiling >= 0 and state.ceiling_left[ceiling] <= 0:
            is_open = False
        outcome.reservation_open[vacancy, place] = is_open


@compiled
def _reservation(problem: Problem, outcome: Outcome, vacancy: int, profile: int) -> int:
    """The first open reservation that a profile meets; their number where it meets none."""
    for place in range(problem.reservations.size):
        if outcome.reservation_open[vacancy, place] and _holds(
            problem.tables, problem.reservations[place], vacancy, profile
        ):
            return place
    return int(problem.reservations.size)


@compiled
def _classify(problem: Problem, outcome: Outcome, vacancy: int, class_: Longs) -> None:
    """Part the classes of profiles by each open priority, the first of them most.

    Classes are numbered anew before they no longer fit a whole number, whatever the number of priorities.
    """
    parted = 0
    for place in range(problem.priorities.size):
        if not outcome.priority_open[vacancy, place]:
            continue
        if parted == _RENUMBER:
            class_[:] = np.searchsorted(np.unique(class_), class_)
            parted = 0
        condition = problem.priorities[place]
        for profile in range(class_.size):
            goes_first = _holds(problem.tables, condition, vacancy, profile)
            class_[profile] = class_[profile] * 2 + (0 if goes_first else 1)
        parted += 1


@compiled
def _weigh(problem: Problem, outcome: Outcome, vacancy: int, stop: Longs, class_: Longs, free: Bytes) -> None:
    """For every profile where it falls off (or -1), its class (lowest first) and if it need not react."""
    requirements, limits = problem.requirements.size, problem.limits.size
    for profile in range(stop.size):
        stop[profile] = -1
        for place in range(requirements):
            if not _holds(problem.tables, problem.requirements[place], vacancy, profile):
                stop[profile] = place
                break
        for place in range(limits):
            if stop[profile] >= 0 or outcome.limit_open[vacancy, place]:
                continue
            if _holds(problem.tables, problem.limits[place], vacancy, profile):
                stop[profile] = requirements + place
        reservation = _reservation(problem, outcome, vacancy, profile)
        class_[profile] = reservation
        free[profile] = reservation < problem.reservations.size and problem.mediated[reservation] != 0
    _classify(problem, outcome, vacancy, class_)


@compiled
def _note_reactions(problem: Problem, vacancy: int, reacts: Bytes, clear: int) -> None:
    """Write 1 for who reacted, 2 for whose offer came to nothing; or wipe that out again."""
    if problem.reacted_from.size:
        for place in range(problem.reacted_from[vacancy], problem.reacted_from[vacancy + 1]):
            reacts[problem.reacted[place]] = 0 if clear else 1 + problem.refused[place]


@compiled
def _weigh_seekers(
    problem: Problem, outcome: Outcome, vacancy: int, stop: Longs, free: Bytes, reacts: Bytes, where: Ints
) -> None:
    """For every seeker where it falls off, as a column of `Outcome.stopped`; -1 for who stands in the order.

    Who does not want the home falls off at that, whatever else would stand in the way. Arrays are taken out
    of their tuples first: to hand those over for every seeker costs far more than the work itself.
    """
    uninterested = outcome.stopped.shape[1] - 2
    asks = problem.reacted_from.size > 0 and problem.needs_reaction[problem.offer[vacancy]] != 0
    area_wanted = problem.area_wanted[:, problem.area_of_vacancy[vacancy]].copy()
    rents = problem.rents[problem.rent_of_vacancy[vacancy]]
    rooms, step_free = problem.rooms[vacancy], problem.step_free[vacancy]
    profile, wish_area, let_as = problem.profile, problem.wish_area, outcome.let_as
    rooms_least, rent_most, needs_step_free = problem.rooms_least, problem.rent_most, problem.step_free_needed
    rent_of_profile = problem.rent_of_profile
    for seeker in range(profile.size):
        kind = profile[seeker]
        if asks and free[kind] == 0:
            wants = reacts[seeker] != 0
        else:
            wants = area_wanted[wish_area[seeker]] != 0 and rents[rent_of_profile[kind]] <= rent_most[seeker]
            wants = wants and (rooms < 0 or rooms >= rooms_least[seeker])
            wants = wants and (step_free != 0 or needs_step_free[seeker] == 0)
        if not wants:
            where[seeker] = uninterested
        elif stop[kind] >= 0:
            where[seeker] = stop[kind]
        elif let_as[seeker] < vacancy:
            where[seeker] = uninterested + 1
        else:
            where[seeker] = -1


@compiled
def _key(problem: Problem, vacancy: int, seeker: int) -> np.uint64:
    """What decides after reservations and priorities: the lowest goes first."""
    offer = problem.offer[vacancy]
    if problem.by_lot[offer] != 0:
        if problem.lot_start.size == 0:
            return np.uint64(problem.lot_key[seeker])
        return np.uint64(mixed(problem.lot_key[seeker] ^ mixed(problem.lot_start[vacancy] + GOLDEN)))
    return np.uint64(problem.places[offer, seeker])


@compiled
def _choose(
    problem: Problem, outcome: Outcome, vacancy: int, class_: Longs, reacts: Bytes, where: Ints
) -> None:
    """Find who goes first and second, and count where the others fall off."""
    stopped, profile = outcome.stopped[vacancy], problem.profile
    standing = 0
    first = second = _NOBODY
    first_class = second_class = 0
    first_key = second_key = np.uint64(0)
    for seeker in range(where.size):
        if where[seeker] >= 0:
            stopped[where[seeker]] += 1
            continue
        standing += 1
        if reacts[seeker] == 2:
            continue
        mine = class_[profile[seeker]]
        if second >= 0 and mine > second_class:
            continue
        key = _key(problem, vacancy, seeker)
        if first < 0 or mine < first_class or (mine == first_class and key < first_key):
            second, second_class, second_key = first, first_class, first_key
            first, first_class, first_key = seeker, mine, key
        elif second < 0 or mine < second_class or (mine == second_class and key < second_key):
            second, second_class, second_key = seeker, mine, key
    outcome.candidates[vacancy] = standing
    outcome.winner[vacancy] = first
    outcome.second[vacancy] = second


@compiled
def _let(problem: Problem, state: State, outcome: Outcome, vacancy: int, counted: Bytes) -> None:
    """Count a letting."""
    seeker = outcome.winner[vacancy]
    outcome.let_as[seeker] = vacancy
    profile = problem.profile[seeker]
    place = _reservation(problem, outcome, vacancy, profile)
    if place < problem.reservations.size:
        slot, ceiling = problem.reservation_slot[place], problem.complex[vacancy]
        if state.reservation_left[slot] > 0:
            state.reservation_left[slot] -= 1
        if problem.mediated[place] and ceiling >= 0:
            state.ceiling_left[ceiling] -= 1
    _count(problem, state, outcome, vacancy, profile, counted)


@compiled
def _count(
    problem: Problem, state: State, outcome: Outcome, vacancy: int, profile: int, counted: Bytes
) -> None:
    """Count a letting once in each tally that it was let by, or that counts all lettings to who is meant."""
    counted[:] = 0
    for place in range(problem.limits.size):
        if _holds(problem.tables, problem.limits[place], vacancy, profile):
            counted[problem.limit_tally[place]] = 1
    for place in range(problem.priorities.size):
        tally = problem.tally[place]
        if tally < 0:
            continue
        condition = problem.priorities[place]
        counts = outcome.priority_open[vacancy, place] or problem.counts_always[place]
        if counts and _holds(problem.tables, condition, vacancy, profile):
            counted[tally] = 1
    for tally in range(counted.size):
        state.tally_of[tally] += problem.tallied[tally, vacancy]
        state.tally_done[tally] += counted[tally]


@compiled
def run(problem: Problem, state: State, outcome: Outcome) -> None:
    """Let all homes in their order; `state` and `outcome` are filled in.

    Parameters
    ----------
    problem
        What decides.
    state
        What is left at the start; what is left at the end.
    outcome
        Room for what comes of it, from :func:`ongedeeld.allocation._problem.no_outcome`.
    """
    profiles = problem.tables.of_profile.shape[1]
    stop, class_ = np.empty(profiles, np.int64), np.empty(profiles, np.int64)
    free, reacts = np.empty(profiles, np.uint8), np.zeros(problem.profile.size, np.uint8)
    counted, where = np.zeros(state.tally_done.size, np.uint8), np.empty(problem.profile.size, np.int32)
    for vacancy in range(problem.offer.size):
        _open(problem, state, outcome, vacancy)
        _weigh(problem, outcome, vacancy, stop, class_, free)
        _note_reactions(problem, vacancy, reacts, 0)
        _weigh_seekers(problem, outcome, vacancy, stop, free, reacts, where)
        _choose(problem, outcome, vacancy, class_, reacts, where)
        _note_reactions(problem, vacancy, reacts, 1)
        if outcome.winner[vacancy] >= 0:
            _let(problem, state, outcome, vacancy, counted)


@compiled
def reach(
    problem: Problem,
    state: State,
    outcome: Outcome,
    homes: tuple[int, int],
    lets: bool,  # noqa: FBT001 - compiled functions take no keywords only
    grade: Longs,
    reached: Bytes,
) -> None:
    """Note whom the order reaches: who stands alike with the first for a home, but for time or lot.

    Parameters
    ----------
    problem, state, outcome
        As in :func:`run`.
    homes
        The first of them, and the one after the last.
    lets
        Whether they are let, so that who gets one is out of the order for the next.
    grade
        Of each model and seeker what no time makes up for [models, S]; the same for who is alike.
    reached
        Set to 1 for who is reached [S].
    """
    profiles = problem.tables.of_profile.shape[1]
    stop, class_ = np.empty(profiles, np.int64), np.empty(profiles, np.int64)
    free, reacts = np.empty(profiles, np.uint8), np.zeros(problem.profile.size, np.uint8)
    counted, where = np.zeros(state.tally_done.size, np.uint8), np.empty(problem.profile.size, np.int32)
    for vacancy in range(homes[0], homes[1]):
        _open(problem, state, outcome, vacancy)
        _weigh(problem, outcome, vacancy, stop, class_, free)
        _weigh_seekers(problem, outcome, vacancy, stop, free, reacts, where)
        _choose(problem, outcome, vacancy, class_, reacts, where)
        first = outcome.winner[vacancy]
        if first < 0:
            continue
        nearest, best = class_[problem.profile[first]], grade[problem.offer[vacancy], first]
        for seeker in range(where.size):
            alike = where[seeker] < 0 and class_[problem.profile[seeker]] == nearest
            if alike and grade[problem.offer[vacancy], seeker] == best:
                reached[seeker] = 1
        if lets:
            _let(problem, state, outcome, vacancy, counted)


@compiled
def standing(
    problem: Problem, outcome: Outcome, vacancy: int, stop: Ints, class_: Longs, key: Keys, reacts: Bytes
) -> None:
    """Where every seeker stands for one home of a round that was run.

    Parameters
    ----------
    problem, outcome
        The round.
    vacancy
        The home.
    stop, class_, key, reacts
        Room for each seeker [S]: where it falls off (or -1), its class and key (the lowest go first), and its
        reaction.
    """
    profiles = problem.tables.of_profile.shape[1]
    of_stop, of_class = np.empty(profiles, np.int64), np.empty(profiles, np.int64)
    free = np.empty(profiles, np.uint8)
    _weigh(problem, outcome, vacancy, of_stop, of_class, free)
    _note_reactions(problem, vacancy, reacts, 0)
    _weigh_seekers(problem, outcome, vacancy, of_stop, free, reacts, stop)
    for seeker in range(problem.profile.size):
        class_[seeker], key[seeker] = of_class[problem.profile[seeker]], _key(problem, vacancy, seeker)
