"""A resident asks what is kept; the privacy officer answers, on a phone, from the letter to the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.signals.models import Signal
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, reported

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def address() -> Address:
    """The home about which something was reported."""
    signal = reported(Signal.Kind.CONCERN)
    there = Address.objects.filter(complex=signal.complex)
    return next(one for one in there if blind_home(home_of(one)) == signal.home)


def take_in(page: Page, address: Address) -> None:
    """Take a request in, with the home looked up half-way: what was typed before stays."""
    page.goto(reverse("new_request"))
    page.fill("[name=name]", "Bewoner")
    page.fill("[name=search]", str(address))
    page.click("[name=find]")
    assert page.input_value("[name=name]") == "Bewoner"
    page.check(f"[name=address][value='{address.pk}']")
    page.check("[name=right][value=access]")
    page.fill("[name=lived_from]", "2020-01-01")
    page.fill("[name=reach]", "per post")
    page.click("main form button:not([name])")


def test_a_resident_asks_and_gets_the_file(page_of: Opens, address: Address, tmp_path: Path) -> None:
    page = page_of(guest(Role.PRIVACY_OFFICER))
    page.set_viewport_size(PHONE)
    take_in(page, address)
    request = Request.objects.latest("id")
    assert page.url.endswith(reverse("request", args=[request.key]))
    page.check("[name=identity-identity][value=counter]")
    page.click("form[action$='/identiteit/'] button")
    while page.locator("form[action*='/gevonden/'].one-click").count():
        page.locator("form[action*='/gevonden/'].one-click button").first.click()
        page.wait_for_load_state()
    assert complaints(page) == {}
    page.set_viewport_size(PHONE)
    page.fill("[name=close-answer]", "Hierbij wat wij bewaren.")
    page.click("form[action$='/beantwoorden/'] button")
    request.refresh_from_db()
    assert request.outcome == "granted"
    assert complaints(page) == {}
    with page.expect_download() as file:
        page.click("a[href$='.json']")
    kept = tmp_path / "file.json"
    file.value.save_as(kept)
    told = json.loads(kept.read_text(encoding="utf-8"))
    assert "signals.signal" in {one["kind"] for one in told["found"]}
    assert told["request"]["answer"] == "Hierbij wat wij bewaren."
