"""A resident draws what one thing did to another, finds who is near, writes what matters, gives a copy."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Request, expect

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.offers import Offered, make_offer
from ongedeeld.web.partners.organisations import About, make_organisation
from ongedeeld.web.residents.giving.copy import kept
from ongedeeld.web.residents.models import Donation, Given, Vault
from ongedeeld.web.safeguards.sealing import unseal
from ongedeeld.web.site.demo.resident import CARD, LIFE, life_kept
from tests.web.browser.looking import complaints
from tests.web.browser.maps import Device, is_open, saved, type_card
from tests.web.browser.pages import guest

pytestmark = pytest.mark.django_db(transaction=True)
DEBT, RENT = "Toeslag teruggevorderd", "Twee maanden huur achter"
DRAWN = sum(content["kind"] == "influence" for _, content in LIFE)


@pytest.fixture
def page(device: Device) -> Page:
    """The map of the demo, open on a phone."""
    Donation.objects.all().delete()
    Given.objects.all().delete()
    life_kept(guest(Role.HOUSING_CONSULTANT), timezone.now(), timezone.localdate())
    opened = device("/mijn/")
    type_card(opened, CARD.words.split())
    is_open(opened)
    return opened


def _view(page: Page, name: str) -> Locator:
    """One view of the map, shown."""
    page.evaluate("name => { location.hash = name }", name)
    part = page.locator(f"[data-view={name}]")
    expect(part.locator("h1").first).to_be_visible()
    return part


@pytest.mark.parametrize("name", ["invloed", "kansen", "waarden", "mensen", "geven"])
def test_every_view_can_be_read_by_everybody(page: Page, name: str) -> None:
    _view(page, name)
    assert complaints(page) == {}


def test_an_influence_is_drawn_by_touching_two_things_and_undone(page: Page) -> None:
    part = _view(page, "invloed")
    expect(part.locator(".arc")).to_have_count(DRAWN)
    part.locator("svg [role=button]", has_text="Koffie").click()
    expect(part.get_by_role("status")).to_contain_text("Koffie met de buurvrouw")
    part.locator("svg [role=button]", has_text="Twee maanden").click()
    part.locator("[name=how][value=helped]").check()
    part.locator("[name=words]").fill("Zij belde mee")
    part.locator("form button[type=submit]").click()
    expect(part.locator(".arc")).to_have_count(DRAWN + 1)
    row = part.locator("li", has_text="Zij belde mee")
    expect(row).to_contain_text("Koffie met de buurvrouw")
    expect(row).to_contain_text(RENT)
    row.locator("button").last.click()
    expect(part.locator(".arc")).to_have_count(DRAWN)
    part.get_by_role("status").locator("button").click()
    expect(part.locator(".arc")).to_have_count(DRAWN + 1)


def test_an_influence_is_drawn_with_the_keyboard_alone(page: Page) -> None:
    part = _view(page, "invloed")
    expect(part.locator(".arc")).to_have_count(DRAWN)
    part.locator("svg [role=button]", has_text="Koffie").focus()
    page.keyboard.press("Enter")
    part.locator("svg [role=button]", has_text="Twee maanden").focus()
    page.keyboard.press("Space")
    expect(part.locator("[name=how]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(part.locator(".arc")).to_have_count(DRAWN + 1)
    expect(part.locator(".arc.hindered")).not_to_have_count(0)


def test_what_is_drawn_is_there_when_the_map_is_opened_again(page: Page) -> None:
    part = _view(page, "invloed")
    expect(part.locator(".arc")).to_have_count(DRAWN)
    part.locator("[name=from]").select_option(index=1)
    part.locator("[name=to]").select_option(index=2)
    part.locator("[name=how][value=helped]").check()
    part.locator("form button[type=submit]").click()
    expect(part.locator(".arc")).to_have_count(DRAWN + 1)
    saved(page)
    page.reload()
    type_card(page, CARD.words.split())
    is_open(page)
    expect(_view(page, "invloed").locator(".arc")).to_have_count(DRAWN + 1)


def test_who_is_near_is_found_without_telling_what_one_is_up_against(page: Page) -> None:
    keeper = guest(Role.POLICY_ADVISER)
    partner = make_organisation(About("Geldzorgen de Baas", "debt_help"), actor=keeper, now=timezone.now())
    offered = Offered("Budgetcoach", "benefits", wait_days=14)
    make_offer(partner, offered, (), actor=keeper)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    part = _view(page, "kansen")
    row = part.locator("li", has_text=DEBT)
    row.locator("button").last.click()
    row.locator(".tick", has_text="Budgetcoach").click()
    row.locator("[name=words]").fill("Samen de brief lezen")
    row.locator("form button[type=submit]").click()
    expect(row).to_contain_text("Budgetcoach (Geldzorgen de Baas)")
    expect(part.locator("svg .near")).to_have_count(1)
    looked = [address for address in asked if "/mijn/aanbod/" in address]
    assert len(looked) == 1
    assert "benefits" not in looked[0]
    partner.delete()


def test_a_value_is_written_changed_and_taken_off(page: Page) -> None:
    part = _view(page, "waarden")
    row = part.locator(".rows li", has_text="buren")
    row.locator("button").first.click()
    part.locator("textarea").fill("Dat de buren gedag zeggen.")
    part.locator("form button[type=submit]").click()
    expect(part.locator(".rows")).to_contain_text("gedag zeggen")
    part.locator(".rows li", has_text="gedag").locator("button").last.click()
    expect(part.locator(".rows")).not_to_contain_text("gedag")
    part.get_by_role("status").locator("button").click()
    expect(part.locator(".rows")).to_contain_text("gedag zeggen")


def test_a_copy_is_seen_given_and_taken_back_and_tells_nothing_of_who_gave_it(page: Page) -> None:
    sent: list[Request] = []

    def listen(request: Request) -> None:
        sent.append(request)

    page.on("request", listen)
    part = _view(page, "geven")
    part.locator("select").first.select_option("welfare")
    expect(part.locator(".copy li")).not_to_have_count(0)
    part.locator("form button[type=submit]").click()
    assert not Donation.objects.exists(), "it was given without a yes"
    part.locator("[name=yes]").check()
    part.locator("form button[type=submit]").click()
    expect(part.get_by_role("status")).not_to_be_empty()
    gift = Donation.objects.get()
    copy = kept(unseal(gift.contents, f"donation:{gift.token_hash}"))
    assert ("care", "welfare", "helped", "later", "moment") in copy.effects
    body = next(one.post_data for one in sent if one.url.endswith("/mijn/geven/")) or ""
    assert _words_in(body) == set()
    vault = Vault.objects.get()
    assert str(vault.key) not in body
    saved(page)
    part.locator(".message button").click()
    expect(part.locator("form")).to_be_visible()
    saved(page)
    assert not Donation.objects.exists()
    assert not Given.objects.exists()


def _words_in(body: str) -> set[str]:
    """Words of the life that stand in what was sent."""
    told: list[Any] = [
        value
        for _, content in LIFE
        for name, value in content.items()
        if name != "kind" and isinstance(value, str)
    ]
    codes = set(re.findall(r"[a-z_]+", json.dumps(json.loads(body)["copy"])))
    return {word for text in told for word in re.findall(r"[\w-]{5,}", text) if word in body} - codes


def test_all_of_it_is_saved_as_a_page_to_read(page: Page) -> None:
    part = _view(page, "meer")
    with page.expect_download() as download:
        part.get_by_role("button", name="Bewaren als een pagina").click()
    told = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "mijn-kaart.html"
    for words in (RENT, "Wat er gebeurde", "Waar ik tegenaan loop"):
        assert words in told
    assert complaints(page) == {}
