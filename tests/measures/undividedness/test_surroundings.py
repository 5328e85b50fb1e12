"""Who is around a location: the compiled kernels against their readable twins, and cases worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import _surroundings_plain as plain
from ongedeeld.measures.undividedness.counts import Floats
from ongedeeld.measures.undividedness.grid import within_on_grid
from ongedeeld.measures.undividedness.surroundings import KERNELS, checked_points, nearest, within

# Four houses on a street, in metres from a corner: 0, 100, 200 and 400 m to the east.
STREET = np.array([[136_000.0 + east, 456_000.0] for east in (0.0, 100.0, 200.0, 400.0)])
RESIDENTS = np.array([[10.0], [20.0], [30.0], [40.0]])
RADII = np.array([0.0, 120.0, 1_000.0, 4_000.0, math.inf])


@st.composite
def locations(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """People of two groups on a grid of 100 m, some at the same place and many at the same distance."""
    places = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30))
    people = draw(
        st.lists(
            st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=len(places), max_size=len(places)
        )
    )
    return np.array(people, dtype=float), np.array(places) * 100.0 + (136_000.0, 456_000.0)


def test_within_a_radius_everybody_counts_who_lives_that_far_or_nearer() -> None:
    assert within(RESIDENTS, STREET, np.array([100.0]))[0, :, 0].tolist() == [30, 60, 50, 40]


def test_a_triangular_kernel_counts_people_less_the_farther_they_live() -> None:
    # First house: 10 + 20 x (1 - 100/200) + 30 x 0.
    assert within(RESIDENTS, STREET, np.array([200.0]), "triangular")[0, 0, 0] == 20.0


def test_a_radius_of_nought_is_the_own_place_and_an_infinite_one_everybody() -> None:
    sums = within(RESIDENTS, STREET, np.array([0.0, math.inf]), "biweight")
    assert sums[0].tolist() == RESIDENTS.tolist()
    assert sums[1, :, 0].tolist() == [100.0] * 4


def test_the_last_location_is_taken_in_part_so_that_exactly_so_many_residents_count() -> None:
    groups = np.array([[10.0, 0.0], [0.0, 20.0], [30.0, 0.0], [0.0, 40.0]])
    sums = nearest(groups, groups.sum(axis=1), STREET, np.array([5.0, 20.0, 45.0]))
    assert sums[:, 0].tolist() == [[5.0, 0.0], [10.0, 10.0], [25.0, 20.0]]


def test_locations_at_one_distance_are_taken_in_the_same_part() -> None:
    # The second house has the first (10) and the third (30) at 100 m: 20 of their 40 count, half of each.
    columns = np.diag([10.0, 20.0, 30.0, 40.0])
    assert nearest(columns, RESIDENTS[:, 0], STREET, np.array([40.0]))[0, 1].tolist() == [5, 20, 15, 0]


@given(locations(), st.sampled_from(list(KERNELS)))
@settings(max_examples=60, deadline=None)
def test_the_kernel_for_distances_gives_what_its_twin_gives(town: tuple[Floats, Floats], kernel: str) -> None:
    people, points = town
    ours = within(people, points, RADII, kernel, workers=2)
    np.testing.assert_allclose(ours, plain.within(people, points, RADII, KERNELS[kernel]), rtol=1e-12)


@given(locations())
@settings(max_examples=60, deadline=None)
def test_the_kernel_for_residents_gives_what_its_twin_gives(town: tuple[Floats, Floats]) -> None:
    people, points = town
    numbers = np.array([1.0, 7.0, 60.0, 1_000.0, 10_000.0])
    ours = nearest(people, people.sum(axis=1), points, numbers, workers=2)
    twin = plain.nearest(people, people.sum(axis=1), points, numbers)
    np.testing.assert_allclose(ours, twin, rtol=1e-12, atol=1e-12)


@given(locations())
@settings(max_examples=60, deadline=None)
def test_a_grid_gives_exactly_what_points_give(town: tuple[Floats, Floats]) -> None:
    people, points = town
    assert (within_on_grid(people, points, RADII, 100.0) == within(people, points, RADII)).all()


@given(locations(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_changes_nothing_for_anybody(town: tuple[Floats, Floats], luck: object) -> None:
    people, points = town
    order = np.array(range(len(points)))
    luck.shuffle(order)  # type: ignore[attr-defined]
    numbers = np.array([3.0, 40.0, 200.0])
    before = nearest(people, people.sum(axis=1), points, numbers)
    after = nearest(people[order], people[order].sum(axis=1), points[order], numbers)
    np.testing.assert_allclose(after, before[:, order], rtol=1e-12, atol=1e-12)


def test_a_location_off_the_grid_is_refused_and_named() -> None:
    with pytest.raises(InputError, match="location 3 does not lie on a grid of 250 m"):
        within_on_grid(RESIDENTS, STREET + np.array([[0, 0], [150, 0], [50, 0], [0, 1]]), RADII, 250.0)


def test_a_grid_with_one_cell_at_the_end_of_the_world_is_refused() -> None:
    far = STREET.copy()
    far[3] += 1e9
    with pytest.raises(InputError, match="the grid spans"):
        within_on_grid(RESIDENTS, far, RADII, 100.0)


def test_points_must_be_numbers_one_per_location_in_metres() -> None:
    with pytest.raises(InputError, match=r"shape \(4, 2\) and there are 5 locations"):
        checked_points(STREET, 5)
    with pytest.raises(InputError, match="location 2 has no place"):
        checked_points(np.where(STREET == 136_200.0, np.nan, STREET), 4)
    with pytest.raises(InputError, match="look like degrees"):
        checked_points([[5.12, 52.09], [5.11, 52.08]], 2)
    with pytest.raises(InputError, match="not a number"):
        checked_points([["Merelbuurt", "here"]], 1)
