"""Windows of a browser in which people of the demo are signed in, and stay so."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from ongedeeld.web.accounts.models import Person


class Windows:
    """A window for everybody who looks at the workbench, and one for nobody.

    Parameters
    ----------
    browser, address
        What they look with, and where the workbench answers.
    width, height
        How large a window is, in pixels.
    locale
        The language of the browser; who is signed in reads in their own.
    """

    def __init__(self, browser: Browser, address: str, width: int, height: int, locale: str = "nl-NL") -> None:
        self._browser, self._address, self._locale = browser, address, locale
        self._size = {"width": width, "height": height}
        self._open: dict[Person | None, BrowserContext] = {}

    def page(self, person: Person | None) -> Page:
        """A new page in somebody's window."""
        if person not in self._open:
            self._open[person] = self._window(person)
        return self._open[person].new_page()

    def close(self) -> None:
        """All of them."""
        for window in self._open.values():
            window.close()

    def _window(self, person: Person | None) -> BrowserContext:
        window = self._browser.new_context(
            base_url=self._address,
            viewport=self._size,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale=self._locale,
        )
        if person is not None:
            window.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": self._address}])
        return window


def _session(person: Person) -> str:
    """The session of somebody who signed in a moment ago with a password."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 4e9, "email": person.email}]
    session.save()
    return str(session.session_key)
