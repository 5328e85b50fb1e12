"""Every page and every form, in every role, with odd input: nothing breaks, and nothing leaks.

Residents have no account: their map is open. A partner without an account holds a link and gave its code.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.roles import TEAM, Role
from ongedeeld.web.referrals.answering.link_views import COOKIE as ANSWER_COOKIE
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.residents.models import Opening, Vault
from ongedeeld.web.residents.vault import openings
from tests.web.conftest import Hire
from tests.web.residents.device import new_vault
from tests.web.steady.answering import opened_link
from tests.web.steady.crawling import Crawl, Enter, signed_in
from tests.web.steady.kept_elsewhere import Elsewhere
from tests.web.steady.starts import starts
from tests.web.things import OWN_AREA, THINGS, Visit

SLOW = ("neighbourhood_document",)
"""What takes seconds to write, and is opened with --soak only."""
THE_SAME = ("account", "mfa", "usersessions", "socialaccount", "openapi", "api:", "rules_difference")
"""How the names begin of pages that do not ask in which role one is: without --soak one role opens them."""
MINE, ANSWER = "/mijn/", "/antwoord/"
ANSWERS = 3
"""To how many links an answer is given at least: an answer ends what is asked."""

ALL, A_FEW = (4, 12, 200, 1), (1, 2, 2, 5)
"""How much is opened and sent: pages, turns, most and altered of a `Crawl`."""
Crawls = Callable[..., Crawl]


@pytest.fixture(autouse=True)
def nothing_stays_of_what_was_uploaded() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA_FOLDER) / "incoming", ignore_errors=True)


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether all of it is opened."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture
def crawls(long: bool, caplog: pytest.LogCaptureFixture) -> Crawls:
    """A crawl: of a page of each kind and two turns of each form, or with --soak of all."""
    # That much is not found and refused is what is asked for.
    caplog.set_level(logging.CRITICAL, "django.request")

    def crawl(
        enter: Enter, hidden: frozenset[str], keys: list[str], *, within: str = "/", in_parts: bool = False
    ) -> Crawl:
        made = Crawl(enter, hidden, keys, *(ALL if long else A_FEW), within=within, in_parts=in_parts)
        if not long:
            made.without += SLOW
        return made

    return crawl


@pytest.mark.soak
@pytest.mark.parametrize("role", list(Role))
def test_nothing_that_is_asked_or_typed_breaks_a_page_or_shows_what_is_not_ones_own(
    role: Role, city: City, hire: Hire, crawls: Crawls, long: bool
) -> None:
    person = hire(role, [OWN_AREA], name=f"visitor as {role}")
    visit = Visit(city, hire, person)
    elsewhere = Elsewhere(visit)
    crawl = crawls(signed_in(person), elsewhere.hidden_from(person), elsewhere.keys_for(person))
    if not long and role is not Role.MANAGER:
        crawl.without += THE_SAME if role in TEAM else (*THE_SAME, "neighbourhood")
    begin = [one for one in starts(visit, refused=long) if not one.startswith((MINE, ANSWER))]
    crawl.walk(begin, of_others=elsewhere.addresses if long else elsewhere.pages)
    assert crawl.wrong == set()
    assert len(crawl.opened) > 20
    assert sum(crawl.sent.values()) > 10


@pytest.mark.soak
def test_nothing_breaks_at_the_door_of_a_resident_or_shows_what_is_of_others(
    city: City, hire: Hire, crawls: Crawls
) -> None:
    vault = new_vault()
    visit = Visit(city, hire, None, vault)
    elsewhere = Elsewhere(visit)
    crawl = crawls(
        _with_a_map(vault), elsewhere.hidden_from(None), elsewhere.keys_for(None), within=MINE, in_parts=True
    )
    crawl.walk(one for one in starts(visit, refused=False) if one.startswith(MINE))
    assert crawl.wrong == set()
    assert {"own_shares", "own_signals", "own_data", "my_referrals"} <= set(crawl.opened)
    assert sum(crawl.sent.values()) > 10


def _with_a_map(vault: Vault) -> Enter:
    def enter(client: Client) -> None:
        held = client.cookies.get(openings.COOKIE)
        if held is None or not Opening.objects.filter(token_hash=openings.hash_of(held.value)).exists():
            client.cookies[openings.COOKIE] = openings.begin(vault, elsewhere=True, now=timezone.now())

    return enter


@pytest.mark.soak
def test_nothing_breaks_behind_the_link_of_a_partner_or_shows_what_is_of_others(
    city: City, hire: Hire, crawls: Crawls
) -> None:
    visit = Visit(city, hire, None)
    elsewhere, secret = Elsewhere(visit), secrets.token_urlsafe(32)
    crawl = crawls(_with_a_link(secret), elsewhere.hidden_from(None), elsewhere.keys_for(None), within=ANSWER)
    crawl.pages = max(crawl.pages, ANSWERS)
    crawl.walk(page for _ in range(crawl.pages) for page in _link(visit, secret))
    assert crawl.wrong == set()
    assert {"answer_link", "answer_read"} <= set(crawl.opened)
    assert sum(crawl.sent.values()) > 10


def _with_a_link(secret: str) -> Enter:
    def enter(client: Client) -> None:
        client.cookies[ANSWER_COOKIE] = secret

    return enter


def _link(visit: Visit, secret: str) -> Iterator[str]:
    """The door of a link that was sent, and what it leads to once its code was given."""
    token, link = opened_link(Referral.objects.get(key=str(THINGS["referral"](visit)[0])), secret)
    yield reverse("answer_link", args=[token])
    yield reverse("answer_read", args=[link.key])
