"""The round of a month: homes are let one after the other, compiled; the readable twin is `_plain`.

For each home the standings of seekers are put in classes. From the lowest class up, each of its groups is
walked in its order until somebody takes the home; the first of those who would take it gets it.
"""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import borrowing, mixed
from ongedeeld.simulation.kernel._kernel import HOUSED, count, take_off, vacate
from ongedeeld.simulation.kernel._ordering import Board
from ongedeeld.simulation.kernel._purposes import DECLINES, EQUAL, LOT, REACTS
from ongedeeld.simulation.kernel._state import (
    NEVER,
    NOBODY,
    NOWHERE,
    Counts,
    Happened,
    Ints,
    Keys,
    Left,
    Lettings,
    PlanTables,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)
from ongedeeld.simulation.kernel._walking import Walk, count_declined, first_of_class
from ongedeeld.simulation.kernel._weighing import (
    NO_CLASS,
    classify,
    gather,
    lowest_above,
    settle,
    sizes_of,
    what_is_open,
)
from ongedeeld.simulation.kernel.kinds import Bearing, Kinds


@borrowing
def let(  # noqa: PLR0913, PLR0917 - a round is made of all of these
    month: int,
    stock: Stock,
    thresholds: Thresholds,
    plan: PlanTables,
    bearing: Bearing,
    kinds: Kinds,
    left: Left,
    seekers: Seekers,
    tenancies: Tenancies,
    board: Board,
    happened: Happened,
    counts: Counts,
    made: Lettings,
    order: Ints,
) -> int:
    """Let the homes that are free in a month, handed over in their order; `made` is filled in.

    Returns
    -------
    int
        How many homes were let.
    """
    number = 0
    for home in order:
        profile, ceiling = plan.profile[home], plan.ceiling[home]
        is_open = what_is_open(plan, bearing, left, profile, ceiling)
        place, kind, standing, reservation = _taker(
            month, home, is_open, stock, thresholds, plan, bearing, kinds, seekers, board, counts
        )
        if place < 0:
            continue
        bits = kinds.bits[bearing.outlook[profile], standing]
        priority = settle(plan, bearing, left, profile, ceiling, bits, is_open, reservation, board.counted)
        rent = bearing.rents[plan.rent_of_home[profile], kinds.mark[kind, kinds.mark.shape[1] - 1]]
        _note(made, number, home, seekers, place, rent, plan, profile, reservation, priority)
        count(counts, HOUSED, seekers, place)
        support = made.support_months[number]
        _move_in(month, board.salts, home, place, support, stock, thresholds, seekers, tenancies, happened)
        number += 1
    return number


@borrowing
def _taker(  # noqa: PLR0913, PLR0917 - a round is made of all of these
    month: int,
    home: int,
    is_open: np.uint64,
    stock: Stock,
    thresholds: Thresholds,
    plan: PlanTables,
    bearing: Bearing,
    kinds: Kinds,
    seekers: Seekers,
    board: Board,
    counts: Counts,
) -> tuple[int, int, int, int]:
    """Who gets a home: the place on the list, kind, standing and reservation; -1 when nobody takes it."""
    profile, municipality = plan.profile[home], stock.municipality[home]
    base = municipality * kinds.type_.size
    sizes, model, outlook = sizes_of(bearing, profile), plan.offer[profile], bearing.outlook[profile]
    starts = board.starts[base : base + kinds.type_.size + 1]
    rooms = stock.rooms[home]
    standings = gather(plan, bearing, kinds, thresholds, board, profile, municipality, rooms)
    classify(kinds.bits[outlook], board.found, standings, is_open, sizes, board.classes)
    walk = _walk_for(month, home, model, stock, thresholds, plan, seekers, board)
    reacts = thresholds.reacts[:, stock.popularity[home]]
    declines = thresholds.declines[:, stock.surroundings[home]]
    class_ = lowest_above(board.classes, standings, NO_CLASS)
    while class_ >= 0:
        at = bearing.reservation_from[profile] + (class_ >> sizes[1])
        reservation = bearing.reservation[at] if at < bearing.reservation_from[profile + 1] else NOBODY
        mediated = reservation >= 0 and plan.mediated[reservation] != 0
        asks = 1 if plan.needs_reaction[model] != 0 and not mediated else 0
        place, kind, standing, value, declined = first_of_class(
            walk,
            board,
            class_,
            standings,
            starts,
            kinds.type_,
            reacts,
            declines,
            asks,
        )
        count_declined(walk, declined, place, value, counts.declined[stock.area[home]])
        if place >= 0:
            return place, kind, standing, reservation
        class_ = lowest_above(board.classes, standings, class_)
    return NOBODY, NOBODY, NOBODY, NOBODY


@borrowing
def _walk_for(
    month: int,
    home: int,
    model: int,
    stock: Stock,
    thresholds: Thresholds,
    plan: PlanTables,
    seekers: Seekers,
    board: Board,
) -> Walk:
    """A walk over the list for a home under an offer model."""
    return Walk(
        month,
        seekers.key,
        seekers.registered,
        seekers.wish,
        seekers.step_free,
        seekers.search_points,
        thresholds.situation_points,
        thresholds.start_points,
        plan.by_lot[model] != 0 or plan.points[model, 0] != 0,
        plan.by_lot[model] != 0,
        board.salts[LOT],
        plan.points[model],
        stock.district[home],
        stock.step_free[home],
        mixed(stock.key[home] ^ board.salts[REACTS]),
        mixed(stock.key[home] ^ board.salts[DECLINES]),
        board.lasting[EQUAL],
        board.declined,
        board.declined_value,
        board.declined_reason,
    )


@borrowing
def _note(  # noqa: PLR0913, PLR0917 - a letting has all of these
    made: Lettings,
    at: int,
    home: int,
    seekers: Seekers,
    place: int,
    rent: int,
    plan: PlanTables,
    profile: int,
    reservation: int,
    priority: int,
) -> None:
    """Note a letting."""
    made.home[at], made.seeker[at] = home, seekers.key[place]
    made.type_[at], made.age[at], made.flags[at] = (
        seekers.type_[place],
        seekers.age[place],
        seekers.flags[place],
    )
    made.contingent[at], made.re_housing[at] = seekers.contingent[place], seekers.re_housing[place]
    made.registered[at], made.arrived[at] = seekers.registered[place], seekers.arrived[place]
    made.from_home[at] = seekers.home[place]
    made.rent[at], made.full_rent[at] = rent, plan.full_rent[profile]
    made.reservation[at], made.priority[at] = reservation, priority
    made.support_months[at] = plan.supported[reservation] if reservation >= 0 else 0


@borrowing
def _move_in(  # noqa: PLR0913, PLR0917 - and so has a move
    month: int,
    salts: Keys,
    home: int,
    place: int,
    support_months: int,
    stock: Stock,
    thresholds: Thresholds,
    seekers: Seekers,
    tenancies: Tenancies,
    happened: Happened,
) -> None:
    """A tenancy starts, the seeker leaves the list, and the home that comes free falls vacant."""
    tenancies.type_[home] = thresholds.settles_as[seekers.type_[place]]
    tenancies.age[home] = seekers.age[place]
    tenancies.flags[home] = seekers.flags[place]
    tenancies.since[home] = month
    tenancies.support_until[home] = month + support_months
    tenancies.free_from[home] = NEVER
    tenancies.seeks_as[home] = NOWHERE
    left = seekers.home[place]
    take_off(seekers, place, tenancies)
    if left >= 0:
        vacate(month, salts, stock, thresholds, tenancies, happened, left)
