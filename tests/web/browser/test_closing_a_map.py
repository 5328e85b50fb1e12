"""A map closes by itself, by leaving and by hand, and leaves nothing behind on the device."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ongedeeld.web.residents.models import Item, Opening, Vault
from tests.web.browser.looking import complaints
from tests.web.browser.maps import (
    HELD,
    TABLET,
    VALUE,
    Device,
    begin,
    invitation,
    is_open,
    saved,
    type_card,
    until,
    write_value,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_on_a_tablet_it_closes_by_itself_and_leaves_nothing(device: Device) -> None:
    page = device("about:blank", TABLET)
    page.clock.install()
    page.goto(invitation())
    begin(page)
    write_value(page)
    saved(page)
    page.clock.fast_forward("08:05")
    expect(page.locator("[data-closing]")).to_be_visible()
    page.click("[data-stay]")
    expect(page.locator("[data-closing]")).to_be_hidden()
    page.clock.fast_forward("09:05")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert Opening.objects.count() == 0
    assert VALUE not in page.content()
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}
    page.go_back()
    assert VALUE not in page.content()


def test_who_leaves_the_page_on_a_tablet_closes_the_map_and_what_was_not_sent_is_kept(device: Device) -> None:
    page = device(invitation(), TABLET)
    begin(page)
    page.route("**/mijn/kluis/items", lambda route: route.abort("internetdisconnected"))
    write_value(page)
    page.wait_for_timeout(2_100)  # whatever was pressed last is not why the page goes away
    page.on("dialog", lambda asked: asked.accept())
    page.goto("about:blank")
    until(lambda: Opening.objects.count() == 0)
    assert Item.objects.count() == 1
    page.goto("/mijn/kaart/")
    expect(page.locator("#card-words")).to_be_visible()


def test_on_a_tablet_without_a_connection_closing_says_first_what_would_be_lost(device: Device) -> None:
    page = device(invitation(), TABLET)
    begin(page)
    page.context.set_offline(True)
    write_value(page)
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-unsent]")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert Item.objects.count() == 1


def test_closing_in_one_window_of_a_phone_closes_the_others(device: Device) -> None:
    page = device(invitation())
    begin(page, own=True)
    other = page.context.new_page()
    other.goto("/mijn/kaart/")
    is_open(other)
    write_value(other)
    saved(other)
    page.click("button[data-close] >> nth=0")
    for closed in (page, other):
        expect(closed.locator("#card-words")).to_be_visible()
    assert Opening.objects.count() == 0
    assert Item.objects.count() == 1


def test_ones_own_phone_forgets_a_map_that_stays_at_the_workbench(device: Device) -> None:
    page = device(invitation())
    card, _ = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    page.click("[data-forget]")
    expect(page.locator(".door [data-said=closed]")).to_be_visible()
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}
    type_card(page, card)
    is_open(page)
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text(VALUE)


def test_a_map_is_deleted_after_days_with_the_card_and_at_once_with_the_second_one(device: Device) -> None:
    page = device(invitation())
    card, recovery = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.click("nav [href='#meer']")
    page.click("[data-view=meer] [href='#codes']")
    for words in (card, recovery):
        page.check("#codes-delete")
        page.fill("#codes-words", " ".join(words))
        page.click("[data-codes] .main")
        page.click("[data-delete]")
        if words is card:
            expect(page.locator("[data-said=deleted-later] [data-until]")).not_to_be_empty()
            expect(page.locator("#wacht .warning")).to_be_visible()
            assert complaints(page) == {}
            assert Vault.objects.count() == 1
    expect(page.locator("[data-said=deleted]")).to_be_visible()
    assert Vault.objects.count() == Item.objects.count() == 0
    assert page.evaluate(HELD) == {"rows": [], "pages": [], "marks": 0}
