"""The commands that measure say what the functions answer, in both languages, and refuse by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from ongedeeld import City
from ongedeeld.measures.inclusion import answers_of_residents
from ongedeeld.measures.overview import overview
from ongedeeld.measures.undividedness import decompose_change, decompose_levels, dissimilarity
from ongedeeld.measures.undividedness.group_sets import GROUP_SETS
from ongedeeld.measures.undividedness.groups import counts_by_group
from ongedeeld.measures.undividedness.undivided import undivided
from ongedeeld.sources.model_city import model_city
from tests.small_city import NEIGHBOURHOODS, areas, small_city

Run = Callable[..., tuple[int, str]]
# Homes of the association and the others in the four neighbourhoods of Vogelstad: shares times homes.
ASSOCIATION = [[600, 400], [200, 300], [150, 600], [120, 280]]


@pytest.fixture(scope="session")
def vogelstad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured") / "vogelstad"
    earlier = small_city(share_association=(0.5, 0.5, 0.4, 0.5), share_private_rent=(0.3, 0.1, 0.0, 0.1))
    before = earlier.table("indicators").with_columns(period=pl.lit(date(2019, 1, 1)))
    now = small_city()
    tables = {"areas": now.table("areas"), "indicators": pl.concat([now.table("indicators"), before])}
    City.of(tables, now.manifest).save(folder)
    return folder


@pytest.fixture(scope="session")
def voorbeeldstad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured") / "voorbeeldstad"
    model_city(seed=1, scale=0.1).save(folder)
    return folder


def data(text: str) -> dict[str, Any]:
    """What was printed, as strict JSON."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    read = json.loads(text, parse_constant=refuse)
    assert isinstance(read, dict)
    return read


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


def figures_of(run: Run, *words: object) -> dict[tuple[str, str], dict[str, Any]]:
    """What `measure` says, by measure and subject."""
    code, text = run("--lang", "en", "measure", *words, "--draws", 0, "--json")
    assert code == 0, text
    return {(row["measure"], row["subject"]): row for row in data(text)["figures"]}


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


HOUSEHOLDS = "size,age,income,households,source,period,young_below\n"


def test_types_of_household_that_are_absent_do_not_count(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    file = tmp_path / "households.csv"
    kinds = [
        f"{size},{age},{income},{int(size == '5+')},CBS,2024-01-01,23"
        for size in ("1", "2", "3-4", "5+")
        for age in ("young", "adult", "elderly")
        for income in ("below_passend", "below_daeb", "middle", "above")
    ]
    file.write_text(HOUSEHOLDS + "\n".join(kinds))
    words = (voorbeeldstad, "--day", "2026-03-01")
    fewer = figures_of(run, *words, "--households", file)["room", "homes_for_nobody"]["value"]
    assert fewer > figures_of(run, *words)["room", "homes_for_nobody"]["value"]
    text = run("--lang", "en", "measure", *words, "--draws", 0, "--households", file)[1]
    assert "as published by CBS, 2024." in " ".join(text.split())


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1,adult,middle,8.000,CBS,2024-01-01,23", "row 2, column households, value '8.000'"),
        ("1,adult,rich,8000,CBS,2024-01-01,23", "column income holds 'rich'"),
        ("1,adult,middle,8000,CBS,2024,23", "column period, value '2024'"),
        ("1,adult,middle,8000,CBS,2024-02-31,23", "'2024-02-31' is not a day"),
        ("1,adult,middle,8000,,2024-01-01,23", "numbers of households need a source"),
        ("1,adult,middle,8,CBS,2024-01-01,23\n2,adult,middle,8,CBS,2024-01-01,21", "differ in young_below"),
    ],
)
def test_strange_households_are_refused_by_place(
    run: Run, voorbeeldstad: Path, tmp_path: Path, row: str, expected: str
) -> None:
    file = tmp_path / "households.csv"
    file.write_text(HOUSEHOLDS + row)
    code, text = run("--lang", "en", "measure", voorbeeldstad, "--households", file)
    assert code == 2
    assert "households.csv" in text
    assert expected in " ".join(text.split())


def grid(city: City) -> list[tuple[float, float, float, float]]:
    """Streets every 100 m over the whole of the City, in blocks."""
    doors = city.table("entrances").select("x_m", "y_m").drop_nulls().to_numpy()
    (west, south), (east, north) = doors.min(axis=0) // 100 * 100 - 1000, doors.max(axis=0) + 1000
    corners = [(x, y) for x in np.arange(west, east, 100) for y in np.arange(south, north, 100)]
    return [(x, y, x + dx, y + dy) for x, y in corners for dx, dy in ((100, 0), (0, 100))]


def test_along_a_network_fewer_homes_are_near_and_a_map_tells_the_same(
    run: Run, voorbeeldstad: Path, tmp_path: Path
) -> None:
    streets = grid(City.open(voorbeeldstad))
    paths, lines = tmp_path / "paths.csv", tmp_path / "paths.gpkg"
    columns = ["start_x_m", "start_y_m", "end_x_m", "end_y_m"]
    drawn = pl.DataFrame(streets, schema=columns, orient="row")
    drawn.with_columns(length_m=pl.lit(100.0)).write_csv(paths)
    shapes = shapely.to_wkb([shapely.LineString([street[:2], street[2:]]) for street in streets])
    about = {"geometry_type": "LineString", "crs": "EPSG:28992", "layer": "paths"}
    pyogrio.raw.write(lines, shapes, [], [], **about)
    words = (voorbeeldstad, "--day", "2026-03-01")
    straight = figures_of(run, *words)["homes_near", "supermarket"]["value"]
    along = figures_of(run, *words, "--network", paths)["homes_near", "supermarket"]["value"]
    assert 0 < along < straight
    mapped = figures_of(run, *words, "--network", lines)["homes_near", "supermarket"]["value"]
    assert mapped == pytest.approx(along)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("0,0,300,400,many", "row 2, column length_m, value 'many'"),
        ("0,0,300,400,100", "shorter than the straight line"),
    ],
)
def test_strange_paths_are_refused_by_place(
    run: Run, voorbeeldstad: Path, tmp_path: Path, row: str, expected: str
) -> None:
    file = tmp_path / "paths.csv"
    file.write_text(f"start_x_m,start_y_m,end_x_m,end_y_m,length_m\n{row}")
    code, text = run("--lang", "en", "measure", voorbeeldstad, "--network", file)
    assert code == 2
    assert "paths.csv" in text
    assert expected in " ".join(text.split())
