"""The atlas in a real browser, opened from disk: choose, search, sort, walk the map, follow to a portrait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ongedeeld.reporting import write_atlas
from tests.reporting.cast import MEREL, TULP, full_city

PHONES = (320, 390)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_atlas(full_city(), tmp_path_factory.mktemp("atlas"), language="en")


@pytest.fixture
def start(running: Browser, index: Path) -> Iterator[Page]:
    """The start page; at the end nothing went wrong on it, and nothing was asked of another host."""
    page = running.new_page(viewport={"width": 1280, "height": 900})
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            troubles.append(request.url) if not request.url.startswith(("file:", "data:")) else None
        ),
    )
    page.goto(index.as_uri())
    yield page
    page.close()
    assert not troubles


def names(page: Page) -> list[str]:
    """The neighbourhoods of the table that can be seen, from top to bottom."""
    return page.locator("#areas tbody tr:visible th").all_inner_texts()


def style_on_map(page: Page, code: str) -> str | None:
    return page.locator(f".map a[data-code={code}] path").get_attribute("class")


def test_a_figure_that_is_chosen_shows_on_map_legend_and_table(start: Page) -> None:
    start.get_by_label("Show on the map").select_option("share_association")
    row = start.locator(f"#areas tr[data-code={MEREL}]")
    assert row.locator("td.figure").inner_text() == "60%"
    assert start.locator("#caption").inner_text() == "Share of homes of associations, 2023"
    assert style_on_map(start, MEREL) == row.locator("rect").get_attribute("class")
    assert start.locator(f"#legend rect.{style_on_map(start, MEREL)}").count() == 1


def test_the_address_keeps_what_was_chosen(start: Page) -> None:
    start.get_by_label("Show on the map").select_option("residents")
    start.reload()
    assert start.locator("#caption").inner_text() == "Residents, 2023"


def test_a_search_leaves_what_matches_in_table_and_on_map(start: Page) -> None:
    start.get_by_label("Search a neighbourhood or district").fill("bloemw")
    assert names(start) == ["Rozenbuurt", "Tulpenbuurt"]
    assert start.get_by_role("status").inner_text() == "2 of 4 neighbourhoods"
    assert start.locator(".map a.is-dim").count() == 2


def test_the_table_is_sorted_by_keyboard_and_what_is_unknown_comes_last(start: Page) -> None:
    assert names(start) == ["Merelbuurt", "Rozenbuurt", "Spreeuwenbuurt", "Tulpenbuurt"]
    head = start.get_by_role("button", name="Figure")
    head.focus()
    start.keyboard.press("Enter")
    assert names(start) == ["Tulpenbuurt", "Spreeuwenbuurt", "Merelbuurt", "Rozenbuurt"]
    assert start.locator("th[data-sort=value]").get_attribute("aria-sort") == "descending"
    start.keyboard.press("Enter")
    assert names(start) == ["Merelbuurt", "Spreeuwenbuurt", "Tulpenbuurt", "Rozenbuurt"]
    assert start.locator("th[aria-sort]").count() == 1


def test_the_map_is_one_stop_of_the_keyboard_and_walked_by_arrows(start: Page) -> None:
    assert start.locator(".map a[tabindex='0']").count() == 1
    start.locator(".map a[tabindex='0']").focus()
    start.keyboard.press("ArrowRight")
    assert start.locator("#pointed .name").inner_text() == "Tulpenbuurt"
    start.keyboard.press("ArrowUp")
    assert start.locator("#pointed .name").inner_text() == "Rozenbuurt"
    assert start.locator("#pointed .value").inner_text() == "not known"
    assert start.locator(".map a[tabindex='0']").count() == 1


def test_pointing_tells_name_figure_and_period_and_leads_to_the_portrait(start: Page) -> None:
    start.locator(f".map a[data-code={TULP}]").hover()
    pointed = start.locator("#pointed")
    assert pointed.inner_text().split("\n")[0] == "Tulpenbuurt"
    assert "4.40" in pointed.inner_text()
    assert "2023" in pointed.inner_text()
    pointed.get_by_role("link", name="Read the portrait").click()
    assert start.get_by_role("heading", level=1).inner_text() == "Tulpenbuurt"
    start.get_by_role("link", name="Atlas of Vogelstad").click()
    assert start.get_by_role("heading", level=1).inner_text() == "Atlas of Vogelstad"


def test_a_portrait_is_reached_from_the_table_by_keyboard(start: Page) -> None:
    start.get_by_role("link", name="Merelbuurt", exact=True).focus()
    start.keyboard.press("Enter")
    assert start.get_by_role("heading", level=1).inner_text() == "Merelbuurt"
    start.get_by_text("Why do we say this?").focus()
    start.keyboard.press("Enter")
    assert start.get_by_text("The score is 4.10").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(start: Page) -> None:
    start.keyboard.press("Tab")
    assert start.evaluate("document.activeElement.className") == "skip"
    start.keyboard.press("Enter")
    assert start.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", PHONES)
@pytest.mark.parametrize("name", ["index.html", f"{MEREL}.html"])
def test_nothing_runs_off_a_phone(running: Browser, index: Path, width: int, name: str) -> None:
    page = running.new_page(viewport={"width": width, "height": 700})
    page.goto((index.parent / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_first_tap_tells_and_a_second_one_goes(running: Browser, index: Path) -> None:
    context = running.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(index.as_uri())
    place = page.locator(f".map a[data-code={TULP}]")
    place.tap()
    assert page.locator("#pointed .name").inner_text() == "Tulpenbuurt"
    place.tap()
    page.wait_for_url("**/*.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Tulpenbuurt"
    context.close()


def test_without_a_script_map_and_table_are_there_and_nothing_that_would_not_work(
    running: Browser, index: Path
) -> None:
    context = running.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.as_uri())
    assert names(page) == ["Merelbuurt", "Rozenbuurt", "Spreeuwenbuurt", "Tulpenbuurt"]
    assert page.locator("select:visible, input:visible, button:visible").count() == 0
    page.locator(f".map a[data-code={TULP}]").click()
    assert page.locator("h1").inner_text() == "Tulpenbuurt"
    context.close()


def test_the_public_table_has_no_button_to_sort_by_figure(running: Browser, tmp_path: Path) -> None:
    page = running.new_page()
    page.goto(write_atlas(full_city(), tmp_path, language="en", audience="public").as_uri())
    assert page.locator("#areas button").all_inner_texts() == ["Neighbourhood", "District"]
    page.close()
