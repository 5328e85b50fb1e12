"""Write a picture of every page, in both languages and two widths: ``make screenshots``.

``python -m tests.screenshots map plan`` writes those of some pages only, by the names of their addresses;
``--help`` tells how to choose a folder, a language with a width, a smaller city, and the dark. With
``--readme`` it writes those of the README instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import FloatRect, Page, ViewportSize

from ongedeeld.web.site.preparing import Wanted, prepare
from ongedeeld.web.site.serving import serve
from tests.browser import browser

if TYPE_CHECKING:  # these ask for a workbench that was made ready
    from tests.web.browser.pages import Address
    from tests.web.browser.windows import Windows

FOLDER = Path(__file__).parents[1] / "screenshots"
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
HIGHEST = 8000  # a browser draws a higher picture wrongly
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
KINDS = {f"{language}-{size['width']}": (language, size) for language in LOCALES for size in SIZES}
DOCS = Path(__file__).parents[1] / "docs" / "assets"
COLOURS = 48  # enough for pages that have few, and a fifth of the bytes
OPEN_MAP = "own_map_open"
"""The map of the resident of the demo, open and filled; it has no address of its own."""


@dataclass(frozen=True)
class Asked:
    """What pictures are wanted.

    Parameters
    ----------
    names
        Of which pages; of all when it is empty.
    kinds
        In which languages and widths, such as nl-390.
    folder
        Where they go.
    colours
        Light or dark.
    """

    names: frozenset[str]
    kinds: tuple[str, ...]
    folder: Path
    colours: Literal["light", "dark"]

    def wants(self, name: str) -> bool:
        """Whether this page is to be pictured."""
        return not self.names or name in self.names


def main() -> None:
    """Serve the demo and look around in it."""
    told = _told()
    shutil.rmtree(told.folder / "demo", ignore_errors=True)
    wanted = Wanted(told.folder / "demo", port=0, demo=True, jobs=False)
    prepare(wanted)
    from ongedeeld.web.site.demo.filling import fill

    fill(told.scale)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of the browser has an event loop
    asked = Asked(
        frozenset(told.names), tuple(told.only or KINDS), told.folder, "dark" if told.dark else "light"
    )
    serve(wanted, _of_the_readme if told.readme else lambda address: _look_around(address, asked), once=True)


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="names of addresses; all when there is none")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--only", action="append", choices=tuple(KINDS), help="a language with a width")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the model city; 1 has 60,000 homes")
    parser.add_argument("--readme", action="store_true", help="those of the README, into docs/assets")
    parser.add_argument("--dark", action="store_true", help="as who chose dark colours sees it")
    return parser.parse_args()


def _look_around(address: str, asked: Asked) -> None:
    from ongedeeld.web.accounts.models import Person
    from tests.web.browser.pages import addresses
    from tests.web.browser.windows import Windows

    pages = [(one, one.path()) for one in addresses() if asked.wants(one.name)]
    with browser() as running:
        for kind in asked.kinds:
            language, size = KINDS[kind]
            Person.objects.update(language=language)
            windows = Windows(running, address, size, LOCALES[language])
            folder = asked.folder / kind
            folder.mkdir(parents=True, exist_ok=True)
            for name, page in _shown(windows, pages, asked):
                page.emulate_media(color_scheme=asked.colours, reduced_motion="reduce")
                _picture(page, folder / f"{name}.png")
            windows.close()
            print(folder)  # noqa: T201 - whoever ran it waits for this


def _shown(windows: Windows, pages: list[tuple[Address, str]], asked: Asked) -> Iterator[tuple[str, Page]]:
    """Every page, one after the other, and then each view of the map of the resident of the demo."""
    from tests.web.browser.pages import guest, the_vault
    from tests.web.browser.windows import open_map_in

    for one, path in pages:
        page = windows.page(guest(one.role) if one.role else None)
        if one.of_resident:
            open_map_in(page, the_vault())
        page.goto(path, wait_until="networkidle")
        yield one.name, page
        page.close()
    if asked.wants(OPEN_MAP):
        page = windows.page(None)
        yield from ((f"{OPEN_MAP}_{name}", page) for name in _views_of_the_map(page))
        page.close()


def _views_of_the_map(page: Page) -> Iterator[str]:
    from ongedeeld.web.residents.door_views import VIEWS
    from ongedeeld.web.site.demo.resident import CARD
    from tests.web.browser.maps import is_open, type_card

    page.goto("/mijn/")
    type_card(page, CARD.words.split())
    is_open(page)
    for name, _ in VIEWS:
        page.evaluate("name => { location.hash = name }", name)
        page.locator(f"[data-view={name}] h1").first.wait_for()
        page.wait_for_load_state("networkidle")
        yield name


def _picture(page: Page, path: Path) -> None:
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-state=drawn]")
        page.wait_for_timeout(500)  # until what was drawn is on the screen
    high: int = page.evaluate("document.documentElement.scrollHeight")
    part: FloatRect = {"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": min(high, HIGHEST)}
    page.screenshot(path=path, full_page=True, clip=part)


def _of_the_readme(address: str) -> None:
    """A neighbourhood at a desk, and a caretaker who tells on a phone what he saw."""
    from django.urls import reverse

    from ongedeeld.web.accounts.models import Person
    from ongedeeld.web.accounts.roles import Role
    from tests.web.browser.pages import guest, place_of_the_plan
    from tests.web.browser.windows import Windows

    Person.objects.update(language="en")
    with browser() as running:
        windows = Windows(running, address, {"width": 1180, "height": 1270}, LOCALES["en"])
        page = windows.page(guest(Role.AREA_MANAGER))
        page.goto(reverse("neighbourhood", args=[place_of_the_plan()]))
        _few_colours(page, DOCS / "workbench.png")
        windows.close()
        windows = Windows(running, address, {"width": 390, "height": 844}, LOCALES["en"])
        page = windows.page(guest(Role.CARETAKER))
        page.goto(reverse("new_signal"))
        page.check("[name=kind][value=public_space]")
        page.locator(".of.public_space .drawn input").first.check()
        page.locator("#id_facts").evaluate("one => one.scrollIntoView()")
        _few_colours(page, DOCS / "signal.png")
        windows.close()


def _few_colours(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
