"""A resident gives a copy for learning: it holds no word, leads to nobody, and can be taken back."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.errors import InputError
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.giving.copy import kept, read
from ongedeeld.web.residents.giving.safeguarding import remove_past_donations
from ongedeeld.web.residents.models import Donation, Given
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.signals.counting.quarters import quarter_of
from tests.web.conftest import Visit
from tests.web.residents.device import JSON, new_vault, open_map
from tests.web.residents.lives import life, lives, token_and_digest

TODAY = date(2026, 11, 23)
LIFE = life(Random(1))  # noqa: S311 - an invented life


def _give(client: Client, copy: object = LIFE, word: str = "word") -> Any:
    body = {"digest": token_and_digest(word)[1], "copy": copy}
    return client.post("/mijn/geven/", json.dumps(body), content_type=JSON, headers={"accept": JSON})


def _take_back(client: Client, word: str = "word") -> Any:
    return client.post(
        "/mijn/geven/terug/", json.dumps({"token": word}), content_type=JSON, headers={"accept": JSON}
    )


@given(lives())
def test_what_a_browser_sends_is_read_and_kept_the_same_whatever_its_order(copy: dict[str, Any]) -> None:
    found = read(copy)
    turned = copy | {name: copy[name][::-1] for name in ("effects", "influences", "chances")}
    assert kept(found.written()) == found
    assert read(turned).written() == found.written()


@given(lives(), st.data())
def test_no_word_comes_in_wherever_it_stands(copy: dict[str, Any], data: st.DataObject) -> None:
    changed = deepcopy(copy)
    part = data.draw(
        st.sampled_from([name for name in ("effects", "influences", "chances") if changed[name]])
    )
    row = data.draw(st.sampled_from(changed[part]))
    field = data.draw(st.sampled_from([*row, "title", "note"]))
    row[field] = data.draw(st.sampled_from(["Jansen", "2019-04-30", "", 7, None, ["care"], {"care": 1}]))
    with pytest.raises(InputError):
        read(changed)


@pytest.mark.parametrize(
    "copy",
    [
        None,
        [],
        {},
        LIFE | {"form": 2},
        LIFE | {"words": "Jansen"},
        LIFE | {"effects": []},
        LIFE | {"effects": LIFE["effects"] * 200},
        LIFE | {"effects": [row | {"order": "first"} for row in LIFE["effects"]]},
        LIFE | {"influences": [{"from": "education", "to": "pension", "how": "helped"}]},
        LIFE | {"chances": [{"domain": "education", "sort": "care"}]},
    ],
)
def test_it_refuses_what_is_not_in_the_form_and_keeps_nothing(db: None, copy: object) -> None:
    vault = new_vault()
    with pytest.raises(InputError):
        gifts.give(vault, token_and_digest("word")[1], copy, today=TODAY)
    assert not Donation.objects.exists()
    assert not Given.objects.exists()


def test_a_resident_gives_once_and_gives_anew_after_taking_back(visit: Visit, db: None) -> None:
    client = open_map(new_vault(), visit)
    assert _give(client).status_code == 201
    assert _give(client).status_code == 201, "a request that was sent twice changes nothing"
    refused = _give(client, word="other")
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert Donation.objects.count() == 1
    assert _take_back(client).status_code == 200
    assert not Donation.objects.exists()
    assert _give(client, word="other").status_code == 201


def test_a_token_that_was_never_given_takes_nothing_back_and_tells_nothing(visit: Visit, db: None) -> None:
    client = open_map(new_vault(), visit)
    _give(client)
    assert _take_back(client, "guess").json() == _take_back(client).json()
    assert _take_back(client).status_code == 200
    assert not Donation.objects.exists()


def test_somebody_elses_guess_leaves_a_gift_and_the_right_to_give_as_they_are(visit: Visit, db: None) -> None:
    own, other = open_map(new_vault(), visit), open_map(new_vault(), visit)
    _give(own)
    _give(other, word="another")
    _take_back(other, "guess")
    assert Donation.objects.count() == 2
    assert _give(other, word="third").status_code == 422


def test_nobody_gives_without_an_open_map(visit: Visit, db: None) -> None:
    assert _give(visit(None)).status_code == 401
    assert not Donation.objects.exists()


def test_it_asks_for_the_token_of_the_page(visit: Visit, db: None) -> None:
    held = open_map(new_vault(), visit)
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.cookies = held.cookies
    assert _give(strict).status_code == 403
    assert not Donation.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"copy": 1}', b"\xff", b'{"digest": 3}'])
def test_what_cannot_be_read_is_a_problem_and_no_error(visit: Visit, db: None, body: bytes) -> None:
    client = open_map(new_vault(), visit)
    answer = client.post("/mijn/geven/", body, content_type=JSON, headers={"accept": JSON})
    assert answer.status_code == 422


def test_nothing_that_is_kept_leads_from_a_gift_to_a_vault(visit: Visit, db: None) -> None:
    vaults = [new_vault() for _ in range(12)]
    for number, vault in enumerate(vaults):
        _give(open_map(vault, visit), word=f"word {number}")
    numbers = [
        Donation.objects.get(token_hash=token_and_digest(f"word {number}")[1]).pk for number in range(12)
    ]
    assert sorted(numbers) != numbers, "their numbers tell in which order they came"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM residents_donation")
        rows = " ".join(str(row) for row in cursor.fetchall())
        cursor.execute("SELECT * FROM residents_given")
        given_rows = " ".join(str(row) for row in cursor.fetchall())
    for vault in vaults:
        assert str(vault.key) not in rows + given_rows
        assert vault.key.hex not in rows + given_rows
    assert not any(word in rows for word in ("care", "trapped", "housing"))
    today = timezone.localdate()
    assert {one.quarter for one in Donation.objects.all()} == {quarter_of(today)}
    ends = set(Donation.objects.values_list("remove_after", flat=True))
    assert ends == set(Given.objects.values_list("remove_after", flat=True))
    assert len(ends) == 1, "a term from the day itself would tell that day"


def test_the_record_and_the_log_tell_that_a_life_was_given_and_not_whose(visit: Visit, db: None) -> None:
    vault = new_vault()
    client = open_map(vault, visit)
    _give(client)
    _take_back(client)
    entries = list(Entry.objects.filter(verb__in=("residents.give_life", "residents.take_life_back")))
    assert {entry.verb for entry in entries} == {"residents.give_life", "residents.take_life_back"}
    assert {(entry.actor, entry.thing, entry.place) for entry in entries} == {(None, "", "")}
    lines = Processed.objects.filter(name__startswith="residents.give_life")
    assert {(line.subject, line.subject_key) for line in lines} == {("", "")}


def test_it_goes_when_its_term_is_over(db: None) -> None:
    gifts.give(new_vault(), token_and_digest("word")[1], LIFE, today=TODAY)
    until = Donation.objects.get().remove_after
    assert remove_past_donations(until, 10) == 0
    assert remove_past_donations(date(until.year + 1, 1, 1), 10) == 2
    assert not Donation.objects.exists()


def test_a_deleted_vault_is_forgotten_and_its_gift_stays(db: None) -> None:
    vault = new_vault()
    gifts.give(vault, token_and_digest("word")[1], LIFE, today=TODAY)
    gifts.forget(vault.key)
    assert not Given.objects.exists()
    assert Donation.objects.exists()
