"""What people come for, done in a browser from the first click to the last."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.areas.models import Overrule
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.messages import take_up
from ongedeeld.web.plans.models import Plan
from tests.web.browser.conftest import Opens
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, largest_complex, place_of_the_plan, read
from tests.web.cities.conftest import complexes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "een zin die niemand raadt"  # noqa: S105 - of an invented person
PERIOD = 30


def code(secret: str, ahead: int = 0) -> str:
    """The six digits that an app shows (RFC 6238), now or so many periods ahead."""
    count = struct.pack(">Q", int(time.time()) // PERIOD + ahead)
    made = hmac.digest(base64.b32decode(secret), count, hashlib.sha1)
    (number,) = struct.unpack_from(">I", made, made[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"


def moved_in(name: str, role: Role) -> Person:
    """Somebody with a password, who works everywhere."""
    person = Person.objects.create_user(f"{name}@voorbeeld.invalid", PASSWORD, name=name)
    RoleHeld.objects.create(person=person, role=role, everywhere=True, from_day=date(2020, 1, 1))
    return person


def sign_in(page: Page, person: Person) -> None:
    """Fill in the form that is open."""
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def heading(page: Page) -> str:
    """The title that stands above the page."""
    return page.inner_text("h1")


def to(name: str, *about: object) -> str:
    """The link that leads to a page, in the page itself."""
    return f'main a[href^="{reverse(name, args=about)}"]'


def test_somebody_signs_in_with_a_second_step(page_of: Opens, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = {Role.DIRECTOR}
    person = moved_in("noor", Role.DIRECTOR)
    page = page_of(None, "/")
    sign_in(page, person)
    page.wait_for_url("**/account/2fa/")  # the role asks for a second step before anything else opens
    page.click(to("mfa_activate_totp"))
    page.wait_for_url("**/account/reauthenticate/**")  # once more, because this changes how one signs in
    assert complaints(page) == {}
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    secret = page.inner_text("main code")
    page.fill("[name=code]", code(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/**")
    assert complaints(page) == {}
    page.goto(reverse("account_change_password"))
    assert complaints(page) == {}
    page.click("header summary")
    page.click("header .menu button")
    page.wait_for_url("**/account/login/")
    sign_in(page, person)
    page.wait_for_url("**/account/2fa/authenticate/")
    assert complaints(page) == {}
    page.fill("[name=code]", code(secret, ahead=1))  # an app's code opens once
    page.press("[name=code]", "Enter")
    page.wait_for_selector("header .rooms")
    assert person.name in page.inner_text("header")


def test_a_neighbourhood_is_found_on_the_map(page_of: Opens) -> None:
    page = page_of(guest(Role.POLICY_ADVISER), "/")
    page.click(f'header a[href="{reverse("map")}"]')
    page.wait_for_selector("#map[data-state=drawn]")
    assert complaints(page) == {}
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
    for opened in page.locator("main details").all():
        opened.locator("summary").click()
    assert complaints(page) == {}


def test_somebody_reads_on_in_another_language(page_of: Opens) -> None:
    page = page_of(guest(Role.PARTNER), reverse("plans"))
    dutch = heading(page)
    page.click("header button[value=en]")
    page.wait_for_selector("html[lang=en]")
    assert heading(page) != dutch
    page.goto("/")
    assert page.get_attribute("html", "lang") == "en"
    page.click("header button[value=nl]")
    page.wait_for_selector("html[lang=nl]")


# Where the focus is, when that cannot be seen; after the last of a page it leaves the page for a moment.
UNSEEN = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return seen || at === document.body ? "" : at.outerHTML.slice(0, 120);
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until it is reached; where one is can be seen all the way."""
    for _ in range(250):
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN)
        assert unseen == ""
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def press(page: Page, key: str = "Enter") -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_all_of_it_goes_by_keyboard_alone(page_of: Opens) -> None:
    person = moved_in("sam", Role.AREA_MANAGER)
    number, keys = largest_complex(), page_of(None, reverse("account_login"))
    tab_to(keys, "[name=login]")
    keys.keyboard.type(person.email)
    tab_to(keys, "[name=password]")
    keys.keyboard.type(PASSWORD)
    press(keys)
    tab_to(keys, f'header a[href="{reverse("map")}"]')
    press(keys)
    keys.wait_for_selector("#map[data-state=drawn]")
    tab_to(keys, "#map-find")
    keys.keyboard.type(name_of(place_of_the_plan()))
    tab_to(keys, to("neighbourhood", place_of_the_plan()))
    press(keys)
    tab_to(keys, to("complex", number))
    press(keys)
    tab_to(keys, to("overrule", number))
    press(keys)
    tab_to(keys, "[name=theme]")
    keys.keyboard.press("ArrowDown")
    tab_to(keys, "[name=score]")
    keys.keyboard.press("Space")
    keys.keyboard.press("ArrowDown")
    tab_to(keys, "[name=reason]")
    keys.keyboard.type("Na de opknapbeurt is het hier schoner dan de schouw vertelt.")
    tab_to(keys, "main form.form button.main")
    press(keys, "Space")
    assert keys.is_visible(".messages")
    assert Overrule.objects.get(unit=number, reason__startswith="Na de opknapbeurt").score == 2
    tab_to(keys, "header summary")
    keys.keyboard.press("Enter")
    tab_to(keys, "header .menu button")
    press(keys)
    assert keys.url.endswith("/account/login/")


def name_of(area: str) -> str:
    """What a neighbourhood is called."""
    areas = read().city.table("areas")
    return str(areas.filter(areas["code"] == area)["name"][0])


def test_a_new_version_of_the_figures_is_brought_in_and_taken_into_use(page_of: Opens) -> None:
    table = complexes(read().city, renamed="De Nieuwe Naam").encode()
    page = page_of(guest(Role.DATA_MANAGER), reverse("data"))
    page.click(to("bring_in"))
    page.set_input_files("[name=uploads]", {"name": "complexen.csv", "mimeType": "text/csv", "buffer": table})
    page.locator("main form.form button.main").first.click()
    page.wait_for_selector("progress")
    assert complaints(page) == {}
    version = CityVersion.objects.exclude(state=CityVersion.State.CURRENT).latest("made_at")
    take_up.call(key=str(version.job))
    page.wait_for_selector(accept := f'form[action="{reverse("accept_version", args=[version.key])}"]')
    assert complaints(page) == {}
    page.click(f"{accept} button")
    page.wait_for_selector(".messages")
    assert read().version == str(version.key)
    assert "De Nieuwe Naam" in read().city.table("complexes")["name"]
