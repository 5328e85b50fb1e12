"""Everybody can read every page: the second third."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import Opens
from tests.web.browser.pages import Address
from tests.web.browser.reading import everybody_can_read, name_of, part

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", part(2), ids=name_of)
def test_everybody_can_read_it(address: Address, page_of: Opens) -> None:
    everybody_can_read(address, page_of)
