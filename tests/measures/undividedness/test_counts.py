"""Counts that cannot be right are refused with the way out; rounded and suppressed ones are taken as such."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import counts_of, decompose_change, dissimilarity, profile
from tests.measures.undividedness.cast import TWO


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([[10, -1], [3, 4]], "area 0, group 1: -1 is negative"),
        ([[10.5, 2], [3, 4]], "10.5 is not a whole number"),
        ([[0.25, 0.75], [0.5, 0.5]], "is a share, not a count"),
        ([[25.5, 74.5], [50, 50]], "is a share, not a count"),
        ([[10, None], [3, 4]], "the count is missing"),
        ([[10, float("inf")], [3, 4]], "is not a count"),
        ([1, 2, 3], "shape"),
        ([["a", "b"]], "not a number"),
        ([], "shape"),
    ],
)
def test_it_refuses_what_is_not_a_count(counts: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        counts_of(counts)  # type: ignore[arg-type]


def test_it_tells_what_to_do_with_shares() -> None:
    with pytest.raises(InputError, match="counts_of_shares makes them"):
        dissimilarity([[0.25, 0.75], [0.5, 0.5]], 0)


def test_a_missing_cell_is_named() -> None:
    frame = pl.DataFrame({"area": ["Noord", "Zuid"], "young": [1, None], "old": [3, 4]})
    with pytest.raises(InputError, match="area Zuid, group young: the count is missing"):
        dissimilarity(frame)


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"young": [50, 100, 70], "old": [150, 250, 60], "both": [200, 350, 130]}),
        pl.DataFrame({"young": [1, 2], "total": [3, 5]}),
    ],
)
def test_a_total_among_the_groups_is_refused(frame: pl.DataFrame) -> None:
    with pytest.raises(InputError, match=r"groups overlap: (both|total)"):
        counts_of(frame)


def test_a_total_of_rounded_counts_is_refused_too() -> None:
    table = np.array([[105, 250, 360], [310, 45, 350], [55, 55, 115]])
    assert counts_of(table).people == table.sum()
    with pytest.raises(InputError, match="overlap"):
        counts_of(table, rounded_to=5)


def test_areas_of_one_mix_are_not_mistaken_for_a_total() -> None:
    assert counts_of([[10, 20, 30], [20, 40, 60]]).people == 180


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"area": ["Noord", "Noord"], "young": [1, 2]}),
        pl.DataFrame({"area": ["Noord", None], "young": [1, 2]}),
        pl.DataFrame({"area": ["a", "b"], "name": ["c", "d"], "young": [1, 2]}),
        pl.DataFrame({"area": ["a", "b"]}),
    ],
)
def test_a_frame_names_every_area_once_and_has_groups(frame: pl.DataFrame) -> None:
    with pytest.raises(InputError):
        counts_of(frame)


@pytest.mark.parametrize("group", ["nobody", 2, -1])
def test_an_unknown_group_is_named(group: str | int) -> None:
    with pytest.raises(InputError, match=f"there is no group {group}"):
        dissimilarity(TWO, group)


@pytest.mark.parametrize(
    "options",
    [
        {"draws": 5},
        {"draws": -1},
        {"level": 1.0},
        {"seed": -1},
        {"workers": 0},
        {"rounded_to": 0},
        {"draws": 1.5},
    ],
)
def test_options_are_checked(options: dict[str, object]) -> None:
    with pytest.raises(InputError):
        dissimilarity(TWO, 0, **options)  # type: ignore[arg-type]


def test_suppressed_cells_count_as_unknown_below_the_threshold() -> None:
    frame = pl.DataFrame({"area": ["a", "b", "c"], "group": [None, 40, 30], "rest": [90, 60, 70]})
    found = dissimilarity(frame, "group", suppressed_below=10)
    assert found.people == 294
    assert any("1 suppressed counts: they stand in the value as 4" in str(said) for said in found.notes)
    assert found.interval is not None


def test_rounding_makes_small_counts_less_sure() -> None:
    group = np.array([5, 0, 10, 5, 15, 0, 5, 10] * 4)
    table = np.stack([group, 40 - group], axis=1)
    exact, rounded = dissimilarity(table, 0), dissimilarity(table, 0, rounded_to=5)
    assert exact.expected_by_chance is not None
    assert rounded.expected_by_chance is not None
    assert rounded.expected_by_chance > exact.expected_by_chance
    assert any("Counts rounded to 5" in str(said) for said in rounded.notes)
    assert any("simulated allotments" in str(said) for said in rounded.notes)


def test_a_count_that_is_no_multiple_of_what_it_was_rounded_to_is_refused() -> None:
    with pytest.raises(InputError, match=r"area 0, group 0: 1 is not rounded to 5 \(1 cells in all\)"):
        dissimilarity([[1, 90], [30, 70]], 0, rounded_to=5)
    suppressed = counts_of(pl.DataFrame({"a": [None, 30], "b": [90, 70]}), rounded_to=5, suppressed_below=5)
    assert suppressed.hidden is not None


def test_a_frame_of_another_library_is_refused_with_the_way_out() -> None:
    import pandas

    with pytest.raises(InputError, match=r"a frame of pandas(.|\n)*polars.DataFrame\(frame.to_dict"):
        dissimilarity(pandas.DataFrame({"young": [1, 2], "old": [3, 4]}), "young")


def test_a_typing_error_is_answered_with_the_nearest_name() -> None:
    frame = pl.DataFrame({"young": [1, 2], "old": [3, 4]})
    with pytest.raises(InputError, match=r"there is no group yuong(.|\n)*write young"):
        dissimilarity(frame, "yuong")
    with pytest.raises(InputError, match=r"there is no option draw\n(.|\n)*write draws"):
        dissimilarity(frame, draw=99)  # type: ignore[call-arg]
    with pytest.raises(InputError, match=r"there is no option draw\n(.|\n)*write draws"):
        decompose_change(frame, frame, draw=99)  # type: ignore[call-arg]
    with pytest.raises(InputError, match=r"there is no option interval_draw\n(.|\n)*write interval_draws"):
        profile(frame, [[0, 0], [1, 1]], radii_m=[5], interval_draw=0)  # type: ignore[call-arg]


def test_more_people_than_there_can_be_are_refused_at_once() -> None:
    with pytest.raises(InputError, match=r"add up to 1e\+15 people, of whom 1e\+15 in area b"):
        dissimilarity(pl.DataFrame({"area": ["a", "b"], "young": [1, 10**15], "old": [2, 3]}))
