"""The readable twins of the compiled draws: the same numbers, run for run, one step at a time.

Nothing but tests uses them; they say what the kernels of `_allot`, `_exchange`, `_fitting` and `uncertainty`
do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ongedeeld.measures.undividedness.counts import Floats, Integers

_WORD = 2**64
_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def _mixed(bits: int) -> int:
    bits = (bits ^ (bits >> 30)) * _FIRST % _WORD
    bits = (bits ^ (bits >> 27)) * _SECOND % _WORD
    return bits ^ (bits >> 31)


@dataclass
class Luck:
    """The stream of one draw."""

    state: int

    @classmethod
    def of(cls, seed: int, draw: int) -> Luck:
        """The stream that belongs to a seed and a draw."""
        return cls(_mixed((_mixed((seed * _GOLDEN + _FIRST) % _WORD) + (draw + 1) * _GOLDEN) % _WORD))

    def uniform(self) -> float:
        """The next number between 0 and 1, one excluded."""
        self.state = (self.state + _GOLDEN) % _WORD
        return (_mixed(self.state) >> 11) * 2.0**-53

    def binomial(self, people: int, share: float) -> int:
        """A binomial count: counts are tried from the likeliest outward until they reach the draw."""
        if share <= 0.0 or people == 0:
            return 0
        if share >= 1.0:
            return people
        mode = min(int((people + 1) * share), people)
        rest = self.uniform()
        for count in _outward(mode, 0, people):
            chance = math.comb(people, count) * share**count * (1.0 - share) ** (people - count)
            rest -= chance
            if rest <= 0.0:
                return count
        return mode

    def hypergeometric(self, people: int, members: int, everybody: int) -> int:
        """How many members are among people drawn from everybody."""
        lowest, highest = max(0, people - everybody + members), min(people, members)
        mode = (people + 1) * (members + 1) // (everybody + 2)
        rest = self.uniform()
        for count in _outward(mode, lowest, highest):
            ways = math.comb(members, count) * math.comb(everybody - members, people - count)
            rest -= ways / math.comb(everybody, people)
            if rest <= 0.0:
                return count
        return mode


def _outward(mode: int, lowest: int, highest: int) -> list[int]:
    """The counts in the order mode, mode + 1, mode - 1, mode + 2, … as far as they exist."""
    order = [mode]
    for step in range(1, highest - lowest + 1):
        order += [count for count in (mode + step, mode - step) if lowest <= count <= highest]
    return order


def allot(table: Integers, seed: int, draw: int) -> Integers:
    """Everybody allotted at random, with the sizes of areas and groups as they are."""
    luck = Luck.of(seed, draw)
    sizes, totals = table.sum(axis=1), table.sum(axis=0)
    home = np.repeat(np.arange(len(sizes)), sizes)  # the area of every person
    first = np.cumsum(sizes) - sizes
    drawn = np.zeros_like(table)
    rest = sizes.copy()
    left = int(sizes.sum())
    order = np.argsort(totals, kind="stable")
    for group in order[:-1]:
        if totals[group] >= len(sizes):
            share = totals[group] / left
            drawn[:, group] = [luck.binomial(int(people), share) for people in rest]
        while drawn[:, group].sum() != totals[group]:
            person = int(luck.uniform() * len(home))
            area = home[person]
            place = person - first[area]
            if drawn[:, group].sum() > totals[group]:
                drawn[area, group] -= place < drawn[area, group]
            else:
                drawn[area, group] += place < rest[area] - drawn[area, group]
        rest -= drawn[:, group]
        left -= int(totals[group])
    drawn[:, order[-1]] = rest
    return drawn


def draw_counts(shares: Floats, sizes: Integers, seed: int, draw: int) -> Integers:
    """Counts drawn from the shares of every area, for counts that were neither rounded nor suppressed."""
    luck = Luck.of(seed, draw)
    drawn = np.zeros(shares.shape, dtype=np.int64)
    for area, size in enumerate(sizes):
        for _ in range(shares.shape[1]):
            luck.uniform()  # what each published cell may have been, which is what it is
        rest, left = int(size), 1.0
        for group in range(shares.shape[1] - 1):
            share = shares[area, group]
            drawn[area, group] = rest if share >= left else luck.binomial(rest, share / left)
            rest -= drawn[area, group]
            left = max(left - share, 0.0)
        drawn[area, -1] = rest
    return drawn


def exchange_people(one: Integers, two: Integers, seed: int, draw: int) -> tuple[Integers, Integers]:
    """In every area the people of both tables allotted to the tables at random; sizes stay as they are."""
    luck = Luck.of(seed, draw)
    both, new_one = one + two, np.zeros_like(one)
    for area in range(len(one)):
        places, everybody = int(one[area].sum()), int(both[area].sum())
        for group in range(one.shape[1]):
            members = int(both[area, group])
            if members:
                new_one[area, group] = luck.hypergeometric(places, members, everybody)
            places -= int(new_one[area, group])
            everybody -= members
    return new_one, both - new_one


def allot_within(before: Integers, unit: Integers, parent: Integers, seed: int, draw: int) -> Integers:
    """The people of every larger unit allotted to its units, moving as few as that takes."""
    luck = Luck.of(seed, draw)
    parts = np.array([before[unit == number].sum(axis=0) for number in range(len(parent))])
    new = np.zeros_like(parts)
    for number, larger in enumerate(parent):
        rest = parts[parent == larger].sum(axis=0) - new[
            (parent == larger) & (np.arange(len(parent)) < number)
        ].sum(axis=0)
        places = int(parts[number].sum())
        for group, members in enumerate(rest.tolist()):
            if members and places:
                new[number, group] = luck.hypergeometric(places, members, int(rest[group:].sum()))
            places -= int(new[number, group])
    out, free = before.copy(), np.zeros(len(before), dtype=np.int64)
    going, coming, people = np.maximum(parts - new, 0), np.maximum(new - parts, 0), parts.copy()
    for area, number in enumerate(unit):
        for group in range(before.shape[1]):
            here, there = int(before[area, group]), int(going[number, group])
            if here and there:
                gone = luck.hypergeometric(here, there, int(people[number, group]))
                out[area, group] -= gone
                going[number, group] -= gone
                free[area] += gone
            people[number, group] -= here
    for area, number in enumerate(unit):
        everybody = int(coming[number].sum())
        for group in range(before.shape[1]):
            there = int(coming[number, group])
            if there and free[area]:
                come = luck.hypergeometric(int(free[area]), there, everybody)
                out[area, group] += come
                coming[number, group] -= come
                free[area] -= come
            everybody -= there
    return out


def exchange_areas(one: Integers, two: Integers, seed: int, draw: int) -> tuple[Integers, Integers]:
    """The areas of both tables allotted to the tables at random."""
    luck = Luck.of(seed, draw)
    rows = list(np.concatenate([one, two]))
    for place in range(len(rows) - 1, 0, -1):
        chosen = int(luck.uniform() * (place + 1))
        rows[place], rows[chosen] = rows[chosen], rows[place]
    return np.array(rows[: len(one)]), np.array(rows[len(one) :])


def fitted(likelihood: Floats, times: Floats, weights: Floats, rounds: int) -> Floats:
    """Weights of the models after expectation and maximisation."""
    for _ in range(rounds):
        chance = likelihood * weights
        chance = chance / chance.sum(axis=1, keepdims=True)
        weights = times @ chance / times.sum()
    return weights


def fitted_to(source: Floats, target: Floats, enough: float, rounds: int) -> tuple[Floats, float]:
    """The source with the margins of the target (Deming and Stephan 1940), and the difference left."""
    rows, columns = target.sum(axis=1), target.sum(axis=0)
    table = source
    difference = np.inf
    for _ in range(rounds):
        sums = table.sum(axis=0)
        table = table * np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)
        sums = table.sum(axis=1)
        difference = float(np.abs(sums - rows).max() / target.sum())
        table = table * np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        if difference <= enough:
            break
    return table, difference
