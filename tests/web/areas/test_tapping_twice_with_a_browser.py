"""A real browser: who taps twice while the answer is under way sends a form once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.areas.models import Note
from tests.browser import browser
from tests.web.areas.conftest import HERE
from tests.web.conftest import Visit

SENT_TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"


@pytest.fixture
def page(
    transactional_db: None,
    city: City,
    sanne: Person,
    visit: Visit,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """A browser in which the area manager is signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser has an event loop
    session = visit(sanne).cookies[settings.SESSION_COOKIE_NAME].value
    with browser() as running:
        context = running.new_context(base_url=live_server.url, locale="nl-NL")
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        yield context.new_page()
        context.close()


def test_a_note_that_is_sent_twice_at_once_stands_there_once(page: Page) -> None:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(f"/buurten/{HERE}/")
    form = page.locator("form", has=page.locator("textarea[name=text]"))
    form.locator("textarea").fill("Het plein is 's avonds vol.")
    form.evaluate(SENT_TWICE)
    page.get_by_text("Uw notitie staat op de pagina.").wait_for()
    assert len(posts) == 1
    assert Note.objects.count() == 1
    # While a browser runs its driver has an event loop, in which Django opens a connection of its own.
    connection.close()
