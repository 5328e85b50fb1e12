"""Who goes before whom for a home, by the conditions of a plan, compiled; the readable twin is `_plain`.

What holds for a profile of homes and a kind of seekers is packed in one number: from the lowest bit up the
limits, the priorities (the first of them highest) and the reservations that bear on the profile.
"""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import borrowing, compiled
from ongedeeld.simulation.kernel._ordering import Board
from ongedeeld.simulation.kernel._state import Ints, Keys, Left, Longs, PlanTables, Thresholds
from ongedeeld.simulation.kernel.kinds import NO_STANDING, NOT_LOOKED_UP, Bearing, Kinds

FALLS_OFF = np.uint64(1) << np.uint64(63)
NO_CLASS = -1
_NOBODY = -1
_ONE, _NONE = np.uint64(1), np.uint64(0)


@borrowing
def _standing_of(
    plan: PlanTables, bearing: Bearing, kinds: Kinds, thresholds: Thresholds, profile: int, kind: int
) -> int:
    """The standing of a kind of seekers for a profile of homes, looked up and kept."""
    outlook, mark, standing = bearing.outlook[profile], kinds.mark[kind], NO_STANDING
    rent = bearing.rents[plan.rent_of_home[profile], mark[mark.size - 1]]
    if rent <= thresholds.rent_most[kinds.type_[kind]]:
        bits = _look_up(bearing, mark, profile)
        if bits != FALLS_OFF:
            standing = _standing_with(kinds, outlook, bits)
    kinds.standing[outlook, kind] = standing
    return standing


@borrowing
def _standing_with(kinds: Kinds, outlook: int, bits: np.uint64) -> int:
    """The standing in which this holds, a new one where nobody has that yet."""
    end = kinds.standings[outlook]
    for standing in range(NO_STANDING + 1, end):
        if kinds.bits[outlook, standing] == bits:
            return standing
    kinds.bits[outlook, end] = bits
    kinds.standings[outlook] = end + 1
    return int(end)


@borrowing
def _look_up(bearing: Bearing, mark: Ints, profile: int) -> np.uint64:
    """What holds for a profile of homes and a kind of seekers."""
    first, end = bearing.asked_from[profile], bearing.asked_from[profile + 1]
    weighed = first + bearing.required[profile]
    for at in range(first, weighed):
        if bearing.outcomes[bearing.asked_row[at] + mark[bearing.asked[at]]] == 0:
            return FALLS_OFF
    bits = _NONE
    for at in range(weighed, end):
        held = bearing.outcomes[bearing.asked_row[at] + mark[bearing.asked[at]]] != 0
        bits |= np.uint64(held) << np.uint64(at - weighed)
    return bits


@borrowing
def what_is_open(plan: PlanTables, bearing: Bearing, left: Left, profile: int, ceiling: int) -> np.uint64:
    """The limits that are used up, and the priorities and reservations that are open, packed alike."""
    bits, bit = _NONE, _ONE
    for at in range(bearing.limit_from[profile], bearing.limit_from[profile + 1]):
        if not _is_open(plan, left, plan.limit_tally[bearing.limit[at]]):
            bits |= bit
        bit <<= _ONE
    for at in range(bearing.priority_from[profile + 1] - 1, bearing.priority_from[profile] - 1, -1):
        if _is_open(plan, left, plan.tally[bearing.priority[at]]):
            bits |= bit
        bit <<= _ONE
    for at in range(bearing.reservation_from[profile], bearing.reservation_from[profile + 1]):
        reservation = bearing.reservation[at]
        full = plan.mediated[reservation] != 0 and ceiling >= 0 and left.ceiling_left[ceiling] <= 0
        if left.reservation_left[plan.reservation_slot[reservation]] != 0 and not full:
            bits |= bit
        bit <<= _ONE
    return bits


@borrowing
def _is_open(plan: PlanTables, left: Left, tally: int) -> bool:
    """Whether one more letting fits the number and the share of a tally."""
    if tally < 0:
        return True
    done, of = left.tally_done[tally] + 1, left.tally_of[tally] + 1
    if plan.tally_most[tally] >= 0 and done > plan.tally_most[tally]:
        return False
    return bool(plan.tally_part[tally] < 0 or done * plan.tally_whole[tally] <= plan.tally_part[tally] * of)


@borrowing
def sizes_of(bearing: Bearing, profile: int) -> tuple[int, int, int]:
    """How many limits, priorities and reservations bear on a profile."""
    return (
        bearing.limit_from[profile + 1] - bearing.limit_from[profile],
        bearing.priority_from[profile + 1] - bearing.priority_from[profile],
        bearing.reservation_from[profile + 1] - bearing.reservation_from[profile],
    )


@borrowing
def gather(
    plan: PlanTables,
    bearing: Bearing,
    kinds: Kinds,
    thresholds: Thresholds,
    board: Board,
    profile: int,
    municipality: int,
    rooms: int,
) -> int:
    """Gather by standing the kinds of who is on the list and can get a home of a profile.

    They are left in `found`, `first`, `after` and `last` of the board.

    Returns
    -------
    int
        How many standings somebody has.
    """
    outlook, spare = bearing.outlook[profile], kinds.type_.size
    standing, standings, least = kinds.standing[outlook], kinds.standings[outlook], board.least
    found, first, after, last = board.found, board.first, board.after, board.last
    first[:standings] = _NOBODY
    # Who cannot get it is put in a list that nobody reads: that costs less than to part them.
    first[NO_STANDING], last[NO_STANDING] = spare, spare
    number = 0
    for at in range(board.present_from[municipality], board.present_from[municipality + 1]):
        kind = board.present[at]
        its = NO_STANDING if 0 <= rooms < least[at] else standing[kind]
        if its == NOT_LOOKED_UP:
            its = _standing_of(plan, bearing, kinds, thresholds, profile, kind)
            if its == standings:
                first[its] = _NOBODY
                standings += 1
        if first[its] < 0:
            first[its] = kind
            found[number] = its
            number += 1
        else:
            after[last[its]] = kind
        after[kind] = _NOBODY
        last[its] = kind
    return number


