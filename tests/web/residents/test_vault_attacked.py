"""What somebody may try on the JSON of a vault: other vaults, odd bodies, replays, sizes, guessing."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ongedeeld.web.residents.models import Item, Vault
from ongedeeld.web.residents.vault import openings
from tests.web.residents.conftest import Devices
from tests.web.residents.device import AT, JSON, Device, code, invitation, item, removal, shown

PROBLEM = "application/problem+json"
ODD: list[Any] = [
    None,
    [],
    "x",
    1,
    {},
    {"items": None},
    {"items": {}},
    {"items": [None]},
    {"items": [[]]},
    {"items": [{"id": "x", "version": 1, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()).upper(), "version": 1, "ciphertext": "A"}]},
    {"items": [{"id": uuid4().hex, "version": 1, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": "1", "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": True, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": 1.0, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": 0, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": -1, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": 2**31, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": 10**400, "ciphertext": "A"}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": ""}]},
    {"items": [{"id": str(uuid4()), "version": 1}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": "twee woorden"}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": '{"title":"Ontslag"}'}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": "A\n"}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": "\ud800"}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": ["A"]}]},
    {"items": [{"id": str(uuid4()), "version": 1, "ciphertext": "A" * 16_385}]},
    {"items": [removal(uuid4(), 1)] * 201},
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_what_is_not_of_the_form_is_refused_whole(device: Device, body: Any) -> None:
    if isinstance(body, dict) and isinstance(body.get("items"), list):
        body = {"items": [item(uuid4()), *body["items"]]}
    answer = device.client.put(f"{AT}items", json.dumps(body), content_type=JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert not Item.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b'{"items":' * 50_000])
def test_what_is_no_json_is_refused(device: Device, raw: bytes) -> None:
    answer = device.client.put(f"{AT}items", raw, content_type=JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)


def test_too_much_at_once_is_refused_before_it_is_read(device: Device) -> None:
    answer = device.client.put(f"{AT}items", b" " * 3_000_000, content_type=JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, PROBLEM)


@pytest.mark.parametrize("since", ["-1", "x", "1e9", "٣", "", "9" * 11, "0x1"])
def test_a_number_that_is_none_is_refused(device: Device, since: str) -> None:
    answer = device.client.get(f"{AT}items", {"since": since})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)


@pytest.mark.parametrize(
    "told",
    [
        {"locks": None},
        {"locks": []},
        {"locks": [code()]},
        {"locks": [code(), code()]},
        {"locks": [code(), code("recovery"), code("recovery")]},
        {"locks": [code(), code("third")]},
        {"locks": [code() | {"locator": "A" * 64}, code("recovery")]},
        {"locks": [code() | {"locator": "a" * 63}, code("recovery")]},
        {"locks": [code() | {"proof": "AAAA"}, code("recovery")]},
        {"locks": [code() | {"proof": "!" * 43}, code("recovery")]},
        {"locks": [code() | {"wrapped": "A" * 79}, code("recovery")]},
        {"locks": [code() | {"wrapped": "A" * 81}, code("recovery")]},
        {"vault": "x"},
        {"vault": None},
        {"elsewhere": "no"},
        {"elsewhere": None},
        {"invitation": None},
        {"invitation": 1},
    ],
)
def test_nothing_begins_with_an_odd_body(devices: Devices, told: dict[str, Any]) -> None:
    token = invitation()
    assert devices().begin(token, **told).status_code == 422
    assert not Vault.objects.exists()
    assert devices().begin(token).status_code == 201, "the invitation is still good"


def test_two_equal_locators_begin_nothing(devices: Devices) -> None:
    device = devices()
    device.second["locator"] = device.card["locator"]
    assert device.begin(invitation()).status_code == 422
    assert not Vault.objects.exists()


def test_the_items_of_another_vault_are_neither_seen_nor_touched(device: Device, devices: Devices) -> None:
    key = uuid4()
    device.put(item(key, 1, "mine"))
    other = devices()
    other.begin(invitation())
    assert other.items() == []
    assert other.get(f"items/{key}/versions").json() == {"items": []}
    assert other.put(item(key, 1, "theirs")).json()["kept"] == [str(key)], "keys are of a vault each"
    assert other.put(removal(key, 2)).json()["kept"] == [str(key)]
    assert [one["ciphertext"] for one in device.items()] == [item(key, 1, "mine")["ciphertext"]]


def test_a_replay_changes_nothing(device: Device) -> None:
    key = uuid4()
    device.put(item(key, 1, "one"))
    device.put(item(key, 2, "two"))
    for replayed in (item(key, 1, "one"), item(key, 2, "two")):
        assert device.put(replayed).json()["kept"] == []
    assert [one["version"] for one in device.items()] == [2]


def test_a_used_opening_of_before_renewing_opens_nothing(device: Device, devices: Devices) -> None:
    stolen = devices()
    stolen.open(device.card)
    cookie = stolen.client.cookies[openings.COOKIE].value
    device.renew(code(), by=device.card)
    stolen.client.cookies[openings.COOKIE] = cookie
    assert stolen.get("items").status_code == 401
    assert stolen.put(item(uuid4())).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "%00", "a" * 5000, "\x80"])
def test_a_guessed_cookie_opens_nothing(devices: Devices, token: str) -> None:
    client = devices().client
    client.cookies[openings.COOKIE] = token
    answer = client.get(f"{AT}items")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)
    page = client.get(reverse("own_data"))
    assert (page.status_code, page.headers["Location"]) == (303, "/mijn/")


def test_guessing_codes_is_stopped_soon(device: Device, devices: Devices) -> None:
    other = devices()
    tried = [other.open(code()).status_code for _ in range(40)]
    assert tried[:25] == [404] * 25
    stopped = other.open(code())
    assert (stopped.status_code, stopped.headers["Content-Type"]) == (429, PROBLEM)
    assert other.block(device.second).status_code == 429, "blocking counts among them"


def test_every_error_is_a_problem_that_is_never_kept(device: Device, client: Client) -> None:
    asked = [
        client.get(f"{AT}nothing"),
        client.get(f"{AT}begin"),
        client.delete(f"{AT}items"),
        client.get(f"{AT}items/x/versions"),
        device.post("delete", shown(code())),
    ]
    assert [one.status_code for one in asked] == [404, 405, 405, 404, 404]
    for one in asked:
        assert one.headers["Content-Type"] == PROBLEM
        assert one.headers["Cache-Control"] == "private, no-store"
        assert {"type", "status", "title", "detail"} == set(one.json())


def test_a_change_without_its_token_is_refused(db: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    token = client.get(f"{AT}stand/").json()["token"]
    body = json.dumps(shown(code()) | {"elsewhere": True})
    refused = client.post(f"{AT}open", body, content_type=JSON)
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, PROBLEM)
    let_in = client.post(f"{AT}open", body, content_type=JSON, headers={"x-csrftoken": token})
    assert let_in.status_code == 404
