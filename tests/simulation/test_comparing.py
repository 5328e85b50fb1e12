"""Results side by side: what may stand beside what, and that the same results differ by nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.errors import InputError
from ongedeeld.reasons import Reason
from ongedeeld.simulation.comparing.comparison import AS_NOW, compare
from ongedeeld.simulation.futures.files import FUTURES
from ongedeeld.simulation.futures.results import Results
from ongedeeld.simulation.outcomes.key_outcomes import KEY_OUTCOMES
from ongedeeld.simulation.outcomes.tables import TABLES
from ongedeeld.simulation.preparing.caveats import RULE
from ongedeeld.vocabulary import Both
from tests.simulation.results_cast import as_if, lived_through, without


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return lived_through(tmp_path_factory.mktemp("comparing"))


@pytest.fixture(scope="module")
def same(now: Results) -> Results:
    return as_if(now, now.folder.with_name("same"), "the same")


def test_the_same_results_differ_by_nothing_in_every_table(now: Results, same: Results) -> None:
    comparison = compare(now.folder, same.folder)
    for name in TABLES:
        for over_years in (False, True):
            told = comparison.differences(name, over_years=over_years)
            assert len(told) or name == "bearing"
            assert told["mean"].drop_nulls().abs().max() == 0
            assert not told["beyond_chance"].drop_nulls().any()
    assert comparison.waterbeds["the same"].flows.is_empty()
    assert comparison.usable


def test_a_share_of_all_years_is_of_what_is_counted_over_all_of_them(now: Results, tmp_path: Path) -> None:
    def second_year(frame: pl.DataFrame) -> pl.DataFrame:
        twice = frame.with_columns(year=pl.col("year") + 1, seekers=pl.lit(300), housed=pl.lit(30))
        once = frame.with_columns(seekers=pl.lit(100), housed=pl.lit(50), share_housed=pl.lit(0.5))
        return pl.concat([once, twice.with_columns(share_housed=pl.lit(0.1))], how="vertical_relaxed")

    results = [as_if(now, tmp_path / name, name, {"groups": second_year}) for name in ("one", "other")]
    told = compare(*(one.folder for one in results)).values("groups", over_years=True)
    assert told.filter(measure="share_housed")["mean"].unique().to_list() == [80 / 400]


def test_a_sum_of_costs_with_a_part_that_is_not_known_is_not_known(now: Results, tmp_path: Path) -> None:
    more = as_if(
        now,
        tmp_path / "more",
        "more",
        {"costs": lambda one: one.with_columns(support_hours=pl.lit(None, pl.Float64))},
    )
    hours = next(one for one in KEY_OUTCOMES if one.name == "hours")
    known = compare(now.folder, more.folder).key_values(hours)["result"].unique().to_list()
    assert known == [AS_NOW]


def test_as_now_comes_first_whatever_its_place(now: Results, same: Results) -> None:
    comparison = compare(same.folder, now.folder)
    assert [one.label for one in comparison.compared] == [AS_NOW, "the same"]


def test_values_are_those_of_the_futures(now: Results, same: Results) -> None:
    told = compare(now.folder, same.folder).values("places", "all")
    row = told.filter(result=AS_NOW, year=1, measure="lettings").row(0, named=True)
    lettings = now.table("places").filter(pl.col("level") == "all").collect()["lettings"]
    assert (row["futures"], row["mean"]) == (4, lettings.mean())


def test_what_a_policy_adds_is_the_difference(now: Results, tmp_path: Path) -> None:
    more = as_if(
        now,
        tmp_path / "more",
        "more",
        {"places": lambda one: one.with_columns(support=pl.col("support") + 5)},
    )
    told = compare(now.folder, more.folder).differences("places", "all").filter(measure="support")
    assert told["mean"].to_list() == [5.0]
    assert told["beyond_chance"].to_list() == [None]


def test_with_a_few_futures_no_change_is_told_apart_from_chance(now: Results, same: Results) -> None:
    comparison = compare(now.folder, same.folder)
    assert any("no change is told apart from chance: it takes 6" in note.say() for note in comparison.notes)


def test_a_group_shut_out_makes_the_results_unusable(now: Results, tmp_path: Path) -> None:
    shut = as_if(now, tmp_path / "shut", "shut", {"groups": without("household_type", "with_minors")})
    comparison = compare(now.folder, shut.folder)
    assert not comparison.usable
    assert comparison.floors["shut"].shut_out["group"].to_list() == ["with_minors"]


def test_as_what_if_it_may_be_looked_at_and_is_told_as_such(now: Results, tmp_path: Path) -> None:
    shut = as_if(
        now, tmp_path / "shut", "shut", {"groups": without("household_type", "with_minors")}, what_if=True
    )
    comparison = compare(now.folder, shut.folder)
    assert comparison.usable
    assert not comparison.floors["shut"].usable
    assert any("shut was run to see" in note.say() for note in comparison.notes)


def test_without_as_now_the_first_stands_in_its_place_and_that_is_said(now: Results, tmp_path: Path) -> None:
    one, other = (as_if(now, tmp_path / name, name) for name in ("one", "other"))
    comparison = compare(one.folder, other.folder)
    assert comparison.now.label == "one"
    assert any("one stands in its place" in note.say() for note in comparison.notes)


def test_policies_of_one_name_are_told_apart_by_their_folders(now: Results, tmp_path: Path) -> None:
    one, other = (as_if(now, tmp_path / str(many), "alike", what_if=many) for many in (False, True))
    comparison = compare(now.folder, one.folder, other.folder)
    assert [each.label for each in comparison.policies] == ["alike", f"alike ({other.folder})"]


def test_one_simulation_twice_is_refused(now: Results, same: Results) -> None:
    for folders in ((now.folder, now.folder), (now.folder, same.folder, same.folder)):
        with pytest.raises(InputError, match="of the same simulation as those in"):
            compare(*folders)


def test_it_says_that_the_city_is_invented_and_the_law_carried_on(now: Results, same: Results) -> None:
    notes = [note.say() for note in compare(now.folder, same.folder).notes]
    assert any("invented" in text for text in notes)
    assert any("carried on" in text for text in notes)
    assert any("they take" in text for text in notes)


def test_the_reasons_for_care_of_each_result_are_told_once(now: Results, tmp_path: Path) -> None:
    shared = Reason("urgency", "no scheme of {places}", {"places": "GM9999"})
    own = Reason("lottery", "{instrument} plays no part", {"instrument": Both("loting", "lottery")})
    here = as_if(now, tmp_path / "here", "", caveats=(shared,))
    there = as_if(now, tmp_path / "there", "there", caveats=(Reason(RULE, "told before"), shared, own))
    assert there.manifest.caveats[1:] == (shared, own)
    notes = [note.say() for note in compare(here.folder, there.folder).notes]
    assert notes.count("no scheme of GM9999") == 1
    assert "lottery plays no part" in notes
    assert "told before" not in notes


def test_futures_that_all_have_are_compared(now: Results, tmp_path: Path) -> None:
    fewer = as_if(now, tmp_path / "fewer", "fewer")
    shutil.rmtree(fewer.folder / FUTURES / "000003")
    comparison = compare(now.folder, fewer.folder)
    assert comparison.futures == (1, 2, 4)
    assert any("3 futures that all results have" in note.say() for note in comparison.notes)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"city_checksum": "another"}, "City"),
        ({"years": 2}, "years"),
        ({"seed": 2}, "seed"),
        ({"stock_plan": "another"}, "plan of the stock"),
    ],
)
def test_it_refuses_results_that_differ_in_more_than_the_policy(
    now: Results, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    other = as_if(now, tmp_path / "other", "other", None, **changed)
    with pytest.raises(InputError, match=told):
        compare(now.folder, other.folder)


def test_it_refuses_results_without_a_future_in_common(now: Results, tmp_path: Path) -> None:
    one, other = (as_if(now, tmp_path / name, name) for name in ("one", "other"))
    for number in ("000001", "000002"):
        shutil.rmtree(one.folder / FUTURES / number)
    for number in ("000003", "000004"):
        shutil.rmtree(other.folder / FUTURES / number)
    with pytest.raises(InputError, match="no future in common"):
        compare(one.folder, other.folder)


def test_it_refuses_a_single_result(now: Results) -> None:
    with pytest.raises(InputError, match="one result"):
        compare(now.folder)


def test_it_refuses_a_floor_that_is_no_share(now: Results, same: Results) -> None:
    with pytest.raises(InputError, match="no share"):
        compare(now.folder, same.folder, floor=1.5)
