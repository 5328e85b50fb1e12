"""From arrears to the municipality and to their end, on a phone and at a desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing.models import Arrears
from ongedeeld.web.preventing.where import where_is
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import DESK, complaints
from tests.web.browser.pages import guest

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
NAME = "T. Huurder"
DONE = {"reminder": 40, "contact": 35, "help": 35, "told": 30}
"""How many days ago each condition was met."""


@pytest.fixture
def home() -> Address:
    """A home in the areas of the housing consultant of which nobody keeps arrears."""
    consultant = guest(Role.HOUSING_CONSULTANT)
    taken = set(Arrears.objects.values_list("home", flat=True))
    found = addresses_for(consultant, "ma", right="preventing.see_arrears")
    return next(one for one in found if where_is(consultant, one).home not in taken)


def begin(page: Page, home: Address) -> Arrears:
    """Look the home up and fill in the arrears."""
    page.goto(reverse("arrears_list"))
    page.click(f"main a.button[href='{reverse('new_arrears')}'] >> nth=0")
    page.fill("[name=zoek]", f"{home} {home.postcode}")
    page.click("main form.form button")
    page.check(f"[name=address][value='{home.pk}']")
    page.fill("[name=name]", NAME)
    page.fill("[name=amount]", "812.50")
    page.fill("[name=months]", "1")
    page.fill("[name=counted_on]", timezone.localdate().isoformat())
    page.click("main form.form button.main")
    return Arrears.objects.latest("id")


def meet(page: Page, kind: str, ago: int) -> None:
    """Write down that one of the four things was done."""
    form = page.locator(f"#{kind} details")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    page.fill(f"[name={kind}-day]", (timezone.localdate() - timedelta(days=ago)).isoformat())
    page.click(f"#{kind} form button")


def bring(page: Page, file: Path) -> str:
    """Save the file of the delivery on the screen, and write down that it was sent; what the file holds."""
    with page.expect_download() as saved:
        page.click("form[action$='/bestand/csv/'] button")
    assert "vroegsignalen-" in saved.value.suggested_filename
    saved.value.save_as(file)
    page.fill("[name=sent-day]", timezone.localdate().isoformat())
    page.click("form[action$='/verzonden/'] button")
    return file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_arrears_reach_the_municipality_and_so_does_their_end(
    size: ViewportSize, page_of: Opens, home: Address, tmp_path: Path
) -> None:
    page = page_of(guest(Role.HOUSING_CONSULTANT))
    page.set_viewport_size(size)
    one = begin(page, home)
    here = reverse("arrears", args=[one.key])
    assert page.url.endswith(here)
    assert complaints(page) == {}
    page.set_viewport_size(size)
    for kind, ago in DONE.items():
        assert page.locator("main strong.careful").count() > 0
        meet(page, kind, ago)
    page.goto(reverse("deliveries"))
    page.click("main form.one-click button >> nth=0")
    assert complaints(page) == {}
    page.set_viewport_size(size)
    told = bring(page, tmp_path / "signals.csv")
    assert f";{NAME};" in told
    assert ";812,50;1;" in told
    one.refresh_from_db()
    assert one.state == Arrears.State.SENT

    page.goto(here)
    page.click("section[aria-labelledby=ending] summary")
    page.select_option("[name=end-ending]", "paid")
    page.click("form[action$='/beeindigen/'] button")
    page.click("main form.one-click button.main")
    assert str(one.key) in bring(page, tmp_path / "stops.csv")
    one.refresh_from_db()
    assert (one.state, one.owes_stop) == ("ended", False)
    page.goto(here)
    assert complaints(page) == {}
