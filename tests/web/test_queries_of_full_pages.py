"""However much there is to show: no page asks the database once for each row."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas import carrying
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault, open_map
from tests.web.test_permissions_of_every_page import (
    COUNTED,
    NOBODY,
    RESIDENT,
    ROWS,
    documents_of_no_words,  # noqa: F401 - a fixture
)
from tests.web.things import OWN_AREA, THINGS
from tests.web.things import Visit as Visitor
from tests.web.things_more import more_of_everything

pytestmark = pytest.mark.one_database

LATER = 2
"""How often there is more of everything before a page is asked again."""
MADE_UP = "passkey"
"""What is not made: a page that reads it would refuse it."""
READ = [row for row in ROWS if row["queries"] and MADE_UP not in row["with"]]


def _who(row: dict[str, str]) -> str:
    """Who asks for a page: the first of them who may."""
    return str(next(who for who in COUNTED if row[who] in ("yes", "own")))


@pytest.mark.usefixtures("documents_of_no_words")
@pytest.mark.parametrize("who", sorted({_who(row) for row in READ}))
def test_no_page_asks_more_of_the_database_where_there_is_more_to_show(
    who: str, city: City, hire: Hire, visit: Visit
) -> None:
    carrying._cards.cache_clear()  # cards that a test before this one left would make the first look cheaper
    carrying.ground_with.cache_clear()
    client, visitor = _begun(who, city, hire, visit)
    pages = {row["page"]: _address(row, visitor) for row in READ if _who(row) == who}
    more_of_everything(visitor)
    before = {page: _asked(client, address) for page, address in pages.items()}
    for _ in range(LATER):
        _one_of_each(visitor)
        more_of_everything(visitor)
    after = {page: _asked(client, address) for page, address in pages.items()}
    assert {page: (before[page], after[page]) for page in pages if after[page] > before[page]} == {}


def _begun(who: str, city: City, hire: Hire, visit: Visit) -> tuple[Client, Visitor]:
    """The browser of who asks, with one of each thing that is theirs and one that is not."""
    if who == RESIDENT:
        vault = new_vault("a" * 64)
        client, visitor = open_map(vault, visit), Visitor(city, hire, None, vault)
    elif who == NOBODY:
        client, visitor = visit(None), Visitor(city, hire, None)
    else:
        person = hire(Role(who), [OWN_AREA])
        client, visitor = visit(person), Visitor(city, hire, person)
    _one_of_each(visitor)
    return client, visitor


def _one_of_each(visitor: Visitor) -> None:
    for name, make in THINGS.items():
        if name != MADE_UP:
            make(visitor)


def _address(row: dict[str, str], visitor: Visitor) -> str:
    """A page about a thing of its own."""
    parts = (part.split("=") for part in row["with"].split())
    return reverse(row["page"], kwargs={argument: THINGS[thing](visitor)[0] for argument, thing in parts})


def _asked(client: Client, address: str) -> int:
    """How often a page asks the database."""
    cache.clear()  # limits are for who asks too often
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code < 400 or page.status_code == 401, address
    return len(asked)
