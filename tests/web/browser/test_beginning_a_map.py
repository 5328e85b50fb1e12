"""A resident begins a map with two cards; the workbench learns nothing of what is in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ongedeeld.web.residents.models import Item, Lock, Opening, Vault
from tests.web.browser.looking import complaints
from tests.web.browser.maps import (
    HELD,
    TABLET,
    VALUE,
    Device,
    begin,
    begin_with_the_cards,
    everything,
    invitation,
    number_in,
    saved,
    words_on,
    write_value,
)
from tests.web.residents import vault_format as vaults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_map_begins_with_two_cards_and_the_workbench_learns_nothing(device: Device) -> None:
    page = device(invitation(), TABLET)
    assert "#" not in page.url
    assert complaints(page) == {}
    page.set_viewport_size(TABLET)
    page.click("[data-go=cards]")
    assert Vault.objects.count() == 0
    assert complaints(page) == {}
    page.click("[data-go=check]:visible")
    assert page.locator("[data-words] li").count() == 0
    page.fill("#check-card", "zweven")
    page.click("[data-check] .main:visible")
    expect(page.locator("[data-said=wrong]:visible")).to_have_count(1)
    page.click("[data-check] [data-go=cards]")
    cards = begin_with_the_cards(page)
    write_value(page)
    saved(page)
    vault = Vault.objects.get()
    assert not Opening.objects.exclude(vault=vault, elsewhere=True).exists()
    assert Lock.objects.filter(vault=vault).count() == 2
    key = opened_by(cards[0], vault, "card")
    assert key == opened_by(cards[1], vault, "recovery")
    item = Item.objects.get(vault=vault)
    told = vaults.open_item(key, str(vault.key), str(item.key), item.version, item.ciphertext)
    assert told["content"]["words"] == VALUE
    stored = everything()
    code = vaults.code_of(cards[0])
    for secret in (
        VALUE,
        *(" ".join(words) for words in cards),
        key.hex(),
        code.hex(),
        repr(key)[2:-1],
    ):
        assert secret not in stored
    held: dict[str, Any] = page.evaluate(HELD)
    assert held == {"rows": [], "pages": [], "marks": 0}


def opened_by(words: list[str], vault: Vault, kind: vaults.Kind) -> bytes:
    """The vault key, as who has the card and the database can open it."""
    lock = Lock.objects.get(vault=vault, kind=kind)
    return vaults.unwrap(lock.wrapped, vaults.code_of(words), str(vault.key), kind)


def test_an_invitation_works_once_and_the_door_says_so(device: Device) -> None:
    used = invitation()
    begin(device(used))
    page = device(used)
    page.click("[data-go=cards]:visible")
    card, recovery = (words_on(page, kind) for kind in ("card", "recovery"))
    page.click("[data-step=cards] [data-go=check]")
    for kind, words in (("card", card), ("recovery", recovery)):
        page.fill(f"#check-{kind}", words[number_in(page.inner_text(f"[data-asks={kind}]")) - 1])
    page.click("[data-check] .main:visible")
    expect(page.locator("[data-said=refused]")).to_be_visible()
    assert Vault.objects.count() == 1
    expect(device(reverse("begin_vault")).locator("[data-said=no-invitation]")).to_be_visible()
