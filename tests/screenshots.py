"""Write a picture of every page, in both languages and two widths: ``make screenshots``.

``python -m tests.screenshots map plan`` writes those of some pages only, by the names of their addresses. What
the demo keeps stays in screenshots/demo, so that the next pictures come sooner.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ongedeeld.web.site.preparing import Wanted, prepare
from ongedeeld.web.site.serving import serve
from tests.browser import browser

FOLDER = Path(__file__).parents[1] / "screenshots"
SIZES = ((1280, 900), (390, 844))
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def main(names: list[str]) -> None:
    """Serve the demo and look around in it."""
    wanted = Wanted(FOLDER / "demo", port=0, demo=True, jobs=False)
    prepare(wanted)
    from ongedeeld.web.site.demo.filling import fill

    fill()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of the browser has an event loop
    serve(wanted, lambda address: _look_around(address, names), once=True)


def _look_around(address: str, names: list[str]) -> None:
    from ongedeeld.web.accounts.models import Person
    from tests.web.browser.pages import addresses, guest
    from tests.web.browser.windows import Windows

    pages = [one for one in addresses() if not names or one.name in names]
    with browser() as running:
        for language, locale in LOCALES.items():
            Person.objects.update(language=language)
            for width, height in SIZES:
                folder = FOLDER / f"{language}-{width}"
                folder.mkdir(parents=True, exist_ok=True)
                windows = Windows(running, address, width, height, locale)
                for one in pages:
                    page = windows.page(guest(one.role) if one.role else None)
                    page.goto(one.path(), wait_until="networkidle")
                    page.screenshot(path=folder / f"{one.name}.png", full_page=True)
                    page.close()
                windows.close()
                print(f"{folder}: {len(pages)}")  # noqa: T201 - whoever ran it waits for this


if __name__ == "__main__":
    main(sys.argv[1:])
