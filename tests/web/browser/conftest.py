"""One browser, one server and one demo for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.guarding import guard, unguard
from ongedeeld.web.site.demo.filling import fill
from tests.browser import browser
from tests.web.browser.looking import DESK, Heard

Opens = Callable[..., Page]


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo in a small model city, in the database of the tests until the last test of this folder."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser has an event loop
        fill(scale=0.1)
        yield
        unguard(connection)
        call_command("flush", interactive=False, verbosity=0)
        guard(connection)


@pytest.fixture
def _django_db_helper(demo: None) -> None:
    """In place of the one that empties the database after every test: here that is done after the last."""


@pytest.fixture(scope="package")
def server(demo: None) -> Iterator[str]:
    """Where the workbench answers."""
    # No limit of attempts: all who sign in here do so from one address.
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        running = LiveServer("localhost")
        yield running.url
        running.stop()


@pytest.fixture(scope="package")
def running() -> Iterator[Browser]:
    """The browser."""
    with browser() as started:
        yield started


@pytest.fixture(scope="package")
def contexts(running: Browser, server: str) -> Iterator[Callable[[Person | None], BrowserContext]]:
    """A window for everybody, in which they stay signed in; one for nobody."""
    opened: dict[Person | None, BrowserContext] = {}

    def window(person: Person | None) -> BrowserContext:
        if person not in opened:
            opened[person] = running.new_context(
                base_url=server, viewport=DESK, reduced_motion="reduce", locale="nl-NL"
            )
            if person is not None:
                opened[person].add_cookies([_session(person, server)])
        return opened[person]

    yield window
    for context in opened.values():
        context.close()


@pytest.fixture
def page_of(contexts: Callable[[Person | None], BrowserContext], server: str) -> Iterator[Opens]:
    """A page of somebody's, closed after the test; nothing in it may complain or ask anything of another host."""
    heard, pages = Heard(server), []

    def opened(person: Person | None, path: str = "") -> Page:
        page = contexts(person).new_page()
        heard.listen(page)
        pages.append(page)
        if path:
            page.goto(path)
        return page

    yield opened
    for page in pages:
        page.close()
    assert heard.words == []


def _session(person: Person, server: str) -> dict[str, str]:
    """The cookie of somebody who signed in a moment ago, with a password."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 4e9, "email": person.email}]
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": server}
