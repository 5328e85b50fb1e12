"""What is assumed in each future, and by which chance it goes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.futures.drawing import Future, sharing

SEEDS = st.integers(min_value=0, max_value=2**63)
NAMES = tuple(load_assumptions())


def pairs(seed: int, count: int) -> list[Future]:
    """The first future of each of the first pairs."""
    return [Future(seed, 2 * pair + 1) for pair in range(count)]


@given(SEEDS, st.integers(min_value=0, max_value=10_000))
def test_the_two_futures_of_a_pair_assume_the_same_and_differ_in_chance(seed: int, pair: int) -> None:
    first, second = Future(seed, 2 * pair + 1), Future(seed, 2 * pair + 2)
    assert first.quantiles(NAMES) == second.quantiles(NAMES)
    assert first.chance != second.chance


@given(SEEDS, st.integers(min_value=0, max_value=20))
def test_every_sixteen_pairs_lie_one_in_each_sixteenth_of_every_range(seed: int, block: int) -> None:
    for name in NAMES[:3]:
        row = pairs(seed, 16 * block + 16)[16 * block :]
        parts = [int(future.quantiles([name])[name] * 16) for future in row]
        assert sorted(parts) == list(range(16))


def test_the_first_256_pairs_lie_one_in_each_256th_part() -> None:
    parts = [int(future.quantiles(["void.months"])["void.months"] * 256) for future in pairs(1, 256)]
    assert sorted(parts) == list(range(256))


def test_what_is_drawn_for_an_assumption_does_not_hang_on_which_others_there_are() -> None:
    whole = Future(1, 5).quantiles(NAMES)
    assert all(Future(1, 5).quantiles([name])[name] == whole[name] for name in NAMES)


def test_assumptions_are_drawn_apart_from_each_other() -> None:
    drawn = np.array([list(map(float, future.quantiles(NAMES).values())) for future in pairs(1, 256)])
    together = np.corrcoef(drawn.T)
    off = [together[one, other] for one, other in combinations(range(len(NAMES)), 2)]
    # Of independent draws the mean square is 1/256, of which this is two standard errors of 780 of them off.
    assert np.mean(np.square(off)) < 1.15 / 256


def test_another_seed_gives_other_futures() -> None:
    assert Future(1, 1).chance != Future(2, 1).chance
    assert Future(1, 1).quantiles(NAMES) != Future(2, 1).quantiles(NAMES)


def test_no_two_futures_go_by_the_same_chance() -> None:
    assert len({Future(1, number).chance for number in range(1, 1_001)}) == 1_000


@given(SEEDS)
def test_an_assumption_stays_in_its_range(seed: int) -> None:
    stated = load_assumptions()
    drawn = stated.drawn(Future(seed, 1).quantiles(stated))
    for name in ("leaves.a_year", "void.months", "eviction.prevented"):
        assert stated[name].low < drawn.number(name) < stated[name].high


@given(st.sets(st.integers(min_value=1, max_value=60)))
def test_futures_that_share_what_is_assumed_go_together_and_none_is_lost(numbers: set[int]) -> None:
    tasks = list(sharing(sorted(numbers)))
    assert [number for task in tasks for number in task] == sorted(numbers)
    assert len({Future(0, task[0]).pair for task in tasks}) == len(tasks)
    assert all(len({Future(0, number).pair for number in task}) == 1 for task in tasks)
