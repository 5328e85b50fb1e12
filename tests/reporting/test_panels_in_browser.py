"""The pictures of mix, division and inclusion in a real browser: nothing runs off, and no words meet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reporting.cast import WALK

WIDTHS = (320, 390, 1280)
PAGES = ("index.html", f"{WALK}.html")
# Words of a drawing that lie over each other or beyond it, by more than a hair.
TROUBLE = """() => [...document.querySelectorAll('.tiles svg')].flatMap(svg => {
  if (!svg.checkVisibility()) return [];
  const frame = svg.getBoundingClientRect();
  const place = text => [text.textContent, text.getBoundingClientRect()];
  const words = [...svg.querySelectorAll('text')].map(place);
  const beyond = words.filter(([, box]) => box.left < frame.left - 2 || box.right > frame.right + 9);
  const meet = words.flatMap(([one, a], at) => words.slice(at + 1).filter(([, b]) =>
    a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 6 && b.top < a.bottom - 6
  ).map(([other]) => `${one} | ${other}`));
  return [...beyond.map(([text]) => `beyond: ${text}`), ...meet];
})"""
CONTRAST = """() => {
  const light = colour => { const [r, g, b] = colour.match(/\\d+/g).map(part => {
    const c = part / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  return [...document.querySelectorAll('.tiles svg text[text-anchor=middle]')]
    .filter(text => text.previousElementSibling?.tagName === 'rect').map(text => {
      const [one, two] = [text, text.previousElementSibling].map(part => light(getComputedStyle(part).fill));
      return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05); });
}"""


@pytest.fixture(scope="module")
def folder(large_atlas: Callable[[str, str], Path]) -> Path:
    return large_atlas("nl", "internal").parent


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_off_and_no_words_meet(running: Browser, folder: Path, width: int, name: str) -> None:
    page = running.new_page(viewport={"width": width, "height": 800})
    page.goto((folder / name).as_uri())
    assert page.evaluate(TROUBLE) == []
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_in_bars_can_be_read(running: Browser, folder: Path, scheme: str) -> None:
    page = running.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((folder / PAGES[1]).as_uri())
    contrasts = page.evaluate(CONTRAST)
    assert len(contrasts) > 20
    assert min(contrasts) >= 4.5
    page.close()


def test_tables_and_the_part_for_researchers_open_without_a_script(running: Browser, folder: Path) -> None:
    context = running.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    assert page.locator(".research table:visible").count() == 0
    page.locator(".research summary").first.click()
    assert page.locator(".research table:visible").count() > 0
    context.close()
