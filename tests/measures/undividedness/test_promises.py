"""What the indices promise of any table: bounds, no say for order or lines on the map, exact adding up."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.measures.undividedness import (
    Result,
    atkinson,
    compare,
    correlation_ratio,
    decompose_change,
    decompose_levels,
    dissimilarity,
    entropy,
    exposure,
    gini,
    isolation,
    local_mutual_information,
    location_quotient,
    mutual_information,
    profile,
    simpson_interaction,
    theil_h,
)
from ongedeeld.measures.undividedness.counts import Floats
from tests.measures.undividedness.cast import Integers, tables

WHOLE = (dissimilarity, gini, correlation_ratio, theil_h, mutual_information)
CLOSE = 1e-12


def of_a_group(table: Integers) -> dict[str, Result]:
    """The indices of the first group, which the tests of the others leave out."""
    return {
        "isolation": isolation(table, 0, draws=0),
        "exposure": exposure(table, 0, 1, draws=0),
        "atkinson": atkinson(table, 0, draws=0),
    }


def values(table: Integers) -> list[float]:
    """All indices, of a table of which nothing is empty."""
    found = [index(table, draws=0) for index in WHOLE] + list(of_a_group(table).values())
    return [math.nan if each.value is None else each.value for each in found]


def places(number: int, seed: int) -> Floats:
    """Places in a square of two by two kilometres."""
    corner = np.array([136_000.0, 456_000.0])
    return corner + np.random.default_rng(seed).uniform(0.0, 2_000.0, (number, 2))


@given(table=tables())
@settings(max_examples=60, deadline=None)
def test_isolation_exposure_and_atkinson_keep_within_their_bounds(table: Integers) -> None:
    shares = table.sum(axis=0) / table.sum()
    found = {name: index.value or 0.0 for name, index in of_a_group(table).items()}
    assert shares[0] - CLOSE <= found["isolation"] <= 1.0 + CLOSE
    assert -CLOSE <= found["exposure"] <= 1.0 - found["isolation"] + CLOSE
    assert -CLOSE <= found["atkinson"] <= 1.0 + CLOSE


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_no_area_is_more_diverse_than_its_number_of_groups_allows(table: Integers) -> None:
    for measure, most in ((entropy, math.log(3)), (simpson_interaction, 2 / 3)):
        found = measure(table, draws=0)
        assert -CLOSE <= found.table["value"].min() <= found.table["value"].max() <= most + CLOSE  # type: ignore[operator]
        assert found.average.value is not None
        assert found.whole is not None
        assert found.average.value <= found.whole + CLOSE


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_a_group_has_an_area_for_itself_at_most(table: Integers) -> None:
    quotients = location_quotient(table, 0, draws=0).table["value"].to_numpy()
    assert (quotients >= 0.0).all()
    assert (quotients <= table.sum() / table[:, 0].sum() + CLOSE).all()


@given(table=tables(), order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_areas_has_no_say_in_any_index(table: Integers, order: Any) -> None:
    rows = list(range(len(table)))
    order.shuffle(rows)
    assert values(table[rows]) == pytest.approx(values(table), abs=CLOSE)


@given(table=tables(), parts=st.integers(2, 4), data=st.data())
@settings(max_examples=40, deadline=None)
def test_lines_through_an_area_of_one_mix_have_no_say_in_any_index(
    table: Integers, parts: int, data: st.DataObject
) -> None:
    split = data.draw(st.integers(0, len(table) - 1))
    whole = table * parts
    pieces = np.concatenate([np.delete(whole, split, axis=0), *[table[[split]]] * parts])
    assert values(pieces) == pytest.approx(values(whole), abs=CLOSE)


@given(table=tables(), seed=st.integers(0, 1_000), by_distance=st.booleans())
@settings(max_examples=25, deadline=None)
def test_homes_of_one_place_may_stand_in_several_rows(table: Integers, seed: int, by_distance: bool) -> None:
    points = places(len(table), seed)
    scales: Any = {"radii_m": [0, 400, 1_500]} if by_distance else {"neighbours": [10, 60, 10_000]}
    once = profile(table * 2, points, draws=0, **scales)
    twice = profile(np.concatenate([table] * 2), np.concatenate([points] * 2), draws=0, **scales)
    assert twice.table["value"].to_list() == pytest.approx(once.table["value"].to_list(), abs=CLOSE)


@given(table=tables(), seed=st.integers(0, 1_000))
@settings(max_examples=25, deadline=None)
def test_surroundings_are_never_more_divided_than_nobody_of_another_group_in_them(
    table: Integers, seed: int
) -> None:
    points = places(len(table), seed)
    radii = [0, 300, 900, math.inf]
    whole = entropy(table, draws=0).whole or 0.0
    for index, most in (("theil_h", 1.0), ("mutual_information", whole)):
        made = profile(table, points, radii_m=radii, index=index, draws=0).table["value"]  # type: ignore[arg-type]
        assert made.max() <= most + CLOSE  # type: ignore[operator]
        assert made[-1] == pytest.approx(0.0, abs=CLOSE)


@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_what_areas_contribute_is_the_whole_and_diversity_the_rest(table: Integers) -> None:
    whole = mutual_information(table, draws=0).value
    parts = local_mutual_information(table, draws=0).table["contribution"].sum()
    mixed = entropy(table, draws=0)
    assert parts == pytest.approx(whole, abs=CLOSE)
    assert (mixed.whole or 0.0) - (mixed.average.value or 0.0) == pytest.approx(whole, abs=CLOSE)


@given(table=tables(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_between_two_districts_and_within_them_is_the_whole(table: Integers, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from("NZ"), min_size=len(table), max_size=len(table)))
    district = np.array(names)
    found = decompose_levels(table, {"district": names}, draws=0).table["value"].to_list()
    merged = [table[district == name].sum(axis=0) for name in sorted(set(names))]
    assert found[0] == pytest.approx(mutual_information(merged, draws=0).value or 0.0, abs=CLOSE)
    within = sum(
        table[district == name].sum()
        / table.sum()
        * (mutual_information(table[district == name], draws=0).value or 0)
        for name in sorted(set(names))
    )
    assert found[1] == pytest.approx(within, abs=CLOSE)


@given(before=tables(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_back_again_is_the_opposite_change(before: Integers, data: st.DataObject) -> None:
    cells = st.lists(st.integers(1, 30), min_size=3, max_size=3)
    after = np.array(data.draw(st.lists(cells, min_size=len(before), max_size=len(before))), dtype=np.int64)
    there, back = (decompose_change(*dates, draws=0) for dates in ((before + 1, after), (after, before + 1)))
    assert [there.change, there.mix, there.place] == pytest.approx(
        [-back.change, -back.mix, -back.place], abs=1e-8
    )


@given(table=tables())
@settings(max_examples=10, deadline=None)
def test_two_dates_compared_the_other_way_around_differ_as_much(table: Integers) -> None:
    there, back = compare(table, table[::-1] + 1, draws=0), compare(table[::-1] + 1, table, draws=0)
    assert there.value == pytest.approx(-(back.value or 0.0), abs=CLOSE)


@given(homes=st.lists(st.integers(1, 3), min_size=2, max_size=3), members=st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_the_value_by_chance_is_the_mean_over_every_way_to_seat_people(
    homes: list[int], members: int
) -> None:
    people = sum(homes)
    if members >= people:
        return
    edges = np.cumsum([0, *homes])
    exact = [index for index in WHOLE if index is not gini]
    drawn: list[list[float]] = []
    for seats in itertools.combinations(range(people), members):
        group = np.histogram(seats, bins=edges - 0.5)[0]
        table = np.stack([group, homes - group], axis=1)
        drawn.append([index(table, draws=0).value or 0.0 for index in exact])
    expected = [index(table, draws=0).expected_by_chance for index in exact]
    assert expected == pytest.approx(np.mean(drawn, axis=0), abs=CLOSE)
