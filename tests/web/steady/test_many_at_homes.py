"""Many people who write to the same record about a home at the same moment, each in a browser of their own.

Whoever is told that something was kept finds it kept; whoever came second is told so, and nobody meets a page
that failed. What was taken back or has ended stays so, whatever came at the same moment.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.preventing.deliveries import contents, fingerprint
from ongedeeld.web.preventing.models import Arrears, Condition, Delivery
from ongedeeld.web.referrals.answering.link_views import COOKIE as ANSWER_COOKIE
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.residents.breakthroughs.contents import plea_of
from ongedeeld.web.residents.models import Breakthrough, Vault
from ongedeeld.web.residents.vault import openings
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Hire
from tests.web.residents.device import new_vault, text_of
from tests.web.steady.answering import opened_link
from tests.web.steady.conftest import at_once
from tests.web.steady.server import Browser, Server, browsing
from tests.web.things import OWN_AREA, THINGS, Visit

Browse = Callable[[Person], Browser]
pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
FINE = {200, 303, 404, 409, 422}
"""What may be answered to who came second; nothing else, and no error."""
ROUNDS = 20


@pytest.fixture
def rounds(repeats: int) -> int:
    """How often two meet."""
    return min(repeats, ROUNDS)


@dataclass
class Made:
    """Makes things in the area of the cast, and gives their keys."""

    city: City
    hire: Hire

    def of(self, name: str, person: Person | None = None) -> UUID:
        """The key of a new thing."""
        key = THINGS[name](Visit(self.city, self.hire, person))[0]
        assert isinstance(key, UUID)
        return key


@pytest.fixture
def made(city: City, hire: Hire) -> Made:
    """What is made for these tests."""
    return Made(city, hire)


def colleagues(hire: Hire, browse: Browse, count: int) -> list[tuple[str, Browser]]:
    """So many housing consultants of one neighbourhood: name and browser."""
    people = [hire(Role.HOUSING_CONSULTANT, [OWN_AREA], name=f"Consulent {at}") for at in range(count)]
    return [(person.name, browse(person)) for person in people]


def test_each_step_that_many_take_with_one_signal_stands_in_its_history_once(
    made: Made, hire: Hire, browse: Browse, many: int
) -> None:
    key = made.of("signal")
    page = f"/signalen/{key}/"

    def take(one: tuple[str, Browser]) -> None:
        name, browser = one
        for _ in range(many):
            values = browser.read(page).asking("contact-words").values | {"contact-words": f"Door {name}."}
            answer = browser.post(f"{page}stap/contact/", values)
            if answer.status_code == 303:
                return
            assert answer.status_code in FINE
            assert f"Door {name}." in answer.text  # what was typed is not lost
        pytest.fail(f"{name} was never first")

    at_once(take, colleagues(hire, browse, many))
    signal = Signal.objects.get(key=key)
    assert signal.version == 1 + many
    assert signal.events.filter(step="contact").count() == many
    assert (
        Entry.objects.filter(verb__startswith="signals.", thing=str(key))
        .exclude(verb__startswith="signals.see")
        .count()
        == signal.events.exclude(step="receive").count()
    )


def test_what_a_sender_takes_back_while_the_partner_answers_is_gone_and_the_answer_is_kept(
    made: Made, server: Server, hire: Hire, browse: Browse, rounds: int
) -> None:
    ((_, sanne),) = colleagues(hire, browse, 1)
    for _ in range(rounds):
        referral = Referral.objects.get(key=made.of("referral"))
        item = referral.items.get()
        secret = secrets.token_urlsafe(32)
        _, link = opened_link(referral, secret)
        back = f"/doorverwijzingen/{referral.key}/onderdeel/{item.key}/terugnemen/"
        answer = f"/antwoord/lezen/{link.key}/ja/"
        with browsing(server.address, **{ANSWER_COOKIE: secret}) as partner:
            sent = at_once(
                lambda one: one[0].post(one[1], {"ja-version": "1"}).status_code,
                [(sanne, back), (partner, answer)],
            )
        assert set(sent) <= {303}  # neither stands in the way of the other
        item.refresh_from_db()
        assert (item.withdrawn_at is not None, item.sealed) == (True, "")
        referral.refresh_from_db()
        accepted = referral.events.filter(step="accepted").count()
        assert accepted == (sent[1] == 303) == (referral.state == Referral.State.ACCEPTED)


def test_of_two_answers_to_one_request_that_a_rule_gives_way_one_counts(
    made: Made, hire: Hire, browse: Browse, rounds: int
) -> None:
    dirk = hire(Role.DIRECTOR, name="Dirk")
    windows = [browse(dirk), browse(dirk)]
    for _ in range(rounds):
        key = made.of("breakthrough", dirk)
        page = f"/doorbraken/{key}/"
        forms = [
            window.read(page).asking("answer-reason").values
            | {"answer-answer": told, "answer-reason": f"Omdat: {told}"}
            for window, told in zip(windows, ("agreed", "refused"), strict=True)
        ]
        sent = at_once(
            lambda one: one[0].post(f"{one[1]}antwoord/", one[2]),
            [(window, page, form) for window, form in zip(windows, forms, strict=True)],
        )
        told = [
            form["answer-answer"] for form, one in zip(forms, sent, strict=True) if one.status_code == 303
        ]
        assert {one.status_code for one in sent} <= FINE
        answered = Breakthrough.objects.get(key=key)
        assert [answered.state] == told
        assert plea_of(answered).answer == f"Omdat: {answered.state}"


def test_arrears_that_are_paid_while_they_are_sent_are_never_sent_without_a_stop(
    made: Made, hire: Hire, browse: Browse, rounds: int
) -> None:
    windows = colleagues(hire, browse, 2)
    today = timezone.localdate()
    for _ in range(rounds):
        delivery = Delivery.objects.get(key=made.of("delivery"))
        (one,) = delivery.arrears.all()
        for kind in Condition.Kind.values:
            _met(one, kind, today - timedelta(days=30))
        Delivery.objects.filter(pk=delivery.pk).update(filed=fingerprint(contents(delivery)))
        day = {"sent-day": today.isoformat(), "sent-way": "exchange"}
        ways = [
            (f"/huurachterstand/{one.key}/beeindigen/", {"end-ending": "paid"}),
            (f"/huurachterstand/leveringen/{delivery.key}/verzonden/", day),
        ]
        sent = at_once(
            lambda way: way[0][1].post(*way[1]).status_code,
            list(zip(windows, ways, strict=True)),
        )
        assert sent[0] == 303
        assert set(sent) <= FINE
        one.refresh_from_db()
        delivery.refresh_from_db()
        assert one.state == Arrears.State.ENDED
        assert (one.sent_on is not None) == (delivery.sent_on is not None) == (sent[1] == 303)
        assert one.owes_stop == (one.sent_on is not None)


def _met(one: Arrears, kind: str, day: date) -> None:
    Condition.objects.create(arrears=one, kind=kind, day=day, how="letter", actor=uuid4())


def test_what_each_of_many_devices_adds_to_one_thing_in_a_map_is_in_it(server: Server, many: int) -> None:
    vault, thing = new_vault(), str(uuid4())

    def add(one: tuple[str, Browser]) -> None:
        name, device = one
        known: dict[str, object] = {}
        for _ in range(many + 1):
            words = [*json.loads(_plain(known)), name] if known else [name]
            version = int(str(known.get("version", 0))) + 1
            sent = {"id": thing, "version": version, "ciphertext": text_of(json.dumps(words).encode())}
            answer = device.put("/mijn/kluis/items", {"items": [sent]})
            while answer.status_code == 429:
                cache.clear()  # in place of the minute that a device waits who asked too often
                answer = device.put("/mijn/kluis/items", {"items": [sent]})
            assert answer.status_code == 200, answer.text
            if answer.json()["kept"]:
                return
            (known,) = answer.json()["conflicts"]
        pytest.fail(f"{name} was never first")

    with ExitStack() as opened:
        devices = [
            (f"apparaat {at}", opened.enter_context(browsing(server.address, **_cookie(vault))))
            for at in range(many)
        ]
        at_once(add, devices)
        (standing,) = devices[0][1].get("/mijn/kluis/items").json()["items"]
    assert sorted(json.loads(_plain(standing))) == sorted(name for name, _ in devices)
    vault.refresh_from_db()
    assert (standing["version"], vault.sequence) == (many, many)


def _cookie(vault: Vault) -> dict[str, str]:
    return {openings.COOKIE: openings.begin(vault, elsewhere=False, now=timezone.now())}


def _plain(item: dict[str, object]) -> str:
    text = str(item["ciphertext"])
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
