"""Compiled draws under a null for counts that were rounded, suppressed or made from shares.

Every draw starts from counts that may lie behind the published ones, allots people at random, and publishes
what comes out as the real counts were. Their readable twins are in `_plain`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness._allot import RANDOMISED, SWAPPED, Published, publish
from ongedeeld.measures.undividedness._chance import Floats, Integers, State, stream, uniform
from ongedeeld.measures.undividedness._exchange import exchange_people, hypergeometric
from ongedeeld.measures.undividedness._kernel import measure, x_log_x
from ongedeeld.measures.undividedness.behind import Behind


class Nested(NamedTuple):
    """Areas that are part of units, and units that are part of larger ones, all numbered from 0.

    Under the null the units of one larger unit have the same mix.
    """

    unit: Integers
    parent: Integers
    parents: int


@compiled
def draw_behind(behind: Behind, state: State, out: Integers) -> None:
    """Counts that may lie behind the published ones; fills `out`."""
    areas, groups, possibilities = behind.up_to.shape
    for area in range(areas):
        left = behind.sizes[area]
        for group in range(groups):
            luck = uniform(state)
            chosen = 0
            while chosen < possibilities - 1 and behind.up_to[area, group, chosen] <= luck:
                chosen += 1
            step = behind.step[area, group]
            count = behind.lowest[area, group] + chosen * step
            if step > 1:
                count += int(uniform(state) * step)
            out[area, group] = min(count, behind.highest[area, group])
            left -= out[area, group]
        if behind.sizes[area] >= 0:
            rest = behind.rest[area]
            left += out[area, rest]
            out[area, rest] = max(left, 0)
            for group in range(groups):
                taken = min(out[area, group], max(-left, 0))
                if group != rest:
                    out[area, group] -= taken
                    left += taken


@compiled
def allot_parts(nested: Nested, parts: Integers, state: State) -> Integers:
    """The people of every larger unit allotted to its units at random, with sizes as they are."""
    units, groups = parts.shape
    left = np.zeros((nested.parents, groups), dtype=np.int64)
    for unit in range(units):
        left[nested.parent[unit]] += parts[unit]
    drawn = np.zeros((units, groups), dtype=np.int64)
    for unit in range(units):
        rest = left[nested.parent[unit]]
        places, everybody = parts[unit].sum(), rest.sum()
        for group in range(groups):
            members = rest[group]
            if members > 0 and places > 0:
                drawn[unit, group] = hypergeometric(state, places, members, everybody)
            rest[group] -= drawn[unit, group]
            places -= drawn[unit, group]
            everybody -= members
    return drawn


@compiled
def make_room(unit: Integers, going: Integers, people: Integers, state: State, out: Integers) -> Integers:
    """Takes of every group as many as a unit has too many, at random; returns the free places by area."""
    free = np.zeros(len(out), dtype=np.int64)
    for area in range(len(out)):
        for group in range(out.shape[1]):
            here, there = out[area, group], going[unit[area], group]
            if there > 0 and here > 0:
                gone = hypergeometric(state, here, there, people[unit[area], group])
                out[area, group] -= gone
                going[unit[area], group] -= gone
                free[area] += gone
            people[unit[area], group] -= here
    return free


@compiled
def move_in(unit: Integers, coming: Integers, free: Integers, state: State, out: Integers) -> None:
    """As many of every group as a unit has too few, allotted at random to the free places of its areas."""
    for area in range(len(out)):
        rest, everybody = free[area], coming[unit[area]].sum()
        for group in range(out.shape[1]):
            there = coming[unit[area], group]
            if there > 0 and rest > 0:
                come = hypergeometric(state, rest, there, everybody)
                out[area, group] += come
                coming[unit[area], group] -= come
                rest -= come
            everybody -= there


@compiled
def allot_within(nested: Nested, before: Integers, state: State, out: Integers) -> None:
    """The people of every larger unit allotted to its units at random; fills `out`.

    Who lives where within a unit stays as far as it can: only as many people as a unit has too many of a
    group, drawn at random, make room for those it has too few of. So what rounding does within units is that
    of the counts as they are.
    """
    parts = np.zeros((nested.parent.size, before.shape[1]), dtype=np.int64)
    for area in range(len(before)):
        parts[nested.unit[area]] += before[area]
    gains = allot_parts(nested, parts, state) - parts
    out[:] = before
    free = make_room(nested.unit, np.maximum(-gains, 0), parts, state, out)
    move_in(nested.unit, np.maximum(gains, 0), free, state, out)


@compiled
def published_draw(behind: Behind, nested: Nested, published: Published, seed: int, draw: int) -> Floats:
    """The table of one draw under the null as it would have been published, shape (areas, groups)."""
    areas, groups = published.table.shape
    before = np.empty((areas, groups), dtype=np.int64)
    after = np.empty((areas, groups), dtype=np.int64)
    seen = np.empty((areas, published.groups))
    state = stream(seed, RANDOMISED + draw)
    draw_behind(behind, state, before)
    allot_within(nested, before, state, after)
    publish(published, after.astype(np.float64), seen)
    return seen


@compiled
def between(nested: Nested, table: Floats) -> float:
    """Mutual information among units within larger ones, weighted by people."""
    groups = table.shape[1]
    parts = np.zeros((nested.parent.size, groups))
    wholes = np.zeros((nested.parents, groups))
    for area in range(table.shape[0]):
        for group in range(groups):
            parts[nested.unit[area], group] += table[area, group]
            wholes[nested.parent[nested.unit[area]], group] += table[area, group]
    total = people = 0.0
    for unit in range(len(parts)):
        total -= x_log_x(parts[unit].sum())
        for group in range(groups):
            total += x_log_x(parts[unit, group])
    for parent in range(len(wholes)):
        people += wholes[parent].sum()
        total += x_log_x(wholes[parent].sum())
        for group in range(groups):
            total -= x_log_x(wholes[parent, group])
    return max(total / people, 0.0) if people > 0.0 else 0.0


@compiled
def null_values(
    index: int,
    shape: float,
    behind: Behind,
    nested: Nested,
    published: Published,
    seed: int,
    first: int,
    last: int,
) -> Floats:
    """An index under the null, for draws number `first` up to `last`."""
    values = np.empty(last - first)
    for draw in range(first, last):
        seen = published_draw(behind, nested, published, seed, draw)
        values[draw - first] = measure(index, shape, seen)
    return values


@compiled
def null_divisions(
    behind: Behind, nested: Nested, published: Published, seed: int, first: int, last: int
) -> Floats:
    """The division among units within larger ones under the null, for draws number `first` up to `last`."""
    values = np.empty(last - first)
    for draw in range(first, last):
        values[draw - first] = between(nested, published_draw(behind, nested, published, seed, draw))
    return values


@compiled
def exchanged_behind(
    index: int,
    shape: float,
    behind: tuple[Behind, Behind],
    published: tuple[Published, Published],
    seed: int,
    first: int,
    last: int,
) -> Floats:
    """The difference of an index, second less first, when the people behind both are exchanged by area."""
    areas, groups = published[0].table.shape
    one = np.empty((areas, groups), dtype=np.int64)
    two = np.empty((areas, groups), dtype=np.int64)
    new_one, new_two = np.empty((areas, groups)), np.empty((areas, groups))
    seen = np.empty((areas, published[0].groups))
    differences = np.empty(last - first)
    for draw in range(first, last):
        state = stream(seed, SWAPPED + draw)
        draw_behind(behind[0], state, one)
        draw_behind(behind[1], state, two)
        exchange_people(one, two, state, new_one, new_two)
        publish(published[0], new_one, seen)
        before = measure(index, shape, seen)
        publish(published[1], new_two, seen)
        differences[draw - first] = measure(index, shape, seen) - before
    return differences
