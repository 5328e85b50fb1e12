"""Walking over seekers in order until somebody takes a home, compiled; the readable twin is `_plain`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ongedeeld.compiling import borrowing, mixed
from ongedeeld.simulation.kernel._kernel import first_above
from ongedeeld.simulation.kernel._listing import registered_before
from ongedeeld.simulation.kernel._ordering import Board, place_in_order
from ongedeeld.simulation.kernel._state import NOBODY, NOWHERE, Bytes, Ints, Keys, Longs


class Walk(NamedTuple):
    """A walk over groups of the list: the list, its order, the home as seekers see it, and the declines.

    Groups lie in the order of registration. Under another offer model (`otherwise`) a group is walked whole,
    which costs less than to put it in that order first.
    """

    month: int
    key: Keys
    registered: Ints
    wish: Ints
    needs_step_free: Bytes
    search_points: Ints
    situation_points: Ints
    start_points: Ints
    otherwise: bool
    by_lot: bool
    lot: np.uint64
    points: Longs
    district: int
    step_free: int
    reacts_key: np.uint64
    declines_key: np.uint64
    equal: np.uint64
    declined: Ints
    declined_value: Longs
    declined_reason: Ints


@borrowing
def first_of_class(  # noqa: PLR0913, PLR0917 - a walk needs all of these
    walk: Walk,
    board: Board,
    class_: int,
    standings: int,
    starts: Ints,
    types: Ints,
    reacts: Keys,
    declines: Keys,
    asks: int,
) -> tuple[int, int, int, int, int]:
    """Who of a class gets a home: place, kind, standing, by what it was ordered, and how many declined.

    Each group is walked until somebody takes the home, and no further than who would take it so far, where it
    lies in the order that counts.
    """
    best, best_kind, best_standing, best_value, declined = NOBODY, NOBODY, NOBODY, 0, 0
    keys, registered, wish, needs_step_free = walk.key, walk.registered, walk.wish, walk.needs_step_free
    at, kind = _next_kind(board, class_, standings, -1, -1)
    while kind >= 0:
        step, end, type_ = starts[kind], starts[kind + 1], types[kind]
        if best >= 0 and not walk.otherwise:
            end = _first_after(registered, step, end, best_value)
        while step < end:
            if asks != 0:
                step = _next_who_reacts(keys, step, end, walk.reacts_key, reacts[type_])
                if step == end:
                    break
            place = step
            step += 1
            if not _wishes(wish[place], needs_step_free[place], walk.district, walk.step_free):
                continue
            value = _value_of(walk, place, type_) if walk.otherwise else int(registered[place])
            if best >= 0 and not _before(walk, value, place, best_value, best):
                continue
            why = first_above(declines[type_], mixed(keys[place] ^ walk.declines_key))
            if why == declines.shape[1]:
                best, best_kind, best_standing, best_value = place, kind, board.found[at], value
                if not walk.otherwise:
                    break
                continue
            walk.declined[declined], walk.declined_value[declined] = place, value
            walk.declined_reason[declined] = why
            declined += 1
        at, kind = _next_kind(board, class_, standings, at, kind)
    return best, best_kind, best_standing, best_value, declined


@borrowing
def _next_kind(board: Board, class_: int, standings: int, at: int, kind: int) -> tuple[int, int]:
    """The place of a standing of a class and its next kind; -1 after the last."""
    if kind >= 0 and board.after[kind] >= 0:
        return at, board.after[kind]
    at += 1
    while at < standings and board.classes[at] != class_:
        at += 1
    return (at, board.first[board.found[at]]) if at < standings else (NOBODY, NOBODY)


@borrowing
def _wishes(wish: int, needs_step_free: int, district: int, step_free: int) -> bool:
    """Whether the district and the steps of a home are as a seeker wishes."""
    anywhere, here = wish == NOWHERE, wish == district
    return (anywhere or here) and (needs_step_free == 0 or step_free != 0)


@borrowing
def _value_of(walk: Walk, place: int, type_: int) -> int:
    """By what somebody is ordered where registration does not decide; the lowest goes first."""
    return int(
        place_in_order(
            walk.month,
            walk.by_lot,
            mixed(walk.key[place] ^ walk.lot),
            walk.points,
            walk.registered[place],
            walk.search_points[place],
            walk.situation_points[type_],
            walk.start_points[type_],
        )
    )


@borrowing
def _first_after(registered: Ints, first: int, end: int, value: int) -> int:
    """The first step from which on everybody registered later."""
    if first < end and registered[first] > value:
        return first
    while first < end:
        middle = (first + end) // 2
        if registered[middle] > value:
            end = middle
        else:
            first = middle + 1
    return end


@borrowing
def _next_who_reacts(keys: Keys, step: int, end: int, home: np.uint64, chance: np.uint64) -> int:
    """The next step of a walk at which somebody reacts to the home; the end when nobody does."""
    while step < end and mixed(keys[step] ^ home) >= chance:
        step += 1
    return step


@borrowing
def _before(walk: Walk, value: int, place: int, other_value: int, other: int) -> bool:
    """Whether a seeker goes before another in the order of an offer model."""
    if value != other_value:
        return value < other_value
    return registered_before(
        walk.registered[place], walk.key[place], walk.registered[other], walk.key[other], walk.equal
    )


@borrowing
def count_declined(walk: Walk, number: int, best: int, best_value: int, counts: Longs) -> None:
    """Count the declined offers that were made before the home was taken, by reason."""
    for at in range(number):
        if best < 0 or _before(walk, walk.declined_value[at], walk.declined[at], best_value, best):
            counts[walk.declined_reason[at]] += 1
