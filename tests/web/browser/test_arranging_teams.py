"""A team is arranged, gets a rule, and answers the first signal that comes in by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import ViewportSize

from ongedeeld.web.accounts.permissions import own_codes
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.signals.models import RoutingRule, Signal, Team
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import DESK, complaints
from tests.web.browser.pages import guest

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
NAME = "Schoon en heel"


@pytest.fixture
def nobody_else() -> Iterator[None]:
    """No signals of before; what the test makes goes afterwards."""
    Signal.objects.all().delete()
    yield
    Signal.objects.all().delete()
    RoutingRule.objects.filter(name=NAME).delete()
    Team.objects.filter(name=NAME).delete()


@pytest.mark.usefixtures("nobody_else")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_team_with_a_rule_gets_the_signal_that_fits_it(size: ViewportSize, page_of: Opens) -> None:
    manager = guest(Role.AREA_MANAGER)
    area = min(own_codes(manager) or ())
    page = page_of(manager, reverse("signal_teams"))
    page.set_viewport_size(size)
    page.click(f"main a.button[href='{reverse('new_signal_team')}']")
    page.fill("[name=name]", NAME)
    if page.locator("main details.choices").get_attribute("open") is None:
        page.click("main details.choices summary")
    page.check(f"[name=areas][value='{area}']")
    page.click("main form.form button.main")
    team = Team.objects.get(name=NAME)
    page.goto(reverse("signal_team", args=[team.key]))
    page.select_option("[name=member-person]", str(manager.key))
    page.click("form[action$='/leden/'] button")
    assert team.members.filter(person=manager.key, leads=True).exists()
    assert complaints(page) == {}
    page.set_viewport_size(size)

    page.goto(reverse("signal_rules"))
    page.click(f"main a.button[href='{reverse('new_signal_rule')}']")
    page.fill("[name=name]", NAME)
    page.select_option("[name=kind]", "public_space")
    page.select_option("[name=area]", area)
    page.select_option("[name=team]", str(team.key))
    page.fill("[name=working_days]", "2")
    page.fill("[name=from_day]", timezone.localdate().isoformat())
    page.click("main form.form button.main")
    rule = RoutingRule.objects.get(name=NAME)
    while RoutingRule.objects.order_by("place").first() != rule:
        page.click(f"#rule-{rule.key} form[action$='/verplaatsen/'] button >> nth=0")
        page.wait_for_load_state()
    assert complaints(page) == {}
    page.set_viewport_size(size)

    page.goto(reverse("new_signal"))
    page.wait_for_selector("#report[data-state=ready]")
    page.check("[name=danger][value=no]")
    page.check("[name=kind][value=public_space]")
    page.select_option("[name=complex]", index=1)
    page.check("#public_space_lamp_out")
    page.click("button[value=report]")
    page.wait_for_selector(".messages .success")
    signal = Signal.objects.get()
    assert (signal.team, signal.owner, signal.routed["fired"]) == (team, manager.key, NAME)

    page.goto(reverse("team_work", args=[team.key]))
    assert page.locator(f"main a[href='{reverse('signal', args=[signal.key])}']").count() == 1
    assert complaints(page) == {}
