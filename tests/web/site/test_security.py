"""What browsers are told, what is limited, and what Django's own check for production says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.site.security import MAP_PAGES, content_policy
from tests.web.conftest import Hire, Visit

PAGES = ("start", "account", "people", "invite", "mfa_index", "account_login", "account_reset_password")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_may_load_and_send_nothing_from_or_to_elsewhere(
    city: City, hire: Hire, visit: Visit, page: str
) -> None:
    answer = visit(hire(Role.MANAGER)).get(reverse(page), follow=True)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_nothing_that_its_policy_forbids(
    city: City, hire: Hire, visit: Visit, page: str
) -> None:
    text = visit(hire(Role.MANAGER)).get(reverse(page), follow=True).content.decode()
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert [one for one in scripts if "src=" not in one and "application/json" not in one] == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", text) == []
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text) == []


def test_pages_that_are_refused_or_missing_are_as_safe(city: City, visit: Visit, hire: Hire) -> None:
    browser = visit(hire(Role.CARETAKER))
    for address, status in (("/mensen/", 403), ("/bestaat-niet/", 404)):
        answer = browser.get(address)
        assert answer.status_code == status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_only_a_map_may_use_a_worker() -> None:
    assert "worker-src" not in content_policy("start")
    for page in MAP_PAGES:
        assert "worker-src 'self' blob:" in content_policy(page)


def test_signing_in_at_the_organisation_may_be_posted_to(settings: Settings) -> None:
    settings.OIDC_ISSUER = "https://login.voorbeeld.invalid/huurders/v2.0"
    assert "form-action 'self' https://login.voorbeeld.invalid" in content_policy()


def test_a_form_without_its_token_changes_nothing(city: City, hire: Hire) -> None:
    browser = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    anna = hire(Role.CARETAKER, name="anna")
    browser.force_login(anna)
    answer = browser.post(reverse("account"), {"name": "Iemand anders", "language": "nl"})
    assert answer.status_code == 403
    assert Person.objects.get(pk=anna.pk).name == "anna"


def test_a_host_that_is_not_ours_is_refused(visit: Visit) -> None:
    assert visit(None).get("/", headers={"host": "elders.invalid"}).status_code == 400


def test_what_is_heavy_is_limited_per_person(hire: Hire, rf: RequestFactory) -> None:
    @limited("drawing", "2/m/user")
    def draw(request: HttpRequest) -> HttpResponse:
        return HttpResponse("drawn")

    answers = {}
    for person in (hire(Role.CARETAKER), hire(Role.DIRECTOR)):
        request = rf.get("/")
        request.user = person
        answers[str(person)] = [draw(request).status_code for _ in range(3)]
    assert list(answers.values()) == [[200, 200, 429], [200, 200, 429]]


def in_production(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the settings of production."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "ongedeeld.web.site.settings",
        "ONGEDEELD_DATA": str(folder),
        "SECRET_KEY": "of-this-test-only-and-long-enough-to-be-taken-for-a-secret-0123456789",
        "ALLOWED_HOSTS": "wijk.voorbeeld.invalid",
    }
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )


def test_django_finds_nothing_unsafe_in_the_settings_of_production(tmp_path: Path) -> None:
    found = in_production(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert (found.returncode, found.stderr.strip()) == (0, ""), found.stdout + found.stderr


ASK_PLAIN_AND_SAFE = """
import django; django.setup()
from django.test import Client
browser = Client(headers={"host": "wijk.voorbeeld.invalid"})
print(browser.get("/account/inactive/").headers["Location"])
print(browser.get("/account/inactive/", secure=True).headers["Strict-Transport-Security"])
"""


def test_production_serves_over_tls_alone_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    told = in_production(tmp_path, "-c", ASK_PLAIN_AND_SAFE)
    assert told.stdout.splitlines() == [
        "https://wijk.voorbeeld.invalid/account/inactive/",
        "max-age=31536000; includeSubDomains",
    ], told.stderr
