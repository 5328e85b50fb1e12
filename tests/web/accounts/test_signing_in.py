"""Signing in: password, second factor, what keeps others out, and sessions that end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.middleware import BEGAN, SEEN
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from tests.web.conftest import Hire, Visit

PASSWORD = "een zin die niemand raadt"  # noqa: S105 - of an invented person
SIGN_IN = "account_login"


def code_of(secret: str, moment: float) -> str:
    """The six digits that an app shows: RFC 6238 with its defaults, worked out here."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mark = hmac.new(key, struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    at = mark[-1] & 15
    return f"{(struct.unpack('>I', mark[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_the_code_of_an_app_is_that_of_the_standard() -> None:
    # RFC 6238, appendix B, of which six digits are shown.
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code_of(secret, moment) for moment in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]


@pytest.fixture
def anna(hire: Hire) -> Person:
    """A policy adviser with a password."""
    person = hire(Role.POLICY_ADVISER, name="anna")
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(browser: Client, person: Person, password: str = PASSWORD) -> str:
    """Sign in with a password; where that leads."""
    page = browser.post(reverse(SIGN_IN), {"login": person.email, "password": password})
    return page.headers.get("Location", f"{page.status_code}")


def with_app(browser: Client) -> tuple[str, list[str]]:
    """Set up an app in a browser that is signed in: its secret, and the recovery codes that come with it."""
    asked = browser.get(reverse("mfa_activate_totp")).headers["Location"]  # it is asked once more who one is
    page = browser.post(asked, {"password": PASSWORD}, follow=True).content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found, page
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(found.group(1), time.time())})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d+)</code>", browser.get(answer.headers["Location"]).content.decode())
    return found.group(1), codes


def test_a_password_opens_the_start_page(city: City, anna: Person, visit: Visit) -> None:
    browser = visit(None)
    assert browser.get("/").headers["Location"] == "/account/login/?next=/"
    assert signed_in(browser, anna) == "/"
    assert browser.get("/").status_code == 200
    assert Entry.objects.filter(actor=anna.key, verb="accounts.sign_in").count() == 1


def test_after_signing_in_one_is_where_one_wanted_to_be_and_never_elsewhere(
    city: City, anna: Person, visit: Visit
) -> None:
    for wanted, led in (("/account/", "/account/"), ("https://elders.invalid/", "/")):
        data = {"login": anna.email, "password": PASSWORD, "next": wanted}
        assert visit(None).post(reverse(SIGN_IN), data).headers["Location"] == led


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(anna: Person, visit: Visit) -> None:
    pages = [
        visit(None).post(reverse(SIGN_IN), {"login": login, "password": "fout"}).content.decode()
        for login in (anna.email, "niemand@voorbeeld.invalid")
    ]
    told = [re.findall(r'role="alert".*?</ul>', page, re.DOTALL) for page in pages]
    assert told[0]
    assert told[0] == told[1]


def test_after_five_wrong_passwords_the_right_one_opens_nothing_for_a_while(
    anna: Person, visit: Visit
) -> None:
    for _ in range(5):
        assert signed_in(visit(None), anna, "fout") == "200"
    assert signed_in(visit(None), anna) == "200"
    cache.clear()  # the while is over
    assert signed_in(visit(None), anna) == "/"


def test_too_many_tries_from_one_machine_are_turned_away(visit: Visit, hire: Hire) -> None:
    people = [hire(Role.CARETAKER) for _ in range(12)]
    answers = [signed_in(visit(None), person, "fout") for person in people]
    assert answers[:10] == ["200"] * 10
    page = visit(None).post(reverse(SIGN_IN), {"login": people[-1].email, "password": "wachtwoord"})
    assert "Location" not in page.headers


def test_a_second_factor_is_asked_once_it_is_set_up(city: City, anna: Person, visit: Visit) -> None:
    browser = visit(None)
    signed_in(browser, anna)
    secret, _ = with_app(browser)
    cache.clear()  # a code counts once: forget the one that set it up
    other = visit(None)
    assert signed_in(other, anna) == reverse("mfa_authenticate")
    assert other.get("/").status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert other.get("/").status_code == 302
    right = other.post(reverse("mfa_authenticate"), {"code": code_of(secret, time.time())})
    assert right.headers["Location"] == "/"
    assert other.get("/").status_code == 200


def test_a_recovery_code_works_once(city: City, anna: Person, visit: Visit) -> None:
    browser = visit(None)
    signed_in(browser, anna)
    _, codes = with_app(browser)
    assert len(set(codes)) == 10
    answers = []
    for _ in range(2):
        other = visit(None)
        signed_in(other, anna)
        answers.append(other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code)
    assert answers == [302, 200]


