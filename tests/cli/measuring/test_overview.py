"""`measure` prints the overview of a City, and says what it rests on and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ongedeeld import City
from ongedeeld.measures.inclusion import answers_of_residents
from ongedeeld.measures.overview import overview
from ongedeeld.measures.undividedness.undivided import undivided
from tests.cli.measuring.printed import Run, data, figures_of
from tests.small_city import small_city


def test_measure_prints_the_overview(run: Run, voorbeeldstad: Path, tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    code, text = run("measure", voorbeeldstad, "--draws", 19, "--json", "--csv", table, "--for-team")
    assert code == 0
    printed = data(text)
    expected = overview(City.open(voorbeeldstad), date.today(), draws=19)
    assert printed["invented"]
    assert len(printed["figures"]) == expected.table.height
    values = [row["value"] for row in printed["figures"]]
    assert values == pytest.approx(expected.table["value"].to_list(), nan_ok=True)
    assert pl.read_csv(table).height == expected.table.height
    by_scale = undivided(City.open(voorbeeldstad), "age", "district", draws=19).results[0].value
    [row] = [row for row in printed["figures"] if (row["subject"], row["scale"]) == ("age", "district")]
    assert row["value"] == pytest.approx(by_scale)


def test_measure_speaks_both_languages(run: Run, voorbeeldstad: Path) -> None:
    english = run("--lang", "en", "measure", voorbeeldstad, "--draws", 19)[1]
    dutch = run("--lang", "nl", "measure", voorbeeldstad, "--draws", 19)[1]
    assert "distance to pharmacy" in english
    assert "afstand tot apotheek" in dutch
    assert "feels at home" in english
    assert "voelt zich thuis" in dutch


def test_a_city_without_figures_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    city = small_city()
    City.of({"areas": city.table("areas")}, city.manifest).save(tmp_path / "bare")
    code, text = run("--lang", "en", "measure", tmp_path / "bare")
    assert code == 0
    assert "What this City does not tell:" in text
    assert "this City has no figures on tenure of homes by neighbourhood" in text
    assert "build it with the key figures of CBS (KWB)" in text
    code, text = run("--lang", "en", "undivided", tmp_path / "bare", "--group", "tenure")
    assert code == 2
    assert "share_association" in text


def test_measure_says_how_many_are_counted_and_left_out(run: Run, voorbeeldstad: Path) -> None:
    figures = overview(City.open(voorbeeldstad), date.today(), draws=0).table.to_dicts()
    by = {(row["subject"], row["scale"]): row for row in figures}
    complexes, entrances = by["tenant_age", "complex"], by["tenant_age", "entrance"]
    assert complexes["people"] > entrances["people"]
    assert entrances["people"] + entrances["left_out"] == complexes["people"] + complexes["left_out"]
    assert by["tenure", "district"]["left_out"] is None
    text = " ".join(run("--lang", "en", "measure", voorbeeldstad, "--draws", 0)[1].split())
    assert f"{entrances['people']:,} of {entrances['people'] + entrances['left_out']:,}" in text
    assert "figures of one group at two scales may then be of different tenants" in text


def test_measure_gives_the_same_answer_for_the_same_day(run: Run, voorbeeldstad: Path) -> None:
    words = ("--lang", "en", "measure", voorbeeldstad, "--draws", 0, "--day", "2026-03-01")
    assert data(run(*words, "--json")[1])["day"] == "2026-03-01"
    assert "Rule values are those of 2026-03-01." in run(*words)[1]
    assert figures_of(run, *words[3:])["room", "types_without_home"]["period"] == "2026-03-01"


def test_a_day_without_rule_values_says_that_there_is_no_room_to_tell(run: Run, voorbeeldstad: Path) -> None:
    printed = data(run("measure", voorbeeldstad, "--draws", 0, "--day", "2035-01-01", "--json")[1])
    assert not [row for row in printed["figures"] if row["measure"] == "room"]
    assert any("2035-01-01" in said for said in printed["missing"])


def test_figures_of_the_region_rest_on_all_answers_together(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    city = City.open(voorbeeldstad)
    table = tmp_path / "figures.csv"
    found = figures_of(run, voorbeeldstad, "--day", "2026-03-01", "--csv", table)
    last = city.table("surveys").filter(pl.col("period").dt.year() == 2025)
    for question in ("clean", "safe"):
        asked = last.filter(pl.col("question") == question)
        row = found["answers_of_residents", question]
        mean = np.average(asked["mean"].to_numpy(), weights=asked["answers"].to_numpy())
        assert row["value"] == pytest.approx(mean)
        assert row["people"] == sum(asked["answers"])
        assert row["low"] < mean < row["high"]
    asked = last.filter(pl.col("question") == "volunteers")
    row = found["taking_part", "volunteers"]
    assert row["value"] == pytest.approx(sum(asked["answered_yes"]) / sum(asked["answers"]))
    seen = city.table("inspections").filter(
        pl.col("period").dt.year() == 2025, pl.col("by") == "staff", pl.col("level") == "complex"
    )
    row = found["inspections", "clean:staff:complex"]
    assert row["value"] == pytest.approx(seen["clean"].mean())
    assert row["people"] == seen["clean"].count()
    written = pl.read_csv(table).filter(pl.col("subject") == "volunteers")
    assert written["people"].item() == sum(asked["answers"])


def test_a_region_of_one_neighbourhood_is_measured_as_that_neighbourhood(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    city = City.open(voorbeeldstad)
    inside = city.table("complexes").filter(pl.col("area") == "BU99990101")["complex"]
    surveys = city.table("surveys").filter(pl.col("unit").is_in(inside.to_list()))
    one = City.of({name: city.table(name) for name in city.tables()} | {"surveys": surveys}, city.manifest)
    one.save(tmp_path / "one")
    found = figures_of(run, tmp_path / "one", "--day", "2026-03-01")
    for row in answers_of_residents(one, ["clean", "safe"]).table.to_dicts():
        of_region = found["answers_of_residents", row["question"]]
        assert row["area"] == "BU99990101"
        for name in ("value", "low", "high"):
            assert of_region[name] == pytest.approx(row[name])
