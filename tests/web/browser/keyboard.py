"""Work with the keyboard alone; where one is can be seen all the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

# Where the focus is, when that cannot be seen; after the last of a page it leaves the page for a moment.
UNSEEN = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return seen || at === document.body ? "" : at.outerHTML.slice(0, 120);
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until it is reached."""
    for _ in range(250):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def write(page: Page, wanted: str, words: str) -> None:
    """Go to a field and fill it in."""
    tab_to(page, wanted)
    page.keyboard.type(words)


def press(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page: Page, wanted: str, key: str = "Enter") -> None:
    """Go to a link or a button that leads to another page, and press it."""
    tab_to(page, wanted)
    press(page, key)


def sign_out(page: Page) -> None:
    """By the menu of one's account."""
    tab_to(page, "header summary")
    page.keyboard.press("Enter")
    follow(page, "header .menu button")
    assert page.url.endswith("/account/login/")
