"""What a round works with, and the order of seekers under offer models other than registration, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ongedeeld.compiling import borrowing
from ongedeeld.simulation.kernel._state import Ints, Keys, Longs

_MONTH_BITS, _DAY, _MONTHS = 5, 31, 12
_SIGN = np.uint64(1) << np.uint64(63)


class Board(NamedTuple):
    """What a round works with besides the tables: chances of the month, the list, and scratch room.

    Parameters
    ----------
    salts, lasting
        Of this month, and of draws that last.
    starts
        Where each group of the list starts; groups are numbered by municipality, then kind [groups + 1].
    present_from, present
        The kinds of which somebody is on the list, by municipality, with those of large groups first and the
        largest at the head, and where each municipality starts [M + 1]: who is found in a large group bounds
        the walks over all others.
    least
        The rooms that each of these kinds wishes at least.
    found, classes
        Room for the standings that somebody has, and their classes.
    first, after, last
        Room for the first kind of each standing, the next after each kind, and the last of a standing.
    declined, declined_value, declined_reason
        Room for those who declined a home: their place, by what they are ordered, and the reason.
    counted
        Room for each tally, all 0.
    """

    salts: Keys
    lasting: Keys
    starts: Ints
    present_from: Longs
    present: Ints
    least: Ints
    found: Ints
    classes: Longs
    first: Ints
    after: Ints
    last: Ints
    declined: Ints
    declined_value: Longs
    declined_reason: Ints
    counted: Longs


@borrowing
def place_in_order(
    month: int,
    by_lot: bool,  # noqa: FBT001
    lot: np.uint64,
    model: Longs,
    registered: int,
    search: int,
    situation: int,
    start: int,
) -> np.int64:
    """By what somebody is ordered in a lottery or by points, of which the lowest goes first.

    Parameters
    ----------
    month, by_lot, model
        The month, whether lots decide, and else the points as in `PlanTables.points`.
    lot, registered, search, situation, start
        Of the seeker.
    """
    if by_lot:
        return np.int64(lot ^ _SIGN)
    later = 1 if registered & _DAY > 1 else 0
    years = (month - (registered >> _MONTH_BITS) - later) // _MONTHS
    unit = model[0]
    parts = min(search * unit, model[2]) + min(situation * unit, model[3]) + min(start * unit, model[4])
    return np.int64(-(years * model[1] + parts))
