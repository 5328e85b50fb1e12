"""What the compiled steps of a month share: noting what happens, taking a seeker off the list, and vacating.

The readable twin of the steps is `_plain`.
"""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import borrowing, mixed
from ongedeeld.simulation.kernel._purposes import SOLD
from ongedeeld.simulation.kernel._state import (
    COUNTED,
    HAPPENINGS,
    NEVER,
    NOBODY,
    NOWHERE,
    Counts,
    Happened,
    Keys,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)

GONE = -2
"""The wish of who was taken off the list this month, so that no district is theirs."""

LEFT = HAPPENINGS.index("left")
PREVENTED = HAPPENINGS.index("prevented")
EVICTED = HAPPENINGS.index("evicted")
STARTS_TO_SEEK = HAPPENINGS.index("starts_to_seek")
SUPPORT_STARTS = HAPPENINGS.index("support_starts")
SUPPORT_ENDS = HAPPENINGS.index("support_ends")
SOLD_NOW = HAPPENINGS.index("sold")
BUILT = HAPPENINGS.index("built")
DEMOLISHED = HAPPENINGS.index("demolished")
PUT_OUT = HAPPENINGS.index("put_out")
NOTICE = HAPPENINGS.index("notice")

ARRIVED, STOPPED = COUNTED.index("arrived"), COUNTED.index("stopped")
HOUSED, LOST_HOME = COUNTED.index("housed"), COUNTED.index("lost_home")

_HALF = np.uint64(32)


@borrowing
def first_above(thresholds: Keys, draw: np.uint64) -> int:
    """The first of cumulative thresholds that is above a draw; their number where none is."""
    for place in range(thresholds.size):
        if draw < thresholds[place]:
            return place
    return int(thresholds.size)


@borrowing
def one_of(number: int, draw: np.uint64) -> int:
    """One of so many equally likely things, fewer than 2**32."""
    return int(((draw >> _HALF) * np.uint64(number)) >> _HALF)


@borrowing
def note(happened: Happened, home: int, what: int) -> None:
    """Note what befell a home."""
    place = happened.used[0]
    happened.home[place] = home
    happened.what[place] = what
    happened.used[0] = place + 1


@borrowing
def origin(contingent: int, home: int, re_housing: int) -> int:
    """The place in `ORIGINS` of a seeker."""
    if re_housing != 0:
        return 3
    if home >= 0:
        return 2
    return 1 if contingent > 0 else 0


@borrowing
def count(counts: Counts, what: int, seekers: Seekers, place: int) -> None:
    """Count one seeker."""
    stands = origin(seekers.contingent[place], seekers.home[place], seekers.re_housing[place])
    counts.seekers[what, seekers.type_[place], seekers.age[place], stands] += 1


@borrowing
def take_off(seekers: Seekers, place: int, tenancies: Tenancies) -> None:
    """Take a seeker off the list; the place is freed when the month's newcomers are put in."""
    if seekers.home[place] >= 0:
        tenancies.seeks_as[seekers.home[place]] = NOWHERE
    seekers.type_[place] = NOBODY
    seekers.wish[place] = GONE


@borrowing
def goes_soon(month: int, stock: Stock, thresholds: Thresholds, home: int) -> bool:
    """Whether a home will be demolished so soon that its tenant must seek, and nobody else gets it."""
    return bool(stock.goes[home] <= month + thresholds.notice_months[0])


@borrowing
def vacate(
    month: int,
    salts: Keys,
    stock: Stock,
    thresholds: Thresholds,
    tenancies: Tenancies,
    happened: Happened,
    home: int,
) -> None:
    """A home falls vacant: it is sold, waits to be demolished, or can be let again after the void months."""
    tenancies.type_[home] = NOBODY
    tenancies.free_from[home] = NEVER
    if goes_soon(month, stock, thresholds, home):
        return
    sold = thresholds.sold[stock.turnover[home]]
    if stock.for_sale[home] <= month or mixed(stock.key[home] ^ salts[SOLD]) < sold:
        note(happened, home, SOLD_NOW)
    else:
        tenancies.free_from[home] = month + thresholds.void_months[0]
