"""A lost card is blocked, and a new one takes its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ongedeeld.web.residents.models import Opening
from tests.web.browser.looking import complaints
from tests.web.browser.maps import (
    VALUE,
    Device,
    begin,
    invitation,
    is_open,
    number_in,
    saved,
    type_card,
    words_on,
    write_value,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lost_card_is_blocked_and_a_new_one_takes_its_place(device: Device) -> None:
    page = device(invitation())
    card, recovery = begin(page)
    write_value(page)
    saved(page)
    finder = device()
    type_card(finder, card)
    is_open(finder)
    renewed(finder, card, kind="recovery", said="renewed-later")
    owner = device()
    type_card(owner, recovery)
    is_open(owner)
    owner.click("#wacht .careful")
    expect(owner.locator("#wacht .success")).to_be_visible()
    expect(owner.locator("#wacht .warning")).to_have_count(0)
    page = device()
    page.wait_for_selector("body[data-ready]")
    page.click(".door summary")
    page.fill("#card-words", " ".join(recovery))
    page.click("[data-block]")
    expect(page.locator("[data-said=blocked]")).to_be_visible()
    assert Opening.objects.count() == 0
    shut = device()
    type_card(shut, card)
    expect(shut.locator(".door [data-said=unknown]")).to_be_visible()
    type_card(page, recovery)
    is_open(page)
    new = renewed(page, recovery)
    assert new != card
    again = device()
    type_card(again, new)
    is_open(again)
    again.click("nav [href='#waarden']")
    expect(again.locator("[data-view=waarden]")).to_contain_text(VALUE)


def test_a_new_card_opens_ones_own_phone_without_a_connection_and_the_old_one_does_not(
    device: Device,
) -> None:
    page = device(invitation())
    card, recovery = begin(page, own=True)
    page.wait_for_selector("body[data-prepared]")
    new = renewed(page, recovery)
    page.context.set_offline(True)
    page.click("button[data-close] >> nth=0")
    page.wait_for_selector("#card-words:visible")
    type_card(page, card, own=True)
    expect(page.locator(".door [data-said=offline]")).to_be_visible()
    type_card(page, new, own=True)
    is_open(page)


def renewed(page: Page, by: list[str], kind: str = "card", said: str = "renewed") -> list[str]:
    """Make a new card with the words of one that works."""
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    page.fill("#codes-words", " ".join(by))
    page.check(f"#codes-{kind}")
    page.click("[data-codes] .main")
    page.wait_for_selector("[data-step=new]:visible")
    assert complaints(page) == {}
    new = words_on(page, kind)
    page.fill("#codes-check", new[number_in(page.inner_text("[data-view=codes] [data-asks]")) - 1])
    page.click("[data-view=codes] [data-check] .main")
    expect(page.locator(f"[data-said={said}]")).to_be_visible()
    return new
