from __future__ import annotations

from math import inf, isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.measures.inclusion.intervals import (
    Grades,
    of_difference,
    of_mean,
    of_share_difference,
    poisson,
    together,
    wilson,
    wilson_of_rounded,
    wilson_within,
)

shares = st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))
grades = st.lists(st.integers(1, 10), min_size=2, max_size=40)


def heap(answers: list[int], population: int | None = None) -> Grades:
    return Grades(float(np.mean(answers)), float(np.std(answers, ddof=1)), len(answers), population)


def test_wilson_gives_the_intervals_that_newcombe_1998_prints() -> None:
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
    printed = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for counts, limits in printed.items():
        assert wilson(*counts) == pytest.approx(limits, abs=5e-5)


@given(shares, st.floats(0.5, 0.999))
def test_a_wilson_interval_holds_its_share_and_lies_between_0_and_1(
    counts: tuple[int, int], level: float
) -> None:
    low, high = wilson(*counts, level)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from([1, 5, 10]), st.sampled_from([1, 5, 15]))
def test_rounding_widens_an_interval_over_every_count_that_rounds_to_it(
    tens: int, more: int, count_rounded_to: int, total_rounded_to: int
) -> None:
    count, total = 10 * tens, 10 * (tens + more) + 20
    low, high = wilson_of_rounded(count, total, count_rounded_to, total_rounded_to)
    off = count_rounded_to // 2 if count_rounded_to > 1 else 0
    aside = total_rounded_to // 2 if total_rounded_to > 1 else 0
    for real in {max(count - off, 0), count, count + off}:
        for people in {total - aside, total, total + aside}:
            if real <= people:
                inner = wilson(real, people)
                assert low <= inner.low + 1e-12
                assert inner.high <= high + 1e-12


def test_without_rounding_it_is_wilsons_own_interval() -> None:
    assert wilson_of_rounded(15, 148) == wilson(15, 148)


@given(st.integers(1, 99), st.integers(1, 60))
def test_a_share_in_whole_percents_of_a_few_people_keeps_its_rounding(percent: int, people: int) -> None:
    # Of 60 people a percent is 0.6 of a person: rounding to it moves the share, however few they are.
    low, high = wilson_within(percent / 100 * people, people, 0.005 * people, 0.0)
    for share in ((percent - 0.5) / 100, (percent + 0.5) / 100):
        inner = wilson(share * people, people)
        assert low <= inner.low + 1e-12
        assert inner.high <= high + 1e-12
    assert high - low > sum(wilson(percent / 100 * people, people) * np.array([-1, 1]))


def test_poisson_gives_the_limits_of_garwoods_table() -> None:
    # The usual table of exact 95% limits of a Poisson count.
    for count, limits in {
        0: (0.0, 3.689),
        1: (0.0253, 5.572),
        5: (1.623, 11.668),
        10: (4.795, 18.390),
    }.items():
        assert poisson(count) == pytest.approx(limits, abs=5e-4)


@given(st.integers(0, 2000))
def test_a_poisson_interval_holds_its_count(count: int) -> None:
    low, high = poisson(count)
    assert 0 <= low <= count <= high


def test_the_interval_of_a_mean_is_worked_by_hand() -> None:
    # 9 answers with mean 7 and standard deviation 1.5: t(8) = 2.306, so 7 ± 2.306 x 0.5.
    assert of_mean(Grades(7.0, 1.5, 9)) == pytest.approx((5.847, 8.153), abs=1e-3)
    # Of 12 homes, 9 answered: a quarter is unseen, so the half width halves.
    assert of_mean(Grades(7.0, 1.5, 9, 12)) == pytest.approx((7 - 0.5765, 7 + 0.5765), abs=1e-3)


def test_when_everybody_answered_there_is_nothing_left_to_chance() -> None:
    assert of_mean(Grades(7.0, 1.5, 9, 9)) == (7.0, 7.0)


def test_more_answers_than_homes_is_no_reason_to_be_surer() -> None:
    assert of_mean(Grades(7.0, 1.5, 9, 5)) == of_mean(Grades(7.0, 1.5, 9))


def test_without_a_spread_or_a_second_answer_there_is_no_interval() -> None:
    assert of_mean(Grades(7.0, None, 9)) is None
    assert of_mean(Grades(7.0, 0.0, 1)) is None


