"""Compiled draws for comparing two tables: people exchanged within areas, or whole areas exchanged.

Their readable twins are in `_plain`.
"""

from __future__ import annotations

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness._allot import SWAPPED
from ongedeeld.measures.undividedness._chance import (
    Floats,
    Integers,
    State,
    hypergeometric_mode,
    stream,
    uniform,
)
from ongedeeld.measures.undividedness._kernel import measure

WHOLE_SEARCH = 1e-18


@compiled
def hypergeometric(state: State, people: int, members: int, everybody: int) -> int:
    """How many members are among `people` drawn from `everybody`, outward from the mode."""
    mode = hypergeometric_mode(people, members, everybody)
    total = 1.0
    up = down = 1.0
    high = low = mode
    while up + down > WHOLE_SEARCH:
        up *= float(members - high) * float(people - high)
        up /= float(high + 1) * float(everybody - members - people + high + 1)
        high += 1
        down *= float(low) * float(everybody - members - people + low)
        down /= float(members - low + 1) * float(people - low + 1)
        low -= 1
        total += up + down
    rest = uniform(state) * total - 1.0
    up = down = 1.0
    high = low = mode
    while rest > 0.0 and up + down > WHOLE_SEARCH:
        up *= float(members - high) * float(people - high)
        up /= float(high + 1) * float(everybody - members - people + high + 1)
        high += 1
        rest -= up
        if rest <= 0.0:
            return high
        down *= float(low) * float(everybody - members - people + low)
        down /= float(members - low + 1) * float(people - low + 1)
        low -= 1
        rest -= down
        if rest <= 0.0:
            return low
    return mode


@compiled
def exchange_people(one: Integers, two: Integers, state: State, out_one: Floats, out_two: Floats) -> None:
    """In every area the people of both tables allotted to the tables at random; sizes stay as they are."""
    areas, groups = one.shape
    for area in range(areas):
        places = everybody = 0
        for group in range(groups):
            places += one[area, group]
            everybody += one[area, group] + two[area, group]
        for group in range(groups):
            members = one[area, group] + two[area, group]
            drawn = hypergeometric(state, places, members, everybody) if members > 0 else 0
            out_one[area, group] = drawn
            out_two[area, group] = members - drawn
            places -= drawn
            everybody -= members


@compiled
def exchanged_people(
    index: int, shape: float, one: Integers, two: Integers, seed: int, first: int, last: int
) -> Floats:
    """The difference of an index, second less first, when people are exchanged within areas."""
    differences = np.empty(last - first)
    new_one, new_two = np.empty(one.shape), np.empty(two.shape)
    for draw in range(first, last):
        exchange_people(one, two, stream(seed, SWAPPED + draw), new_one, new_two)
        differences[draw - first] = measure(index, shape, new_two) - measure(index, shape, new_one)
    return differences


@compiled
def exchange_areas(one: Integers, two: Integers, state: State, out_one: Floats, out_two: Floats) -> None:
    """The areas of both tables allotted to the tables at random, by the shuffle of Fisher and Yates."""
    first, areas = one.shape[0], one.shape[0] + two.shape[0]
    order = np.arange(areas)
    for place in range(areas - 1, 0, -1):
        chosen = int(uniform(state) * (place + 1))
        order[place], order[chosen] = order[chosen], order[place]
    for place in range(areas):
        area = order[place]
        for group in range(one.shape[1]):
            count = one[area, group] if area < first else two[area - first, group]
            if place < first:
                out_one[place, group] = count
            else:
                out_two[place - first, group] = count


@compiled
def exchanged_areas(
    index: int, shape: float, one: Integers, two: Integers, seed: int, first: int, last: int
) -> Floats:
    """The difference of an index, second less first, when areas are exchanged."""
    differences = np.empty(last - first)
    new_one, new_two = np.empty(one.shape), np.empty(two.shape)
    for draw in range(first, last):
        exchange_areas(one, two, stream(seed, SWAPPED + draw), new_one, new_two)
        differences[draw - first] = measure(index, shape, new_two) - measure(index, shape, new_one)
    return differences
