"""A portrait is one light page that everybody can read, save and find their way in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import polars as pl
import pytest

from ongedeeld.city import City, Remark
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.reporting import portrait, write_portrait
from ongedeeld.vocabulary import Language
from tests.real_cities import utrecht
from tests.reporting.cast import (
    MEREL,
    SOURCE,
    TULP,
    bare_city,
    full_city,
)
from tests.reporting.pages import page_of

ZAMBESIDREEF = "BU03440341"


def test_it_says_where_the_neighbourhood_lies() -> None:
    page = page_of(full_city(), MEREL)
    assert "Vogelstad › Vogelwijk › Merelbuurt" in page.words
    assert "<title>Merelbuurt, Vogelstad" in portrait(full_city(), MEREL)


@pytest.mark.parametrize(
    ("language", "residents", "value"), [("nl", "2.000", "€ 220.000"), ("en", "2,000", "€220,000")]
)
def test_numbers_are_written_as_in_that_language(language: Language, residents: str, value: str) -> None:
    words = page_of(full_city(), MEREL, language).words
    assert residents in words
    assert value in words


def test_a_chart_can_be_saved_by_itself_as_svg_and_its_table_as_csv() -> None:
    saved = [
        (attributes["download"], attributes["href"])
        for tag, attributes in page_of(full_city(), MEREL).elements
        if tag == "a" and "download" in attributes
    ]
    drawings = [unquote(address.partition(",")[2]) for name, address in saved if name.endswith(".svg")]
    assert drawings
    for drawing in drawings:
        assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314 - drawn just now
        assert "var(--" in drawing
        assert not re.findall(r"var\(--\w+\)", drawing)
    tables = {name: unquote(address.partition(",")[2]) for name, address in saved if name.endswith(".csv")}
    assert "Overlast en onveiligheid;−0,08" in tables["verzonnen-drivers.csv"]


@pytest.mark.parametrize("code", [ZAMBESIDREEF, "BU03440133"])
def test_it_is_one_light_file_that_asks_nothing_of_the_network(code: str) -> None:
    page = page_of(utrecht(), code)
    html = page.html
    assert page.asked_of_others() == []
    assert "@import" not in html
    assert "url(http" not in html
    assert "script" not in {tag for tag, _ in page.elements}
    assert len(html.encode()) < 300_000


def test_nothing_in_it_is_a_handler_or_a_style_of_an_element() -> None:
    page = page_of(full_city(), MEREL)
    names = {name for _, attributes in page.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_every_chart_has_words_for_who_does_not_see_it_and_a_table() -> None:
    page = page_of(full_city(), MEREL)
    drawings = [
        attributes for tag, attributes in page.elements if tag == "svg" and "aria-hidden" not in attributes
    ]
    assert drawings
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)
    figures = sum(tag == "figure" for tag, _ in page.elements)
    assert page.words.count("Als tabel") == figures


def test_a_hostile_name_is_only_text() -> None:
    name = "<script>alert(1)</script>\"'&"
    html = portrait(bare_city(name), "BU99990101")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html
    areas = (
        full_city()
        .table("areas")
        .with_columns(name=pl.when(pl.col("code") == MEREL).then(pl.lit(name)).otherwise("name"))
    )
    drawn = portrait(
        City.of({"areas": areas, "indicators": full_city().table("indicators")}, full_city().manifest), TULP
    )
    assert "<script>" not in drawn


def test_an_invented_city_says_so() -> None:
    assert (
        "Voorbeeldstad: elke plek, elke persoon en elk cijfer hier is verzonnen."
        in page_of(full_city(), MEREL).words
    )
    assert "verzonnen" not in page_of(utrecht(), ZAMBESIDREEF).words


def test_the_sources_stand_on_the_page_with_owner_licence_and_date() -> None:
    words = page_of(full_city(), MEREL).words
    assert "Cijfers van Vogelstad . de proefopstelling, CC0, 2023" in words


def test_remarks_name_figures_by_what_they_are_called() -> None:
    remark = Remark(SOURCE.key, "left out: {indicators}", {"indicators": "distance_gp; residents"})
    city = full_city()
    noted = City.of(
        {"areas": city.table("areas"), "indicators": city.table("indicators")},
        replace(city.manifest, remarks=(remark,)),
    )
    assert "left out: afstand tot huisartsenpraktijk; inwoners" in page_of(noted, MEREL).words


def test_every_section_is_reached_from_the_list_at_the_top() -> None:
    page = page_of(full_city(), MEREL)
    ids = set(page.attributes("id"))
    links = [address[1:] for address in page.attributes("href") if address.startswith("#")]
    assert {"map", "livability", "development", "people", "homes", "amenities", "safety"} <= set(links)
    assert set(links) <= ids


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(AbsentError, match="BU1 is not an area of this City"):
        portrait(full_city(), "BU1")


def test_a_district_has_no_portrait() -> None:
    with pytest.raises(AbsentError, match="WK999901 is not one"):
        portrait(full_city(), "WK999901")


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    written = write_portrait(full_city(), MEREL, tmp_path / "new" / "merel.html")
    assert written.read_text(encoding="utf-8") == portrait(full_city(), MEREL)
    (tmp_path / "file").write_text("here first")
    with pytest.raises(InputError, match="could not be written"):
        write_portrait(full_city(), MEREL, tmp_path / "file" / "merel.html")
    assert (tmp_path / "file").read_text() == "here first"


@pytest.mark.parametrize("parents", [("WK999901", "WK999901"), ("WK999902", "WK999901")])
def test_areas_that_lie_in_each_other_end_the_line(parents: tuple[str, str]) -> None:
    city = full_city()
    looped = city.table("areas").with_columns(
        parent=pl.col("code").replace_strict(
            dict(zip(("WK999901", "WK999902"), parents, strict=True)), default=pl.col("parent")
        )
    )
    city = City.of({"areas": looped, "indicators": city.table("indicators")}, city.manifest)
    assert "Vogelwijk › Merelbuurt" in page_of(city, MEREL).words


def test_an_area_that_lies_in_itself_has_a_portrait() -> None:
    areas = bare_city().table("areas").with_columns(parent=pl.lit("BU99990101"))
    assert "Kaalbuurt" in page_of(City.of({"areas": areas}, bare_city().manifest), "BU99990101").words
