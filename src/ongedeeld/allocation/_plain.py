"""Letting the homes of a round one after the other, as plainly as can be: the twin of `_kernel`.

One pair of home and seeker is explained from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ongedeeld.allocation._problem import NOBODY, Bytes, Longs, Outcome, Problem, State
from ongedeeld.allocation.ranking import lots


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seeker stands for a home.

    Parameters
    ----------
    stop
        Where the seeker falls off, as a column of `Outcome.stopped`; -1 for who is in the order.
    reservation
        The reservation by which the seeker goes first; their number where none does.
    priorities
        Of each priority 0 when the seeker goes first by it, else 1.
    key
        What decides after that: the place in the offer model, or the lot.
    refused
        Whether the offer came to nothing.
    """

    stop: int
    reservation: int
    priorities: tuple[int, ...]
    key: int
    refused: bool


def place(problem: Problem, outcome: Outcome, vacancy: int, seeker: int) -> Place:
    """Where one seeker stands for one home, with what was open when it was let."""
    reservation = _reservation(problem, outcome, vacancy, seeker)
    reaction = _reaction(problem, vacancy, seeker)
    uninterested = outcome.stopped.shape[1] - 2
    stop = uninterested
    if _wants(problem, vacancy, seeker, reservation, reaction):
        stop = _falls_off(problem, outcome, vacancy, seeker)
        if stop < 0 and int(outcome.let_as[seeker]) < vacancy:
            stop = uninterested + 1
    ahead = tuple(
        0 if outcome.priority_open[vacancy, at] and holds(problem, condition, vacancy, seeker) else 1
        for at, condition in enumerate(problem.priorities)
    )
    offer = problem.offer[vacancy]
    if problem.by_lot[offer] and not len(problem.lot_start):
        key = int(problem.lot_key[seeker])
    elif problem.by_lot[offer]:
        key = int(lots(problem.lot_start[vacancy], problem.lot_key[seeker : seeker + 1])[0])
    else:
        key = int(problem.places[offer, seeker])
    return Place(stop, reservation, ahead, key, reaction == 2)


def holds(problem: Problem, condition: int, vacancy: int, seeker: int) -> bool:
    """Whether a condition holds for a vacancy and a seeker."""
    tables = problem.tables
    row = tables.start[condition] + tables.of_vacancy[condition, vacancy] * tables.width[condition]
    return bool(tables.flat[row + tables.of_profile[condition, problem.profile[seeker]]])


def _falls_off(problem: Problem, outcome: Outcome, vacancy: int, seeker: int) -> int:
    for at, condition in enumerate(problem.requirements):
        if not holds(problem, condition, vacancy, seeker):
            return at
    for at, condition in enumerate(problem.limits):
        if not outcome.limit_open[vacancy, at] and holds(problem, condition, vacancy, seeker):
            return len(problem.requirements) + at
    return -1


def _reservation(problem: Problem, outcome: Outcome, vacancy: int, seeker: int) -> int:
    for at, condition in enumerate(problem.reservations):
        if outcome.reservation_open[vacancy, at] and holds(problem, condition, vacancy, seeker):
            return at
    return len(problem.reservations)


def _reaction(problem: Problem, vacancy: int, seeker: int) -> int:
    """0 for who did not react, 1 for who did, 2 for whose offer came to nothing."""
    if not len(problem.reacted_from):
        return 0
    here = slice(problem.reacted_from[vacancy], problem.reacted_from[vacancy + 1])
    where = np.flatnonzero(problem.reacted[here] == seeker)
    return 1 + int(problem.refused[here][where[0]]) if len(where) else 0


def wants(problem: Problem, vacancy: int, seeker: int, reservation: int) -> bool:
    """Whether a seeker wants a home: reacted to it where that is asked, or else wishes such a home."""
    return _wants(problem, vacancy, seeker, reservation, _reaction(problem, vacancy, seeker))


def _wants(problem: Problem, vacancy: int, seeker: int, reservation: int, reaction: int) -> bool:
    mediated = reservation < len(problem.reservations) and bool(problem.mediated[reservation])
    asks = len(problem.reacted_from) and problem.needs_reaction[problem.offer[vacancy]] and not mediated
    return bool(reaction if asks else all(wishes(problem, vacancy, seeker).values()))


def wishes(problem: Problem, vacancy: int, seeker: int) -> dict[str, bool]:
    """Whether a home is as a seeker wishes it, by wish."""
    rent = problem.rents[problem.rent_of_vacancy[vacancy], problem.rent_of_profile[problem.profile[seeker]]]
    rooms = problem.rooms[vacancy]
    return {
        "wish_areas": bool(problem.area_wanted[problem.wish_area[seeker], problem.area_of_vacancy[vacancy]]),
        "rooms_min": bool(rooms < 0 or rooms >= problem.rooms_least[seeker]),
        "step_free_needed": bool(problem.step_free[vacancy] or not problem.step_free_needed[seeker]),
        "rent_max_cents": bool(rent <= problem.rent_most[seeker]),
    }


