"""What people come for, done with a mouse from the first click to the last; keys have a file of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Overrule
from ongedeeld.web.plans.models import Plan
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, largest_complex
from tests.web.browser.stories import heading, to

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_neighbourhood_is_found_on_the_map(page_of: Opens) -> None:
    page = page_of(guest(Role.POLICY_ADVISER), "/")
    page.click(f'header a[href="{reverse("map")}"]')
    page.wait_for_selector("#map[data-state=drawn]")
    page.locator("#map canvas").click()
    page.wait_for_selector("#map-pointed a")
    told = page.inner_text("#map-pointed")
    page.click("#map-pointed a")
    page.wait_for_url("**/buurten/**")
    assert heading(page) in told


def test_a_view_is_laid_beside_a_card(page_of: Opens) -> None:
    number, today = largest_complex(), date.today()
    page = page_of(guest(Role.AREA_MANAGER), reverse("complex", args=[number]))
    page.click(to("overrule", number))
    page.select_option("[name=theme]", "nuisance")
    page.check("[name=score][value='4']")
    page.fill("[name=reason]", "In de zomer is het hier onrustig, de cijfers zijn van de winter.")
    page.fill("[name=until]", f"{today + timedelta(days=90)}")
    page.click("main form.form button.main")
    page.wait_for_selector(".messages")
    assert "onrustig" in page.inner_text("main")
    assert Overrule.objects.get(unit=number, theme="nuisance").score == 4
    assert complaints(page) == {}


def test_a_plan_is_made_from_a_card_in_two_clicks(page_of: Opens) -> None:
    number = largest_complex()
    page = page_of(guest(Role.AREA_MANAGER), reverse("complex", args=[number]))
    page.click(to("new_plan"))
    page.fill("[name=title]", "Licht in de portieken")
    page.fill("[name=goal]", "Bewoners komen ook in de avond graag thuis.")
    page.click("main form.form button.main")
    page.wait_for_selector(".messages")
    assert heading(page) == "Licht in de portieken"
    assert Plan.objects.get(title="Licht in de portieken").unit == number
