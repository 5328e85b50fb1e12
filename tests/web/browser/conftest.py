"""One browser, one server and one demo for all tests of this folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.site.demo.filling import fill
from tests.browser import browser
from tests.web.browser.looking import DESK, Heard
from tests.web.browser.maps import PHONE, Device
from tests.web.browser.windows import Windows
from tests.web.emptying import unguarded

Opens = Callable[..., Page]


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo in a small model city, in the database of the tests until the last test of this folder."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser has an event loop
        fill(scale=0.1)
        yield
        with unguarded():
            call_command("flush", interactive=False, verbosity=0)


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
def running(server: str) -> Iterator[Browser]:
    """The browser; it ends before the server, which then has nobody left to answer."""
    with browser() as started:
        yield started
        connections.close_all()  # while its driver's event loop runs, Django keeps other ones for this thread


@pytest.fixture(scope="package")
def windows(running: Browser, server: str) -> Iterator[Windows]:
    """The windows of all who look."""
    opened = Windows(running, server, DESK)
    yield opened
    opened.close()


@pytest.fixture
def page_of(windows: Windows, server: str) -> Iterator[Opens]:
    """Open pages, closed after the test; none of them may complain, or ask anything of another host."""
    heard, pages = Heard(server), []

    def opened(person: Person | None, path: str = "") -> Page:
        page = windows.page(person)
        heard.listen(page)
        pages.append(page)
        if path:
            page.goto(path)
        return page

    yield opened
    for page in pages:
        page.close()
    assert heard.words == []


@pytest.fixture
def device(running: Browser, server: str) -> Iterator[Device]:
    """A device that kept nothing yet, at a page; none may complain, or ask anything of another host."""
    opened: list[BrowserContext] = []
    heard = Heard(server)

    def taken(path: str = "/mijn/", size: ViewportSize = PHONE) -> Page:
        context = running.new_context(base_url=server, viewport=size, reduced_motion="reduce", locale="nl-NL")
        opened.append(context)
        page = context.new_page()
        heard.listen(page)
        page.goto(path)
        return page

    Vault.objects.all().delete()
    yield taken
    for context in opened:
        context.close()
    refused = re.compile(r"status of 40[14]|ERR_INTERNET_DISCONNECTED")
    assert [words for words in heard.words if not refused.search(words)] == []
