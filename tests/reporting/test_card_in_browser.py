"""The card in a real browser: nothing runs off, no words meet, and it prints on one sheet of A4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ongedeeld.reporting import write_card
from tests.reporting.cast import large_city
from tests.reporting.test_card import PLACE, VIEWS, all_cards
from tests.reporting.test_panels_in_browser import TROUBLE

WIDTHS = (320, 390, 768, 1280)
LIGHTS = """() => {
  const light = colour => { const [r, g, b] = colour.match(/\\d+/g).map(part => {
    const c = part / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('.card svg text')].map(text => {
    const ink = light(getComputedStyle(text).fill);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05); });
}"""


@pytest.fixture(scope="module", params=["nl", "en"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("card")
    (folder / "views.toml").write_text(VIEWS, encoding="utf-8")
    return write_card(
        large_city(), PLACE, folder / "card.html", language=request.param, views=folder / "views.toml"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_off_and_no_words_meet(running: Browser, file: Path, width: int) -> None:
    page = running.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate(TROUBLE.replace(".tiles svg", ".card svg")) == []
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_pictures_can_be_read(running: Browser, file: Path, scheme: str) -> None:
    page = running.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    contrasts = page.evaluate(LIGHTS)
    assert len(contrasts) > 20
    assert min(contrasts) >= 4.5
    page.close()


def test_it_prints_on_one_sheet_of_a4_with_every_figure(running: Browser, file: Path) -> None:
    page = running.new_page()
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.locator(".made tbody tr:not(.group):visible").count() == len(all_cards().card(PLACE).figures)
    page.close()


def test_tables_open_without_a_script(running: Browser, file: Path) -> None:
    context = running.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("figure table:visible").count() == 0
    page.locator("figure summary").first.click()
    assert page.locator("figure table:visible").count() == 1
    context.close()
