"""The map in the machine's Chromium, with WebGL in software and the content security policy of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from tests.browser import browser
from tests.web.conftest import Hire

pytestmark = pytest.mark.one_database

Open = Callable[..., Page]
DRAWN = '#map[data-state="drawn"]'


@pytest.fixture
def reader(hire: Hire) -> Person:
    return hire(Role.POLICY_ADVISER, name="Anna Bos")


@pytest.fixture
def opened(
    transactional_db: None,
    live_server: LiveServer,
    city: City,
    reader: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """A page of the map in a browser in which somebody is signed in; no error on it goes unseen."""
    # Playwright keeps an event loop, and Django takes that for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    wrong: list[str] = []
    with browser() as running:

        def opening(address: str = "/kaart/", *, script: bool = True) -> Page:
            context = running.new_context(
                viewport={"width": 1280, "height": 900}, java_script_enabled=script, locale="nl-NL"
            )
            context.add_cookies([cookie])  # type: ignore[list-item]
            page = context.new_page()
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(live_server.url + address)
            return page

        yield opening
    assert wrong == []


def test_the_map_is_drawn_and_walked_by_keyboard(opened: Open) -> None:
    page = opened()
    expect(page.locator(DRAWN)).to_be_visible(timeout=20_000)
    page.locator("#map canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#map-pointed .value")).to_be_visible()
    chosen = page.evaluate("location.hash").lstrip("#")
    assert chosen.startswith("BU")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/buurten/{chosen}/")


def test_another_figure_is_shown_without_loading_the_page_and_stands_in_the_address(opened: Open) -> None:
    page = opened()
    expect(page.locator(DRAWN)).to_be_visible(timeout=20_000)
    page.evaluate("window.same = true")
    page.locator("#map-figure").select_option("residents")
    expect(page.locator("#map-facts h2")).to_contain_text("Inwoners")
    page.locator("#map-vergelijk").select_option("2016-01-01")
    expect(page.locator("#map-facts h2")).to_contain_text("2016")
    assert page.evaluate("window.same") is True
    assert "figuur=residents" in page.url
    assert "vergelijk=2016-01-01" in page.url


def test_without_script_the_map_is_a_drawing_and_the_form_works(opened: Open) -> None:
    page = opened(script=False)
    assert page.locator("svg.map path").count() == 6
    page.locator("#map-figure").select_option("residents")
    page.locator(".map-choices button").click()
    assert page.locator("#map-table tr[data-code]").count() == 6
    assert "figuur=residents" in page.url


def test_axe_finds_nothing_wrong_with_the_map(opened: Open) -> None:
    for address in ("/kaart/", "/kaart/?figuur=card_load&niveau=complex"):
        page = opened(address)
        expect(page.locator(DRAWN)).to_be_visible(timeout=20_000)
        assert Axe().run(page).response["violations"] == []
