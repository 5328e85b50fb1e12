"""Tables of those who seek: who is housed, where, and how long they waited."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.allocation.groupings import LABELS
from ongedeeld.simulation.assuming.household_types import AGES
from ongedeeld.simulation.kernel._state import FLAGS
from ongedeeld.simulation.outcomes.reckoning import tables_of
from ongedeeld.simulation.outcomes.seeking_groups import OF_LETTINGS, of_lettings
from ongedeeld.simulation.outcomes.seen import seen
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run
from tests.simulation import small_runs
from tests.simulation.outcomes.cast import YEARS, year_of


def test_groups_of_every_grouping_are_all_seekers(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told = tables["groups"].group_by("year", "grouping").agg(pl.col("seekers", "arrived", "housed").sum())
    for year in range(1, YEARS + 1):
        rows = told.filter(year=year)
        assert set(rows["housed"]) == {len(year_of(done.lettings, year))}
        counted = rows.filter(~pl.col("grouping").is_in(OF_LETTINGS))
        assert counted["seekers"].n_unique() == counted["arrived"].n_unique() == 1
        arrived = done.seekers.filter(year=year - 1, what="arrived")["seekers"].sum()
        assert set(counted["arrived"]) == {arrived}


def test_groups_are_those_that_rules_can_look_at(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told, types = tables["groups"].filter(year=2), small_runs.assumptions().types
    let = year_of(done.lettings, 2)
    large = sum(types[one].household_size >= 6 for one in let["type"])
    young = sum(
        types[row["type"]].income_class == "below_passend"
        for row in let.filter(pl.col("age") == AGES.index("under_23")).to_dicts()
    )
    bound = int((let["flags"] & (1 << FLAGS.index("bound")) > 0).sum())
    for grouping, group, housed in (
        ("household_size", "6", large),
        ("age_and_income", "under_23+below_passend", young),
        ("bound", "yes", bound),
    ):
        assert told.filter(grouping=grouping, group=group)["housed"].to_list() == [housed], grouping


def test_who_needs_a_home_without_steps_is_drawn_as_in_the_run(
    done: Run, setting: Setting, tables: dict[str, pl.DataFrame]
) -> None:
    told = of_lettings(seen(done, setting))["step_free_needed"]
    stepped = pl.Series(setting.stock.step_free == 0).gather(done.lettings["home"])
    assert (told == "yes").any()
    assert not ((told == "yes") & stepped).any()
    summed = (
        tables["groups"].filter(grouping="step_free_needed").group_by("group").agg(pl.col("housed").sum())
    )
    assert dict(summed.iter_rows()) == dict(told.value_counts().iter_rows())


def test_who_seeks_is_not_known_by_what_the_list_is_not_counted_by(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["groups"].filter(pl.col("grouping").is_in(OF_LETTINGS))
    assert rows["seekers"].is_null().all()
    assert rows["share_housed"].is_null().all()


def test_every_group_stands_in_every_year(tables: dict[str, pl.DataFrame]) -> None:
    routes = tables["groups"].filter(grouping="route")
    assert routes["group"].to_list().count("re_housing") == YEARS
    assert set(routes["group"]) == set(LABELS["route"])


def test_where_groups_are_housed_adds_up_to_who_is_housed(tables: dict[str, pl.DataFrame]) -> None:
    key = ["year", "grouping", "group"]
    for level in ("district", "surroundings"):
        told = tables["where"].filter(level=level).group_by(key).agg(pl.col("housed").sum())
        both = tables["groups"].select(*key, "housed").join(told, on=key, suffix="_there")
        assert (both["housed"] == both["housed_there"]).all()


def test_search_counts_from_arriving_and_registration_from_registering(
    done: Run, tables: dict[str, pl.DataFrame]
) -> None:
    kinds = [one.kind for one in small_runs.assumptions().types]
    let = [row for row in year_of(done.lettings, 2).to_dicts() if kinds[row["type"]] == "regular"]
    row = tables["groups"].filter(year=2, grouping="kind", group="regular").row(0, named=True)
    searched = sorted(one["month"] - max(one["arrived"], 0) for one in let)
    registered = [one["month"] - one["registered"] // 32 for one in let]
    assert row["search_mean"] == pytest.approx(sum(searched) / len(searched))
    assert row["search_median"] == searched[len(searched) // 2] or len(searched) % 2 == 0
    assert row["registered_mean"] == pytest.approx(sum(registered) / len(registered))


def test_how_long_who_waits_is_registered_is_that_of_the_list(done: Run, setting: Setting) -> None:
    told = tables_of(done, setting)["groups"].filter(grouping="household_type", year=YEARS)
    months = 12 * YEARS - done.waiting.registered // 32
    assert told["on_list"].sum() == len(months)
    whole = (told["waiting_registered_mean"] * told["on_list"]).sum()
    assert whole == pytest.approx(float(months.sum()))