def order(problem: Problem, outcome: Outcome, vacancy: int) -> list[tuple[int, Place]]:
    """All who stand in the order for a home, the first first; who declined stands among them."""
    standing = [(seeker, place(problem, outcome, vacancy, seeker)) for seeker in range(len(problem.profile))]
    return sorted(
        ((seeker, one) for seeker, one in standing if one.stop < 0),
        key=lambda each: (each[1].reservation, each[1].priorities, each[1].key, each[0]),
    )


def run(problem: Problem, state: State, outcome: Outcome) -> None:
    """Let all homes in their order; `state` and `outcome` are filled in."""
    for vacancy in range(len(problem.offer)):
        _open(problem, state, outcome, vacancy)
        for seeker in range(len(problem.profile)):
            stop = place(problem, outcome, vacancy, seeker).stop
            if stop >= 0:
                outcome.stopped[vacancy, stop] += 1
        ordered = order(problem, outcome, vacancy)
        outcome.candidates[vacancy] = len(ordered)
        takers = [seeker for seeker, one in ordered if not one.refused]
        outcome.winner[vacancy], outcome.second[vacancy] = (*takers, NOBODY, NOBODY)[:2]
        if takers:
            _let(problem, state, outcome, vacancy)


def reach(
    problem: Problem,
    state: State,
    outcome: Outcome,
    homes: tuple[int, int],
    lets: bool,  # noqa: FBT001 - as in the kernel
    grade: Longs,
    reached: Bytes,
) -> None:
    """Note whom the order reaches, as the kernel does."""
    for vacancy in range(*homes):
        _open(problem, state, outcome, vacancy)
        ordered = order(problem, outcome, vacancy)
        if not ordered:
            continue
        (first, nearest), grades = ordered[0], grade[problem.offer[vacancy]]
        for seeker, one in ordered:
            alike = (one.reservation, one.priorities) == (nearest.reservation, nearest.priorities)
            if alike and grades[seeker] == grades[first]:
                reached[seeker] = 1
        outcome.winner[vacancy] = first
        if lets:
            _let(problem, state, outcome, vacancy)


def _open(problem: Problem, state: State, outcome: Outcome, vacancy: int) -> None:
    outcome.limit_open[vacancy] = [_has_room(problem, state, tally) for tally in problem.limit_tally]
    outcome.priority_open[vacancy] = [_has_room(problem, state, tally) for tally in problem.tally]
    ceiling = problem.complex[vacancy]
    full = ceiling >= 0 and state.ceiling_left[ceiling] <= 0
    for at, slot in enumerate(problem.reservation_slot):
        left = state.reservation_left[slot]
        outcome.reservation_open[vacancy, at] = left != 0 and not (problem.mediated[at] and full)


def _has_room(problem: Problem, state: State, tally: int) -> bool:
    """Whether one more letting fits the number and the share of a tally."""
    if tally < 0:
        return True
    done, of = state.tally_done[tally] + 1, state.tally_of[tally] + 1
    most, part, whole = problem.tally_most[tally], problem.tally_part[tally], problem.tally_whole[tally]
    return bool((most < 0 or done <= most) and (part < 0 or done * whole <= part * of))


def _let(problem: Problem, state: State, outcome: Outcome, vacancy: int) -> None:
    seeker = int(outcome.winner[vacancy])
    outcome.let_as[seeker] = vacancy
    reservation = _reservation(problem, outcome, vacancy, seeker)
    if reservation < len(problem.reservations):
        slot = problem.reservation_slot[reservation]
        if state.reservation_left[slot] > 0:
            state.reservation_left[slot] -= 1
        if problem.mediated[reservation] and problem.complex[vacancy] >= 0:
            state.ceiling_left[problem.complex[vacancy]] -= 1
    used = {
        int(tally)
        for at, tally in enumerate(problem.tally)
        if (outcome.priority_open[vacancy, at] or problem.counts_always[at])
        and holds(problem, problem.priorities[at], vacancy, seeker)
    } | {
        int(tally)
        for tally, condition in zip(problem.limit_tally, problem.limits, strict=True)
        if holds(problem, condition, vacancy, seeker)
    }
    for tally in range(len(state.tally_done)):
        state.tally_done[tally] += tally in used
        state.tally_of[tally] += problem.tallied[tally, vacancy]
