"""From arrears or nuisance to how it ended, on a phone: what is tried, who decides, and what stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.preventing.counting import ended_counts
from ongedeeld.web.preventing.models import Arrears, Case
from ongedeeld.web.signals.models import Signal
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, reported
from tests.web.emptying import unguarded

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
WHY = "Alles is aangeboden; er is geen afspraak mogelijk gebleken."


@pytest.fixture
def only_these() -> Iterator[None]:
    """Cases that the test begins go again."""
    before = set(Case.objects.values_list("pk", flat=True))
    yield
    with unguarded():
        Case.objects.exclude(pk__in=before).delete()


def write_down(page: Page, what: str, by: str, result: str, words: str = "") -> None:
    """Write down what was tried."""
    form = page.locator("form[action$='/geprobeerd/']")
    if not form.is_visible():
        page.click("section[aria-labelledby=tried] summary")
    for name, value in (("what", what), ("by", by), ("result", result)):
        page.select_option(f"[name=try-{name}]", value)
    page.fill("[name=try-words]", words)
    page.click("form[action$='/geprobeerd/'] button")


def end(page: Page, outcome: str) -> None:
    """Write down how it ended."""
    page.click("section[aria-labelledby=ending] summary")
    page.select_option("[name=end-outcome]", outcome)
    page.click("form[action$='/beeindigen/'] button")


def begin(page: Page, address: str, link: str) -> Case:
    """Begin from the page of arrears or of a signal."""
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.click(f"main a[href*='{link}']")
    page.click("main form.form button.main")
    page.wait_for_selector("section[aria-labelledby=tried]")
    return Case.objects.latest("id")


@pytest.mark.usefixtures("only_these")
def test_an_eviction_from_arrears_is_decided_by_another_and_prevented_after_all(page_of: Opens) -> None:
    arrears = Arrears.objects.filter(state=Arrears.State.OPEN, conditions__kind="help").earliest("id")
    consultant = page_of(guest(Role.HOUSING_CONSULTANT))
    case = begin(consultant, reverse("arrears", args=[arrears.key]), "?achterstand=")
    lines = case.tries.values_list("what", "from_arrears")
    assert list(lines) == [("reminder", True), ("visit", True), ("debt_help", True)]
    shown = consultant.inner_text("section[aria-labelledby=tried]")
    assert shown.count("overgenomen uit de huurachterstand") == 3
    write_down(consultant, "debt_help", "municipality", "refused", "Samen gebeld met de gemeente.")
    assert complaints(consultant) == {}
    consultant.set_viewport_size(PHONE)

    manager = page_of(guest(Role.AREA_MANAGER), reverse("case", args=[case.key]))
    manager.set_viewport_size(PHONE)
    manager.click("section[aria-labelledby=decision] details:has(form) summary")
    manager.fill("[name=decide-reasons]", WHY)
    manager.click("form[action$='/besluit/'] button")
    assert WHY in manager.inner_text("section[aria-labelledby=decision]")
    assert complaints(manager) == {}

    consultant.reload()
    end(consultant, "prevented")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.decided_by) == ("ended", "prevented", guest(Role.AREA_MANAGER).key)
    assert "Samen gebeld met de gemeente." in consultant.inner_text("main")
    assert consultant.locator("form[action$='/geprobeerd/']").count() == 0


@pytest.mark.usefixtures("only_these")
def test_what_is_tried_after_nuisance_is_counted_and_nobody_is_evicted_undecided(page_of: Opens) -> None:
    signal = reported(Signal.Kind.NUISANCE)
    counted = ended_counts()["count"].sum()
    consultant = page_of(guest(Role.HOUSING_CONSULTANT))
    case = begin(consultant, reverse("signal", args=[signal.key]), "?melding=")
    assert (case.occasion, case.home) == ("nuisance", signal.home)
    write_down(consultant, "mediation", "partner", "helped", "Afspraken over de avond.")
    end(consultant, "evicted")
    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert consultant.locator("#end-errors").count() == 1
    consultant.select_option("[name=end-outcome]", "prevented")
    consultant.click("form[action$='/beeindigen/'] button")
    assert complaints(consultant) == {}
    assert ended_counts()["count"].sum() == counted + 1
    Signal.objects.filter(pk=signal.pk).delete()
