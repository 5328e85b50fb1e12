"""The indices against values worked by hand, promises of their papers, and each other."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import (
    Result,
    atkinson,
    correlation_ratio,
    dissimilarity,
    entropy,
    exposure,
    gini,
    isolation,
    local_mutual_information,
    location_quotient,
    mutual_information,
    simpson_interaction,
    theil_h,
)
from tests.measures.undividedness.cast import THREE, TWO, Integers, tables

WHOLE = (dissimilarity, gini, correlation_ratio, theil_h, mutual_information)
Index = Callable[..., Result]


def value(index: Index, *counts: object, **options: object) -> float:
    found = index(*counts, draws=0, **options).value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("index", "by_hand"),
    [
        # ½ (|10/40 - 90/160| + |30/40 - 70/160|)
        (dissimilarity, 0.3125),
        # Two areas: the same as D.
        (gini, 0.3125),
        # (10 · 10/100 + 30 · 30/100) / 40
        (isolation, 0.25),
        # (0.25 - 0.2) / (1 - 0.2)
        (correlation_ratio, 0.0625),
        # 1 - (0.2/0.8) ((√(.9·.1) + √(.7·.3)) / 2 / 0.2)²
        (atkinson, 1 - 0.25 * ((math.sqrt(0.09) + math.sqrt(0.21)) / 2 / 0.2) ** 2),
        # ½ (.1 ln .5 + .9 ln 1.125 + .3 ln 1.5 + .7 ln .875)
        (mutual_information, 0.0324287858),
        # M over E = .2 ln 5 + .8 ln 1.25
        (theil_h, 0.0324287858 / 0.5004024235),
    ],
)
def test_two_areas_of_a_hundred_with_ten_and_thirty_members(index: Index, by_hand: float) -> None:
    assert value(index, TWO, 0) == pytest.approx(by_hand, abs=1e-10)


def test_three_groups_worked_by_hand() -> None:
    # Areas of 10 with mixes 5-5-0 and 0-5-5: shares of all ¼ ½ ¼, I = 5/8, mean absolute deviations ¼ 0 ¼.
    table = [[5, 5, 0], [0, 5, 5]]
    assert value(dissimilarity, table) == pytest.approx(0.5 / (2 * 5 / 8))
    assert value(gini, table) == pytest.approx(0.5 / (2 * 5 / 8))
    assert value(correlation_ratio, table) == pytest.approx(2 * (1 / 16) / (3 / 4))
    assert value(mutual_information, table) == pytest.approx(math.log(2) / 2)
    assert value(theil_h, table) == pytest.approx(1 / 3)


def test_exposure_counts_people_of_other_groups_as_neighbours() -> None:
    assert value(exposure, [[10, 20, 70], [30, 10, 60]], 0, 1) == pytest.approx((10 * 0.2 + 30 * 0.1) / 40)


def test_isolation_and_exposure_to_the_rest_make_one() -> None:
    assert value(isolation, THREE, 1) + value(exposure, THREE, 1, [0, 2]) == pytest.approx(1.0)


def test_several_columns_can_be_one_group() -> None:
    joined = np.stack([THREE[:, 0] + THREE[:, 2], THREE[:, 1]], axis=1)
    assert value(dissimilarity, THREE, [0, 2]) == pytest.approx(value(dissimilarity, joined))


def test_a_frame_and_an_array_give_the_same() -> None:
    frame = pl.DataFrame({"area": ["a", "b"], "group": [10, 30], "rest": [90, 70]})
    assert dissimilarity(frame, "group", seed=3) == dissimilarity(TWO, 0, seed=3)


def test_areas_tell_how_diverse_they_are() -> None:
    found = entropy([[50, 50], [0, 100], [0, 0]], draws=0)
    assert found.table["value"].to_list() == [pytest.approx(math.log(2)), 0.0, None]
    assert found.average.value == pytest.approx(math.log(2) / 2)
    assert found.whole == pytest.approx(0.25 * math.log(4) + 0.75 * math.log(4 / 3))
    assert simpson_interaction([[50, 50], [0, 100]], draws=0).table["value"].to_list() == [0.5, 0.0]


def test_what_areas_contribute_adds_up_to_mutual_information() -> None:
    found = local_mutual_information(THREE, draws=0)
    assert found.table["contribution"].sum() == pytest.approx(value(mutual_information, THREE), abs=1e-14)


def test_location_quotients_average_one_by_people() -> None:
    table = location_quotient(THREE, 0, draws=0).table
    people = table["people"].to_numpy()
    assert (table["value"].to_numpy() * people).sum() / people.sum() == pytest.approx(1.0)


def test_an_area_of_few_is_pulled_to_the_whole_more_than_one_of_many() -> None:
    table = np.array([[2, 8], [200, 800], *[[10, 90]] * 10])
    areas = location_quotient(table, 0).table
    few, many = areas.row(0, named=True), areas.row(1, named=True)
    assert few["value"] == many["value"]
    assert few["adjusted"] < many["adjusted"] < many["value"]
    assert few["low"] < many["low"]
    assert few["p_value"] > many["p_value"]


@pytest.mark.parametrize("index", WHOLE)
@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_bounds_hold(index: Index, table: Integers) -> None:
    most = math.log(3) if index is mutual_information else 1.0
    assert -1e-12 <= value(index, table) <= most + 1e-12


@pytest.mark.parametrize("index", WHOLE)
@given(table=tables(), chance=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_areas_and_groups_does_not_matter(index: Index, table: Integers, chance: object) -> None:
    rows, columns = list(range(len(table))), [0, 1, 2]
    chance.shuffle(rows)  # type: ignore[attr-defined]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    assert value(index, table[np.ix_(rows, columns)]) == pytest.approx(value(index, table), abs=1e-12)


@pytest.mark.parametrize("index", WHOLE)
@given(table=tables(), parts=st.integers(2, 5))
@settings(max_examples=25, deadline=None)
def test_splitting_areas_into_parts_of_equal_mix_changes_nothing(
    index: Index, table: Integers, parts: int
) -> None:
    split = np.repeat(table, parts, axis=0)
    assert value(index, split) == pytest.approx(value(index, table * parts), abs=1e-12)
    assert value(index, table * parts) == pytest.approx(value(index, table), abs=1e-12)


@pytest.mark.parametrize("index", [*WHOLE, isolation, atkinson])
@given(table=tables(groups=2))
@settings(max_examples=25, deadline=None)
def test_groups_that_nowhere_live_together_are_wholly_divided(index: Index, table: Integers) -> None:
    apart = np.concatenate([table * [1, 0], table * [0, 1]])
    expected = math.log(2) if index is mutual_information else 1.0
    found = value(index, apart, 0)
    if index is mutual_information:
        share = table[:, 0].sum() / table.sum()
        expected = -share * math.log(share) - (1 - share) * math.log(1 - share)
    assert found == pytest.approx(expected, abs=1e-12)


@given(table=tables(groups=2))
@settings(max_examples=25, deadline=None)
def test_with_two_groups_it_does_not_matter_which_is_the_group(table: Integers) -> None:
    for index in WHOLE:
        assert value(index, table, 0) == pytest.approx(value(index, table, 1), abs=1e-12)
        assert value(index, table, 0) == pytest.approx(value(index, table), abs=1e-12)


@pytest.mark.parametrize("index", [*WHOLE, isolation, atkinson])
def test_a_city_where_all_belong_to_one_group_is_answered(index: Index) -> None:
    found = index([[3, 0], [4, 0]], 0)
    assert found.value in (None, 0.0, 1.0)
    assert found.people == 7
    assert found.notes


@pytest.mark.parametrize("index", [dissimilarity, gini, isolation, atkinson, theil_h, correlation_ratio])
def test_a_group_of_nobody_has_no_value_and_says_so(index: Index) -> None:
    found = index([[0, 5], [0, 6]], 0)
    assert found.value is None
    assert "Nobody belongs to the group" in str(found.notes[0])


def test_one_area_is_not_divided_and_says_why() -> None:
    found = dissimilarity([[3, 5], [0, 0]], 0)
    assert (found.value, found.areas, found.interval) == (0.0, 1, None)
    assert [str(said)[:20] for said in found.notes] == ["There is one area wi", "1 areas without peop"]


def test_nobody_at_all_is_answered() -> None:
    assert theil_h([[0, 0], [0, 0]]).value is None
    assert entropy([[0, 0], [0, 0]]).table["value"].to_list() == [None, None]


@pytest.mark.parametrize("shape", [0.0, 1.0, -1.0])
def test_the_shape_of_atkinson_lies_between_zero_and_one(shape: float) -> None:
    with pytest.raises(InputError, match="shape is"):
        atkinson(TWO, 0, shape=shape)


def test_atkinson_weighs_scarce_and_plenty_as_asked() -> None:
    # Both are a power of the same sum Σ (x/X)^b (y/Y)^(1-b).
    group, rest = value(atkinson, TWO, 0, shape=0.1), value(atkinson, TWO, 1, shape=0.9)
    assert (1 - group) ** 0.9 == pytest.approx((1 - rest) ** 0.1)
    assert value(atkinson, TWO, 0, shape=0.9) != pytest.approx(group)


def test_a_group_is_not_exposed_to_itself() -> None:
    with pytest.raises(InputError, match="also part of the other group"):
        exposure(THREE, 0, [0, 1])
