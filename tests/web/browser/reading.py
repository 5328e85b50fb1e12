"""Whether everybody can read a page: with a screen reader, in the dark, small, in large letters."""

from __future__ import annotations

from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints, unfold
from tests.web.browser.pages import Address, addresses, guest
from tests.web.browser.windows import open_map_in
from tests.web.residents.device import new_vault

PARTS = 3
"""The pages are looked at in so many files, as every worker of the tests takes a file at a time."""


def part(number: int) -> list[Address]:
    """One part of all pages: every third, so that the parts take about as long."""
    return addresses()[number - 1 :: PARTS]


def name_of(address: Address) -> str:
    """What a page is called among the tests."""
    return address.name


def everybody_can_read(address: Address, page_of: Opens) -> None:
    """Open a page as somebody who may see it, and whatever is folded in it; nothing is wrong with it."""
    path = address.path()
    page = page_of(guest(address.role) if address.role else None)
    if address.of_resident:
        open_map_in(page, new_vault())
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 401)  # 401: signing in was broken off
    assert page.url.endswith(path), f"it leads on to {page.url}"
    assert "unsafe" not in answer.headers["content-security-policy"]
    unfold(page)
    assert complaints(page) == {}
