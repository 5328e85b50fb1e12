"""A partner says no, the municipality yes: who refers has a tablet, who answers a phone; nobody else reads.

The cast: a resident, a consultant who refers, a professional who signs in for a partner, the municipality
without an account, an adviser who made the agreement, the tenants' organisation and the privacy officer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.partners.models import Agreement, Member, Organisation
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault import openings
from tests.web.browser.looking import Heard, complaints
from tests.web.browser.maps import PHONE, TABLET
from tests.web.browser.pages import guest
from tests.web.browser.test_referring import code_on, home_of
from tests.web.browser.windows import Windows

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION, AGREED = "Kan iemand met de brieven helpen?", "De gemeente belt maandag."
ARTICLE, DEBTS, TOWN = "Wgs, artikel 4a", "Geldhulp Modelstad", "Gemeente Voorbeeld"
Opens = Callable[[Role | None, ViewportSize, str], Page]


@pytest.fixture
def opens(running: Browser, server: str) -> Iterator[Opens]:
    """Pages on devices of a size; none may complain, or ask anything of another host."""
    heard, opened = Heard(server), []

    def opening(role: Role | None, size: ViewportSize, path: str) -> Page:
        windows = Windows(running, server, size)
        opened.append(windows)
        page = windows.page(guest(role) if role else None)
        heard.listen(page)
        page.goto(path)
        return page

    yield opening
    for windows in opened:
        windows.close()
    assert heard.words == []


def partner(name: str, kind: str) -> Organisation:
    """A partner that is called by telephone."""
    return Organisation.objects.create(
        name=name, kind=kind, phone="020 555 0100", made_by=uuid4(), made_at=timezone.now()
    )


def agree(adviser: Page, *parties: Organisation) -> None:
    """Write down an agreement with an article of a law."""
    adviser.fill("[name=title]", "Eerder bij hulp")
    for party in parties:
        adviser.check(f"[name=parties][value='{party.key}']")
    adviser.fill("[name=purpose]", "Bewoners met geldzorgen krijgen snel een afspraak.")
    adviser.check("[name=ground][value=law]")
    adviser.fill("[name=article]", ARTICLE)
    for item in ("name", "question"):
        adviser.check(f"[name=items][value={item}]")
    adviser.fill("[name=from_day]", date.today().isoformat())
    adviser.fill("[name=review_on]", (date.today() + timedelta(days=300)).isoformat())
    adviser.click("main form button.main")
    adviser.wait_for_url("**/afspraken/*-*/")


def tell(manager: Page, to: Organisation, about: str) -> None:
    """Choose who is asked, and tell the question by law alone; what was typed stands there again."""
    manager.check(f"[name=receiver][value='organisation:{to.key}']")
    manager.select_option("[name=domain]", about)
    manager.click("main form button.main")
    if not Referral.objects.filter(state="refused", organisation__name=DEBTS).exists():
        manager.fill("[name=question_words]", QUESTION)
    expect(manager.locator("[name=question_words]")).to_have_value(QUESTION)
    manager.select_option("[name=question_ground]", f"law:{ARTICLE}")
    manager.click("main form button.main")


def begin(manager: Page) -> None:
    """Choose the home of the resident."""
    home = home_of(Role.AREA_MANAGER)
    manager.fill("[name=zoek]", str(home))
    manager.click("main form button")
    manager.check(f"#address_{home.pk}")
    manager.click("main form button")


def say_no(professional: Page, one: Referral) -> None:
    """Who signs in for the partner reads the question, has no room, and reads it no more."""
    professional.click(f"main a[href$='{one.key}/']")
    expect(professional.locator("main")).to_contain_text(QUESTION)
    professional.locator("details summary").last.click()
    professional.select_option("[name=nee-refusal]", "full")
    professional.click("form[action$='/nee/'] button")
    expect(professional.locator("main")).not_to_contain_text(QUESTION)


def discuss(manager: Page, one: Referral) -> None:
    """Put it on a case meeting, and write down what was agreed."""
    manager.goto(reverse("meetings"))
    manager.fill("[name=on_day]", date.today().isoformat())
    manager.click("main form button.main")
    manager.select_option("[name=referral]", str(one.key))
    manager.click("form[action$='/agenda/'] button")
    manager.locator("textarea").first.fill(AGREED)
    manager.click("form[action$='/afspraak/'] button")


def say_yes(municipality: Page, code: str) -> None:
    """Without an account, with a code by telephone."""
    municipality.fill("[name=code]", code)
    municipality.click("main form.form button")
    for words in (QUESTION, AGREED):
        expect(municipality.locator("main")).to_contain_text(words)
    assert complaints(municipality) == {}
    municipality.set_viewport_size(PHONE)
    municipality.click("form[action$='/ja/'] button")


def see_all(resident: Page, server: str) -> None:
    """The resident follows both in the open map."""
    day = date.today() + timedelta(days=2)
    vault = Vault.objects.create(made_on=date.today(), opened_on=date.today(), remove_after=day)
    Referral.objects.filter(organisation__name__in=(DEBTS, TOWN)).update(vault=vault.key)
    token = openings.begin(vault, elsewhere=True, now=timezone.now())
    resident.context.add_cookies([{"name": openings.COOKIE, "value": token, "url": f"{server}/mijn/"}])
    resident.goto(reverse("my_referrals"))
    for words in ("nu geen plaats", "Ze zeiden ja", AGREED, ARTICLE):
        expect(resident.locator("main")).to_contain_text(words)
    assert complaints(resident) == {}


def test_after_a_no_another_partner_is_asked_and_everybody_sees_how_it_stands(
    opens: Opens, server: str
) -> None:
    debts, town = partner(DEBTS, "debt_help"), partner(TOWN, "municipality")
    daan = guest(Role.PARTNER)
    Member.objects.create(organisation=debts, person=daan.key, from_day=date(2020, 1, 1))
    agree(opens(Role.POLICY_ADVISER, TABLET, reverse("new_agreement")), debts, town)
    assert Agreement.objects.get(title="Eerder bij hulp").parties.count() == 2

    manager = opens(Role.AREA_MANAGER, TABLET, reverse("new_referral"))
    begin(manager)
    tell(manager, debts, "benefits")
    first = Referral.objects.get(organisation=debts)
    (item,) = first.items.all()
    assert (item.kind, item.ground, item.article) == ("question", "law", ARTICLE)
    say_no(opens(Role.PARTNER, PHONE, reverse("received_referrals")), first)

    manager.goto(reverse("referral", args=[first.key]))
    manager.click("main a.button")
    expect(manager.locator("fieldset")).to_contain_text("nu geen plaats")  # nobody asks them in vain
    tell(manager, town, "benefits")
    second = Referral.objects.get(organisation=town)
    assert second.home == first.home
    door = urlsplit(manager.inner_text("main code")).path
    discuss(manager, second)
    manager.goto(reverse("referral", args=[second.key]))
    say_yes(opens(None, PHONE, door), code_on(manager, "/code/"))
    second.refresh_from_db()
    assert second.state == "accepted"
    see_all(opens(None, PHONE, "/mijn/"), server)

    page = reverse("referral", args=[second.key])
    assert QUESTION not in opens(Role.TENANTS, TABLET, page).inner_text("body")
    officer = opens(Role.PRIVACY_OFFICER, TABLET, page)
    assert QUESTION not in officer.inner_text("body")
    officer.goto(f"{reverse('audit')}?thing={second.key}&verb=referrals.refer")
    who = officer.locator("main li, main tbody tr").first
    expect(who).to_contain_text(guest(Role.AREA_MANAGER).name)
    assert QUESTION not in officer.inner_text("body")
