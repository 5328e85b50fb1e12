"""The resident of the demo: their cards open their map, as the twin of the format reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.models import Item, Lock, Share, Vault
from ongedeeld.web.residents.sharing.contents import copy_of
from ongedeeld.web.residents.sharing.reading import read_share
from ongedeeld.web.site.demo.filling import people
from ongedeeld.web.site.demo.resident import CARD, LIFE, SECOND, life_kept
from tests.web.conftest import Hire
from tests.web.residents import vault_format as form
from tests.web.residents.device import AT, code


@pytest.fixture
def consultant(hire: Hire) -> Person:
    """With whom the resident shares a step."""
    return hire(Role.HOUSING_CONSULTANT, None, "Samira Idrissi")


def kept(consultant: Person) -> Vault:
    """The vault of the demo."""
    life_kept(consultant, timezone.now(), timezone.localdate())
    return Lock.objects.get(locator=CARD.locator).vault


def test_the_words_of_the_cards_are_those_of_their_codes() -> None:
    for card in (CARD, SECOND):
        assert form.words_of(card.code) == card.words.split()
        derived = form.derive(card.code)
        assert (derived.locator, derived.proof) == (card.locator, card.proof)


def test_both_cards_open_the_whole_life(consultant: Person) -> None:
    vault = kept(consultant)
    for card in (CARD, SECOND):
        lock = vault.locks.get(kind=card.kind)
        key = form.unwrap(lock.wrapped, card.code, str(vault.key), card.kind)  # type: ignore[arg-type]
        told = [
            form.open_item(key, str(vault.key), str(one.key), one.version, one.ciphertext)["content"]
            for one in Item.objects.filter(vault=vault)
        ]
        assert [one for one in told if one["kind"] not in ("step", "wish")] == [
            content for _, content in LIFE
        ]


def test_one_step_is_shared_and_can_be_read(consultant: Person) -> None:
    kept(consultant)
    share = Share.objects.get()
    assert copy_of(share).told["obstacle"].startswith("De toeslag")
    read_share(consultant, share.key, now=timezone.now(), today=timezone.localdate())


def test_it_is_there_once_and_comes_again_after_somebody_made_a_new_card(consultant: Person) -> None:
    first = kept(consultant)
    assert kept(consultant) == first
    Lock.objects.filter(vault=first, kind="card").update(locator=code()["locator"])
    assert kept(consultant) != first


def test_the_cards_stand_on_the_page_of_the_demo_and_open_nothing_elsewhere(
    city: City, settings: Settings
) -> None:
    settings.DEMO = True
    people(city, timezone.localdate())
    client = Client(headers={"host": "localhost"})
    assert CARD.words in client.get("/demo/").content.decode()
    opened = {"locator": CARD.locator, "proof": form.to_text(CARD.proof), "elsewhere": True}
    answer = client.post(f"{AT}open", opened, content_type="application/json")
    assert answer.status_code == 404, "no workbench has this life but one that was filled as a demo"
