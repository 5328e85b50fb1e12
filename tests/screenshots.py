"""Write a picture of every page, in both languages and two widths: ``python -m tests.screenshots``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from ongedeeld.web.site.preparing import Wanted, prepare
from ongedeeld.web.site.serving import serve
from tests.browser import browser

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "screenshots"
WIDTHS = {1280: 900, 390: 844}
LANGUAGES = ("nl", "en")


def main(names: list[str]) -> None:
    """All pages of the demo, or those of these names."""
    shutil.rmtree(FOLDER / "pages" if names else FOLDER, ignore_errors=True)
    wanted = Wanted(FOLDER / "data", port=0, demo=True, jobs=False)
    prepare(wanted)
    from ongedeeld.web.site.demo.filling import fill

    fill()
    serve(wanted, lambda address: _look_around(address, names), once=True)


def _look_around(address: str, names: list[str]) -> None:
    from tests.web.browser.pages import addresses

    pages = [one for one in addresses() if not names or one.name in names]
    with browser() as running:
        for language in LANGUAGES:
            for width in WIDTHS:
                windows = _Windows(running, address, language, width)
                for one in pages:
                    windows.picture(one)


if __name__ == "__main__":
    main(sys.argv[1:])
