"""Every decomposition adds up exactly, and its parts mean what they are called."""

from __future__ import annotations

import math
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.measures.undividedness import decompose_change, decompose_levels, mutual_information
from tests.measures.undividedness.cast import THREE, TWO, Integers, tables

CITY = np.array([[9, 1], [9, 1], [5, 5], [1, 9]])
DISTRICTS = ["north", "north", "south", "south"]


def test_two_districts_of_two_neighbourhoods_worked_by_hand() -> None:
    # Of 40 people 24 are of the group; north has 18 of 20, south 6 of 20.
    def away(share: float, whole: float) -> float:
        return share * math.log(share / whole) + (1 - share) * math.log((1 - share) / (1 - whole))

    found = decompose_levels(CITY, {"district": DISTRICTS}, draws=0, finest="neighbourhood")
    between = (away(0.9, 0.6) + away(0.3, 0.6)) / 2
    within = (away(0.5, 0.3) + away(0.1, 0.3)) / 2 / 2
    assert found.table["level"].to_list() == ["district", "neighbourhood"]
    assert found.table["units"].to_list() == [2, 4]
    assert found.table["value"].to_list() == pytest.approx([between, within], abs=1e-12)
    assert found.table["share"].sum() == pytest.approx(1.0)


@given(table=tables(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_levels_add_up_to_the_whole(table: Integers, data: st.DataObject) -> None:
    rows = len(table)
    small = data.draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    levels = pl.DataFrame({"district": [unit // 2 for unit in small], "neighbourhood": small})
    found = decompose_levels(table, levels, draws=0)
    whole = mutual_information(table, draws=0).value
    assert found.total == pytest.approx(whole, abs=1e-12)
    assert found.table["value"].min() >= -1e-12  # type: ignore[operator]


def test_a_city_divided_within_neighbourhoods_only_says_at_which_scale() -> None:
    counts = np.tile([[30, 10], [10, 30]], (8, 1))
    levels = {"district": [row // 8 for row in range(16)], "neighbourhood": [row // 2 for row in range(16)]}
    found = decompose_levels(counts, levels, finest="complex", seed=1, draws=199)
    assert found.table["value"].to_list() == pytest.approx([0.0, 0.0, found.total], abs=1e-12)
    assert found.table["p_value"].to_list() == [1.0, 1.0, 0.005]
    chance = found.table["expected_by_chance"].to_list()
    assert 0.0 < chance[0] < chance[1] < chance[2]


def test_a_neighbourhood_in_two_districts_is_named() -> None:
    with pytest.raises(InputError, match="neighbourhood a lies in more than one district: north, south"):
        decompose_levels(CITY, {"district": DISTRICTS, "neighbourhood": ["a", "b", "a", "c"]})


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"district": ["n"]}, "names a unit for 1 areas; the counts have 4"),
        ({"district": ["n", None, "s", "s"]}, "level district: area 1 has no unit"),
    ],
)
def test_levels_must_fit_the_counts(levels: dict[str, list[str]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        decompose_levels(CITY, levels)


@given(before=tables(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_change_adds_up_over_its_parts_and_over_areas(before: Integers, data: st.DataObject) -> None:
    cells = st.lists(st.integers(0, 30), min_size=3, max_size=3)
    rows = data.draw(st.lists(cells, min_size=len(before), max_size=len(before)))
    after = np.array(rows, dtype=np.int64)
    if not (after.sum(axis=0) > 0).all() or (2 * after == after.sum(axis=1, keepdims=True)).all(axis=0).any():
        after = after + np.array([1, 2, 4])
    found = decompose_change(before, after)
    parts = found.mix + found.place + found.areas_left + found.areas_new
    assert parts == pytest.approx(found.change, abs=1e-12)
    measured = [mutual_information(table, draws=0).value for table in (before, after)]
    assert [found.before, found.after] == pytest.approx(measured, abs=1e-12)
    by_area = found.table.with_columns(sum=pl.sum_horizontal("mix", "place", "left", "new"))
    assert (by_area["sum"] - by_area["change"]).abs().max() < 1e-12  # type: ignore[operator]


def test_a_city_that_only_grows_has_changed_neither_in_mix_nor_in_place() -> None:
    found = decompose_change(THREE, THREE * 3)
    assert [found.change, found.mix, found.place] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_a_group_that_grows_alike_everywhere_is_a_change_of_mix() -> None:
    # Twice as many of the group in every area leaves the odds ratios between areas as they were.
    found = decompose_change(TWO, TWO * [2, 1])
    assert found.place == pytest.approx(0.0, abs=1e-9)
    assert found.mix == pytest.approx(found.change, abs=1e-9)
    assert found.mix > 0.001


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([[0, 1000], [0, 10_000], [0, 100]], [[100, 900], [1000, 9000], [10, 90]]),
        ([[500, 500, 0], [5000, 5000, 0], [50, 50, 0]], [[450, 450, 100], [4500, 4500, 1000], [45, 45, 10]]),
    ],
)
def test_a_group_that_comes_evenly_changes_neither_mix_nor_place(
    before: list[list[int]], after: list[list[int]]
) -> None:
    # Areas of 100 to 10,000 people: what stands for nobody while fitting must be as even as they are.
    for there in (decompose_change(before, after), decompose_change(after, before)):
        assert [there.change, there.mix, there.place] == pytest.approx([0.0] * 3, abs=1e-9)
        assert there.parts["adjusted"].to_list() == pytest.approx([0.0] * 5, abs=1e-3)
        assert any(str(said).startswith("At one of the dates nobody belonged to: ") for said in there.notes)


def test_a_third_group_that_comes_evenly_to_a_divided_city_is_a_change_of_mix() -> None:
    # Two groups wholly apart, M = ln 2; a third takes a tenth of every area, and leaves 0.9 of it.
    found = decompose_change([[1000, 0, 0], [0, 1000, 0]], [[900, 0, 100], [0, 900, 100]], draws=0)
    assert found.mix == pytest.approx(-0.1 * math.log(2), abs=1e-6)
    assert found.place == pytest.approx(0.0, abs=1e-6)


def test_a_divided_group_that_goes_is_of_mix_and_place_alike() -> None:
    # Neither the going alone nor an even spread alone leaves anything: each counts for half.
    found = decompose_change([[100, 900], [300, 700]], [[0, 1000], [0, 100_000]], draws=0)
    assert found.change == pytest.approx(-found.before)
    assert [found.mix, found.place] == pytest.approx([found.change / 2] * 2, abs=1e-6)


def test_an_adjusted_change_is_that_of_m_that_are_never_below_zero() -> None:
    # Before, chance alone gives more than the M of 0.01 that is seen: less than nothing cannot be left of it.
    parts = decompose_change([[1, 10], [5, 20]], [[0, 10], [0, 20]]).parts
    assert parts["value"][0] == pytest.approx(-0.0100, abs=1e-4)
    assert parts["adjusted"].to_list() == [0.0] * 5
    assert parts["low"][0] < 0.0 < parts["high"][0]


def test_the_parts_say_that_there_are_too_few_homes() -> None:
    luck = np.random.default_rng(4)
    before, after = (luck.multinomial(12, [0.1, 0.9], 30) for _ in range(2))
    found = decompose_change(before, after)
    assert not found.parts["enough"][:3].any()
    assert "Too few homes to say whether division changed" in str(found.notes[0])
    assert decompose_change(before, after, draws=0).parts["enough"].to_list() == [None] * 5
    before, after = (luck.multinomial(3_000, [0.1, 0.9], 30) for _ in range(2))
    assert decompose_change(before, after).parts["enough"].all()


def test_people_who_swap_homes_are_a_change_of_place() -> None:
    found = decompose_change([[10, 90], [30, 70]], [[5, 95], [35, 65]])
    assert found.mix == pytest.approx(0.0, abs=1e-9)
    assert found.place == pytest.approx(found.change, abs=1e-9)


def test_an_area_that_is_emptied_stands_apart() -> None:
    found = decompose_change([[10, 90], [30, 70], [50, 0]], [[10, 90], [30, 70], [0, 0]])
    assert found.areas_left == pytest.approx(found.change, abs=1e-12)
    assert found.place == pytest.approx(0.0, abs=1e-9)
    assert found.table["left"][2] < 0


def test_areas_that_do_not_match_are_named() -> None:
    before = pl.DataFrame({"area": ["Noord", "Zuid"], "young": [1, 2], "old": [5, 3]})
    after = before.with_columns(area=pl.Series(["Noord", "West"]))
    with pytest.raises(InputError, match="only in the first Zuid; only in the second West"):
        decompose_change(before, after)
    with pytest.raises(InputError, match="the groups of the two differ"):
        decompose_change(before, before.rename({"old": "aged"}))


def test_the_order_of_areas_may_differ_between_frames() -> None:
    before = pl.DataFrame({"area": ["Noord", "Zuid"], "young": [10, 30], "old": [90, 70]})
    assert decompose_change(before, before.reverse()).change == 0.0


@given(before=tables(), after=tables())
@settings(max_examples=10, deadline=None)
def test_adjusted_parts_add_up_as_well(before: Integers, after: Integers) -> None:
    rows = min(len(before), len(after))
    parts = decompose_change(before[:rows], after[:rows], draws=19).parts
    assert parts["part"].to_list() == ["change", "mix", "place", "left", "new"]
    for column in ("value", "adjusted"):
        assert parts[column][1:].sum() == pytest.approx(parts[column][0], abs=1e-9)
    assert (parts["low"] <= parts["adjusted"]).all()
    assert (parts["adjusted"] <= parts["high"]).all()


def test_chance_is_not_taken_for_a_change_of_mix() -> None:
    # The group grows from 15 to 20 percent everywhere, in areas of 15 homes: nothing of that is division.
    luck = np.random.default_rng(1)
    before, after = (luck.multinomial(15, [share, 1 - share], 60) for share in (0.15, 0.2))
    mix = decompose_change(before, after).parts.row(1, named=True)
    assert mix["value"] > 0.005
    assert abs(mix["adjusted"]) < 0.003
    assert mix["low"] < 0.0 < mix["high"]


def test_areas_with_too_few_homes_say_so_and_large_ones_do_not() -> None:
    luck = np.random.default_rng(2)
    sizes = np.repeat([12, 2_000], 20)
    before, after = (luck.multinomial(sizes, [0.1, 0.9]) for _ in range(2))
    found = decompose_change(before, after, draws=99)
    assert not found.table["enough"][:20].any()
    assert found.table["enough"][20:].all()
    assert any(
        str(said).startswith("Too few homes to say whether they changed: 20 of") for said in found.notes
    )


def test_a_change_is_the_same_with_any_number_of_workers_and_without_draws_has_no_interval() -> None:
    alone, together = (decompose_change(TWO, TWO * [2, 1], workers=workers) for workers in (1, 3))
    assert alone.parts.equals(together.parts)
    assert alone.table.equals(together.table)
    assert decompose_change(TWO, TWO, draws=0).parts["low"].to_list() == [None] * 5


@pytest.mark.soak
@pytest.mark.parametrize("growth", [1.0, 1.6])
def test_intervals_of_the_parts_hold_the_truth(growth: float, repeats: int) -> None:
    luck, homes, trials = np.random.default_rng(5), np.full(60, 15), 2 * repeats
    share = np.linspace(0.03, 0.4, 60)
    odds = growth * share / (1 - share)
    dates = [np.stack([part, 1 - part], axis=1) for part in (share, odds / (1 + odds))]
    truth = (
        decompose_change(np.round(dates[0] * 1e6), np.round(dates[1] * 1e6), draws=0)
        .parts["value"]
        .to_numpy()
    )
    held = np.zeros(3)
    for seed in range(trials):
        before, after = (luck.multinomial(homes, date) for date in dates)
        parts = decompose_change(before, after, seed=seed).parts[:3]
        held += (parts["low"].to_numpy() <= truth[:3]) & (truth[:3] <= parts["high"].to_numpy())
    sys.stdout.write(f"held {(held / trials).round(3).tolist()} of {trials} for change, mix, place\n")
    assert (held / trials >= 0.9 - 2.5 * np.sqrt(0.09 / trials)).all()
