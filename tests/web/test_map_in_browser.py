"""The map as a browser draws it: from a page, shapes and values alone, under the content security policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from tests.browser import browser
from tools.assets import ROOT

pytestmark = pytest.mark.one_database

HOST = "http://werkbank.invalid"
STATIC = ROOT / "src/ongedeeld/web/site/static"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
PAGE = """
{% extends "base.html" %}
{% import "parts/map.html" as map with context %}
{% import "parts/tables.html" as tables with context %}
{% block title %}Kaart{% endblock %}
{% block head %}{{ map.head() }}{% endblock %}
{% block main %}
<h1>Kaart</h1>
{{ map.patterns() }}{{ map.frame() }}{{ map.pointed() }}{{ map.find() }}
<div id="map-facts">{{ map.data(values) }}<div id="map-table">
{% call(place) tables.rows_of(values.caption, ("Buurt", "Cijfer", "Klasse"), values.places, numbers=(1,)) %}
<tr data-code="{{ place.code }}">{{ tables.head((place.name, place.address)) }}
{{ tables.cell("Cijfer", place.figure, true) }}
{{ tables.cell("Klasse", map.shade(place.style, place.words)) }}</tr>
{% endcall %}
</div></div>
{% endblock %}
"""


def _place(number: int, name: str, style: str, figure: str, words: str) -> dict[str, str]:
    code = f"BU{number}"
    told = {"name": name, "style": style, "figure": figure, "words": words}
    return {"code": code, "address": f"/buurten/{code}/", **told}


# Four squares in a row, from west to east, one of each kind of class.
PLACES = [
    _place(0, "Merelbuurt", "d0", "3,1", "ver onder gemiddeld"),
    _place(1, "Zwanenbuurt", "d6", "4,6", "ver boven gemiddeld"),
    _place(2, "Havenkwartier", "unknown", "niet bekend", "niet bekend"),
    _place(3, "Merelpark", "few", "te weinig woningen", "te weinig woningen"),
]
VALUES = {"caption": "Leefbaarheid, 2024", "shapes": "/kaart/vormen/", "places": PLACES}


def _square(number: int) -> dict[str, object]:
    west, south, side = 5.0 + 0.02 * number, 52.0, 0.02
    corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
    told = {name: PLACES[number][name] for name in ("code", "name")}
    return {
        "type": "Feature",
        "properties": told | {"middle": [west + side / 2, south + side / 2]},
        "geometry": {"type": "Polygon", "coordinates": [[[west + x, south + y] for x, y in corners]]},
    }


def _shapes() -> str:
    squares = [_square(number) for number in range(len(PLACES))]
    return json.dumps({"type": "FeatureCollection", "features": squares})


def _page() -> str:
    request = RequestFactory().get("/kaart/")
    request.user = AnonymousUser()
    with translation.override("nl"):
        text: str = engines["jinja2"].from_string(PAGE).render({"values": VALUES}, request)
    return text


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(running: Browser) -> Iterator[Page]:
    """The page, opened but not drawn yet, with everything that it complained of in `complaints`."""
    context = running.new_context(reduced_motion="reduce")
    text = _page()

    def answer(route: Route) -> None:
        path = re.sub(r"[?#].*", "", route.request.url.removeprefix(HOST))
        if path == "/kaart/":
            headers = {"content-security-policy": POLICY}
            route.fulfill(body=text, content_type="text/html", headers=headers)
        elif path == "/kaart/vormen/":
            route.fulfill(body=_shapes(), content_type="application/geo+json")
        elif path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(body="<p>", content_type="text/html")

    context.route(re.compile(".*"), answer)
    yield context.new_page()
    context.close()


def _open(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("console", lambda message: asked.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url) if HOST not in request.url else None)
    page.goto(f"{HOST}/kaart/")
    page.wait_for_selector("#map[data-state]")
    return asked


def test_it_is_drawn_under_the_policy_and_asks_nothing_of_another_host(page: Page) -> None:
    assert _open(page) == []
    assert page.get_attribute("#map", "data-state") == "drawn"
    assert Axe().run(page).violations_count == 0


def test_the_arrow_keys_walk_over_it_and_the_panel_tells_what_the_table_tells(page: Page) -> None:
    _open(page)
    page.focus("#map canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    told = page.inner_text("#map-pointed")
    row = page.inner_text("#map-table tr[data-code=BU1]")
    for words in ("Zwanenbuurt", "4,6", "ver boven gemiddeld"):
        assert words in told
        assert words in row
    assert page.url.endswith("#BU1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{HOST}/buurten/BU1/")


def test_a_shared_link_opens_with_its_place_chosen(page: Page) -> None:
    page.goto(f"{HOST}/kaart/#BU3")
    page.wait_for_selector("#map[data-state=drawn]")
    assert "Merelpark" in page.inner_text("#map-pointed")


def test_a_search_leaves_the_same_places_in_table_and_count(page: Page) -> None:
    _open(page)
    page.fill("#map-find", "merel")
    names = page.locator("#map-table tbody tr:visible th").all_inner_texts()
    assert names == ["Merelbuurt", "Merelpark"]
    assert re.search(r"\b2\b.*\b4\b", page.inner_text("#map-found"))


def test_without_webgl_it_says_that_the_table_tells_the_same(page: Page) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    _open(page)
    assert page.get_attribute("#map", "data-state") == "failed"
    assert page.inner_text("#map") == page.get_attribute("#map", "data-without")
    assert not page.is_visible("#map-find")
    assert page.is_visible("#map-table")


def test_values_that_come_later_are_drawn_and_told(page: Page) -> None:
    _open(page)
    page.focus("#map canvas")
    page.keyboard.press("ArrowRight")
    later = VALUES | {"places": [PLACES[0] | {"figure": "3,9"}, *PLACES[1:]]}
    page.evaluate(
        """values => {
            document.getElementById("map-values").textContent = values;
            document.dispatchEvent(new Event("htmx:after:swap"));
        }""",
        json.dumps(later),
    )
    page.wait_for_function("document.getElementById('map-pointed').textContent.includes('3,9')")