def test_grades_that_are_all_alike_leave_room_for_others() -> None:
    # Ten sevens: up to 1 - 0.025^(1/10) = 0.3085 may have given another, from 1 to 10.
    assert of_mean(Grades(7.0, 0.0, 10), (1, 10)) == pytest.approx((7 - 0.3085 * 6, 7 + 0.3085 * 3), abs=1e-3)
    assert of_mean(Grades(7.0, 0.0, 10, 10), (1, 10)) == (7.0, 7.0)
    assert of_mean(Grades(7.0, 0.0, 10)) == (-inf, inf)
    limits = of_difference(Grades(7.0, 0.0, 10), Grades(8.0, 0.0, 10), (1, 10))
    assert limits is not None
    assert limits.low < 0
    assert limits.high > 1


def test_a_change_of_what_everybody_answered_leaves_nothing_to_chance() -> None:
    assert of_difference(Grades(7.0, 0.0, 9, 9), Grades(8.0, 1.0, 9, 9), (1, 10)) == (1.0, 1.0)


@given(grades, st.floats(0.5, 0.999))
def test_the_interval_of_a_mean_holds_it_within_the_scale(answers: list[int], level: float) -> None:
    found = heap(answers)
    limits = of_mean(found, (1, 10), level)
    assert limits is not None
    assert 1 <= limits.low <= found.mean <= limits.high <= 10


@given(st.lists(grades, min_size=1, max_size=5))
def test_groups_of_answers_together_are_the_answers_in_one_heap(groups: list[list[int]]) -> None:
    found = together(heap(group, len(group) + 3) for group in groups)
    everybody = [answer for group in groups for answer in group]
    expected = heap(everybody, len(everybody) + 3 * len(groups))
    assert found.spread is not None
    assert expected.spread is not None
    assert isclose(found.mean, expected.mean)
    assert isclose(found.spread, expected.spread, abs_tol=1e-9)
    assert (found.answers, found.population) == (expected.answers, expected.population)


def test_a_group_without_a_spread_leaves_the_whole_without_one() -> None:
    found = together([Grades(7.0, 1.0, 10), Grades(8.0, None, 10)])
    assert (found.mean, found.spread) == (7.5, None)


def test_a_change_of_means_is_worked_by_hand() -> None:
    # Standard errors 0.3 and 0.4, so that of the change is 0.5; Welch's freedom is
    # 0.25² / (0.09² / 24 + 0.16² / 24) = 44.57, of which t is 2.0147.
    limits = of_difference(Grades(6.0, 1.5, 25), Grades(7.0, 2.0, 25))
    assert limits == pytest.approx((1 - 2.0147 * 0.5, 1 + 2.0147 * 0.5), abs=1e-3)


def test_without_a_spread_a_change_has_no_interval() -> None:
    assert of_difference(Grades(6.0, None, 25), Grades(7.0, 2.0, 25)) is None


def test_a_change_of_shares_is_the_one_newcombe_prints() -> None:
    # Newcombe (1998), Interval estimation for the difference, table II, method 10: 56/70 - 48/80.
    low, high = of_share_difference((48, 80), (56, 70))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=1e-4)


@given(shares, shares)
def test_the_interval_of_a_change_holds_it(before: tuple[int, int], after: tuple[int, int]) -> None:
    low, high = of_share_difference(before, after)
    change = after[0] / after[1] - before[0] / before[1]
    assert -1 <= low <= change + 1e-12
    assert change - 1e-12 <= high <= 1


def test_intervals_of_means_cover_the_truth_as_often_as_they_say() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for _ in range(2000):
        homes = np.clip(np.rint(chance.normal(7, 1.8, 60)), 1, 10)
        answers = chance.choice(homes, 25, replace=False)
        limits = of_mean(Grades(float(answers.mean()), float(answers.std(ddof=1)), 25, 60), (1, 10))
        assert limits is not None
        held += limits.low <= homes.mean() <= limits.high
    assert abs(held / 2000 - 0.95) < 3.5 * sqrt(0.95 * 0.05 / 2000)


def test_intervals_of_a_few_grades_that_often_agree_cover_the_truth_too() -> None:
    # Four out of five inspections give a four: of five inspections all agree a third of the time.
    chance, shares, held = np.random.default_rng(3), [0.15, 0.8, 0.05], 0
    for _ in range(2000):
        seen = chance.choice([3.0, 4.0, 5.0], 5, p=shares)
        limits = of_mean(Grades(float(seen.mean()), float(seen.std(ddof=1)), 5), (1, 5))
        assert limits is not None
        held += limits.low <= 3.9 <= limits.high
    assert held / 2000 > 0.95 - 3.5 * sqrt(0.95 * 0.05 / 2000)
