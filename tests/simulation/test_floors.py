"""Nobody is excluded: what is refused, what is flagged, and what cannot be said."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ongedeeld.simulation.comparing.floors import UNTESTED, Floors, floors

Row = tuple[int, str, int, int]


def groups(*rows: Row) -> pl.DataFrame:
    """Groups in a year of some futures: future, group, seekers, housed."""
    frame = pl.DataFrame(rows, schema=["future", "group", "seekers", "housed"], orient="row")
    return frame.with_columns(year=pl.lit(1), grouping=pl.lit("household_type"))


def verdict(judged: Floors, group: str = "with_minors") -> str:
    """The verdict on one group."""
    return str(judged.table.filter(group=group)["verdict"][0])


NOW = groups((1, "with_minors", 100, 10), (2, "with_minors", 100, 20))


def test_a_group_that_never_gets_a_home_and_does_as_now_is_shut_out() -> None:
    judged = floors(NOW, groups((1, "with_minors", 100, 0), (2, "with_minors", 100, 0)))
    assert verdict(judged) == "shut_out"
    assert not judged.usable


def test_one_future_in_which_a_group_gets_nothing_is_enough_to_refuse() -> None:
    judged = floors(NOW, groups((1, "with_minors", 100, 0), (2, "with_minors", 100, 30)))
    assert verdict(judged) == "shut_out"
    assert judged.table["futures_shut"].to_list() == [1]


def test_few_lettings_as_now_in_each_future_are_added_before_zero_is_judged() -> None:
    now = groups((1, "with_minors", 100, 4), (2, "with_minors", 100, 4))
    judged = floors(now, groups((1, "with_minors", 100, 0), (2, "with_minors", 100, 0)))
    assert verdict(judged) == "shut_out"


def test_too_few_lettings_as_now_say_nothing_of_zero() -> None:
    now = groups((1, "with_minors", 100, 3), (2, "with_minors", 100, 3))
    judged = floors(now, groups((1, "with_minors", 100, 0), (2, "with_minors", 100, 0)))
    assert verdict(judged) == "too_few"
    assert judged.usable


def test_a_share_below_half_of_that_as_now_is_flagged() -> None:
    judged = floors(NOW, groups((1, "with_minors", 100, 7), (2, "with_minors", 100, 7)))
    row = judged.table.row(0, named=True)
    assert (row["share_now"], row["share_policy"]) == (0.15, 0.07)
    assert row["verdict"] == "below_half"
    assert judged.usable


def test_exactly_half_is_not_below_it() -> None:
    now = groups((1, "with_minors", 100, 20), (2, "with_minors", 100, 20))
    judged = floors(now, groups((1, "with_minors", 100, 10), (2, "with_minors", 100, 10)))
    assert verdict(judged) == "open"


def test_a_share_below_the_floor_is_flagged_and_the_floor_can_be_chosen() -> None:
    now = groups((1, "with_minors", 1000, 12), (2, "with_minors", 1000, 12))
    policy = groups((1, "with_minors", 1000, 9), (2, "with_minors", 1000, 9))
    assert verdict(floors(now, policy)) == "below_floor"
    assert verdict(floors(now, policy, floor=0.005)) == "open"


def test_the_worst_stand_first() -> None:
    now = groups(*((1, group, 100, 20) for group in ("one_person", "with_minors", "without_minors")))
    policy = groups((1, "one_person", 100, 20), (1, "with_minors", 100, 0), (1, "without_minors", 100, 5))
    judged = floors(now, policy)
    assert judged.table["verdict"].to_list() == ["shut_out", "below_half", "open"]
    assert judged.flagged["group"].to_list() == ["with_minors", "without_minors"]


def test_a_group_without_seekers_is_not_judged() -> None:
    assert verdict(floors(groups((1, "with_minors", 0, 0)), groups((1, "with_minors", 0, 0)))) == "too_few"


def test_without_a_result_as_now_the_floor_alone_is_held_and_that_is_said() -> None:
    judged = floors(None, groups((1, "with_minors", 1000, 0)))
    assert verdict(judged) == "below_floor"
    assert any("no result as now" in note.say() for note in judged.notes)


@pytest.mark.parametrize("now", [NOW, None])
def test_it_admits_what_cannot_be_tested(now: pl.DataFrame | None) -> None:
    judged = floors(now, NOW)
    assert judged.notes[-1].text == UNTESTED


def over_years(*years: list[int], of: int = 100) -> pl.DataFrame:
    """How many of a group are housed in each year (rows) and future (columns)."""
    rows = [
        (future, year, "with_minors", of, housed)
        for year, futures in enumerate(years, start=1)
        for future, housed in enumerate(futures, start=1)
    ]
    frame = pl.DataFrame(rows, schema=["future", "year", "group", "seekers", "housed"], orient="row")
    return frame.with_columns(grouping=pl.lit("household_type"))


def test_a_group_that_gets_nothing_in_the_last_years_is_shut_out_whatever_it_got_before() -> None:
    now = over_years(*[[10, 10]] * 10)
    judged = floors(now, over_years(*[[30, 30]] * 2, *[[0, 0]] * 8))
    assert verdict(judged) == "shut_out"
    assert judged.table["year"].to_list() == [3]


def test_a_policy_that_begins_halfway_is_judged_by_the_years_in_which_it_holds() -> None:
    now = over_years(*[[50, 50]] * 4, of=1000)
    judged = floors(now, over_years(*[[70, 70]] * 3, [15, 15], of=1000))
    row = judged.table.row(0, named=True)
    assert (row["verdict"], row["year"]) == ("below_half", 4)
    assert (row["share_now"], row["share_policy"]) == (0.05, 0.015)


def test_a_year_that_is_low_by_accident_is_not_flagged() -> None:
    now = over_years(*[[5, 5]] * 10)
    judged = floors(now, over_years(*[[5, 5]] * 9, [2, 2]))
    assert (verdict(judged), judged.table["year"].to_list()) == ("open", [None])


def test_futures_without_a_home_count_together_and_one_lucky_future_hides_nothing() -> None:
    now = over_years([4] * 10)
    judged = floors(now, over_years([0] * 9 + [40]))
    assert verdict(judged) == "shut_out"
    assert judged.table["futures_shut"].to_list() == [9]


def test_a_group_that_is_often_without_a_home_as_now_as_well_is_not_shut_out() -> None:
    now = over_years([4, 0, 0, 0, 4, 4, 0, 0, 4, 4])
    assert verdict(floors(now, over_years([0, 4, 4, 4, 0, 0, 0, 0, 4, 4]))) == "open"


@pytest.mark.parametrize("mean", [1, 7, 12])
def test_chance_alone_shuts_nobody_out(mean: int) -> None:
    futures, years, rng = 100, 10, np.random.default_rng(mean)
    drawn = [
        pl.concat(
            over_years(*rng.poisson(mean, (years, futures)).tolist(), of=20).with_columns(
                group=pl.lit(f"group {number}")
            )
            for number in range(20)
        )
        for _ in ("now", "policy")
    ]
    assert set(floors(*drawn).table["verdict"]) == {"open"}


def test_groups_of_which_nothing_can_be_said_are_named() -> None:
    now = groups((1, "with_minors", 100, 20), (1, "one_person", 100, 3))
    judged = floors(now, groups((1, "with_minors", 100, 20), (1, "one_person", 100, 0)))
    assert judged.untold["group"].to_list() == ["one_person"]


def of_lettings(housed: int) -> pl.DataFrame:
    """A group of which it is not known who sought."""
    return groups((1, "yes", 0, housed)).with_columns(
        seekers=pl.lit(None, pl.Int64), grouping=pl.lit("step_free_needed")
    )


@pytest.mark.parametrize(("housed", "expected"), [(0, "shut_out"), (8, "below_half"), (19, "open")])
def test_where_it_is_not_known_who_sought_lettings_are_held_against_those_as_now(
    housed: int, expected: str
) -> None:
    judged = floors(of_lettings(20), of_lettings(housed))
    row = judged.table.row(0, named=True)
    assert (row["verdict"], row["seekers"], row["share_policy"]) == (expected, None, None)
    assert row["ratio"] == housed / 20
