"""What chance does: exact expectations, draws that belong to their seed, p-values, too few homes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from math import comb

import numpy as np
import pytest

from ongedeeld.measures.undividedness import (
    Result,
    chance,
    correlation_ratio,
    dissimilarity,
    entropy,
    exposure,
    gini,
    isolation,
    mutual_information,
    simpson_interaction,
    theil_h,
)
from ongedeeld.measures.undividedness._allot import RANDOMISED, allot, plan_of
from ongedeeld.measures.undividedness._chance import stream
from tests.measures.undividedness.cast import ENTRANCES, HOMES, THREE, TWO, Integers, entrances

Index = Callable[..., Result]


def test_a_hundred_entrances_of_fifteen_look_divided_by_chance_alone() -> None:
    found = dissimilarity(entrances(), 0)
    assert found.expected_by_chance == pytest.approx(0.355, abs=0.001)
    assert found.value == pytest.approx(0.355, abs=0.05)
    assert found.adjusted is not None
    assert found.interval is not None
    assert found.interval[0] == 0.0 <= found.adjusted < 0.2


def test_too_few_homes_are_no_ground_for_alarm() -> None:
    found = dissimilarity(entrances(), 0)
    assert not found.enough
    assert str(found.notes[0]).startswith("Too few homes to say")
    assert found.interval is not None
    assert found.interval[0] == 0.0


def test_small_units_that_are_truly_divided_are_enough() -> None:
    group = np.where(np.arange(ENTRANCES) % 10 == 0, 14, 0)
    found = dissimilarity(np.stack([group, HOMES - group], axis=1), 0)
    assert found.enough
    assert found.p_value == 0.001
    assert found.interval is not None
    assert found.interval[0] > 0.85


def test_large_areas_of_one_mix_are_enough_to_say_that_they_are_not_divided() -> None:
    found = dissimilarity(np.full((20, 2), [100, 900]), 0)
    assert found.enough
    assert found.adjusted == 0.0
    assert found.interval is not None
    assert found.interval[1] < 0.1


def every_allotment(table: Integers) -> Counter[tuple[tuple[int, ...], ...]]:
    """How many ways of seating people by name lead to each table."""
    people = np.repeat(np.arange(table.shape[1]), table.sum(axis=0))
    home = np.repeat(np.arange(len(table)), table.sum(axis=1))
    found: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for seats in set(itertools.permutations(people.tolist())):
        drawn = np.zeros_like(table)
        np.add.at(drawn, (home, np.array(seats)), 1)
        found[tuple(map(tuple, drawn.tolist()))] += 1
    return found


@pytest.mark.parametrize("table", [np.array([[2, 1], [0, 3]]), np.array([[1, 1, 1], [2, 1, 0], [0, 1, 1]])])
@pytest.mark.parametrize("index", [dissimilarity, correlation_ratio, theil_h, mutual_information])
def test_the_exact_expectation_is_the_mean_over_every_allotment(index: Index, table: Integers) -> None:
    ways = every_allotment(table)
    values = [times * (index(list(map(list, drawn)), draws=0).value or 0.0) for drawn, times in ways.items()]
    expected = index(table, draws=0).expected_by_chance
    assert expected == pytest.approx(sum(values) / ways.total(), abs=1e-12)


@pytest.mark.parametrize("index", [isolation, exposure])
def test_so_is_that_of_meeting(index: Index) -> None:
    table = np.array([[1, 1, 1], [2, 1, 0], [0, 1, 1]])
    ways = every_allotment(table)
    groups = (0,) if index is isolation else (0, 1)
    values = [
        times * (index(list(map(list, drawn)), *groups, draws=0).value or 0.0)
        for drawn, times in ways.items()
    ]
    expected = index(table, *groups, draws=0).expected_by_chance
    assert expected == pytest.approx(sum(values) / ways.total(), abs=1e-12)


def test_random_allotment_gives_every_table_as_often_as_it_should(repeats: int) -> None:
    table = np.array([[2, 1, 1], [1, 2, 0], [0, 1, 2]])
    ways, plan, draws = every_allotment(table), plan_of(table), 4_000 * repeats
    out = np.empty(table.shape)
    seen: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for draw in range(draws):
        allot(plan, stream(11, RANDOMISED + draw), out)
        seen[tuple(map(tuple, out.astype(int).tolist()))] += 1
    assert set(seen) <= set(ways)
    expected = np.array([ways[drawn] for drawn in ways]) * draws / ways.total()
    squares = (np.array([seen[drawn] for drawn in ways]) - expected) ** 2 / expected
    degrees = len(ways) - 1
    assert squares.sum() < degrees + 5 * np.sqrt(2 * degrees)


def test_large_groups_are_allotted_with_the_spread_of_the_hypergeometric_distribution() -> None:
    table = np.array([[60, 140], [30, 20], [400, 350], [10, 190]])
    plan, out = plan_of(table), np.empty(table.shape)
    drawn = np.empty((4000, 4))
    for draw in range(len(drawn)):
        allot(plan, stream(5, RANDOMISED + draw), out)
        assert (out.sum(axis=0) == table.sum(axis=0)).all()
        assert (out.sum(axis=1) == table.sum(axis=1)).all()
        drawn[draw] = out[:, 0]
    people, members = table.sum(), table[:, 0].sum()
    share, sizes = members / people, table.sum(axis=1)
    variance = sizes * share * (1 - share) * (people - sizes) / (people - 1)
    assert drawn.mean(axis=0) == pytest.approx(sizes * share, abs=0.5)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.1)


@pytest.mark.parametrize("index", [dissimilarity, isolation, correlation_ratio, theil_h, mutual_information])
def test_simulation_agrees_with_the_exact_expectation(index: Index) -> None:
    exact = index(TWO * 3, 0, draws=0).expected_by_chance
    # Suppressed cells have no exact expectation; here there is nothing that rounding to 1 changes.
    drawn = _simulated(index, TWO * 3)
    assert exact == pytest.approx(drawn.mean(), abs=5 * chance.standard_error(drawn))


def _simulated(index: Index, table: Integers) -> np.ndarray:
    plan, out = plan_of(table), np.empty(table.shape)
    values = []
    for draw in range(2000):
        allot(plan, stream(3, RANDOMISED + draw), out)
        values.append(index(out, 0, draws=0).value)
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize("diversity", [entropy, simpson_interaction])
def test_areas_are_expected_to_be_a_little_less_diverse_than_the_whole(
    diversity: Callable[..., object],
) -> None:
    found = diversity(THREE, draws=0)
    table = found.table  # type: ignore[attr-defined]
    by_people = (table["expected_by_chance"] * table["people"]).sum() / table["people"].sum()
    assert by_people == pytest.approx(found.average.expected_by_chance, abs=1e-12)  # type: ignore[attr-defined]
    assert by_people < found.whole  # type: ignore[attr-defined]


def test_the_deviation_of_one_entrance_by_hand() -> None:
    # 3 homes, a group of 2 among 6: counts 0, 1, 2 in 4, 12 and 4 of 20 ways around a mean of 1.
    ways = [comb(2, count) * comb(4, 3 - count) for count in range(3)]
    assert ways == [4, 12, 4]
    assert chance.hypergeometric_mean(False, 3, 2, 6) == pytest.approx(8 / 20)


def test_the_same_seed_gives_the_same_answer_with_any_number_of_workers() -> None:
    alone = gini(THREE, seed=7, workers=1)
    assert alone == gini(THREE, seed=7, workers=2)
    assert alone == gini(THREE, seed=7, workers=5)
    assert alone != gini(THREE, seed=8)


def test_a_p_value_is_never_zero_and_its_null_is_stated() -> None:
    found = dissimilarity([[500, 0], [0, 500]], 0, draws=99)
    assert found.p_value == 0.01
    assert any(str(said).startswith("Null of the value by chance") for said in found.notes)


def test_a_low_exposure_is_the_divided_side() -> None:
    assert exposure([[50, 0], [0, 50]], 0, 1).p_value == 0.001
    assert exposure([[25, 25], [25, 25]], 0, 1).p_value == 1.0


def test_without_draws_only_what_is_exact_is_given() -> None:
    found = dissimilarity(TWO, 0, draws=0)
    assert found.expected_by_chance is not None
    assert (found.adjusted, found.interval, found.p_value) == (None, None, None)
    assert gini(TWO, 0, draws=0).expected_by_chance is None


def test_p_values_are_uniform_when_nothing_is_divided(repeats: int) -> None:
    p_values = [dissimilarity(entrances(seed), 0, draws=99).p_value or 0.0 for seed in range(20 * repeats)]
    assert np.mean(np.array(p_values) <= 0.1) < 0.1 + 3.5 * np.sqrt(0.09 / len(p_values))
    assert np.mean(p_values) == pytest.approx(0.5, abs=4 * np.sqrt(1 / 12 / len(p_values)))


def test_a_billion_people_in_an_area_are_no_more_than_numbers_can_hold() -> None:
    table = [[10**9, 9 * 10**9], [3 * 10**9, 7 * 10**9]]
    found = dissimilarity(table, 0, draws=0)
    assert found.value == 0.3125
    # The mean deviation of a normal distribution, which this is next to: sqrt(2 / pi) standard deviations.
    deviation = np.sqrt(2 / np.pi * 1e10 * 0.2 * 0.8 / 2)
    assert found.expected_by_chance == pytest.approx(deviation / (2e10 * 0.16), rel=1e-3)