@borrowing
def classify(
    bits: Keys, found: Ints, number: int, is_open: np.uint64, sizes: tuple[int, int, int], classes: Longs
) -> None:
    """Put standings in classes, of which the lowest goes first, or in `NO_CLASS` where a limit is used up.

    By the first open reservation that is met, then by the priorities.

    Parameters
    ----------
    bits, is_open, sizes
        What holds for each standing, what is open, and how many limits, priorities and reservations there
        are.
    found, number
        The standings, and how many they are.
    classes
        Room for the class of each of these.
    """
    limits, priorities, reservations = sizes
    used_up = (_ONE << np.uint64(limits)) - _ONE
    all_priorities = (_ONE << np.uint64(priorities)) - _ONE
    for at in range(number):
        met = bits[found[at]] & is_open
        if (met & used_up) != _NONE:
            classes[at] = NO_CLASS
            continue
        reserved = met >> np.uint64(limits + priorities)
        reservation = 0
        while reservation < reservations and (reserved >> np.uint64(reservation)) & _ONE == _NONE:
            reservation += 1
        behind = all_priorities & ~(met >> np.uint64(limits))
        classes[at] = np.int64((np.uint64(reservation) << np.uint64(priorities)) | behind)


@borrowing
def settle(  # noqa: PLR0913, PLR0917 - a letting counts in all of these
    plan: PlanTables,
    bearing: Bearing,
    left: Left,
    profile: int,
    ceiling: int,
    bits: np.uint64,
    is_open: np.uint64,
    reservation: int,
    counted: Longs,
) -> int:
    """Count a letting in limits, reservations, ceilings and tallies; the first priority it was by, or -1.

    Parameters
    ----------
    plan, bearing, left
        The plan, and what is left of it.
    profile, ceiling
        Of the home.
    bits, is_open
        What holds for the standing of the seeker, and what is open.
    reservation
        By which the home was let, as a number of the plan; -1 for none.
    counted
        Room for each tally, all 0; it is wiped again.
    """
    bit = _ONE
    for at in range(bearing.limit_from[profile], bearing.limit_from[profile + 1]):
        limit = bearing.limit[at]
        held = 2 if (bits & bit) != _NONE else 0
        counted[plan.limit_tally[limit]] |= plan.limit_about[limit, profile] | held
        bit <<= _ONE
    if reservation >= 0:
        slot = plan.reservation_slot[reservation]
        if left.reservation_left[slot] > 0:
            left.reservation_left[slot] -= 1
        if plan.mediated[reservation] != 0 and ceiling >= 0:
            left.ceiling_left[ceiling] -= 1
    first = -1
    for at in range(bearing.priority_from[profile + 1] - 1, bearing.priority_from[profile] - 1, -1):
        priority = bearing.priority[at]
        met = (bits & is_open & bit) != _NONE
        counts = met or (plan.counts_always[priority] != 0 and (bits & bit) != _NONE)
        tally = plan.tally[priority]
        if met:
            first = priority
        if tally >= 0:
            counted[tally] |= plan.about[priority, profile] | (2 if counts else 0)
        bit <<= _ONE
    _add(plan, bearing, left, profile, counted)
    return int(first)


@borrowing
def _add(plan: PlanTables, bearing: Bearing, left: Left, profile: int, counted: Longs) -> None:
    """Add to each tally once, whatever the number of its limits and priorities."""
    for at in range(bearing.limit_from[profile], bearing.limit_from[profile + 1]):
        _add_to(left, counted, plan.limit_tally[bearing.limit[at]])
    for at in range(bearing.priority_from[profile], bearing.priority_from[profile + 1]):
        tally = plan.tally[bearing.priority[at]]
        if tally >= 0:
            _add_to(left, counted, tally)


@borrowing
def _add_to(left: Left, counted: Longs, tally: int) -> None:
    """Add what was counted to a tally, and wipe it."""
    left.tally_of[tally] += counted[tally] & 1
    left.tally_done[tally] += counted[tally] >> 1
    counted[tally] = 0


@compiled
def vacancies(month: int, notice: int, free_from: Ints, comes: Ints, goes: Ints) -> Ints:
    """The homes that can be let in a month."""
    found = np.empty(free_from.size, np.int32)
    number = 0
    for home in range(free_from.size):
        if free_from[home] <= month and comes[home] <= month and goes[home] > month + notice:
            found[number] = home
            number += 1
    return found[:number]


@compiled
def in_letting_order(homes: Ints, rank: Ints, free_from: Ints, profile: Ints) -> Ints:
    """Homes by the rank of their profile, the month from which they are free, and their number."""
    order: Longs = np.empty(homes.size, np.int64)
    for place in range(homes.size):
        home = homes[place]
        order[place] = (
            (np.int64(rank[profile[home]]) << 44) | (np.int64(free_from[home]) << 32) | np.int64(home)
        )
    order.sort()
    return (order & 0xFFFFFFFF).astype(np.int32)


@borrowing
def lowest_above(classes: Longs, number: int, below: int) -> int:
    """The lowest of the first so many classes above another; -1 when there is none."""
    lowest = -1
    for place in range(number):
        if classes[place] > below and (lowest < 0 or classes[place] < lowest):
            lowest = classes[place]
    return int(lowest)
