"""Every page, every role: what `permissions.csv` says is what happens.

A person reads the table; `yes` is open, `own` is open in one's own areas or for one's own work only, `no` is
refused with a reason, and `sign-in` leads to signing in, or to the door of a resident's map. `resident` has
no account: their map is open in this browser.

`queries` is how often a page asks the database, transactions counted, when the first of `COUNTED` who may see
it does so. It is the number on SQLite; `pytest tests/web/test_permissions_of_every_page.py --renew-queries`
writes it anew. That no number grows with what there is to show is held by `test_queries_of_full_pages`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.document_views import FORMATS
from ongedeeld.web.safeguards.keys import key_ring
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault, open_map
from tests.web.things import OWN_AREA, THINGS
from tests.web.things import Visit as Visitor

pytestmark = pytest.mark.one_database

TABLE = Path(__file__).with_name("permissions.csv")


def _read() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


ROWS = _read()
NOBODY, RESIDENT = "nobody", "resident"
ANSWERS = {"yes", "own", "no", "sign-in"}
COUNTED = (Role.AREA_MANAGER, *Role, RESIDENT, NOBODY)
"""Whose queries are counted: of the first who may see the page."""
BAD_INPUT = (400, 409, 422)


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses, with their name spaces; one without a name by its path."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        else:
            yield space + (pattern.name or f"(no name: {pattern.pattern})")


def _name(row: dict[str, str]) -> str:
    return f"{row['method']} {row['page']}"


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    pages, told = set(_names(get_resolver().url_patterns)), {row["page"] for row in ROWS}
    assert sorted(pages - told) == []
    assert sorted(told - pages) == []


def test_the_table_names_every_role_and_only_its_four_answers() -> None:
    assert len({_name(row) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert set(row) == {"page", "method", "what", "with", "queries", NOBODY, RESIDENT, *Role}
        assert {row[who] for who in (NOBODY, RESIDENT, *Role)} <= ANSWERS, _name(row)
        assert row["what"], _name(row)
        assert row[NOBODY] != "own", _name(row)


class Visited(NamedTuple):
    """What a page answers somebody, and what it asks of the database where that can be counted."""

    answer: str
    queries: list[str] | None


@pytest.fixture(scope="module")
def renews_queries(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether the numbers are to be written anew, which is done when all were counted."""
    renews = bool(request.config.getoption("--renew-queries"))
    yield renews
    if renews:
        told = {_name(row): row["queries"] for row in ROWS}
        rows = _read()
        with TABLE.open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(row | {"queries": told.get(_name(row), row["queries"])} for row in rows)


@pytest.fixture
def documents_of_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that hold nothing: what stands in them is tested with each, here who may have them."""
    for kind, form in FORMATS.items():
        monkeypatch.setitem(FORMATS, kind, form._replace(make=lambda _contents: b""))


@pytest.mark.usefixtures("documents_of_no_words")
@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_the_table_tells_who_may_open_the_page_and_what_that_asks_of_the_database(
    row: dict[str, str], city: City, hire: Hire, visit: Visit, renews_queries: bool
) -> None:
    key_ring()  # the first who seals makes the file of keys, which asks the database once
    visits = {NOBODY: _visited(row, visit(None), Visitor(city, hire, None))}
    cache.clear()
    vault = new_vault()
    visits[RESIDENT] = _visited(row, open_map(vault, visit), Visitor(city, hire, None, vault))
    for role in Role:
        cache.clear()  # limits are per address, and all of them visit from this one
        person = hire(role, [OWN_AREA], name=f"visitor as {role}")
        visits[str(role)] = _visited(row, visit(person), Visitor(city, hire, person))
    assert {who: one.answer for who, one in visits.items()} == {who: row[who] for who in visits}
    asked = next((visits[who].queries for who in COUNTED if visits[who].queries is not None), None)
    told = "" if asked is None else str(len(asked))
    if renews_queries:
        row["queries"] = told
    if connection.vendor == "sqlite":
        assert told == row["queries"], _grew(row, asked or [])


def _visited(row: dict[str, str], client: Client, visitor: Visitor) -> Visited:
    """What a page answers, first about what is one's own and then about what is not."""
    own, other = _addresses(row, visitor)
    first, queries = _counted(row, client, own)
    if own == other or first != "yes":
        return Visited(first, queries)
    return Visited("yes" if _asked(client, row["method"], other) == "yes" else "own", queries)


def _counted(row: dict[str, str], client: Client, address: str) -> tuple[str, list[str] | None]:
    """What a page answers, and what it asks of the database where it is read and open."""
    with CaptureQueriesContext(connection) as asked:
        answer = _asked(client, row["method"], address)
    seen = row["method"] == "GET" and answer == "yes"
    return answer, [query["sql"] for query in asked] if seen else None


def _grew(row: dict[str, str], asked: list[str]) -> str:
    """What whoever changed a page has to know."""
    often = [
        f"{times} times: {_shape(sql)}" for sql, times in Counter(map(_shape, asked)).items() if times > 1
    ]
    return (
        f"{_name(row)} asked {row['queries'] or 'nothing of'} the database, now {len(asked)}. Where that is "
        f"meant, write {len(asked)} in the column `queries` of {TABLE.name}, or let --renew-queries do it.\n"
    ) + "\n".join(often)


def _shape(sql: str) -> str:
    """A query without what it asks for."""
    return re.sub(r"'[^']*'|\b\d+\b", "…", sql)[:200]


def _addresses(row: dict[str, str], visitor: Visitor) -> tuple[str, str]:
    pairs = {}
    for part in row["with"].split():
        argument, thing = part.split("=")
        pairs[argument] = THINGS[thing](visitor)
    own, other = (
        reverse(row["page"], kwargs={argument: pair[at] for argument, pair in pairs.items()}) for at in (0, 1)
    )
    return own, other


def _asked(client: Client, method: str, address: str) -> str:
    known = settings.SESSION_COOKIE_NAME in client.cookies
    page = client.generic(method, address, content_type="application/x-www-form-urlencoded")
    assert isinstance(page, HttpResponse | StreamingHttpResponse)
    leads_to = page.headers.get("Location", "").split("?")[0]
    to_sign_in = leads_to == reverse("account_login")
    to_the_door = leads_to == reverse("door")
    for_a_machine = not page.headers.get("Content-Type", "").startswith("text/html")
    if (to_sign_in and not known) or to_the_door or (page.status_code == 401 and for_a_machine):
        return "sign-in"
    if page.status_code == 401:
        return "yes"
    if page.status_code < 400 or (page.status_code in BAD_INPUT and method != "GET"):
        return "yes"
    return "no" if page.status_code in (403, 404) else f"{page.status_code}"