def test_the_secret_of_an_app_is_unreadable_in_the_database(city: City, anna: Person, visit: Visit) -> None:
    browser = visit(None)
    signed_in(browser, anna)
    secret, codes = with_app(browser)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_who_needs_a_second_factor_is_led_to_it_and_then_let_in(
    city: City, anna: Person, visit: Visit, settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = {Role.POLICY_ADVISER}
    browser = visit(None)
    signed_in(browser, anna)
    assert browser.get("/").headers["Location"] == reverse("mfa_index")
    assert browser.get(reverse("account")).status_code == 200
    with_app(browser)
    assert browser.get("/").status_code == 200
    browser.post(reverse("mfa_deactivate_totp"))
    assert not may(Person.objects.get(pk=anna.pk), "areas.see_start")


def test_a_page_inside_a_page_leads_the_whole_page_to_signing_in(city: City, visit: Visit) -> None:
    page = visit(None).get("/", headers={"HX-Request": "true"})
    assert (page.status_code, page.headers["HX-Redirect"]) == (204, "/account/login/?next=/")


@pytest.mark.parametrize(("key", "limit"), [(SEEN, "SESSION_IDLE_SECONDS"), (BEGAN, "SESSION_COOKIE_AGE")])
def test_a_session_ends_without_use_and_after_a_day_of_work(
    city: City, anna: Person, visit: Visit, settings: Settings, key: str, limit: str
) -> None:
    browser = visit(anna)
    assert browser.get("/").status_code == 200
    for over, answer in ((-60, 200), (60, 302)):
        session = browser.session
        session[key] = int(time.time()) - getattr(settings, limit) - over
        if over < 0:
            session[key] = int(time.time()) - getattr(settings, limit) + 60
        session.save()
        assert browser.get("/").status_code == answer
    assert not browser.session.get("_auth_user_id")


def test_using_the_workbench_keeps_a_session_open(
    city: City, anna: Person, visit: Visit, settings: Settings
) -> None:
    browser = visit(anna)
    browser.get("/")
    session = browser.session
    session[SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS // 2
    session.save()
    browser.get("/")
    assert browser.session[SEEN] >= int(time.time()) - 5


def test_a_new_password_comes_by_mail_with_a_link_that_works_once(
    city: City, anna: Person, visit: Visit
) -> None:
    visit(None).post(reverse("account_reset_password"), {"email": anna.email})
    (letter,) = mail.outbox
    found = re.search(r"https?://localhost(/\S+)", str(letter.body))
    assert found, letter.body
    browser = visit(None)
    form = browser.get(found.group(1), follow=True)
    new = {"password1": "een heel andere zin", "password2": "een heel andere zin"}
    browser.post(form.redirect_chain[-1][0], new)
    assert signed_in(visit(None), anna) == "200"
    assert signed_in(visit(None), anna, "een heel andere zin") == "/"
    again = visit(None).get(found.group(1), follow=True).content.decode()
    assert "password1" not in again


def test_nothing_tells_whether_an_address_is_known(visit: Visit, anna: Person) -> None:
    told = [
        visit(None).post(reverse("account_reset_password"), {"email": email}).headers["Location"]
        for email in (anna.email, "niemand@voorbeeld.invalid")
    ]
    assert told[0] == told[1]
    assert [letter.to for letter in mail.outbox] == [[anna.email]]


def test_nobody_can_sign_up(visit: Visit) -> None:
    for address in ("/account/signup/", "/account/email/", "/account/social/signup/", "/accounts/signup/"):
        assert visit(None).get(address).status_code == 404


def test_changing_a_password_signs_out_everywhere_else(city: City, anna: Person, visit: Visit) -> None:
    here, elsewhere = visit(None), visit(None)
    signed_in(here, anna)
    signed_in(elsewhere, anna)
    new = {"oldpassword": PASSWORD, "password1": "een heel andere zin", "password2": "een heel andere zin"}
    here.post(reverse("account_change_password"), new)
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_one_can_sign_out_everywhere_else(city: City, anna: Person, visit: Visit) -> None:
    here, elsewhere = visit(None), visit(None)
    signed_in(here, anna)
    signed_in(elsewhere, anna)
    page = here.get(reverse("account")).content.decode()
    assert reverse("usersessions_list") in page
    here.post(reverse("usersessions_list"))
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_my_account_tells_my_roles_and_what_they_let_me_do_and_why(
    city: City, anna: Person, visit: Visit
) -> None:
    anna.language = "en"
    anna.save()
    page = visit(anna).get(reverse("account")).content.decode()
    assert "policy adviser" in page
    assert "as policy adviser you may see the start page" in page
    assert "none of your roles may remove people" in page
    visit(anna).post(reverse("account"), {"name": "Anna van Dam", "language": "nl"})
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna van Dam", "nl")
