"""Everything people come for goes by keyboard alone, from signing in to taking new figures into use."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from datetime import date

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
from tests.web.browser.keyboard import follow, press, sign_out, tab_to, write
from tests.web.browser.looking import complaints
from tests.web.browser.pages import guest, largest_complex, place_of_the_plan, read
from tests.web.browser.stories import heading, to
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


def sign_in(keys: Page, person: Person) -> None:
    """Fill in the form that is open."""
    write(keys, "[name=login]", person.email)
    write(keys, "[name=password]", PASSWORD)
    press(keys)


def test_somebody_signs_in_with_a_second_step(page_of: Opens, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = {Role.DIRECTOR}
    person = moved_in("noor", Role.DIRECTOR)
    keys = page_of(None, "/")
    sign_in(keys, person)
    keys.wait_for_url("**/account/2fa/")  # the role asks for a second step before anything else opens
    follow(keys, to("mfa_activate_totp"))
    keys.wait_for_url("**/account/reauthenticate/**")  # once more, because this changes how one signs in
    assert complaints(keys) == {}
    write(keys, "[name=password]", PASSWORD)
    press(keys)
    secret = keys.inner_text("main code")
    write(keys, "[name=code]", code(secret))
    press(keys)
    keys.wait_for_url("**/recovery-codes/**")
    assert complaints(keys) == {}
    keys.goto(reverse("account_change_password"))
    assert complaints(keys) == {}
    sign_out(keys)
    sign_in(keys, person)
    keys.wait_for_url("**/account/2fa/authenticate/")
    assert complaints(keys) == {}
    write(keys, "[name=code]", code(secret, ahead=1))  # an app's code opens once
    press(keys)
    keys.wait_for_selector("header .rooms")
    assert person.name in keys.inner_text("header")


def test_a_place_is_found_on_the_map_a_view_laid_beside_its_card_and_a_plan_made(page_of: Opens) -> None:
    person = moved_in("sam", Role.AREA_MANAGER)
    number, keys = largest_complex(), page_of(None, reverse("account_login"))
    sign_in(keys, person)
    follow(keys, f'header a[href="{reverse("map")}"]')
    keys.wait_for_selector("#map[data-state=drawn]")
    write(keys, "#map-find", name_of(place_of_the_plan()))
    follow(keys, to("neighbourhood", place_of_the_plan()))
    follow(keys, to("complex", number))
    follow(keys, to("overrule", number))
    tab_to(keys, "[name=theme]")
    keys.keyboard.press("ArrowDown")
    tab_to(keys, "[name=score]")
    keys.keyboard.press("Space")
    keys.keyboard.press("ArrowDown")
    write(keys, "[name=reason]", "Na de opknapbeurt is het hier schoner dan de schouw vertelt.")
    follow(keys, "main form.form button.main", "Space")
    assert keys.is_visible(".messages")
    assert Overrule.objects.get(unit=number, reason__startswith="Na de opknapbeurt").score == 2
    follow(keys, to("new_plan"))
    write(keys, "[name=title]", "Een bankje bij de ingang")
    write(keys, "[name=goal]", "Buren blijven even staan.")
    follow(keys, "main form.form button.main")
    assert heading(keys) == "Een bankje bij de ingang"
    assert Plan.objects.get(title="Een bankje bij de ingang").unit == number
    sign_out(keys)


def name_of(area: str) -> str:
    """What a neighbourhood is called."""
    areas = read().city.table("areas")
    return str(areas.filter(areas["code"] == area)["name"][0])


def test_somebody_reads_on_in_another_language(page_of: Opens) -> None:
    keys = page_of(guest(Role.PARTNER), reverse("plans"))
    dutch = heading(keys)
    follow(keys, "header button[value=en]")
    keys.wait_for_selector("html[lang=en]")
    assert heading(keys) != dutch
    keys.goto("/")
    assert keys.get_attribute("html", "lang") == "en"
    follow(keys, "header button[value=nl]", "Space")
    keys.wait_for_selector("html[lang=nl]")


def test_a_new_version_of_the_figures_is_brought_in_and_taken_into_use(page_of: Opens) -> None:
    table = complexes(read().city, renamed="De Nieuwe Naam").encode()
    keys = page_of(guest(Role.DATA_MANAGER), reverse("data"))
    follow(keys, to("bring_in"))
    tab_to(keys, "[name=uploads]")
    with keys.expect_file_chooser() as chosen:
        keys.keyboard.press("Space")
    chosen.value.set_files({"name": "complexen.csv", "mimeType": "text/csv", "buffer": table})
    follow(keys, "main form.form button.main")
    keys.wait_for_selector("progress")
    assert complaints(keys) == {}
    version = CityVersion.objects.exclude(state=CityVersion.State.CURRENT).latest("made_at")
    take_up.call(key=str(version.job))
    keys.wait_for_selector(accept := f'form[action="{reverse("accept_version", args=[version.key])}"]')
    assert complaints(keys) == {}
    follow(keys, f"{accept} button")
    keys.wait_for_selector(".messages")
    assert read().version == str(version.key)
    assert "De Nieuwe Naam" in read().city.table("complexes")["name"]
