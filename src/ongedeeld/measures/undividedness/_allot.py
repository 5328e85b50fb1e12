"""Compiled draws of whole tables of counts: everybody allotted at random, and counts drawn from given shares.

Their readable twins are in `_plain`, which gives the same numbers run for run.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ongedeeld.compiling import compiled
from ongedeeld.measures.undividedness._chance import (
    Floats,
    Integers,
    State,
    binomial,
    binomial_at,
    binomial_mode,
    stream,
    turned_over,
    uniform,
)
from ongedeeld.measures.undividedness._kernel import measure
from ongedeeld.measures.undividedness.counts import Booleans, Counts

MOST_TABULATED = 65_536
RANDOMISED, SIMULATED, POSTERIOR, SWAPPED = (purpose << 40 for purpose in range(4))


class Plan(NamedTuple):
    """What every allotment of the same table needs.

    Groups are placed in `order`, from small to large; `chance` is the share of a group, in that order, among
    those not yet placed, and `at_mode` the probability of the likeliest binomial count by number of people.
    `ends` are the running totals of people over areas, and `guide` finds the area of a person in a few steps.
    """

    sizes: Integers
    totals: Integers
    order: Integers
    chance: Floats
    at_mode: Floats
    ends: Integers
    guide: Integers


class Published(NamedTuple):
    """How counts become published counts, and which of their columns make up the groups that are measured.

    With a `share_unit` above 0, shares of the area were published, rounded to it; column `rest` is then what
    the others leave, unless it is -1.
    """

    table: Integers
    rounded_to: int
    suppressed_below: int
    hidden: Booleans
    into: Integers
    groups: int
    share_unit: float = 0.0
    rest: int = -1


class Spread(NamedTuple):
    """Shares that may lie behind the counts.

    `candidates` has shape (candidates, areas, groups), `overall` the shares of the whole, and `stretches`
    by how much the difference between them is stretched.
    """

    candidates: Floats
    overall: Floats
    stretches: Floats


def plan_of(table: Integers) -> Plan:
    """The plan of a table of shape (areas, groups) without empty areas."""
    sizes, totals = table.sum(axis=1), table.sum(axis=0)
    people, areas = int(sizes.sum()), sizes.size
    order = np.argsort(totals, kind="stable")
    left = people - np.cumsum(totals[order]) + totals[order]
    chance = np.divide(totals[order], left, out=np.ones(order.size), where=left > 0)
    most = min(int(sizes.max()), MOST_TABULATED)
    at_mode = np.stack([modes(most, float(share)) for share in chance])
    ends = np.cumsum(sizes)
    first_person = -(-np.arange(areas) * people // areas)
    guide = np.searchsorted(ends, first_person, side="right")
    return Plan(sizes, totals[order], order, chance, at_mode, ends, guide)


def published_as(counts: Counts, into: Integers, groups: int) -> Published:
    """The way these counts were published, for kernels."""
    hidden = np.zeros((1, 1), dtype=np.bool_) if counts.hidden is None else counts.hidden
    return Published(
        counts.table,
        counts.rounded_to,
        counts.suppressed_below,
        hidden,
        into,
        groups,
        counts.share_unit,
        -1 if counts.rest is None else counts.groups.index(counts.rest),
    )


@compiled
def modes(most: int, share: float) -> Floats:
    """The probability of the likeliest binomial count, for every number of people up to `most`."""
    at_mode = np.ones(most + 1)
    if 0.0 < share < 1.0:
        for people in range(1, most + 1):
            at_mode[people] = binomial_at(binomial_mode(people, share), people, share)
    return at_mode


@compiled
def _drawn_freely(plan: Plan, group: int, rest: Integers, state: State, out: Floats) -> int:
    """A group drawn area by area from a binomial distribution; returns how many it came to."""
    share = float(plan.chance[group])
    column = plan.order[group]
    odds = share / (1.0 - share) if share < 1.0 else 0.0
    drawn = 0
    for area in range(rest.size):
        people = rest[area]
        count = people
        if share < 1.0:
            mode = binomial_mode(people, share)
            if people < plan.at_mode.shape[1]:
                at_mode = plan.at_mode[group, people]
            else:
                at_mode = binomial_at(mode, people, share)
            count = turned_over(uniform(state), mode, at_mode, people, odds)
        out[area, column] = count
        drawn += count
    return drawn


@compiled
def _made_right(plan: Plan, group: int, drawn: int, rest: Integers, state: State, out: Floats) -> None:
    """People added to a group or taken away at random until it has its size."""
    column = plan.order[group]
    people, areas = plan.ends[-1], rest.size
    while drawn != plan.totals[group]:
        person = int(uniform(state) * people)
        area = plan.guide[person * areas // people]
        while plan.ends[area] <= person:
            area += 1
        place = person - (plan.ends[area] - plan.sizes[area])
        if drawn > plan.totals[group]:
            if place < out[area, column]:
                out[area, column] -= 1.0
                drawn -= 1
        elif place < rest[area] - out[area, column]:
            out[area, column] += 1.0
            drawn += 1


@compiled
def allot(plan: Plan, state: State, out: Floats) -> None:
    """Everybody allotted to an area at random, with the sizes of areas and groups as they are; fills `out`.

    A group is drawn per area from a binomial distribution. Given what these add up to, its members are a
    random set of people, and stay so when random people are added or taken away until their number is right:
    that is the multivariate hypergeometric distribution, exactly. A group smaller than the number of areas is
    placed one by one. Going from small to large groups, a random person is often one who can be moved.
    """
    rest = plan.sizes.copy()
    last = plan.totals.size - 1
    for group in range(last):
        column = plan.order[group]
        if plan.totals[group] < rest.size:
            for area in range(rest.size):
                out[area, column] = 0.0
            drawn = 0
        else:
            drawn = _drawn_freely(plan, group, rest, state, out)
        _made_right(plan, group, drawn, rest, state, out)
        for area in range(rest.size):
            rest[area] -= int(out[area, column])
    for area in range(rest.size):
        out[area, plan.order[last]] = rest[area]


@compiled
def counted_before(published: Published, area: int, column: int, state: State) -> int:
    """What a published cell may have been when it was counted; each possibility is as likely."""
    count = published.table[area, column]
    if published.hidden.size > 1 and published.hidden[area, column]:
        return int(uniform(state) * published.suppressed_below)
    lowest = max(count - published.rounded_to // 2, 0)
    highest = count - published.rounded_to // 2 + published.rounded_to - 1
    return int(lowest + int(uniform(state) * (highest - lowest + 1)))


@compiled
def _publish_shares(published: Published, counts: Floats, out: Floats) -> None:
    """Makes drawn counts into rounded shares and those into counts, and adds up groups; fills `out`."""
    unit = published.share_unit
    for area in range(counts.shape[0]):
        size = 0.0
        for column in range(counts.shape[1]):
            size += counts[area, column]
        left = size
        for group in range(published.groups):
            out[area, group] = 0.0
        for column in range(counts.shape[1]):
            if column != published.rest and size > 0.0:
                share = math.floor(counts[area, column] / size / unit + 0.5) * unit
                count = math.floor(share * size + 0.5)
                out[area, published.into[column]] += count
                left -= count
        if published.rest >= 0:
            out[area, published.into[published.rest]] += max(left, 0.0)


@compiled
def publish(published: Published, counts: Floats, out: Floats) -> None:
    """Rounds and suppresses drawn counts as the real ones were, and adds up groups; fills `out`."""
    if published.share_unit > 0.0:
        _publish_shares(published, counts, out)
        return
    unit = published.rounded_to
    for area in range(counts.shape[0]):
        for group in range(published.groups):
            out[area, group] = 0.0
        for column in range(counts.shape[1]):
            count = counts[area, column]
            if published.hidden.size > 1 and published.hidden[area, column]:
                count = float((published.suppressed_below - 1) // 2)
            elif unit > 1:
                count = float((int(count) + unit // 2) // unit * unit)
            out[area, published.into[column]] += count


@compiled
def randomised(
    index: int, shape: float, plan: Plan, published: Published, seed: int, first: int, last: int
) -> Floats:
    """An index of random allotments number `first` up to `last`."""
    values = np.empty(last - first)
    counts = np.empty((plan.sizes.size, plan.totals.size))
    seen = np.empty((plan.sizes.size, published.groups))
    for draw in range(first, last):
        allot(plan, stream(seed, RANDOMISED + draw), counts)
        publish(published, counts, seen)
        values[draw - first] = measure(index, shape, seen)
    return values


@compiled
def blend(shares: Floats, overall: Floats, stretch: float, out: Floats) -> None:
    """Shares pulled to those of the whole (stretch below 1) or pushed away (above 1); fills `out`."""
    for area in range(shares.shape[0]):
        total = 0.0
        for group in range(overall.size):
            value = overall[group] + stretch * (shares[area, group] - overall[group])
            out[area, group] = min(max(value, 0.0), 1.0)
            total += out[area, group]
        for group in range(overall.size):
            out[area, group] /= total


@compiled
def draw_counts(shares: Floats, published: Published, state: State, out: Floats) -> None:
    """Counts drawn from the shares of areas, for as many people as may live there; fills `out`."""
    areas, groups = shares.shape
    for area in range(areas):
        rest = 0
        for group in range(groups):
            rest += counted_before(published, area, group, state)
        left = 1.0
        for group in range(groups - 1):
            share = shares[area, group]
            count = rest if share >= left else binomial(state, rest, share / left)
            out[area, group] = count
            rest -= count
            left = max(left - share, 0.0)
        out[area, groups - 1] = rest


@compiled
def simulated_areas(spread: Spread, step: int, published: Published, seed: int, draw: int) -> Floats:
    """One table drawn from stretched candidate shares, as published, shape (areas, measured groups).

    Draw number d uses candidate d modulo their number; the same draw has the same luck at every stretch.
    """
    areas, groups = published.table.shape
    shares = np.empty((areas, groups))
    counts = np.empty((areas, groups))
    seen = np.empty((areas, published.groups))
    candidate = spread.candidates[draw % spread.candidates.shape[0]]
    blend(candidate, spread.overall, spread.stretches[step], shares)
    draw_counts(shares, published, stream(seed, SIMULATED + draw), counts)
    publish(published, counts, seen)
    return seen


@compiled
def simulated(
    index: int, shape: float, spread: Spread, published: Published, seed: int, first: int, last: int
) -> Floats:
    """An index of counts drawn from stretched candidate shares, shape (stretches, last - first)."""
    values = np.empty((spread.stretches.size, last - first))
    for step in range(spread.stretches.size):
        for draw in range(first, last):
            seen = simulated_areas(spread, step, published, seed, draw)
            values[step, draw - first] = measure(index, shape, seen)
    return values


@compiled
def true_areas(spread: Spread, step: int, candidate: int, published: Published) -> Floats:
    """The people that stretched candidate shares stand for, shape (areas, measured groups)."""
    areas, groups = published.table.shape
    shares = np.empty((areas, groups))
    people = np.zeros((areas, published.groups))
    blend(spread.candidates[candidate], spread.overall, spread.stretches[step], shares)
    for area in range(areas):
        size = 0
        for group in range(groups):
            size += published.table[area, group]
        for group in range(groups):
            people[area, published.into[group]] += shares[area, group] * size
    return people


@compiled
def true_values(index: int, shape: float, spread: Spread, published: Published) -> Floats:
    """The index of the stretched shares themselves, shape (stretches, candidates)."""
    values = np.empty((spread.stretches.size, spread.candidates.shape[0]))
    for step in range(spread.stretches.size):
        for candidate in range(spread.candidates.shape[0]):
            values[step, candidate] = measure(index, shape, true_areas(spread, step, candidate, published))
    return values


@compiled
def random_areas(plan: Plan, published: Published, seed: int, draw: int) -> Floats:
    """The table of one random allotment, as it would have been published, shape (areas, measured groups)."""
    counts = np.empty((plan.sizes.size, plan.totals.size))
    seen = np.empty((plan.sizes.size, published.groups))
    allot(plan, stream(seed, RANDOMISED + draw), counts)
    publish(published, counts, seen)
    return seen
