"""The map as a file: what is in it is what the page shows, and no more than who saves it may see."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pyogrio
import pytest
from django.test import Client

from ongedeeld.city import City
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas import map_queries
from ongedeeld.web.areas.map_exports import Table, csv_of, xlsx_of
from ongedeeld.web.areas.places import as_counted
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current
from tests.web.areas.maps import CARDS, places, published


def test_a_csv_file_holds_the_table_and_says_that_the_city_is_invented(city: City, annas: Client) -> None:
    answer = annas.get("/kaart/kaart.csv", {"figuur": "residents"})
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["code"]: row["cijfer"] for row in rows} == {
        code: place["figure"] for code, place in places(annas, figuur="residents").items()
    }
    assert all("verzonnen" in row["over de cijfers"] for row in rows)
    assert 'filename="verzonnen-residents-buurt-2025-01-01.csv"' in answer.headers["Content-Disposition"]


def test_every_column_of_a_file_has_a_name_of_its_own_and_its_rows_stand_as_people_count(
    city: City, annas: Client
) -> None:
    answer = annas.get("/kaart/kaart.csv", CARDS).content.decode("utf-8-sig")
    header, *rows = csv.reader(StringIO(answer), delimiter=";")
    assert len(set(header)) == len(header)
    assert header[-2:] == ["over de cijfers", "voor wie"]
    names = [row[1] for row in rows]
    assert names == sorted(names, key=as_counted)
    assert as_counted("Walkwartier 2") < as_counted("Walkwartier 10")


def test_a_workbook_holds_numbers_as_numbers(city: City, annas: Client) -> None:
    answer = annas.get("/kaart/kaart.xlsx", {"figuur": "residents"})
    sheet = pl.read_excel(BytesIO(answer.content), read_options={"header_row": 2})
    known = published(city, "residents", "2025-01-01")
    assert dict(sheet.select("code", "als getal").iter_rows()) == {
        code: known.get(code) for code in places(annas)
    }


def test_a_geopackage_holds_the_shapes_with_their_figures(city: City, annas: Client, tmp_path: Path) -> None:
    file = tmp_path / "kaart.gpkg"
    file.write_bytes(annas.get("/kaart/kaart.gpkg", {"figuur": "residents"}).content)
    info = pyogrio.read_info(file)
    assert (info["crs"], info["features"]) == ("EPSG:28992", 6)
    with closing(sqlite3.connect(file)) as base:
        told = dict(base.execute("select code, number from map"))
    known = published(city, "residents", "2025-01-01")
    assert told == {code: known.get(code) for code in told}


def test_a_file_of_own_figures_is_of_the_places_in_reach_says_so_and_is_recorded(
    city: City, sannes: Client, number: str, far: str
) -> None:
    body = sannes.get("/kaart/kaart.csv", CARDS).content.decode("utf-8-sig")
    assert number in body
    assert far not in body
    assert "niet doorgeven" in body
    assert Entry.objects.get(kind="map").fields == ["complex", "export"]


def test_there_is_no_file_of_another_kind(city: City, annas: Client) -> None:
    assert annas.get("/kaart/kaart.exe").status_code == 404


def test_files_can_be_asked_so_often_and_not_more(city: City, annas: Client) -> None:
    answers = [annas.get("/kaart/kaart.csv").status_code for _ in range(32)]
    assert answers[:30] == [200] * 30
    assert answers[-1] == 429


def test_no_name_becomes_a_formula() -> None:
    table = Table("x", (), ("code", "plek"), (("'=1+1", "'@SUM(A1)"),))
    with ZipFile(BytesIO(xlsx_of(table))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert "\n=" not in csv_of(table, Speech("nl")).decode()


def test_a_place_with_a_dangerous_name_is_written_harmlessly(
    city: City, adviser: Person, annas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = current(adviser)
    assert opened
    areas = {code: {**row, "name": "=HYPERLINK(1)"} for code, row in opened.ground.areas.items()}
    monkeypatch.setattr(opened.ground, "areas", areas)
    map_queries._places.cache_clear()
    try:
        body = annas.get("/kaart/kaart.csv").content.decode()
    finally:
        map_queries._places.cache_clear()
    assert "'=HYPERLINK(1)" in body
    assert ";=HYPERLINK" not in body
