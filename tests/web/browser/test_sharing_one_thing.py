"""A resident makes a plan, shares one step, is asked for, and takes it back: on a phone and on a tablet."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, ViewportSize, expect

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.models import Breakthrough, Share
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.maps import PHONE, TABLET, Device, begin, everything, invitation, saved
from tests.web.browser.pages import guest

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, ISSUE, STEP = "Weer rustig slapen", "De huur komt te laat", "Samen de brief van de toeslag lezen"
ANSWER = "Donderdag bel ik de Belastingdienst."
RULE = "De toeslag telt mijn zoon nog mee"


def view(page: Page, name: str) -> Locator:
    """A part of the open map."""
    page.evaluate(f"location.hash = '#{name}'")
    part = page.locator(f"[data-view={name}]")
    expect(part).to_be_visible()
    return part


def make_a_plan(page: Page) -> Locator:
    """What comes first, an issue, and a step for this week with a rule that is in the way."""
    plan = view(page, "plan")
    plan.locator("button").first.click()
    plan.locator("[name=first]").fill(FIRST)
    plan.locator("[type=submit]").click()
    expect(plan.locator(".first")).to_contain_text(FIRST)
    plan.locator("button.button:not(.plain)").last.click()
    plan.locator("[name=title]").fill(ISSUE)
    plan.locator("[name=domain]").select_option("benefits")
    plan.locator("[type=submit]").click()
    expect(plan.locator("[data-soon]")).to_be_visible()
    plan.locator(".issue > p.buttons button").click()
    plan.locator("[name=what]").fill(STEP)
    plan.locator("[name=who]").fill("Sanne en ik")
    plan.locator("[name=obstacle]").fill(RULE)
    plan.locator("[type=submit]").click()
    expect(plan.locator("[data-soon]")).to_have_count(0)
    expect(plan.locator(".step")).to_contain_text(STEP)
    return plan


def share_with(page: Page, row: Locator, colleague: Person, purpose: str) -> None:
    """Share what stands in a row with a colleague who is looked up by name."""
    row.locator(".buttons button").nth(2).click()
    dialog = page.locator("dialog.sharing")
    expect(dialog.locator("[name=purpose]").first).to_be_visible()
    expect(dialog.locator("details")).to_be_visible()
    if not dialog.locator("[name=name]").is_visible():
        dialog.locator("summary").click()
    dialog.locator("[name=name]").fill(colleague.name)
    dialog.locator("[name=name]").press("Enter")
    dialog.locator(f"[value='person:{colleague.key}']").check()
    dialog.locator(f"[name=purpose][value={purpose}]").check()
    dialog.locator("[name=from]").fill("Jo, Kerkstraat 1")
    until = dialog.locator("[name=until]").input_value()
    dialog.locator("[name=until]").fill("2020-01-31")
    dialog.locator("[type=submit]").click()
    wrong = dialog.locator(".field:has([name=until]) .wrong-words")
    expect(wrong).to_contain_text(re.compile(r"\d{1,2} [a-z]+ 20\d\d"))
    assert complaints(page) == {}
    dialog.locator("[name=until]").fill(until)
    dialog.locator("[type=submit]").click()
    expect(dialog).to_have_count(0)


def given_anew(page: Page) -> Locator:
    """What others may read, after it was fetched again."""
    with page.expect_response(f"**{reverse('own_shares')}") as fetched:
        given = view(page, "delen").locator("#gedeeld")
    fetched.value.finished()
    return given


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_resident_shares_a_step_and_takes_it_back(
    device: Device,
    page_of: Opens,
    size: ViewportSize,
) -> None:
    sanne, mila = guest(Role.HOUSING_CONSULTANT), guest(Role.AREA_MANAGER)
    page = device(invitation(), size)
    begin(page)
    plan = make_a_plan(page)
    saved(page)
    assert not any(words in everything() for words in (FIRST, ISSUE, STEP, RULE))
    share_with(page, plan.locator(".step"), sanne, "breakthrough")
    expect(plan.locator(".shared")).to_contain_text(sanne.name)
    assert complaints(page) == {}
    assert not any(words in everything() for words in (FIRST, ISSUE, STEP, RULE, "Kerkstraat 1"))

    share = Share.objects.get()
    reader = page_of(sanne, reverse("shared_thing", args=[share.key]))
    expect(reader.locator("main")).to_contain_text(STEP)
    reader.locator("[name=reply-state][value=taken_up]").check()
    reader.fill("[name=reply-words]", ANSWER)
    reader.locator("form[action$='/antwoord/'] button").click()
    expect(reader.locator("main")).to_contain_text(ANSWER)
    reader.locator("details summary").last.click()
    reader.select_option("[name=ask-asked_of]", str(mila.key))
    for name in ("law", "involvement", "gain"):
        reader.fill(f"[name=ask-{name}]", "Dat is hier zo.")
    assert complaints(reader) == {}
    reader.locator("main form .main").last.click()
    reader.wait_for_url("**/doorbraken/**")

    decider = page_of(mila, reverse("breakthrough", args=[Breakthrough.objects.get().key]))
    decider.locator("[name=answer-answer][value=agreed]").check()
    decider.fill("[name=answer-reason]", "Hier past de regel niet.")
    decider.locator("main form .main").click()
    expect(decider.locator("main")).to_contain_text("Hier past de regel niet.")
    assert complaints(decider) == {}

    given = view(page, "delen").locator("#gedeeld")
    expect(given).to_contain_text("Hier past de regel niet.")
    expect(given).to_contain_text(ANSWER)
    given.locator("details").nth(1).locator("summary").click()
    expect(given).to_contain_text(mila.name)
    assert complaints(page) == {}

    plan = view(page, "plan")
    plan.locator(".step .buttons button").first.click()
    plan.locator(".shared button").click()
    expect(plan.locator(".shared button")).to_have_count(0)
    share.refresh_from_db()
    assert (share.state, share.version) == ("done", 2)

    given = given_anew(page)
    expect(given.locator("details[open]")).to_contain_text(mila.name)
    given.locator(".taking-back summary").click()
    given.locator("form button").click()
    expect(given.locator(".entry form")).to_have_count(0)
    expect(page.locator("[data-view=delen] .shared")).to_have_count(0)
    for gone in (reader, decider):
        answer = gone.reload()
        assert answer is not None
        assert answer.status == 404


def test_without_a_connection_nothing_is_shared_and_the_page_says_so(
    device: Device,
) -> None:
    page = device(invitation())
    begin(page)
    plan = make_a_plan(page)
    saved(page)
    page.context.set_offline(True)
    plan.locator(".step .buttons button").nth(2).click()
    dialog = page.locator("dialog.sharing")
    expect(dialog.get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert not Share.objects.exists()


def test_a_plan_is_made_with_the_keyboard_alone(device: Device) -> None:
    page = device(invitation())
    begin(page)
    plan = view(page, "plan")
    plan.locator("button").first.focus()
    page.keyboard.press("Enter")
    expect(plan.locator("[name=first]")).to_be_focused()
    page.keyboard.type(FIRST)
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(plan.locator("em").first).to_contain_text(FIRST)
    # It is drawn anew, and the focus comes back a moment later.
    page.wait_for_function("document.querySelector('[data-view=plan]').contains(document.activeElement)")
