"""Everybody can read every page: with a screen reader, in the dark, on a small screen, in large letters."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import Address, addresses, guest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_everybody_can_read_it(address: Address, page_of: Opens) -> None:
    path = address.path()
    page = page_of(guest(address.role) if address.role else None)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in (200, 401)  # 401: signing in was broken off
    assert page.url.endswith(path), f"it leads on to {page.url}"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert complaints(page) == {}
