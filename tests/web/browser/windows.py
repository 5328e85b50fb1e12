"""Windows of a browser in which people of the demo are signed in, and stay so."""

from __future__ import annotations

from time import time

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault import openings
from tests.web.browser.looking import AXE

PATIENCE = 120_000
"""In milliseconds: the first portrait of a new city takes its time on a machine that has more to do."""


class Windows:
    """A window for everybody who looks at the workbench, and a new one each time for nobody.

    Parameters
    ----------
    browser, address
        What they look with, and where the workbench answers.
    size
        How large a window is, in pixels.
    locale
        The language of the browser; who is signed in reads in their own.
    """

    def __init__(self, browser: Browser, address: str, size: ViewportSize, locale: str = "nl-NL") -> None:
        self._browser, self._address, self._size, self._locale = browser, address, size, locale
        self._open: dict[Person, BrowserContext] = {}
        self._strangers: list[BrowserContext] = []

    def page(self, person: Person | None) -> Page:
        """A new page in somebody's window."""
        if person is None:
            self._strangers.append(self._window(None))
            return self._strangers[-1].new_page()
        if person not in self._open:
            self._open[person] = self._window(person)
        return self._open[person].new_page()

    def close(self) -> None:
        """All of them."""
        for window in (*self._open.values(), *self._strangers):
            window.close()

    def _window(self, person: Person | None) -> BrowserContext:
        window = self._browser.new_context(
            base_url=self._address,
            viewport=self._size,
            reduced_motion="reduce",
            locale=self._locale,
        )
        window.set_default_navigation_timeout(PATIENCE)
        window.add_init_script(AXE)
        if person is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": self._address}
            window.add_cookies([cookie])  # type: ignore[list-item]
        return window


def open_map_in(page: Page, vault: Vault) -> None:
    """Let the map of a resident be open in the window of a page, as far as the workbench knows of it."""
    page.goto(reverse("door"))
    token = openings.begin(vault, elsewhere=True, now=timezone.now())
    page.context.add_cookies([{"name": openings.COOKIE, "value": token, "url": page.url}])


def _session(person: Person) -> str:
    """The session of somebody who a moment ago showed twice that it is them."""
    client = Client()
    client.force_login(person)
    session = client.session
    shown = {"method": "password", "at": time(), "email": person.email, "reauthenticated": True}
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return str(session.session_key)
