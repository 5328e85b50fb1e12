from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pyogrio
import pytest
import shapely
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ongedeeld.city import City
from ongedeeld.reporting import fewest
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas import map_queries, map_series
from ongedeeld.web.areas.map_exports import Table, csv_of, xlsx_of
from ongedeeld.web.areas.map_figures import catalogue
from ongedeeld.web.areas.map_queries import asked_for, shown_to
from ongedeeld.web.areas.map_series import around_none, change_text
from ongedeeld.web.areas.places import as_counted
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current
from tests.web.areas.conftest import ELSEWHERE, HERE
from tests.web.conftest import Hire, Visit

CHANGE = {"figuur": "residents", "periode": "2020-01-01", "vergelijk": "2016-01-01"}
CARDS = {"figuur": "card_nuisance", "niveau": "complex"}


def text(client: Client, **query: str) -> str:
    page = client.get("/kaart/", query)
    assert page.status_code == 200
    return page.content.decode()


def values(client: Client, **query: str) -> dict[str, Any]:
    """What the page hands to the map in the browser."""
    found = re.search(r'id="map-values">(.*?)</script>', text(client, **query), re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def places(client: Client, **query: str) -> dict[str, dict[str, str]]:
    return {place["code"]: place for place in values(client, **query)["places"]}


def published(city: City, name: str, day: str) -> dict[str, float]:
    rows = city.table("indicators").filter(
        (pl.col("indicator") == name) & (pl.col("period") == date.fromisoformat(day))
    )
    return dict(rows.drop_nulls("value").select("area", "value").iter_rows())


@pytest.fixture
def adviser(hire: Hire) -> Person:
    """Somebody of the office, who sees the whole city."""
    return hire(Role.POLICY_ADVISER, name="Anna Bos")


@pytest.fixture
def annas(visit: Visit, adviser: Person) -> Client:
    return visit(adviser)


# What is shown


def test_it_opens_with_the_livability_of_neighbourhoods_in_words_and_classes(
    city: City, annas: Client
) -> None:
    shown = values(annas)
    assert shown["caption"] == "Leefbaarheid, score (Leefbaarometer 3.0), 2024"
    assert {place["style"] for place in shown["places"]} <= {f"d{n}" for n in range(7)} | {"unknown", "few"}
    assert all(place["words"] and place["figure"] for place in shown["places"])


def test_the_table_and_the_map_tell_the_same(city: City, annas: Client) -> None:
    page = text(annas, figuur="residents")
    for code, place in places(annas, figuur="residents").items():
        row = page.split(f'<tr data-code="{code}">')[1].split("</tr>")[0]
        assert place["figure"] in row
        assert place["words"] in row
        assert place["name"] in row


def test_a_figure_is_that_of_its_period_and_level(city: City, annas: Client) -> None:
    known = published(city, "residents", "2018-01-01")
    shown = places(annas, figuur="residents", niveau="wijk", periode="2018-01-01")
    assert set(shown) == {code for code in known if code.startswith("WK")}
    assert all(place["figure"] == Speech("nl").number(known[code]) for code, place in shown.items())


def test_a_change_is_the_difference_of_two_periods(city: City, annas: Client) -> None:
    before, now = published(city, "residents", "2016-01-01"), published(city, "residents", "2020-01-01")
    shown = places(annas, **CHANGE)
    assert shown[HERE]["figure"] == Speech("nl").number(now[HERE] - before[HERE], signed=True)
    assert "verandering van 2016 tot 2020" in values(annas, **CHANGE)["caption"]
    assert all(place["style"][0] == "d" for place in shown.values() if place["figure"] != "niet bekend")


def test_what_an_address_asks_and_is_not_there_falls_back_to_what_is_usual(city: City, annas: Client) -> None:
    shown = values(annas, figuur="geen", niveau="straat", periode="gisteren", vergelijk="x", volgorde="<b>")
    assert shown == values(annas)


def test_the_address_shows_the_same_to_somebody_else(city: City, annas: Client, sannes: Client) -> None:
    link = re.search(r'href="/kaart/\?([^"#]*)">Link', text(annas, **CHANGE, volgorde="-waarde"))
    assert link
    address = "/kaart/?" + link.group(1).replace("&amp;", "&")
    assert sannes.get(address).content.decode().count("<tr data-code") == 6
    assert "verandering van 2016" in sannes.get(address).content.decode()


def test_the_table_is_put_in_order_by_a_link(city: City, annas: Client) -> None:
    known = published(city, "residents", "2025-01-01")
    expected = sorted((code for code in known if code.startswith("BU")), key=lambda code: -known[code])
    assert [*places(annas, figuur="residents", volgorde="-waarde")] == expected
    assert "volgorde=-waarde" in text(annas, figuur="residents")


def test_a_place_with_too_few_people_is_dotted_and_has_no_number(
    city: City, annas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = published(city, "residents", "2025-01-01")
    limit = people[HERE] + 1
    monkeypatch.setitem(fewest.FEWEST, "residents", limit)
    map_series._published.cache_clear()
    try:
        shown = places(annas, figuur="share_residents_0_14")
        page = text(annas, figuur="share_residents_0_14")
    finally:
        map_series._published.cache_clear()
    dotted = {code for code, place in shown.items() if place["style"] == "few"}
    assert HERE in dotted
    assert all(people.get(code, 0) < limit for code in dotted)
    assert shown[HERE]["figure"] == shown[HERE]["words"] == "te weinig om te vertellen"
    assert 'class="few"' in page


def test_without_script_there_is_a_drawing_of_the_same_classes(city: City, annas: Client) -> None:
    page = text(annas, figuur="residents")
    drawing = page.split("<noscript><svg")[1].split("</noscript>")[0]
    for place in places(annas, figuur="residents").values():
        assert f"<title>{place['name']}: {place['figure']} ({place['words']})</title>" in drawing
    assert drawing.count("<path") == 6


def test_how_mixed_a_neighbourhood_is_agrees_with_the_entropy_by_hand(city: City, annas: Client) -> None:
    shown = places(annas, figuur="mix_household")[HERE]
    names = ("households_one_person", "households_without_children", "households_with_children")
    counts = [published(city, name, "2025-01-01")[HERE] for name in names]
    entropy = -sum(n / sum(counts) * math.log(n / sum(counts)) for n in counts)
    assert shown["figure"] == Speech("nl").number(entropy, 2)


# Who sees what


def test_own_figures_are_told_where_rights_reach_and_nowhere_else(
    city: City, sannes: Client, number: str, far: str
) -> None:
    shown = places(sannes, **CARDS)
    assert number in shown
    assert far not in shown
    assert "liggen buiten uw gebieden" in text(sannes, **CARDS)
    assert ELSEWHERE not in places(sannes, figuur="pressure")


@pytest.mark.parametrize("role", [Role.PARTNER, Role.TENANTS, Role.MANAGER])
def test_who_is_not_of_the_team_or_office_sees_published_figures_without_an_order(
    city: City, hire: Hire, visit: Visit, role: Role
) -> None:
    client = visit(hire(role, [HERE]))
    page = text(client, figuur="card_nuisance", niveau="complex", volgorde="-waarde")
    assert 'value="card_' not in page
    assert 'value="pressure' not in page
    assert "laagste eerst" not in page
    assert [place["name"] for place in values(client)["places"]] == sorted(
        place["name"] for place in values(client)["places"]
    )


def test_looking_at_own_figures_is_in_the_record_and_at_published_ones_is_not(
    city: City, sannes: Client
) -> None:
    text(sannes)
    assert not Entry.objects.filter(kind="map").exists()
    text(sannes, **CARDS)
    entry = Entry.objects.get(kind="map")
    assert (entry.verb, entry.thing, entry.fields) == ("seen", "card_nuisance", ["complex"])


def test_before_there_is_a_city_the_page_tells_what_will_be_here(sannes: Client) -> None:
    assert "Er is nog niets om op een kaart te zetten" in text(sannes)


@pytest.mark.parametrize(("query", "queries"), [({}, 8), (CHANGE, 8), (CARDS, 10)])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    query: dict[str, str],
    queries: int,
    city: City,
    annas: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    text(annas, **query)
    with django_assert_max_num_queries(queries):
        text(annas, **query)


# Shapes


def test_shapes_may_be_kept_for_ever_and_are_not_sent_twice(city: City, annas: Client) -> None:
    address = values(annas)["shapes"]
    first = annas.get(address)
    assert first.headers["Content-Type"] == "application/geo+json"
    assert "immutable" in first.headers["Cache-Control"]
    again = annas.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    packed = annas.get(address, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(first.content)


def test_shapes_lie_where_the_areas_lie(city: City, annas: Client) -> None:
    told = json.loads(annas.get(values(annas)["shapes"]).content)
    codes = [feature["properties"]["code"] for feature in told["features"]]
    assert codes == sorted(places(annas))
    for feature in told["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.contains(shapely.Point(feature["properties"]["middle"]))
        assert shapely.box(3.3, 50.7, 7.3, 53.6).contains(shape)  # the Netherlands


def test_the_points_of_complexes_are_those_in_reach(
    city: City, sannes: Client, number: str, far: str
) -> None:
    answer = sannes.get(values(sannes, **CARDS)["shapes"])
    codes = {feature["properties"]["code"] for feature in json.loads(answer.content)["features"]}
    assert number in codes
    assert far not in codes
    assert "immutable" not in answer.headers["Cache-Control"]


def test_shapes_of_another_version_or_level_are_not_there(city: City, annas: Client) -> None:
    address = values(annas)["shapes"]
    assert annas.get(address.replace("buurt", "straat")).status_code == 404
    assert annas.get(address.replace("0001/", "0002/")).status_code == 404


# A part of the city


def test_a_district_leads_to_the_map_of_its_neighbourhoods(city: City, annas: Client) -> None:
    areas = city.table("areas")
    district = areas.filter(code=HERE)["parent"][0]
    page = annas.get(f"/buurten/{HERE}/").content.decode()
    assert f'href="/kaart/?niveau=buurt&amp;binnen={district}"' in page
    shown = places(annas, niveau="buurt", binnen=district)
    assert set(shown) == set(areas.filter(pl.col("parent") == district)["code"])
    assert set(shown) < set(places(annas, niveau="buurt"))
    assert "Laat de hele stad zien" in text(annas, niveau="buurt", binnen=district)


def test_a_part_of_the_city_stays_in_the_address_and_in_the_file(city: City, annas: Client) -> None:
    district = city.table("areas").filter(code=HERE)["parent"][0]
    page = text(annas, niveau="buurt", binnen=district)
    assert f'name="binnen" value="{district}"' in page
    answer = annas.get("/kaart/kaart.csv", {"niveau": "buurt", "binnen": district}).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(StringIO(answer), delimiter=";"))
    assert {row["code"] for row in rows} == set(places(annas, niveau="buurt", binnen=district))


@pytest.mark.parametrize("other", ["", "WK000000", HERE, "\x00"])
def test_what_is_no_part_of_the_city_shows_all_of_it(city: City, annas: Client, other: str) -> None:
    assert places(annas, niveau="buurt", binnen=other) == places(annas, niveau="buurt")


def test_outlines_of_neighbourhoods_lie_below_complexes(city: City, annas: Client) -> None:
    outlines = annas.get(values(annas, **CARDS)["ground"]).json()
    assert {one["geometry"]["type"] for one in outlines["features"]} <= {"Polygon", "MultiPolygon"}
    assert "ground" not in values(annas, figuur="residents")


def test_the_address_of_a_map_can_be_copied(city: City, annas: Client) -> None:
    assert 'data-copy="/kaart/?figuur=residents&amp;niveau=buurt' in text(annas, figuur="residents")


# Files


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
    with sqlite3.connect(file) as base:
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


# Classes of change


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_rise_is_never_in_a_class_of_falls(changes: list[float]) -> None:
    scale = around_none(changes, smallest=1.0)
    assert scale
    assert len(scale.styles) <= 7
    assert list(scale.breaks) == sorted(scale.breaks)
    for change in changes:
        middle = scale.place(change) - 3
        assert middle * change >= 0


def test_changes_that_are_written_the_same_stand_in_one_class(city: City, adviser: Person) -> None:
    opened = current(adviser)
    assert opened
    for name in ("livability3_score", "residents", "share_association"):
        asked = asked_for(
            adviser, opened, {"figuur": name, "periode": "2020-01-01", "vergelijk": "2016-01-01"}
        )
        assert asked
        rows = shown_to(adviser, opened, asked, Speech("nl")).rows
        classes = {row.figure: {other.words for other in rows if other.figure == row.figure} for row in rows}
        assert all(len(words) == 1 for words in classes.values())


def test_a_change_of_a_score_of_livability_is_told_in_tenths() -> None:
    assert change_text(0.1, "score", Speech("nl"), "livability3_score") == "+0,1"
    assert change_text(0.1, "score", Speech("nl"), "socio_economic_score") == "+0,10"


def test_where_nothing_changed_there_is_one_class() -> None:
    scale = around_none([0.0, 0.0], 0.01)
    assert scale
    assert scale.styles == ("d3",)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.031, "share", "+3 procentpunt"), (-150_00, "cents", "−€\xa0150"), (12, "count", "+12")],
)
def test_a_change_is_written_with_its_sign_and_shares_in_points(value: float, unit: str, words: str) -> None:
    assert change_text(value, unit, Speech("nl")) == words


def test_everything_that_can_be_chosen_can_be_shown(city: City, adviser: Person) -> None:
    opened = current(adviser)
    assert opened
    for figure in catalogue(opened).values():
        for level in figure.levels:
            asked = asked_for(adviser, opened, {"figuur": figure.name, "niveau": str(level)})
            assert asked
            assert (asked.figure.name, asked.level) == (figure.name, level)
            shown = shown_to(adviser, opened, asked, Speech("en"))
            assert len(shown.legend) <= 9
            assert all(row.words for row in shown.rows)
