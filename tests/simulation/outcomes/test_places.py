"""Tables of places: homes, lettings and households, counted again by hand."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.measures.undividedness import dissimilarity
from ongedeeld.simulation.outcomes.tables import LEVELS, TABLES
from ongedeeld.simulation.recording import Run
from tests.simulation.outcomes.cast import YEARS, year_of


def test_every_table_has_its_columns_and_each_key_once(tables: dict[str, pl.DataFrame]) -> None:
    for name, table in TABLES.items():
        assert tables[name].columns == [*table.key, *table.measures], name
        assert not tables[name].select(table.key).is_duplicated().any(), name


def test_lettings_and_homes_add_up_over_the_places_of_every_level(tables: dict[str, pl.DataFrame]) -> None:
    summed = (
        "homes",
        "lettings",
        "let_regular",
        "let_mediated",
        "let_internal",
        "vacated",
        "support",
        "sold",
    )
    totals = tables["places"].group_by("year", "level").agg(pl.col(*summed).sum()).sort("year", "level")
    for (_,), rows in totals.group_by("year"):
        assert len(rows) == len(LEVELS)
        assert rows.select(summed).n_unique() == 1


def test_places_tell_the_lettings_of_the_run(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    whole = tables["places"].filter(level="all")
    for year in range(1, YEARS + 1):
        let, row = year_of(done.lettings, year), whole.filter(year=year).row(0, named=True)
        assert row["lettings"] == len(let)
        assert row["let_mediated"] == (let["route"] == "mediated").sum()
        gone = year_of(done.happened, year).filter(pl.col("what").is_in(["left", "evicted"]))
        assert row["vacated"] == len(gone) + (let["from_home"] >= 0).sum()


def test_turnover_is_of_the_mean_of_homes_at_both_ends(tables: dict[str, pl.DataFrame]) -> None:
    first, second = (tables["places"].filter(level="all", year=year).row(0, named=True) for year in (1, 2))
    assert second["turnover"] == pytest.approx(2 * second["vacated"] / (first["homes"] + second["homes"]))


def test_length_of_residence_is_that_of_who_lives_there(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    at = done.homes_at[2]
    stays = [24 - int(since) for since, lives in zip(at.since, at.type_ >= 0, strict=True) if lives]
    row = tables["places"].filter(level="all", year=2).row(0, named=True)
    assert row["residence_years"] == pytest.approx(sum(stays) / len(stays) / 12)


def test_declined_offers_are_known_of_neighbourhoods_and_not_of_complexes(
    done: Run, tables: dict[str, pl.DataFrame]
) -> None:
    places = tables["places"]
    assert places.filter(level="complex")["declined"].null_count() == len(places.filter(level="complex"))
    assert places.filter(level="all")["declined"].sum() == done.declined["offers"].sum()
    reasons = [f"declined_{one}" for one in ("surroundings", "home", "rent", "other")]
    whole = places.filter(level="neighbourhood").select("declined", *reasons)
    assert (whole["declined"] == whole.drop("declined").sum_horizontal()).all()


def test_households_of_every_grouping_are_all_households(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    told = tables["households"].group_by("year", "level", "grouping").agg(pl.col("households").sum())
    for year in range(1, YEARS + 1):
        here = int((done.homes_at[year].type_ >= 0).sum())
        assert set(told.filter(year=year)["households"]) == {here}


def test_the_mix_is_the_index_of_the_households_counted(tables: dict[str, pl.DataFrame]) -> None:
    held = tables["households"].filter(year=3, level="neighbourhood", grouping="age_class")
    wide = held.pivot("group", index="unit", values="households").drop("unit")
    row = tables["mix"].filter(year=3, level="neighbourhood", grouping="age_class").row(0, named=True)
    assert row["dissimilarity"] == pytest.approx(dissimilarity(wide, draws=0).value)
    assert row["households"] == held["households"].sum()
    assert row["dissimilarity_by_chance"] > 0


def test_moves_hold_every_letting_of_a_small_city(done: Run, tables: dict[str, pl.DataFrame]) -> None:
    moves = tables["moves"]
    assert len(moves) == len(done.lettings)
    assert moves["seeker"].equals(done.lettings["seeker"])
    assert moves["from_area"].is_null().equals((done.lettings["from_home"] < 0).rename("from_area"))
