"""Pages in states that a walk over their addresses does not meet: mistakes, nothing found, refused."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from ongedeeld.web.accounts.roles import Role
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, largest_complex, place_of_the_plan

pytestmark = pytest.mark.django_db(transaction=True)


def _send_empty(page: Page, path: str) -> None:
    """Send a form in which nothing was filled in."""
    page.goto(path)
    page.locator("main form.form button.main").first.click()
    page.wait_for_selector("main [role=alert]")


@pytest.mark.parametrize("name", ["overrule", "inspect"])
def test_a_form_on_a_complex_tells_what_is_missing(name: str, page_of: Opens) -> None:
    page = page_of(guest(Role.AREA_MANAGER))
    _send_empty(page, reverse(name, args=[largest_complex()]))
    first = page.locator("main [role=alert] a").first
    first.click()
    assert page.evaluate("document.querySelector(location.hash) !== null"), "it leads to no field"
    assert complaints(page) == {}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("account_login", None),
        ("bring_in", Role.DATA_MANAGER),
        ("invite", Role.MANAGER),
        ("give_api_token", Role.MANAGER),
    ],
)
def test_a_form_tells_what_is_missing(name: str, role: Role | None, page_of: Opens) -> None:
    page = page_of(guest(role) if role else None)
    _send_empty(page, reverse(name))
    assert complaints(page) == {}


def test_the_form_of_a_plan_tells_what_is_missing(page_of: Opens) -> None:
    page = page_of(guest(Role.AREA_MANAGER))
    _send_empty(page, f"{reverse('new_plan')}?plek={place_of_the_plan()}")
    assert complaints(page) == {}


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/adressen/?zoek=nergens+1", Role.AREA_MANAGER),
        ("/adressen/?zoek=straat", Role.DATA_MANAGER),
        ("/onderbouwing/?zoek=nergens", Role.AREA_MANAGER),
        ("/plannen/?stand=closed", Role.AREA_MANAGER),
        ("/toezicht/logboek/?thing=nergens", Role.PRIVACY_OFFICER),
        ("/toezicht/rechten/?action=plans.write_plan", Role.PRIVACY_OFFICER),
        ("/", Role.DIRECTOR),
        ("/", Role.PARTNER),
    ],
)
def test_what_a_question_finds_can_be_read_and_so_can_nothing(path: str, role: Role, page_of: Opens) -> None:
    page = page_of(guest(role), path)
    assert complaints(page) == {}


@pytest.mark.parametrize("path", ["/nergens/", "/mensen/"])
def test_what_is_not_there_and_what_is_not_open_is_told_in_full(path: str, page_of: Opens) -> None:
    page = page_of(guest(Role.CARETAKER), path)
    assert page.locator("main h1").count() == 1
    assert complaints(page) == {}


def test_a_message_and_an_opened_menu_can_be_read(page_of: Opens) -> None:
    page = page_of(guest(Role.AREA_MANAGER), reverse("neighbourhood", args=[place_of_the_plan()]))
    page.locator("main form[action*='/volgen/'] button").click()
    page.wait_for_selector(".messages")
    page.locator("header summary").click()
    assert page.locator("header .menu ul").is_visible()
    assert complaints(page) == {}
