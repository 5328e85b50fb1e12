"""The list of seekers, kept in order by municipality, kind and registration, compiled.

It is kept in two rooms: each month those who stay are copied from one to the other, and newcomers fall in
between, so that no sort of the whole list is ever needed.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from ongedeeld.compiling import borrowing, compiled, mixed
from ongedeeld.simulation.kernel._kernel import STOPPED, count, take_off
from ongedeeld.simulation.kernel._purposes import SEARCHES, STOPS
from ongedeeld.simulation.kernel._state import (
    FLAGS,
    Bytes,
    Counts,
    Ints,
    Keys,
    Longs,
    Seekers,
    Stock,
    Tenancies,
    Thresholds,
)
from ongedeeld.simulation.kernel.kinds import Bearing, Kinds

Column = TypeVar("Column", Keys, Ints, Bytes)

_EQUAL_BITS = np.uint64(24)
_START = np.uint64(0x9E3779B97F4A7C15)
_GROUP_SHIFT, _REGISTERED_SHIFT = 39, 20
_REGISTERED_ZERO = 1 << 18
_LOT_SHIFT = np.uint64(44)


@compiled
def kinds_of(
    seekers: Seekers, number: int, stock: Stock, kinds: Kinds, bearing: Bearing, found: Ints
) -> bool:
    """Write the kind of each of the first so many seekers in `found`; False when there is no room for more.

    A kind that was not met yet gets the next number.
    """
    held = np.empty(kinds.sizes.size, np.int64)
    for place in range(number):
        home = seekers.home[place]
        held[0], held[1], held[2] = seekers.type_[place], seekers.age[place], seekers.flags[place]
        held[3], held[4] = seekers.contingent[place], 0 if home < 0 else stock.leaves[home]
        held[5] = seekers.re_housing[place]
        combination = np.int64(0)
        for part in range(held.size):
            combination = combination * kinds.sizes[part] + held[part]
        if kinds.of[combination] == 0:
            if kinds.met[0] == kinds.type_.size:
                return False
            kinds.of[combination] = 1 + _kind_of(held, kinds, bearing)
        found[place] = kinds.of[combination] - 1
    return True


@borrowing
def _kind_of(held: Longs, kinds: Kinds, bearing: Bearing) -> int:
    """The number of the kind with these attributes, an old one where one is alike."""
    flags = len(FLAGS)
    new = kinds.met[0]
    hash_ = mixed(np.uint64(held[0]) + _START)
    for table in range(bearing.mark_from.size):
        stride = kinds.stride[table]
        column = held[0] * stride[0] + held[1] * stride[1]
        for flag in range(flags):
            column += ((held[2] >> flag) & 1) * stride[2 + flag]
        column += held[3] * stride[2 + flags] + held[4] * stride[3 + flags] + held[5] * stride[4 + flags]
        kinds.mark[new, table] = bearing.marks[bearing.mark_from[table] + column]
        hash_ = mixed(hash_ ^ np.uint64(kinds.mark[new, table])) + _START
    for kind in range(new):
        if kinds.hashes[kind] == hash_ and kinds.type_[kind] == held[0] and _alike(kinds.mark, kind, new):
            return kind
    kinds.hashes[new], kinds.type_[new] = hash_, held[0]
    kinds.met[0] = new + 1
    return int(new)


@borrowing
def _alike(mark: Ints, one: int, other: int) -> bool:
    table = 0
    while table < mark.shape[1] and mark[one, table] == mark[other, table]:
        table += 1
    return bool(table == mark.shape[1])


@borrowing
def equal_lot(key: np.uint64, salt: np.uint64) -> np.uint64:
    """The lot among those who registered on one day."""
    return mixed(key ^ salt) >> _EQUAL_BITS


@borrowing
def registered_before(
    one: int, one_key: np.uint64, other: int, other_key: np.uint64, salt: np.uint64
) -> bool:
    """Whether who registered at `one` goes before who did at `other`; on one day by lot, then key."""
    if one != other:
        return one < other
    mine, theirs = equal_lot(one_key, salt), equal_lot(other_key, salt)
    return bool(mine < theirs or (mine == theirs and one_key < other_key))


@compiled
def in_order(key: Keys, registered: Ints, groups: Ints, salt: np.uint64) -> Longs:
    """The places of seekers by group and then registration."""
    sortable = np.empty(groups.size, np.int64)
    for place in range(groups.size):
        lot = np.int64(mixed(key[place] ^ salt) >> _LOT_SHIFT)
        since = np.int64(registered[place] + _REGISTERED_ZERO)
        sortable[place] = (np.int64(groups[place]) << _GROUP_SHIFT) | (since << _REGISTERED_SHIFT) | lot
    order = np.argsort(sortable)
    for at in range(1, order.size):
        back = at
        while back > 0 and sortable[order[back]] == sortable[order[back - 1]]:
            mine, theirs = order[back], order[back - 1]
            if not registered_before(registered[mine], key[mine], registered[theirs], key[theirs], salt):
                break
            order[back], order[back - 1] = theirs, mine
            back -= 1
    return order


@borrowing
def see_who_goes_on(
    salts: Keys, thresholds: Thresholds, seekers: Seekers, number: int, tenancies: Tenancies, counts: Counts
) -> None:
    """See who of the first so many seeks on: the type of who does not becomes `NOBODY`.

    Who does may get a search point; who must be re-housed never stops.
    """
    stopping, searching = salts[STOPS], salts[SEARCHES]
    for place in range(number):
        key, type_ = seekers.key[place], seekers.type_[place]
        if type_ < 0:
            continue
        if mixed(key ^ stopping) < thresholds.stops[type_] and seekers.re_housing[place] == 0:
            count(counts, STOPPED, seekers, place)
            take_off(seekers, place, tenancies)
        elif mixed(key ^ searching) < thresholds.searches[type_]:
            seekers.search_points[place] += 1


@compiled
def merged(
    old: Seekers,
    old_groups: Ints,
    number: int,
    new: Seekers,
    new_groups: Ints,
    salt: np.uint64,
    source: Ints,
    groups: Ints,
) -> int:
    """Find the order of those who stay on a list and of newcomers.

    Parameters
    ----------
    old, old_groups, number
        The list, the group of each, and how many there are, of whom some were taken off.
    new, new_groups
        Newcomers, in any order.
    salt
        Of the lots among those who registered on one day.
    source, groups
        Room for where each comes from, as a place in the list or -1 less a place of the newcomers, and for
        their groups.

    Returns
    -------
    int
        How many there are then.
    """
    order = in_order(new.key, new.registered, new_groups, salt)
    at = coming = 0
    for place in range(number):
        if old.type_[place] < 0:
            continue
        group, registered, key = old_groups[place], old.registered[place], old.key[place]
        while coming < order.size:
            newcomer = order[coming]
            if new_groups[newcomer] > group or (
                new_groups[newcomer] == group
                and registered_before(registered, key, new.registered[newcomer], new.key[newcomer], salt)
            ):
                break
            source[at], groups[at] = -1 - newcomer, new_groups[newcomer]
            at += 1
            coming += 1
        source[at], groups[at] = place, group
        at += 1
    for newcomer in order[coming:]:
        source[at], groups[at] = -1 - newcomer, new_groups[newcomer]
        at += 1
    return at


@compiled
def copy_to(
    old: Seekers, new: Seekers, source: Ints, number: int, target: Seekers, tenancies: Tenancies
) -> None:
    """Copy seekers from where :func:`merged` found them, and tell their homes the place."""
    runs = _runs(source, number)
    _copy(old.key, new.key, source, runs, target.key)
    _copy(old.type_, new.type_, source, runs, target.type_)
    _copy(old.age, new.age, source, runs, target.age)
    _copy(old.flags, new.flags, source, runs, target.flags)
    _copy(old.contingent, new.contingent, source, runs, target.contingent)
    _copy(old.home, new.home, source, runs, target.home)
    _copy(old.re_housing, new.re_housing, source, runs, target.re_housing)
    _copy(old.municipality, new.municipality, source, runs, target.municipality)
    _copy(old.wish, new.wish, source, runs, target.wish)
    _copy(old.step_free, new.step_free, source, runs, target.step_free)
    _copy(old.registered, new.registered, source, runs, target.registered)
    _copy(old.arrived, new.arrived, source, runs, target.arrived)
    _copy(old.search_points, new.search_points, source, runs, target.search_points)
    for place in range(number):
        if target.home[place] >= 0:
            tenancies.seeks_as[target.home[place]] = place


@compiled
def _runs(source: Ints, number: int) -> Ints:
    """Where each stretch starts that stood one after the other before, and the end [stretches + 1]."""
    found = np.empty(number + 1, np.int32)
    runs = 0
    for place in range(number):
        before = source[place - 1] if place > 0 else -1
        if before < 0 or source[place] != before + 1:
            found[runs] = place
            runs += 1
    found[runs] = number
    return found[: runs + 1]


@borrowing
def _copy(old: Column, new: Column, source: Ints, runs: Ints, target: Column) -> None:
    for run in range(runs.size - 1):
        first, end = runs[run], runs[run + 1]
        from_ = source[first]
        if from_ < 0:
            target[first] = new[-1 - from_]
            continue
        for step in range(end - first):
            target[first + step] = old[from_ + step]


@borrowing
def starts_of(groups: Ints, number: int, starts: Ints) -> None:
    """Write where each group starts in the list; `starts` is one longer than there are groups."""
    at = 0
    for group in range(starts.size):
        while at < number and groups[at] < group:
            at += 1
        starts[group] = at
