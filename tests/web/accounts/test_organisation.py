"""Signing in at the organisation itself, with OpenID Connect; the organisation is played here."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.adapters import OrganisationAdapter
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.roles import Role
from tests.web.conftest import Hire, Visit

ISSUER = "https://login.voorbeeld.invalid"
LOGIN = "/account/organisatie/oidc/organisatie/login/"
WELL_KNOWN = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


class Organisation:
    """What answers at the addresses of the organisation."""

    def __init__(self) -> None:
        self.claims: dict[str, object] = {}
        self.asked: dict[str, Any] = {}

    def answer(self, body: Mapping[str, object]) -> Any:
        head = {"content-type": "application/json"}
        return SimpleNamespace(status_code=200, headers=head, json=lambda: body, raise_for_status=dict)

    def get(self, address: str, **_: object) -> Any:
        return self.answer(self.claims if address.endswith("/userinfo") else WELL_KNOWN)

    def request(self, method: str, address: str, **asked: Any) -> Any:
        self.asked = {"method": method, "address": address, **asked}
        return self.answer({"access_token": "of-this-test", "token_type": "Bearer"})

    def __enter__(self) -> Organisation:
        return self

    def __exit__(self, *_: object) -> None:
        return None


@pytest.fixture
def organisation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """An installation that trusts this organisation."""
    (app,) = [
        {
            "provider_id": "organisatie",
            "name": "Woonstad Voorbeeld",
            "client_id": "ongedeeld",
            "secret": "geheim",
            "settings": {
                "server_url": ISSUER,
                "email_authentication": True,
                "verified_email": False,
                "oauth_pkce_enabled": True,
            },
        }
    ]
    settings.OIDC_ISSUER = ISSUER
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    played = Organisation()
    monkeypatch.setattr(OrganisationAdapter, "get_requests_session", lambda _: played)
    return played


def come_back(browser: Client, organisation: Organisation, **claims: object) -> str:
    """Go to the organisation and come back with what it tells; where that leads."""
    organisation.claims = {"sub": "42", "name": "Anna", "email_verified": True} | claims
    sent = urlsplit(browser.post(LOGIN).headers["Location"])
    asked = parse_qs(sent.query)
    assert f"{sent.scheme}://{sent.netloc}{sent.path}" == f"{ISSUER}/authorize"
    assert asked["code_challenge_method"] == ["S256"]
    answer = browser.get(f"{LOGIN}callback/", {"code": "1", "state": asked["state"][0]})
    return answer.headers.get("Location", answer.content.decode())


def test_who_was_invited_signs_in_at_the_organisation_with_the_same_address(
    city: City, hire: Hire, visit: Visit, organisation: Organisation
) -> None:
    anna, browser = hire(Role.CARETAKER, name="anna"), visit(None)
    assert "Woonstad Voorbeeld" in browser.get(reverse("account_login")).content.decode()
    assert come_back(browser, organisation, email=anna.email) == "/"
    assert browser.get("/").status_code == 200
    assert "code_verifier" in organisation.asked["data"]
    again = visit(None)  # from now on she is known there, whatever her address
    assert come_back(again, organisation, email="ander@voorbeeld.invalid") == "/"


def test_who_is_not_known_here_gets_no_account(city: City, visit: Visit, organisation: Organisation) -> None:
    page = come_back(visit(None), organisation, email="vreemd@voorbeeld.invalid")
    assert "<h1>" in page
    assert not Person.objects.exists()


def test_an_address_that_was_not_checked_opens_nobody_s_account(
    city: City, hire: Hire, visit: Visit, organisation: Organisation
) -> None:
    anna, browser = hire(Role.CARETAKER), visit(None)
    come_back(browser, organisation, email=anna.email, email_verified=False)
    assert browser.get("/").status_code == 302


def test_a_closed_account_stays_closed(
    city: City, hire: Hire, visit: Visit, organisation: Organisation
) -> None:
    anna, browser = hire(Role.CARETAKER), visit(None)
    Person.objects.update(is_active=False)
    come_back(browser, organisation, email=anna.email)
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("asked_there", [True, False])
def test_the_second_factor_of_the_organisation_counts_only_when_the_settings_say_so(
    city: City, hire: Hire, visit: Visit, organisation: Organisation, settings: Settings, asked_there: bool
) -> None:
    settings.SECOND_FACTOR_ROLES, settings.OIDC_SECOND_FACTOR = {Role.DIRECTOR}, asked_there
    anna = hire(Role.DIRECTOR)
    come_back(visit(None), organisation, email=anna.email)
    again = Person.objects.get(pk=anna.pk)
    assert not again.has_usable_password()  # nobody proved that the old one was of who reads this address
    assert bool(may(again, "areas.see_start")) is asked_there


def test_coming_back_without_having_gone_leads_to_an_explanation(
    city: City, visit: Visit, organisation: Organisation
) -> None:
    page = visit(None).get(f"{LOGIN}callback/", {"code": "1", "state": "verzonnen"})
    assert page.status_code in (200, 401)
    assert "<h1>" in page.content.decode()
