"""From a referral to its answer by link, which the resident follows: on a phone and on a tablet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.models import Address
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.preventing.where import where_is
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault import openings
from tests.web.browser.looking import DESK, Heard, complaints
from tests.web.browser.maps import PHONE, TABLET
from tests.web.browser.pages import guest
from tests.web.browser.windows import Windows

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION, NAME = "Wie helpt mevrouw met haar post?", "Jo Bewoner"
Opens = Callable[[Role | None, str], Page]


@pytest.fixture
def held(running: Browser, server: str, size: ViewportSize) -> Iterator[Opens]:
    """What somebody holds in their hand; none may complain, or ask anything of another host."""
    heard, windows = Heard(server), Windows(running, server, size)

    def taken(role: Role | None, path: str) -> Page:
        page = windows.page(guest(role) if role else None)
        heard.listen(page)
        page.goto(path)
        return page

    yield taken
    windows.close()
    assert heard.words == []


@pytest.fixture
def offer() -> Offer:
    """Help with papers, everywhere, by an organisation that is called by telephone."""
    organisation = Organisation.objects.create(
        name="Papierwinkel",
        kind=Organisation.Kind.WELFARE,
        phone="020 555 0100",
        made_by=uuid4(),
        made_at=timezone.now(),
    )
    return Offer.objects.create(
        organisation=organisation, name="Hulp bij post", domain="benefits", everywhere=True
    )


def home_of(role: Role) -> Address:
    """A home that somebody of the demo may refer from."""
    person = guest(role)
    held = {area.code for one in person.roles_held.all() for area in one.areas.all()}
    homes = Address.objects.order_by("id").iterator()
    return next(one for one in homes if held & where_is(person, one).area_codes)


def refer(page: Page, home: Address, offer: Offer, size: ViewportSize) -> str:
    """Refer the resident of a home, part by part; the path of the link, which is shown once."""
    page.fill("[name=zoek]", str(home))
    page.click("main form button")
    page.check(f"#address_{home.pk}")
    page.click("main form button")
    assert complaints(page) == {}
    page.check(f"[name=receiver][value='offer:{offer.key}']")
    page.click("main form button")
    assert complaints(page) == {}
    page.set_viewport_size(size)
    for kind, words in (("name", NAME), ("question", QUESTION)):
        page.fill(f"[name={kind}_words]", words)
        page.select_option(f"[name={kind}_ground]", "consent")
    page.select_option("[name=asked]", "in_person")
    page.click("main form button.main")
    assert "niets verandert" in page.inner_text("[role=alert]") or "no changes nothing" in page.inner_text(
        "[role=alert]"
    )
    page.check("[name=told_free]")
    page.click("main form button.main")
    shown = page.inner_text("main code")
    return urlsplit(shown).path


def code_on(page: Page, path: str) -> str:
    """A code that a page shows once after a click."""
    page.click(f"form[action$='{path}'] button")
    return page.inner_text(".message strong.num")


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_resident_is_referred_a_partner_answers_by_link_and_the_resident_follows_it(
    held: Opens, offer: Offer, server: str, size: ViewportSize
) -> None:
    home = home_of(Role.AREA_MANAGER)
    manager = held(Role.AREA_MANAGER, "/doorverwijzingen/nieuw/")
    door = refer(manager, home, offer, size)
    one = Referral.objects.get(offer=offer)
    code = code_on(manager, "/code/")
    assert re.fullmatch(r"\d{8}", code)

    partner = held(None, door)
    assert QUESTION not in partner.inner_text("main")
    partner.fill("[name=code]", code)
    partner.click("main form.form button")
    assert QUESTION in partner.inner_text("main")
    assert complaints(partner) == {}
    partner.set_viewport_size(size)
    day = date.today() + timedelta(days=2)
    partner.fill("[name=ja-contact_on]", day.isoformat())
    partner.click("form[action$='/ja/'] button")
    one.refresh_from_db()
    assert (one.state, one.contact_on) == ("accepted", day)

    follow = code_on(manager, "/volgcode/")
    resident = held(None, "/mijn/")
    vault = Vault.objects.create(made_on=date.today(), opened_on=date.today(), remove_after=day)
    token = openings.begin(vault, elsewhere=True, now=timezone.now())
    resident.context.add_cookies([{"name": openings.COOKIE, "value": token, "url": f"{server}/mijn/"}])
    resident.goto("/mijn/doorverwijzingen/")
    resident.fill("[name=code]", follow)
    resident.press("[name=code]", "Enter")
    resident.wait_for_selector("section h2#ref-1")
    assert QUESTION in resident.inner_text("main")
    assert complaints(resident) == {}
    resident.set_viewport_size(DESK)
    resident.click("details:has(form[action*='/onderdeel/']) summary >> nth=0")
    resident.click("form[action*='/onderdeel/'] button >> nth=0")
    expect(resident.locator("main")).not_to_contain_text(NAME)

    partner.reload()
    assert NAME not in partner.inner_text("main")
    assert QUESTION in partner.inner_text("main")
    manager.goto(f"/doorverwijzingen/{one.key}/")
    assert NAME not in manager.inner_text("main")
