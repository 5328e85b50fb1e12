"""The atlas: a page per neighbourhood, a start page with the same figures, a public one that ranks nobody."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.reporting import write_atlas, write_portrait
from tests.real_cities import districts, netherlands
from tests.reporting.cast import MEREL, ROZEN, SPREEUW, TULP, bare_city, full_city, told_city
from tests.reporting.reading import Page
from tests.small_city import NEIGHBOURHOODS


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_atlas(full_city(), tmp_path_factory.mktemp("atlas"), language="nl").parent


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    return write_atlas(full_city(), folder, language="en", audience="public").parent


def page(folder: Path, name: str = "index.html") -> Page:
    return Page((folder / name).read_text(encoding="utf-8"))


def script_data(folder: Path) -> dict[str, Any]:
    text = (folder / "index.html").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text.split('id="data">')[1].split("</script>")[0])
    return data


def test_it_holds_a_page_for_every_neighbourhood_and_what_they_share_once(atlas: Path) -> None:
    assert {file.stem for file in atlas.glob("BU*.html")} == set(NEIGHBOURHOODS)
    assert (atlas / "assets" / "fonts" / "OFL.txt").exists()
    assert {file.name for file in (atlas / "assets").iterdir()} == {"style.css", "atlas.js", "fonts"}


def test_every_address_on_every_page_leads_to_a_file_of_the_atlas(atlas: Path) -> None:
    for file in atlas.glob("*.html"):
        for tag, attributes in page(atlas, file.name).elements:
            address = attributes.get("href", attributes.get("src", "")).split("#")[0]
            if address and not address.startswith("data:"):
                assert (atlas / address).is_file(), f"{file.name}: <{tag}> {address}"


def test_the_style_sheet_leads_to_its_fonts_and_nowhere_else(atlas: Path) -> None:
    style = (atlas / "assets" / "style.css").read_text()
    addresses = [part.split(")")[0] for part in style.split("url(")[1:]]
    assert [address for address in addresses if address.startswith("fonts/")]
    assert all(address.startswith("#") or (atlas / "assets" / address).is_file() for address in addresses)


def test_the_table_tells_the_figures_of_the_city(atlas: Path) -> None:
    words = page(atlas).words
    assert "Merelbuurt Vogelwijk 4,10 onder gemiddeld" in words
    assert "Rozenbuurt Bloemwijk niet bekend niet bekend" in words


def test_what_the_script_shows_is_what_the_city_holds(atlas: Path) -> None:
    data = script_data(atlas)
    place = data["codes"].index(TULP)
    association = data["figures"]["share_association"]
    assert association["texts"][place] == "20%"
    assert association["values"][place] == 0.2
    rozen = data["codes"].index(ROZEN)
    assert data["figures"]["property_value"]["texts"][rozen] is None
    assert data["figures"]["property_value"]["styles"][rozen] == "unknown"


def test_origin_cannot_be_chosen(atlas: Path) -> None:
    assert not [name for name in script_data(atlas)["figures"] if "origin" in name or "background" in name]


def test_all_figures_can_be_saved_and_what_is_missing_is_empty(atlas: Path) -> None:
    text = (atlas / "figures.csv").read_text(encoding="utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
    assert rows[ROZEN]["Gemiddelde WOZ-waarde (€, 2023)"] == ""
    assert {row["verzonnen"] for row in rows.values()} == {"verzonnen"}


def test_a_saved_figure_is_that_of_the_page_with_its_unit_in_the_head(atlas: Path) -> None:
    text = (atlas / "figures.csv").read_text(encoding="utf-8-sig")
    merel = next(row for row in csv.DictReader(text.splitlines(), delimiter=";") if row["code"] == MEREL)
    assert merel["Aandeel woningen van corporaties (%, 2023)"] == "60"
    assert merel["Gemiddelde WOZ-waarde (€, 2023)"] == "220000"
    assert merel["Afstand tot huisartsenpraktijk (km, 2023)"] == "0,5"
    assert merel["Leefbaarheid, score (Leefbaarometer 3.0) (2023)"] == "4,1"
    assert merel["Inwoners (2023)"] == "2000"
    assert len(merel) == len(text.splitlines()[0].split(";"))


def test_a_public_atlas_tells_nothing_of_own_tables(tmp_path: Path) -> None:
    write_atlas(told_city(), tmp_path, audience="public")
    for file in tmp_path.glob("*.html"):
        words = page(tmp_path, file.name).words
        assert "Cijfers van Vogelstad" in words
        for secret in ("geheim.xlsx", "eigen woningen", "own records", "gaten", "corporatie."):
            assert secret not in words
        assert "Openbare uitgave: zonder rangorde." in words


def test_a_public_atlas_sorts_by_name_only(public: Path) -> None:
    sortable = page(public).attributes("data-sort")
    assert sortable == ["name", "district"]
    assert all("values" not in figure for figure in script_data(public)["figures"].values())


def test_a_public_atlas_ranks_nobody(public: Path) -> None:
    for file in public.glob("*.html"):
        words = page(public, file.name).words
        assert "Place among" not in words
        assert "Most alike" not in words
        assert "1 is the highest" not in words
    assert "Public edition: without ranking" in page(public).words


def test_it_speaks_the_language_that_was_asked(public: Path) -> None:
    assert ("html", {"lang": "en"}) in page(public).elements
    assert "Merelbuurt Vogelwijk 4.10 below average" in page(public).words


def test_every_page_says_that_the_city_is_invented(atlas: Path) -> None:
    assert all("verzonnen" in page(atlas, file.name).words for file in atlas.glob("*.html"))


def test_no_page_holds_a_handler_or_a_script_of_its_own(atlas: Path) -> None:
    for file in atlas.glob("*.html"):
        elements = page(atlas, file.name).elements
        assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
        scripts = [attributes for tag, attributes in elements if tag == "script"]
        assert all("src" in script or script["type"] == "application/json" for script in scripts)


def test_a_hostile_name_cannot_leave_its_place(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>"
    areas = (
        full_city()
        .table("areas")
        .with_columns(
            name=pl.when(pl.col("code").is_in([MEREL, "WK999901"])).then(pl.lit(hostile)).otherwise("name")
        )
    )
    city = City.of({"areas": areas, "indicators": full_city().table("indicators")}, full_city().manifest)
    write_atlas(city, tmp_path)
    for file in tmp_path.glob("*.html"):
        assert "<script>alert" not in file.read_text(encoding="utf-8")


def test_a_code_cannot_choose_where_its_page_lands(tmp_path: Path) -> None:
    areas = bare_city().table("areas").with_columns(pl.col("code").replace("BU99990101", "../../BU1"))
    city = City.of({"areas": areas}, bare_city().manifest)
    with pytest.raises(InputError, match=r"'\.\./\.\./BU1' is not the code of a neighbourhood"):
        write_atlas(city, tmp_path / "atlas")
    assert not (tmp_path / "atlas").exists()


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_atlas(full_city(), tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_city_of_which_nothing_is_known_has_an_atlas_that_teaches(tmp_path: Path) -> None:
    write_atlas(bare_city(), tmp_path)
    assert "--boundaries" in page(tmp_path).words
    assert "Kaalbuurt" in page(tmp_path).words


def test_a_whole_country_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="an atlas is of one municipality, and this City holds 342"):
        write_atlas(netherlands(), tmp_path / "atlas")
    assert not (tmp_path / "atlas").exists()


def test_a_city_of_districts_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="this City has no neighbourhoods"):
        write_atlas(districts(), tmp_path / "atlas")


@pytest.mark.parametrize("code", [MEREL, TULP])
def test_a_public_page_does_not_show_who_is_last_or_first(atlas: Path, public: Path, code: str) -> None:
    # Merelbuurt has the lowest score of the city (4.10) and Tulpenbuurt the highest (4.40).
    internal, told = (page(folder, f"{code}.html") for folder in (atlas, public))
    assert "laagste 4,10" in internal.words
    assert "hoogste 4,40" in internal.words
    assert "mini" in internal.attributes("class")
    for word in ("the lowest and the highest", "lowest 4.", "highest 4.", "each tick is a neighbourhood"):
        assert word not in told.words
    assert "strip.csv" not in told.attributes("download")
    assert "mini" not in told.attributes("class")
    assert ("4.40" if code == MEREL else "4.10") not in told.words.split()
    assert ("below average" if code == MEREL else "above average") in told.words


def without_spreeuwenbuurt() -> City:
    city = full_city()
    kept = {"areas": pl.col("code") != SPREEUW, "indicators": pl.col("area") != SPREEUW}
    return City.of({name: city.table(name).filter(rows) for name, rows in kept.items()}, city.manifest)


def test_a_newer_atlas_leaves_nothing_of_an_older_one(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    write_atlas(full_city(), folder)
    write_atlas(without_spreeuwenbuurt(), folder, audience="public")
    assert {file.stem for file in folder.glob("BU*.html")} == set(NEIGHBOURHOODS) - {SPREEUW}
    assert [file.name for file in tmp_path.iterdir()] == ["atlas"]


def test_a_run_that_is_stopped_leaves_the_older_atlas_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    write_atlas(full_city(), folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atlas(full_city(), folder, audience="public", progress=stop)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    assert [file.name for file in tmp_path.iterdir()] == ["atlas"]


def test_an_atlas_keeps_who_may_read_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    folder.mkdir(mode=0o700)
    write_atlas(bare_city(), folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_pages_are_not_written_among_the_files_of_a_city(tmp_path: Path) -> None:
    city = full_city().save(tmp_path / "city")
    before = sorted((tmp_path / "city").iterdir())
    with pytest.raises(InputError, match=r"city.*\n?.*this is not an atlas") as refused:
        write_atlas(city, tmp_path / "city")
    assert refused.value.expected
    assert refused.value.remedy
    assert sorted((tmp_path / "city").iterdir()) == before


@pytest.mark.parametrize("name", ["notes.txt", "about.html", "assets/logo.svg"])
def test_what_was_laid_in_an_atlas_is_not_lost(tmp_path: Path, name: str) -> None:
    write_atlas(bare_city(), tmp_path)
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match=f"{name}: this is not an atlas"):
        write_atlas(bare_city(), tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_portraits_in_a_folder_are_not_taken_for_an_atlas(tmp_path: Path) -> None:
    write_portrait(bare_city(), "BU99990101", tmp_path / "BU99990101.html")
    with pytest.raises(InputError, match="this is not an atlas"):
        write_atlas(bare_city(), tmp_path)


def test_a_file_is_not_replaced_by_an_atlas(tmp_path: Path) -> None:
    (tmp_path / "atlas").write_text("mine")
    with pytest.raises(InputError, match="this is not an atlas"):
        write_atlas(bare_city(), tmp_path / "atlas")
    assert (tmp_path / "atlas").read_text() == "mine"


def test_a_disk_that_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="the atlas could not be written"):
        write_atlas(bare_city(), tmp_path / "file" / "atlas")


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-cmd", "@cmd"])
def test_no_name_is_a_formula_in_a_saved_table(tmp_path: Path, name: str) -> None:
    write_atlas(bare_city(name), tmp_path)
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(text.splitlines(), delimiter=";"))["buurt"] == f"'{name}"
