"""Write a picture of every page, in both languages and two widths: ``make screenshots``.

``python -m tests.screenshots map plan`` writes those of some pages only, by the names of their addresses.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import FloatRect, Page, ViewportSize

from ongedeeld.web.site.preparing import Wanted, prepare
from ongedeeld.web.site.serving import serve
from tests.browser import browser

FOLDER = Path(__file__).parents[1] / "screenshots"
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
HIGHEST = 8000  # a browser draws a higher picture wrongly
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def main(names: list[str]) -> None:
    """Serve the demo and look around in it."""
    shutil.rmtree(FOLDER / "demo", ignore_errors=True)
    wanted = Wanted(FOLDER / "demo", port=0, demo=True, jobs=False)
    prepare(wanted)
    from ongedeeld.web.site.demo.filling import fill

    fill()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of the browser has an event loop
    serve(wanted, lambda address: _look_around(address, names), once=True)


def _look_around(address: str, names: list[str]) -> None:
    from ongedeeld.web.accounts.models import Person
    from tests.web.browser.pages import addresses, guest, the_vault
    from tests.web.browser.windows import Windows, open_map_in

    pages = [(one, one.path()) for one in addresses() if not names or one.name in names]
    with browser() as running:
        for language, locale in LOCALES.items():
            Person.objects.update(language=language)
            for size in SIZES:
                folder = FOLDER / f"{language}-{size['width']}"
                folder.mkdir(parents=True, exist_ok=True)
                windows = Windows(running, address, size, locale)
                for one, path in pages:
                    page = windows.page(guest(one.role) if one.role else None)
                    if one.of_resident:
                        open_map_in(page, the_vault())
                    page.goto(path, wait_until="networkidle")
                    _picture(page, folder / f"{one.name}.png")
                    page.close()
                windows.close()
                print(f"{folder}: {len(pages)}")  # noqa: T201 - whoever ran it waits for this


def _picture(page: Page, path: Path) -> None:
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-state=drawn]")
        page.wait_for_timeout(500)  # until what was drawn is on the screen
    high: int = page.evaluate("document.documentElement.scrollHeight")
    part: FloatRect = {"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": min(high, HIGHEST)}
    page.screenshot(path=path, full_page=True, clip=part)


if __name__ == "__main__":
    main(sys.argv[1:])
