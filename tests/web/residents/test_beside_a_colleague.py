"""A resident and a colleague use one browser, one after the other: neither meets what is of the other."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from ongedeeld.web.accounts.middleware import OF_RESIDENTS, SEEN
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.vault import openings
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import new_vault, open_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def tablet(city: object, hire: Hire, visit: Visit) -> Client:
    """A browser in which a colleague is signed in, and a resident has a map open."""
    client = visit(hire(Role.HOUSING_CONSULTANT))
    client.cookies[openings.COOKIE] = open_map(new_vault(), visit).cookies[openings.COOKIE].value
    return client


def test_a_resident_who_begins_on_a_tablet_has_nothing_of_the_workbench_within_reach(tablet: Client) -> None:
    invited = tablet.post(reverse("invite_resident"), {"search": ""}).content.decode()
    token = invited.split(f'value="http://localhost{reverse("begin_vault")}#')[1].split('"')[0]
    assert f'action="{reverse("begin_here")}#{token}"' in invited
    begun = tablet.post(reverse("begin_here"))
    assert (begun.status_code, begun.headers["Location"]) == (303, reverse("begin_vault"))
    assert SESSION_KEY not in tablet.session
    start = tablet.get(reverse("start"))
    assert urlsplit(start.headers["Location"]).path == reverse("account_login")


def test_what_a_resident_does_is_no_use_of_a_colleagues_session(tablet: Client) -> None:
    assert OF_RESIDENTS == openings.PATH
    session = tablet.session
    long_ago = int(time.time()) - settings.SESSION_IDLE_SECONDS // 2
    session[SEEN] = long_ago
    session.save()
    assert tablet.get(reverse("own_data")).status_code == 200
    assert tablet.session[SEEN] == long_ago
    tablet.get(reverse("start"))
    assert tablet.session[SEEN] > long_ago


def test_what_one_of_them_was_told_is_not_shown_to_the_other(tablet: Client) -> None:
    tablet.post(reverse("close_elsewhere"))
    kept = tablet.cookies["ongedeeld_kaart_gedaan"]
    assert (kept["path"], kept["samesite"], bool(kept["httponly"])) == (openings.PATH, "Strict", True)
    words = "on every other device."
    tablet.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert words not in tablet.get(reverse("start")).content.decode()
    assert words not in tablet.get(reverse("own_map_shell")).content.decode(), (
        "it is kept without a connection"
    )
    assert 'class="messages"' in tablet.get(reverse("own_data")).content.decode()
    assert 'class="messages"' not in tablet.get(reverse("own_data")).content.decode()
