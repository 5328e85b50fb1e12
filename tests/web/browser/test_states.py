"""Pages in states that an address alone does not show: something missing, nothing found, refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ongedeeld.web.accounts.roles import Role
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, place_of_the_plan
from tests.web.browser.states import FOUND, MISSING, State

pytestmark = pytest.mark.django_db(transaction=True)
# What is told in the message above a form and leads nowhere.
ASTRAY = """() => [...document.querySelectorAll("main [role=alert] a[href^='#']")]
    .filter(one => !document.querySelector(one.hash)).map(one => one.outerHTML)"""


@pytest.mark.parametrize("state", MISSING, ids=str)
def test_a_form_tells_what_is_missing_and_where(state: State, page_of: Opens) -> None:
    page = page_of(guest(state.role) if state.role else None)
    state.reach(page)
    assert page.evaluate(ASTRAY) == []
    assert complaints(page) == {}


@pytest.mark.parametrize("state", FOUND, ids=str)
def test_what_a_question_finds_can_be_read_and_so_can_nothing(state: State, page_of: Opens) -> None:
    page = page_of(guest(state.role) if state.role else None)
    state.reach(page)
    assert complaints(page) == {}


@pytest.mark.parametrize("path", ["/nergens/", "/mensen/"])
def test_what_is_not_there_and_what_is_not_open_is_told_in_full(path: str, page_of: Opens) -> None:
    page = page_of(guest(Role.CARETAKER), path)
    assert page.locator("main h1").count() == 1
    assert complaints(page) == {}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PARTNER])
def test_the_first_page_of_others_can_be_read(role: Role, page_of: Opens) -> None:
    assert complaints(page_of(guest(role), "/")) == {}


def test_a_message_and_an_opened_menu_can_be_read(page_of: Opens) -> None:
    page = page_of(guest(Role.AREA_MANAGER), reverse("neighbourhood", args=[place_of_the_plan()]))
    page.locator("main form[action*='/volgen/'] button").click()
    page.wait_for_selector(".messages")
    page.locator("header summary").click()
    assert page.locator("header .menu ul").is_visible()
    assert complaints(page) == {}
