"""Who comes on the list in a month, compiled; the readable twin is `_plain`."""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import borrowing, compiled, mixed
from ongedeeld.simulation.kernel._kernel import first_above, goes_soon, one_of
from ongedeeld.simulation.kernel._purposes import (
    AGE,
    ARRIVALS,
    FLAG,
    PARTNER,
    REGISTERED,
    REGISTERED_DAY,
    STEP_FREE,
    TYPE,
    WISH,
    WISHED_DISTRICT,
)
from ongedeeld.simulation.kernel._state import (
    NOWHERE,
    Bytes,
    Ints,
    Keys,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)

_MONTH_BITS = 32
_TENANT = 1 << 63
_DAYS = 28


@compiled
def room_for(number: int) -> Seekers:
    """Room for so many seekers."""
    return Seekers(
        np.empty(number, np.uint64),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.uint8),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.uint8),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
        np.empty(number, np.int32),
    )


@borrowing
def copy_seeker(source: Seekers, place: int, target: Seekers, to: int) -> None:
    """Copy a seeker from one place to another."""
    target.key[to] = source.key[place]
    target.type_[to] = source.type_[place]
    target.age[to] = source.age[place]
    target.flags[to] = source.flags[place]
    target.contingent[to] = source.contingent[place]
    target.home[to] = source.home[place]
    target.re_housing[to] = source.re_housing[place]
    target.municipality[to] = source.municipality[place]
    target.wish[to] = source.wish[place]
    target.step_free[to] = source.step_free[place]
    target.registered[to] = source.registered[place]
    target.arrived[to] = source.arrived[place]
    target.search_points[to] = source.search_points[place]


@compiled
def numbers_of(salt: np.uint64, stock: Stock, thresholds: Thresholds) -> Ints:
    """How many newcomers each municipality has in a month [M]."""
    municipalities = stock.municipality_key.size
    numbers = np.empty(municipalities, np.int32)
    for municipality in range(municipalities):
        more = mixed(stock.municipality_key[municipality] ^ salt) < thresholds.arrivals_part[municipality]
        numbers[municipality] = thresholds.arrivals_whole[municipality] + more
    return numbers


@compiled
def newcomers(  # noqa: PLR0913, PLR0917 - a month is made of all of these
    month: int,
    salts: Keys,
    lasting: Keys,
    stock: Stock,
    thresholds: Thresholds,
    tenancies: Tenancies,
    starts: Bytes,
    homes: Ints,
    returning: Ints,
    seekers: Seekers,
    runs: Bytes,
) -> Seekers:
    """Everybody who is to be put in the list: who gets notice, tenants who start to seek, and from outside.

    Parameters
    ----------
    month, stock, thresholds, tenancies, seekers
        Of the run.
    salts, lasting
        Of this month, and of draws that last.
    starts, homes
        As `move_tenants` noted, and the homes of which it did: their tenants are not on the list yet.
    returning
        Places of the list whose seekers must be re-housed from now on; they leave these places.
    runs
        Of each agreement whether partners propose under it.
    """
    numbers = numbers_of(salts[ARRIVALS], stock, thresholds)
    found = room_for(returning.size + homes.size + numbers.sum())
    at = 0
    for place in returning:
        copy_seeker(seekers, place, found, at)
        found.re_housing[at] = 1
        seekers.type_[place] = -1
        at += 1
    for home in homes:
        key = mixed(stock.key[home] ^ mixed(np.uint64(_TENANT) + np.uint64(month)))
        _household(found, at, key, tenancies.type_[home], starts[home] - 1, tenancies.flags[home])
        found.home[at], found.re_housing[at] = home, goes_soon(month, stock, thresholds, home)
        found.municipality[at], found.contingent[at] = stock.municipality[home], 0
        _draw_search(found, at, month, lasting, thresholds)
        at += 1
    for municipality in range(numbers.size):
        for number in range(numbers[municipality]):
            name = (np.uint64(month) << np.uint64(_MONTH_BITS)) | np.uint64(number)
            found.key[at] = mixed(stock.municipality_key[municipality] ^ mixed(name))
            found.municipality[at] = municipality
            _draw_household(found, at, lasting, thresholds, runs)
            _draw_search(found, at, month, lasting, thresholds)
            at += 1
    return found


@borrowing
def _household(seekers: Seekers, at: int, key: np.uint64, type_: int, age: int, flags: int) -> None:
    seekers.key[at], seekers.type_[at], seekers.age[at], seekers.flags[at] = key, type_, age, flags


@borrowing
def _draw_household(seekers: Seekers, at: int, lasting: Keys, thresholds: Thresholds, runs: Bytes) -> None:
    """The household of a seeker from outside, and by which agreement a partner proposes it."""
    key = seekers.key[at]
    type_ = min(first_above(thresholds.type_, mixed(key ^ lasting[TYPE])), thresholds.type_.size - 1)
    ages = thresholds.age[type_]
    age = min(first_above(ages, mixed(key ^ lasting[AGE])), ages.size - 1)
    flags = 0
    for flag in range(thresholds.flag.shape[1]):
        if mixed(key ^ lasting[FLAG + flag]) < thresholds.flag[type_, flag]:
            flags |= 1 << flag
    _household(seekers, at, key, type_, age, flags)
    seekers.home[at], seekers.re_housing[at] = NOWHERE, 0
    seekers.contingent[at] = _agreement(thresholds.partner[type_], runs, mixed(key ^ lasting[PARTNER]))


@borrowing
def _agreement(partner: Bytes, runs: Bytes, draw: np.uint64) -> int:
    """1 + the agreement under which somebody is proposed, each equally likely; 0 for none."""
    number = 0
    for agreement in range(runs.size):
        number += partner[agreement] != 0 and runs[agreement] != 0
    if number == 0:
        return 0
    ahead = one_of(number, draw)
    for agreement in range(runs.size):
        if partner[agreement] != 0 and runs[agreement] != 0:
            if ahead == 0:
                return agreement + 1
            ahead -= 1
    return 0


@borrowing
def _draw_search(seekers: Seekers, at: int, month: int, lasting: Keys, thresholds: Thresholds) -> None:
    """What somebody seeks, and since when they are registered."""
    key, type_, municipality = seekers.key[at], seekers.type_[at], seekers.municipality[at]
    needs = thresholds.step_free[type_, seekers.age[at]]
    seekers.step_free[at] = mixed(key ^ lasting[STEP_FREE]) < needs
    seekers.wish[at] = NOWHERE
    if mixed(key ^ lasting[WISH]) >= thresholds.anywhere[municipality]:
        first, end = thresholds.district_from[municipality], thresholds.district_from[municipality + 1]
        if end > first:
            wished = first_above(thresholds.district[first:end], mixed(key ^ lasting[WISHED_DISTRICT]))
            seekers.wish[at] = thresholds.district_code[first + min(wished, end - first - 1)]
    before = thresholds.registered_before[type_]
    earlier = before[one_of(before.size, mixed(key ^ lasting[REGISTERED]))]
    day = 1 if earlier == 0 else 1 + one_of(_DAYS, mixed(key ^ lasting[REGISTERED_DAY]))
    seekers.registered[at] = _MONTH_BITS * (month - earlier) + day
    seekers.arrived[at] = month
    seekers.search_points[at] = 0
