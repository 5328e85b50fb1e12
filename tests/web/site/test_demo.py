"""Signing in with one click exists in the demo, on this machine, by its own name, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.site.demo.filling import people
from ongedeeld.web.site.demo.people import GUESTS
from tests.web.conftest import Hire

GUEST = GUESTS[0]


@pytest.fixture
def demo(city: City, settings: Settings) -> City:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    people(city, date(2026, 1, 1))
    return city


def asked(**how: str) -> int:
    """What the page answers to somebody who asks for it, and to somebody who clicks."""
    client = Client(headers={"host": how.pop("host", "localhost")})
    seen = client.get("/demo/", **how).status_code  # type: ignore[arg-type]
    clicked = client.post("/demo/", {"email": GUEST.email}, **how).status_code  # type: ignore[arg-type]
    assert (clicked == 302) == (seen == 200)
    assert ("_auth_user_id" in client.session) == (seen == 200)
    return seen


def test_it_signs_in_as_the_one_who_was_chosen(demo: City) -> None:
    client = Client(headers={"host": "localhost"})
    assert GUEST.name in client.get("/demo/").content.decode()
    client.post("/demo/", {"email": GUEST.email})
    assert GUEST.name in client.get("/").content.decode()


def test_who_looks_around_reads_on_in_the_language_they_read(demo: City) -> None:
    client = Client(headers={"host": "localhost", "accept-language": "en-GB,en"})
    client.post("/demo/", {"email": GUEST.email})
    assert "My areas" in client.get("/").content.decode()


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_it_is_there_under_the_names_of_this_machine(demo: City, host: str) -> None:
    assert asked(host=host) == 200


@pytest.mark.parametrize("host", ["workbench.example.nl", "localhost.example.nl", "10.0.0.5:8000"])
def test_it_is_not_there_under_another_name(demo: City, host: str) -> None:
    assert asked(host=host) == 404


@pytest.mark.parametrize("address", ["10.0.0.5", "192.168.1.2", "2001:db8::1", ""])
def test_it_is_not_there_for_another_machine(demo: City, address: str) -> None:
    assert asked(REMOTE_ADDR=address) == 404


@pytest.mark.parametrize("header", ["X_FORWARDED_FOR", "X_FORWARDED_HOST", "FORWARDED", "VIA", "X_REAL_IP"])
def test_it_is_not_there_behind_a_proxy(demo: City, header: str) -> None:
    assert asked(**{f"HTTP_{header}": "127.0.0.1"}) == 404


def test_it_is_not_there_outside_the_demo(demo: City, settings: Settings) -> None:
    settings.DEMO = False
    assert asked() == 404


def test_nobody_becomes_a_real_person(demo: City, hire: Hire) -> None:
    real = hire(Role.MANAGER)
    client = Client(headers={"host": "localhost"})
    assert client.post("/demo/", {"email": real.email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_every_role_has_somebody_and_they_stay_who_they_are(demo: City) -> None:
    assert {guest.role for guest in GUESTS} == set(Role)
    people(demo, date(2026, 2, 1))
    assert Person.objects.filter(is_demo=True).count() == len(GUESTS)
    assert not RoleHeld.objects.filter(everywhere=False, areas=None).exists()


def test_it_tells_where_each_of_them_works_in_this_city(demo: City) -> None:
    page = Client(headers={"host": "localhost"}).get("/demo/").content.decode()
    names = set(demo.table("areas")["name"])
    missing = {name for guest in GUESTS for name in guest.areas} - names
    assert missing
    assert not any(name in page for name in missing)
    assert any(name in page for guest in GUESTS for name in guest.areas if name in names)


def test_before_anybody_moved_in_it_tells_how(db: None, settings: Settings) -> None:
    settings.DEMO = True
    page = Client(headers={"host": "localhost"}).get("/demo/").content.decode()
    assert "ongedeeld demo" in page
    assert GUEST.email not in page
