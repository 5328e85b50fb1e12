"""A real browser: a passkey is made, and then opens the workbench alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from tests.browser import browser
from tests.web.conftest import Hire

pytestmark = pytest.mark.one_database

PASSWORD = "een zin die niemand raadt"  # noqa: S105 - of an invented person


@pytest.fixture
def anna(transactional_db: None, hire: Hire) -> Person:
    """A caretaker with a password."""
    person = hire(Role.CARETAKER, name="anna")
    person.language = "en"
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def page(anna: Person, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A browser with a passkey of its own, that tells what its console complains of."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser has an event loop
    with browser() as running:
        context = running.new_context(base_url=live_server.url, locale="en-GB")
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("console", lambda message: complaints.append(message.text))
        keys = context.new_cdp_session(opened)
        keys.send("WebAuthn.enable")
        keys.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield opened
        context.close()
    assert [words for words in complaints if "Content Security Policy" in words] == []


def test_a_passkey_is_added_and_opens_the_workbench_alone(anna: Person, page: Page) -> None:
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Email").fill(anna.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)  # once more, because this changes how one signs in
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "/account/" not in address)
    page.goto("/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "My account"
    assert "A second step is set up." in page.get_by_role("main").inner_text()
