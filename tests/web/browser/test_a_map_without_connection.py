"""A map on one's own phone works without a connection; what devices did apart is joined."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ongedeeld.web.residents.models import Item
from tests.web.browser.maps import (
    HELD,
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


def test_on_ones_own_phone_it_works_without_a_connection(device: Device) -> None:
    page = device(invitation())
    card, _ = begin(page, own=True)
    write_value(page)
    saved(page)
    page.wait_for_selector("body[data-prepared]")
    page.reload()
    is_open(page)
    page.context.set_offline(True)
    page.goto("/mijn/kaart/")
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text(VALUE)
    write_value(page, "De merel in de kastanje")
    expect(page.locator("[data-kept=waiting]")).to_be_visible()
    held = page.evaluate(HELD)
    assert not re.search("zus om|kastanje|value", repr(held["rows"]))
    assert not re.search("zus om|kastanje", repr(held["pages"]))
    assert "extractable: false" in repr(held["rows"])
    assert held["marks"] == 0
    page.click("button[data-close] >> nth=0")
    expect(page.locator("[data-said=closed]")).to_be_visible()
    assert "extractable" not in repr(page.evaluate(HELD)["rows"])
    type_card(page, card, own=True)
    is_open(page)
    page.click("nav [href='#waarden']")
    expect(page.locator("[data-view=waarden]")).to_contain_text("De merel")
    assert Item.objects.count() == 1
    page.context.set_offline(False)
    until(lambda: Item.objects.count() == 2)
    saved(page)


def test_what_two_devices_did_apart_is_joined(device: Device) -> None:
    one = device(invitation())
    card, _ = begin(one, own=True)
    other = device()
    type_card(other, card)
    is_open(other)
    one.context.set_offline(True)
    write_value(one, "Rust")
    write_value(other, "Licht")
    saved(other)
    one.context.set_offline(False)
    expect(one.locator("[data-view=waarden]")).to_contain_text("Licht")
    saved(one)
    assert Item.objects.count() == 2
