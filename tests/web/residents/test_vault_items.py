"""What stands in a vault: it comes to every device once and in order, and only so much of it is kept."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from ongedeeld.web.residents.models import Item, Vault
from tests.web.residents.conftest import Devices
from tests.web.residents.device import (
    Device,
    item,
    removal,
)


def test_what_was_written_comes_to_another_device_once_and_in_order(device: Device, devices: Devices) -> None:
    one, two = uuid4(), uuid4()
    first = device.put(item(one), item(two)).json()
    assert (first["kept"], first["conflicts"]) == ([str(one), str(two)], [])
    device.put(item(one, 2, "again"))
    other = devices()
    other.open(device.card)
    assert [(found["id"], found["version"]) for found in other.items()] == [(str(two), 1), (str(one), 2)]
    assert other.items()[1]["ciphertext"] == item(one, 2, "again")["ciphertext"]
    assert [found["version"] for found in other.items(since=first["sequence"])] == [2]


def test_a_version_that_does_not_follow_is_told_and_not_kept(device: Device) -> None:
    key, other = uuid4(), uuid4()
    device.put(item(key))
    for version in (1, 3, 2**31 - 1):
        answer = device.put(
            item(key, version, "late"), item(other, 1 + Item.objects.filter(key=other).count())
        )
        assert answer.json()["kept"] == [str(other)], "what goes beside it is kept"
        assert answer.json()["conflicts"] == [item(key)], "with what stands there"
    assert device.put(item(uuid4(), 2)).json()["conflicts"][0]["version"] == 0


def test_what_was_removed_leaves_nothing_but_that_it_was(device: Device) -> None:
    key = uuid4()
    device.put(item(key, 1, "alpha"), item(key, 2, "beta"), removal(key, 3))
    assert [(row.version, row.ciphertext) for row in Item.objects.all()] == [(3, "")]
    assert device.items()[0]["ciphertext"] is None
    assert device.put(item(key, 3)).json()["conflicts"] == [removal(key, 3)]
    assert device.put(item(key, 4, "back")).json()["kept"] == [str(key)], "it may come back"


def test_twenty_versions_are_kept(device: Device) -> None:
    key = uuid4()
    for version in range(1, 25):
        device.put(item(key, version))
    told = device.get(f"items/{key}/versions")
    assert [one["version"] for one in told.json()["items"]] == list(range(24, 4, -1))
    assert Item.objects.count() == 20


def test_a_page_of_news_says_that_there_is_more(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ongedeeld.web.residents.vault.items.A_PAGE", 3)
    keys = [uuid4() for _ in range(8)]
    device.put(*(item(key) for key in keys))
    device.put(item(keys[0], 2))
    found, since, more = [], 0, True
    while more:
        page = device.get(f"items?since={since}").json()
        found += [UUID(one["id"]) for one in page["items"]]
        since, more = page["sequence"], page["more"]
    assert found == [*keys[1:], keys[0]]
    assert since == Vault.objects.get().sequence


def test_a_vault_that_is_full_keeps_what_it_has(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ongedeeld.web.residents.vault.items.MOST_ITEMS", 2)
    one, two, three = uuid4(), uuid4(), uuid4()
    device.put(item(one), item(two))
    full = device.put(item(one, 2), item(three))
    assert (full.status_code, full.headers["Content-Type"]) == (409, "application/problem+json")
    assert {row["version"] for row in device.items()} == {1}, "nothing of it was kept"
    assert device.put(removal(one, 2), item(three)).status_code == 200, "what is removed makes room"


def test_a_vault_holds_only_so_many_letters(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ongedeeld.web.residents.vault.items.MOST_LETTERS", 40)
    key = uuid4()
    assert device.put({"id": str(key), "version": 1, "ciphertext": "A" * 30}).status_code == 200
    assert device.put({"id": str(key), "version": 2, "ciphertext": "A" * 30}).status_code == 409
