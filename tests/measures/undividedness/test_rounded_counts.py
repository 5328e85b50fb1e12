"""Counts that were rounded, suppressed or made from shares: what lay behind, and tests that allow for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, poisson

from ongedeeld.measures.undividedness import _plain as plain
from ongedeeld.measures.undividedness import compare, counts_of_shares, decompose_levels, dissimilarity
from ongedeeld.measures.undividedness._behind import allot_within, draw_behind
from ongedeeld.measures.undividedness._chance import stream
from ongedeeld.measures.undividedness.behind import behind, moments, possible
from ongedeeld.measures.undividedness.counts import Counts, Integers, counts_of
from ongedeeld.measures.undividedness.nulls import nested

AREAS = 60


def rounded(table: Integers, unit: int) -> Integers:
    return (table + unit // 2) // unit * unit


def two_dates(seed: int, size: int, share: float) -> list[Integers]:
    """Two tables of counts of one mix in every area, drawn apart."""
    luck = np.random.default_rng(seed)
    return [luck.multinomial(np.full(AREAS, size), [share, 1 - share]) for _ in range(2)]


def test_what_may_lie_behind_is_as_wide_as_the_publication_says() -> None:
    of_five = counts_of([[0, 40], [5, 35]], rounded_to=5)
    assert [bound.tolist() for bound in possible(of_five)] == [[[0, 38], [3, 33]], [[2, 42], [7, 37]]]
    hidden = counts_of(np.array([[np.nan, 40], [12, 35]]), suppressed_below=10)
    assert [bound[0].tolist() for bound in possible(hidden)] == [[0, 40], [9, 40]]
    percents = counts_of_shares([[0.02]], [1_000], rest=True)
    assert [bound[0].tolist() for bound in possible(percents)] == [[15, 975], [25, 985]]


def test_a_scarce_group_lives_in_most_areas_that_were_published_as_nobody() -> None:
    # Counts with a mean of 2: published as 0 they are 0, 1 or 2, on average 1.26 by the Poisson distribution.
    luck = np.random.default_rng(1)
    group = luck.poisson(2.0, 5_000)
    table = np.stack([rounded(group, 5), np.full(5_000, 1_000)], axis=1)
    means, _ = moments(behind(counts_of(table, rounded_to=5)))
    chances = poisson.pmf([0, 1, 2], 2.0)
    expected = (chances * [0, 1, 2]).sum() / chances.sum()
    assert means[table[:, 0] == 0, 0].mean() == pytest.approx(expected, abs=0.03)
    assert means[:, 0].sum() == pytest.approx(group.sum(), rel=0.03)


@pytest.mark.parametrize(
    "counts",
    [
        counts_of([[0, 40, 10], [5, 35, 5], [15, 30, 0]], rounded_to=5),
        counts_of(np.array([[np.nan, 40, 10], [12, 35, np.nan], [15, 30, 11]]), suppressed_below=10),
        counts_of_shares([[0.02, 0.5], [0.1, 0.3], [0.4, 0.6]], [1_000, 300, 80_000], rest=True),
    ],
)
def test_draws_stay_within_what_may_lie_behind(counts: Counts) -> None:
    known, out = behind(counts), np.empty(counts.table.shape, dtype=np.int64)
    lowest, highest = possible(counts)
    for draw in range(50):
        draw_behind(known, stream(3, draw), out)
        assert (out[:, :1] >= lowest[:, :1]).all()
        assert (out[:, :1] <= highest[:, :1]).all()
        assert not counts.share_unit or (out.sum(axis=1) == counts.sizes).all()


UNITS, PARENTS = np.array([0, 0, 1, 2, 2, 3]), np.array([0, 0, 0, 1, 1, 1])
TABLE = np.array([[6, 14, 3], [3, 2, 1], [40, 35, 8], [1, 19, 2], [0, 9, 0], [7, 7, 7]])


def test_allotment_within_units_is_that_of_the_twin() -> None:
    within, out = nested(UNITS, PARENTS), np.empty(TABLE.shape, dtype=np.int64)
    for draw in range(30):
        allot_within(within, TABLE, stream(4, draw), out)
        assert (out == plain.allot_within(TABLE, UNITS, within.parent, 4, draw)).all()


def test_allotment_within_units_keeps_sizes_of_areas_and_groups_of_larger_units() -> None:
    out, mean = np.empty(TABLE.shape, dtype=np.int64), np.zeros(TABLE.shape)
    for draw in range(4_000):
        allot_within(nested(UNITS, PARENTS), TABLE, stream(5, draw), out)
        assert (out.sum(axis=1) == TABLE.sum(axis=1)).all()
        for parent in (0, 1):
            assert (out[parent == PARENTS].sum(axis=0) == TABLE[parent == PARENTS].sum(axis=0)).all()
        mean += out / 4_000
    # A unit with one area is allotted as any draw without return: its mean share is that of the whole.
    north = TABLE[PARENTS == 0]
    assert mean[2] == pytest.approx(north[2].sum() * north.sum(axis=0) / north.sum(), rel=0.02)


def rejected(found: Callable[[int], list[float]], trials: int) -> list[float]:
    """How often p-values are 0.05 or less."""
    shares: list[float] = (np.array([found(seed) for seed in range(trials)]) <= 0.05).mean(axis=0).tolist()
    sys.stdout.write(f"rejected {np.round(shares, 3).tolist()} of {trials}\n")  # shown by `pytest -rP`
    return shares


def at_most(trials: int, promised: float = 0.05) -> float:
    """The most rejections that chance does to so many trials, but for once in a thousand."""
    return float(binom.ppf(0.999, trials, promised)) / trials


@pytest.mark.soak
@pytest.mark.parametrize(
    ("size", "share", "unit"), [(200, 0.05, 5), (400, 0.05, 10), (100, 0.1, 5), (1_000, 0.03, 10)]
)
def test_one_mix_everywhere_is_not_taken_for_division_after_rounding(
    size: int, share: float, unit: int, repeats: int
) -> None:
    levels = {"district": [area // 10 for area in range(AREAS)]}

    def found(seed: int) -> list[float]:
        first, second = (rounded(table, unit) for table in two_dates(seed, size, share))
        options: dict[str, Any] = {"rounded_to": unit, "draws": 99, "seed": seed}
        split = decompose_levels(first, levels, 0, **options).table["p_value"].to_list()
        single = dissimilarity(first, 0, **options).p_value
        return [*split, single or 0.0, compare(first, second, 0, **options).p_value or 0.0]

    trials = 5 * repeats
    assert max(rejected(found, trials)) <= at_most(trials)


@pytest.mark.soak
def test_nor_after_shares_were_made_into_whole_percents(repeats: int) -> None:
    people = np.full(AREAS, 3_000)
    levels = {"district": [area // 10 for area in range(AREAS)]}

    def found(seed: int) -> list[float]:
        luck = np.random.default_rng(seed)
        first, second = (
            counts_of_shares(np.round(luck.binomial(people, 0.03) / people, 2)[:, None], people, rest=True)
            for _ in range(2)
        )
        options: dict[str, Any] = {"draws": 99, "seed": seed}
        split = decompose_levels(first, levels, 0, **options).table["p_value"].to_list()
        return [*split, compare(first, second, 0, **options).p_value or 0.0]

    trials = 5 * repeats
    assert max(rejected(found, trials)) <= at_most(trials)


@pytest.mark.soak
def test_where_most_is_rounded_away_rejections_stay_few(repeats: int) -> None:
    # Two of the group on average, rounded to 5: at the lowest level about one in ten is what can be had.
    def found(seed: int) -> list[float]:
        first, second = (rounded(table, 5) for table in two_dates(seed, 40, 0.05))
        options: dict[str, Any] = {"rounded_to": 5, "draws": 99, "seed": seed}
        split = decompose_levels(
            first, {"district": [area // 6 for area in range(AREAS)]}, 0, **options
        ).table["p_value"]
        return [*split.to_list(), compare(first, second, 0, **options).p_value or 0.0]

    trials = 5 * repeats
    district, neighbourhood, change = rejected(found, trials)
    assert max(district, change) <= at_most(trials)
    assert neighbourhood <= at_most(trials, 0.12)


def test_a_real_change_is_found_through_rounding() -> None:
    even, uneven = np.full((40, 2), [20, 80]), np.tile([[5, 95], [35, 65]], (20, 1))
    assert compare(even, uneven, 0, rounded_to=5, draws=199).p_value == 0.01
    split = decompose_levels(
        uneven, {"district": [area // 4 for area in range(40)]}, 0, rounded_to=5, draws=199
    ).table
    assert split["p_value"].to_list() == [1.0, 0.005]
