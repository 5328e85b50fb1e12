"""`undivided` prints what the functions answer, in both languages, and refuses by name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ongedeeld import City
from ongedeeld.measures.undividedness import decompose_change, decompose_levels, dissimilarity
from ongedeeld.measures.undividedness.group_sets import GROUP_SETS
from ongedeeld.measures.undividedness.groups import counts_by_group
from tests.cli.measuring.printed import Run, data
from tests.small_city import NEIGHBOURHOODS, areas, small_city

# Homes of the association and the others in the four neighbourhoods of Vogelstad: shares times homes.
ASSOCIATION = [[600, 400], [200, 300], [150, 600], [120, 280]]


def test_undivided_prints_what_the_functions_answer(run: Run, vogelstad: Path) -> None:
    code, text = run("undivided", vogelstad, "--group", "tenure:association", "--draws", 99, "--json")
    assert code == 0
    printed = data(text)
    counts = counts_by_group(City.open(vogelstad), GROUP_SETS["tenure"], "neighbourhood").counts
    expected = dissimilarity(counts, "association", draws=99)
    first = printed["indices"][0]
    assert first["index"] == "dissimilarity"
    assert first["value"] == pytest.approx(dissimilarity(ASSOCIATION, 0, draws=0).value)
    assert first["adjusted"] == pytest.approx(expected.adjusted)
    assert (first["low"], first["high"]) == pytest.approx(expected.interval)
    assert first["p_value"] == expected.p_value
    assert printed["counts"] == {"association": 1070, "private_rent": 570, "owner_occupied": 1010}


def test_it_splits_division_over_scales_and_change_over_causes(run: Run, vogelstad: Path) -> None:
    printed = data(run("undivided", vogelstad, "--group", "tenure:association", "--draws", 99, "--json")[1])
    levels = decompose_levels(ASSOCIATION, {"district": ["w", "w", "e", "e"]}, 0, draws=99)
    assert [row["value"] for row in printed["levels"]] == pytest.approx(levels.table["value"].to_list())
    before = [[500, 500], [250, 250], [300, 450], [200, 200]]
    assert printed["since"] == "2019-01-01"
    change = {row["part"]: row["value"] for row in printed["change"]}
    expected = decompose_change(before, ASSOCIATION, 0, draws=0)
    assert change["after"] - change["before"] == pytest.approx(expected.change)
    for part, value in expected.parts.select("part", "value").iter_rows():
        assert change[part] == pytest.approx(value)
    assert sum(row["contribution"] for row in printed["areas"]) == pytest.approx(levels.total)


def test_a_person_reads_the_same_numbers_in_either_language(run: Run, vogelstad: Path) -> None:
    value = dissimilarity(ASSOCIATION, 0, draws=99).value
    words = ("undivided", vogelstad, "--group", "tenure:association", "--draws", 99, "--areas")
    english, dutch = run("--lang", "en", *words)[1], run("--lang", "nl", *words)[1]
    assert f"{value:.3f}" in english
    assert f"{value:.3f}".replace(".", ",") in dutch
    assert "Merelbuurt" in english
    assert "Everything in this City is invented." in english
    assert "Alles in deze stad is verzonnen." in dutch
    assert english.index("Theil's H") < english.index("For researchers") < english.index("Gini")


def test_origin_is_for_areas_only(run: Run, voorbeeldstad: Path) -> None:
    code, text = run("--lang", "en", "undivided", voorbeeldstad, "--group", "origin", "--scale", "complex")
    assert code == 2
    assert "origin is not known by complex" in text
    assert "tenant_age, household_size, route" in text


def test_strange_groups_are_refused_with_those_that_are_known(run: Run, vogelstad: Path) -> None:
    code, text = run("--lang", "en", "undivided", vogelstad, "--group", "shoe_size")
    assert code == 2
    assert "there are no groups shoe_size" in text
    assert all(name in text for name in GROUP_SETS)
    code, text = run("--lang", "en", "undivided", vogelstad, "--group", "tenure:squatted")
    assert code == 2
    assert "one of: association, private_rent, owner_occupied" in text


def test_a_year_without_figures_is_refused_with_those_that_have_them(run: Run, vogelstad: Path) -> None:
    code, text = run("--lang", "en", "undivided", vogelstad, "--group", "tenure", "--year", "2021")
    assert code == 2
    assert "one of: 2019-01-01, 2023-01-01" in text
    code, text = run("undivided", vogelstad, "--group", "tenure", "--since", "2023", "--lang", "en")
    assert code == 2
    assert "2023-01-01 is not before 2023-01-01" in text


def test_a_drawn_stock_does_not_tell_of_complexes(run: Run, voorbeeldstad: Path, tmp_path: Path) -> None:
    city = City.open(voorbeeldstad)
    drawn = replace(city, manifest=replace(city.manifest, stock="drawn"))
    drawn.save(tmp_path / "drawn")
    code, text = run("--lang", "en", "undivided", tmp_path / "drawn", "--group", "tenant_age")
    assert code == 2
    assert "who lives in which complex or entrance cannot be told from a stock drawn" in text


def test_areas_without_a_figure_are_left_out_and_said(run: Run, tmp_path: Path) -> None:
    small_city(share_association=(0.6, None, 0.2, 0.3)).save(tmp_path / "city")
    printed = data(run("undivided", tmp_path / "city", "--group", "tenure", "--draws", 19, "--json")[1])
    assert printed["indices"][0]["areas"] == 3
    assert "Areas left out, as a figure that is needed is missing there: 1." in printed["notes"]


def test_tenants_are_counted_where_they_live_on_the_last_day(voorbeeldstad: Path) -> None:
    city = City.open(voorbeeldstad)
    counts = counts_by_group(city, GROUP_SETS["household_size"], "complex")
    running = city.table("tenancies").filter(
        pl.col("end").is_null() | (pl.col("end") >= counts.period), pl.col("start") <= counts.period
    )
    homes = city.table("dwellings").select("dwelling", "complex")
    inside = running.join(homes.drop_nulls(), on="dwelling").drop_nulls("household_size")
    assert counts.table["one_person"].sum() == (inside["household_size"] == 1).sum()
    assert int(counts.table.drop("unit").sum_horizontal().sum()) == inside.height
    assert counts.parents.columns == ["district", "neighbourhood"]


def test_a_file_that_cannot_be_written_is_a_clear_error(run: Run, vogelstad: Path, tmp_path: Path) -> None:
    words = ("--lang", "en", "undivided", vogelstad, "--group", "tenure", "--draws", 0)
    code, text = run(*words, "--csv", tmp_path / "absent" / "out.csv")
    assert code == 2
    assert "out.csv cannot be written" in text
    code, _ = run(*words, "--areas", "--csv", tmp_path / "out.csv")
    assert code == 0
    assert "contribution" in pl.read_csv(tmp_path / "out.csv").columns


def test_a_profile_leaves_out_areas_without_a_place_and_keeps_the_rest(run: Run, tmp_path: Path) -> None:
    def told(missing: list[str]) -> City:
        boundary = pl.when(pl.col("name").is_in(missing)).then(None).otherwise("geometry")
        return small_city({"areas": areas().with_columns(geometry=boundary)})

    told(["Rozenbuurt"]).save(tmp_path / "some")
    words = ("--lang", "en", "undivided", tmp_path / "some", "--group", "tenure", "--draws", 19)
    code, text = run(*words, "--profile", "distance", "--scales", "600")
    assert code == 0
    assert "How divided own surroundings are" in text
    assert "do not tell where they lie" not in text
    assert "this City does not tell where they lie: 1, counted 400 (Rozenbuurt)." in text
    told([name for name, *_ in NEIGHBOURHOODS.values()]).save(tmp_path / "none")
    words = ("--lang", "en", "undivided", tmp_path / "none", "--group", "tenure", "--draws", 19)
    code, text = run(*words, "--profile", "distance")
    assert code == 0
    assert "How divided" in text
    assert "The profile of own surroundings is left out." in text
    assert "build the City with --boundaries" in text
    code, text = run(*words, "--profile", "distance", "--csv", tmp_path / "profile.csv")
    assert code == 2
    assert not (tmp_path / "profile.csv").exists()


def test_the_lowest_p_value_that_draws_allow_is_an_upper_limit(run: Run, vogelstad: Path) -> None:
    words = ("undivided", vogelstad, "--group", "tenure:association", "--draws", 99)
    text = run("--lang", "en", *words)[1]
    assert "\N{LESS-THAN OR EQUAL TO}\N{NO-BREAK SPACE}0.010" in text
    assert " 0.010" not in text


def test_a_change_reads_as_a_change(run: Run, vogelstad: Path) -> None:
    text = run("--lang", "en", "undivided", vogelstad, "--group", "tenure:association", "--draws", 99)[1]
    before = dissimilarity([[500, 500], [250, 250], [300, 450], [200, 200]], 0, draws=0).value or 0.0
    after = dissimilarity(ASSOCIATION, 0, draws=0).value or 0.0
    assert f"Since 2019 dissimilarity changed by +{after - before:.3f}; adjusted for chance by" in text


def test_notes_say_first_what_must_be_known_and_each_once(run: Run, voorbeeldstad: Path) -> None:
    words = ("undivided", voorbeeldstad, "--group", "tenant_age", "--scale", "entrance", "--draws", 19)
    text = run("--lang", "en", *words, "--profile", "distance")[1]
    essential, method = text.split("How these figures were made:")
    assert "Tenancies left out, as their age class or their entrance is not known:" in essential
    assert "Null of the value by chance" in method
    lines = [line.strip() for line in text.splitlines() if line.startswith(("- ", "  The ", "  Null"))]
    assert len(lines) == len(set(lines))


def test_dutch_notes_have_no_english_codes_or_decimal_points(run: Run, voorbeeldstad: Path) -> None:
    words = ("undivided", voorbeeldstad, "--group", "household_size", "--scale", "entrance", "--draws", 19)
    text = run("--lang", "nl", *words)[1]
    notes = text[text.index("- ") :]
    assert "entrance" not in notes
    assert "household_size" not in notes
    assert not re.search(r"\d\.\d{1,2}\b(?!\d)", notes)
