"""Figures that others published with the numbers they rest on: nothing here was computed for the occasion."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from ongedeeld.measures.undividedness import (
    Result,
    atkinson,
    correlation_ratio,
    decompose_change,
    decompose_levels,
    dissimilarity,
    exposure,
    isolation,
    mutual_information,
    simpson_interaction,
)

# The three counties of Delaware in the census of 2010: everybody, and those of the group. Printed in the
# README of the R package divseg (Kenny 2022, https://github.com/christopherkenny/divseg, commit 016c07a).
EVERYBODY, GROUP = [162_310, 538_479, 197_145], [105_891, 331_836, 149_025]
DELAWARE = [[group, everybody - group] for group, everybody in zip(GROUP, EVERYBODY, strict=True)]

# The United States in the censuses of 2010 and 2020 in eight groups by origin (table P2 of the redistricting
# data, Public Law 94-171); the diversity index in percent as the Census Bureau published it in "2020 U.S.
# Population More Racially and Ethnically Diverse Than Measured in 2010", 12 August 2021.
UNITED_STATES = {
    2010: [50_477_594, 196_817_552, 37_685_848, 2_247_098, 14_465_124, 481_576, 604_265, 5_966_481],
    2020: [62_080_044, 191_697_647, 39_940_338, 2_251_699, 19_618_719, 622_018, 1_689_833, 13_548_983],
}
DIVERSITY_INDEX = {2010: (308_745_538, 54.9), 2020: (331_449_281, 61.1)}

# Units by groups and what the tests of the R package segregation hold for true (Elbers 2021,
# https://github.com/elbersb/segregation, tests/testthat/test_dissimilarity.R).
ELBERS_DISSIMILARITY = [
    ([[100, 100], [100, 100], [100, 100]], 0.0),
    ([[100, 0], [60, 40], [40, 60], [0, 100]], 0.6),
    ([[80, 20], [80, 20], [20, 80], [20, 80]], 0.6),
    ([[100, 0], [100, 0], [0, 100], [0, 100]], 1.0),
]
# Its tests test_mutual_total.R and test_mutual_difference.R.
ELBERS_GROUPS = np.array([[40, 20, 5, 1], [20, 40, 60, 80]])
ELBERS_BEFORE = np.array([[25, 25], [28, 2], [2, 18]])


@pytest.mark.parametrize(
    ("index", "published"),
    [
        # The tests of divseg: test-dissim.R, test-isolation.R, test-correlation.R and test-atkinson.R. (Its
        # Gini, 3e-7, is not that of Massey and Denton: with D = 0.099 G cannot be below 0.099.)
        (dissimilarity, 0.099346749779882),
        (isolation, 0.658244869672131),
        (correlation_ratio, 0.0138454306617205),
        (atkinson, 0.0161486825549041),
    ],
)
def test_three_counties_of_delaware(index: Callable[..., Result], published: float) -> None:
    assert index(DELAWARE, 0, draws=0).value == pytest.approx(published, abs=1e-14)


def test_exposure_in_three_counties_of_delaware() -> None:
    # test-interaction.R of divseg.
    assert exposure(DELAWARE, 0, 1, draws=0).value == pytest.approx(0.341755130327869, abs=1e-14)


@pytest.mark.parametrize("year", UNITED_STATES)
def test_the_diversity_index_of_the_census_bureau(year: int) -> None:
    everybody, percent = DIVERSITY_INDEX[year]
    found = simpson_interaction([UNITED_STATES[year]], draws=0)
    assert sum(UNITED_STATES[year]) == everybody
    assert round(100 * (found.whole or 0.0), 1) == percent


def test_the_isolation_index_of_three_neighbourhoods() -> None:
    # The numerical example of "Isolation index" in Wikipedia: 5, 10 and 10 of a group beside 100 others
    # each give 0.01 + 0.036 + 0.036 = 0.082.
    assert isolation([[5, 100], [10, 100], [10, 100]], 0, draws=0).value == pytest.approx(0.082, abs=5e-4)


@pytest.mark.parametrize(("table", "published"), ELBERS_DISSIMILARITY)
def test_dissimilarity_in_the_tests_of_elbers(table: list[list[int]], published: float) -> None:
    assert dissimilarity(table, draws=0).value == pytest.approx(published, abs=1e-15)


@pytest.mark.parametrize(
    ("times", "simulated", "spread"), [(1, 0.3855556, 0.1052968), (10, 0.1232222, 0.03038166)]
)
def test_ten_schools_with_a_group_of_a_tenth(times: int, simulated: float, spread: float) -> None:
    # The example of dissimilarity_expected in the manual of segregation (commit c42eecc): 100 simulations,
    # with fixed margins, of ten schools of ten pupils, one of them of the group; and of ten times as many.
    expected = dissimilarity(np.full((10, 2), [1, 9]) * times, 0, draws=0).expected_by_chance
    assert expected is not None
    assert abs(simulated - expected) < 4.0 * spread / 10.0


def test_the_largest_mutual_information_of_two_units_is_the_logarithm_of_two() -> None:
    assert mutual_information([[40, 0, 0, 0], [0, 0, 0, 40]], draws=0).value == pytest.approx(math.log(2))


def test_groups_within_two_supergroups_add_up_to_mutual_information() -> None:
    # M is the same both ways around; groups 1 and 2 are one supergroup, 3 and 4 the other.
    split = decompose_levels(ELBERS_GROUPS.T, {"supergroup": [12, 12, 34, 34]}, draws=0)
    between = ELBERS_GROUPS.reshape(2, 2, 2).sum(axis=2)
    within = [ELBERS_GROUPS[:, :2], ELBERS_GROUPS[:, 2:]]
    shares = [part.sum() / ELBERS_GROUPS.sum() for part in within]
    parts = [mutual_information(part, draws=0).value or 0.0 for part in within]
    assert split.total == pytest.approx(mutual_information(ELBERS_GROUPS, draws=0).value, abs=1e-14)
    assert split.table["value"].to_list() == pytest.approx(
        [mutual_information(between, draws=0).value, np.dot(shares, parts)], abs=1e-14
    )


@pytest.mark.parametrize("after", [ELBERS_BEFORE * [[1], [1], [2]], ELBERS_BEFORE * [1, 2]])
def test_units_or_groups_that_only_grow_change_the_margins_and_not_the_structure(after: np.ndarray) -> None:
    found = decompose_change(ELBERS_BEFORE, after)
    assert found.place == pytest.approx(0.0, abs=1e-9)
    assert found.mix == pytest.approx(found.change, abs=1e-9)
    assert abs(found.change) > 0.005
