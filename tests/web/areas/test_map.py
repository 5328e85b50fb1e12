"""The map page: what it shows, to whom, and how its classes are made."""

from __future__ import annotations

import csv
import json
import math
import re
from io import StringIO

import polars as pl
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
from ongedeeld.web.areas import map_series
from ongedeeld.web.areas.map_figures import catalogue
from ongedeeld.web.areas.map_queries import asked_for, shown_to
from ongedeeld.web.areas.map_series import around_none, change_text
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current
from tests.web.areas.conftest import ELSEWHERE, HERE
from tests.web.areas.maps import CARDS, CHANGE, places, published, text, values
from tests.web.conftest import Hire, Visit

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
