"""A vault: begun with an invitation, opened with a code, closed by itself, and deleted by who holds it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from ongedeeld.web.audit.models import Entry
from ongedeeld.web.residents import openings
from ongedeeld.web.residents.models import Invitation, Item, Lock, Look, Opening, Share, Vault
from ongedeeld.web.residents.safeguarding import (
    remove_ended,
    remove_invitations,
    remove_unopened,
)
from ongedeeld.web.safeguards.models import Processed, Removed
from tests.web.conftest import Visit
from tests.web.residents.conftest import Devices
from tests.web.residents.device import (
    Device,
    code,
    invitation,
    item,
    new_vault,
    removal,
    shown,
    text_of,
)

TODAY = timezone.localdate


def age(**ago: float) -> None:
    """Let every opening be so much older."""
    for one in Opening.objects.all():
        for name in ("began_at", "seen_at", "ends_at"):
            setattr(one, name, getattr(one, name) - timedelta(**ago))
        one.save()


def test_a_vault_begins_with_an_invitation_and_is_open_then(devices: Devices) -> None:
    home = "a" * 64
    device = devices()
    answer = device.begin(invitation(home))
    assert (answer.status_code, answer.json()) == (201, {"vault": device.vault})
    vault = Vault.objects.get()
    assert (str(vault.key), vault.home, vault.opened_on) == (device.vault, home, TODAY())
    assert sorted(vault.locks.values_list("kind", flat=True)) == ["card", "recovery"]
    assert device.is_open


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_pages(device: Device) -> None:
    cookie = device.client.cookies[openings.COOKIE]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/mijn/", "Strict", True)
    assert cookie["max-age"] == 3600
    assert not Opening.objects.filter(token_hash=cookie.value).exists()
    assert Opening.objects.filter(token_hash=openings.hash_of(cookie.value)).exists()


def test_an_invitation_is_used_once_and_its_home_is_forgotten(devices: Devices) -> None:
    token = invitation("a" * 64)
    assert devices().begin(token).status_code == 201
    again = devices().begin(token)
    assert (again.status_code, again.headers["Content-Type"]) == (404, "application/problem+json")
    assert Vault.objects.count() == 1
    assert Invitation.objects.get().home == ""


def test_an_invitation_that_ended_or_never_was_begins_nothing(devices: Devices) -> None:
    token = invitation()
    Invitation.objects.update(ends_at=timezone.now())
    assert devices().begin(token).status_code == 404
    assert devices().begin("x").status_code == 404
    assert not Vault.objects.exists()


@pytest.mark.parametrize("what", ["vault", "locator"])
def test_nothing_is_begun_where_something_is_there_already(
    device: Device, devices: Devices, what: str
) -> None:
    other = devices()
    if what == "vault":
        other.vault = device.vault
    else:
        other.second["locator"] = device.second["locator"]
    token = invitation()
    assert other.begin(token).status_code == 422
    assert (Vault.objects.count(), Lock.objects.count()) == (1, 2)
    other.vault, other.second = str(uuid4()), code("recovery")
    assert other.begin(token).status_code == 201, "the invitation is still good"


def test_both_codes_open_it_each_with_its_own_wrapped_key(device: Device, devices: Devices) -> None:
    for lock in (device.card, device.second):
        other = devices()
        found = other.open(lock)
        assert found.status_code == 200
        assert found.json() == {"vault": device.vault, "wrapped": lock["wrapped"], "kind": lock["kind"]}
        assert other.is_open


def test_unknown_wrong_and_blocked_are_answered_alike(device: Device, devices: Devices) -> None:
    wrong = device.card | {"proof": code()["proof"]}
    swapped = device.card | {"proof": device.second["proof"]}
    answers = [devices().open(one) for one in (code(), wrong, swapped)]
    devices().block(device.second)
    answers.append(devices().open(device.card))
    assert {(one.status_code, one.content) for one in answers} == {(404, answers[0].content)}
    assert {tuple(sorted(one.headers)) for one in answers} == {tuple(sorted(answers[0].headers))}
    assert not any(openings.COOKIE in one.cookies for one in answers)


def test_on_a_device_of_others_it_closes_after_ten_minutes_without_use(device: Device) -> None:
    age(minutes=9, seconds=50)
    assert device.get("items").status_code == 200, "this is use"
    age(minutes=9, seconds=50)
    assert device.is_open
    age(seconds=20)
    assert not device.is_open
    assert device.get("items").status_code == 401


def test_looking_how_things_stand_is_no_use(device: Device) -> None:
    age(minutes=9)
    assert device.is_open
    age(minutes=1)
    assert not device.is_open


def test_on_a_device_of_others_it_closes_after_an_hour_in_any_case(device: Device) -> None:
    for _ in range(6):
        age(minutes=9)
        assert device.get("items").status_code == 200
    age(minutes=6)
    assert device.get("items").status_code == 401


def test_on_a_device_of_ones_own_it_stays_open_longer(devices: Devices) -> None:
    device = devices()
    device.begin(invitation(), elsewhere=False)
    assert device.client.cookies[openings.COOKIE]["max-age"] == 12 * 3600
    age(minutes=29)
    assert device.get("items").status_code == 200
    age(minutes=31)
    assert device.get("items").status_code == 401


def test_closing_closes_here_alone_and_works_without_an_open_vault(device: Device, devices: Devices) -> None:
    other = devices()
    other.open(device.card)
    cookie = device.client.cookies[openings.COOKIE].value
    answer = device.post("close", {})
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (204, '"cache"')
    assert (device.is_open, other.is_open) == (False, True)
    device.client.cookies[openings.COOKIE] = cookie
    assert not device.is_open, "what the cookie said opens nothing any more"
    assert devices().post("close", {}).status_code == 204


def test_opening_another_vault_closes_what_was_open_here(device: Device, devices: Devices) -> None:
    other = devices()
    other.begin(invitation())
    before = device.client.cookies[openings.COOKIE].value
    device.open(other.card)
    assert device.get("stand/").json()["vault"] == other.vault
    assert not Opening.objects.filter(token_hash=openings.hash_of(before)).exists()


def test_a_renewed_code_opens_and_the_old_one_does_not(device: Device, devices: Devices) -> None:
    other, new = devices(), code()
    other.open(device.card)
    assert device.renew(new, by=device.card).status_code == 201
    assert (device.is_open, other.is_open) == (True, False)
    assert devices().open(device.card).status_code == 404
    assert devices().open(new).json()["wrapped"] == new["wrapped"]


def test_a_code_is_renewed_by_who_knows_one_and_not_by_who_finds_it_open(
    device: Device, devices: Devices
) -> None:
    other = devices()
    other.begin(invitation())
    for by in (code(), device.card | {"proof": code()["proof"]}, other.card):
        assert device.renew(code(), by=by).status_code == 404
    assert device.post("locks", code()).status_code == 422
    assert devices().renew(code(), by=device.card).status_code == 401, "the vault is not open there"
    assert devices().open(device.card).status_code == 200


def test_a_renewed_lock_cannot_take_the_place_of_somebody_elses(device: Device, devices: Devices) -> None:
    other = devices()
    other.begin(invitation())
    taken = code() | {"locator": other.card["locator"]}
    assert device.renew(taken, by=device.card).status_code == 422
    assert devices().open(device.card).status_code == 200, "the old one is as it was"
    assert devices().open(other.card).status_code == 200


def test_a_lost_card_is_blocked_at_once_and_closes_everywhere(device: Device, devices: Devices) -> None:
    finder, owner = devices(), devices()
    finder.open(device.card)
    assert owner.block(device.second).json() == {"blocked": True}
    assert not any(one.is_open for one in (finder, device))
    assert devices().open(device.card).status_code == 404
    assert owner.open(device.second).status_code == 200
    assert owner.renew(code(), by=device.second).status_code == 201


def test_who_finds_the_card_cannot_block_with_it(device: Device, devices: Devices) -> None:
    assert devices().block(device.card).status_code == 404
    assert devices().open(device.second).status_code == 200


def test_deleting_asks_for_a_code_and_leaves_nothing(device: Device, devices: Devices) -> None:
    device.put(item(uuid4()))
    finder = devices()
    finder.open(device.card)
    assert finder.post("delete", shown(code())).status_code == 404
    assert devices().post("delete", shown(device.card)).status_code == 401
    assert device.post("delete", shown(device.second)).json() == {"deleted": True}
    for model in (Vault, Lock, Item, Opening):
        assert not model.objects.exists(), model
    assert devices().open(device.card).status_code == 404
    assert not finder.is_open
    assert Removed.objects.get().kind == "residents.vault"


def test_the_record_tells_what_was_done_without_a_person_and_no_code(
    device: Device, devices: Devices
) -> None:
    devices().open(device.card)
    device.renew(code(), by=device.card)
    devices().block(device.second)
    told = list(Entry.objects.order_by("id").values_list("verb", "actor", "thing"))
    assert told == [
        (f"residents.{verb}", None, device.vault)
        for verb in ("begin_vault", "open_vault", "renew_lock", "block_card")
    ]
    assert Entry.objects.filter(processing="").count() == 0
    assert Processed.objects.count() == len(told)


def test_what_a_resident_writes_makes_no_diary(device: Device) -> None:
    before = Entry.objects.count()
    device.put(item(uuid4()))
    device.items()
    assert Entry.objects.count() == before


def test_a_vault_that_nobody_opens_goes_and_opening_it_keeps_it(device: Device, devices: Devices) -> None:
    long_ago = TODAY() - timedelta(days=700)
    Vault.objects.update(opened_on=long_ago, remove_after=long_ago + timedelta(days=730))
    devices().open(device.card)
    vault = Vault.objects.get()
    assert (vault.opened_on, vault.remove_after) == (TODAY(), TODAY() + timedelta(days=730))
    assert remove_unopened(TODAY() + timedelta(days=730), 10) == 0
    assert remove_unopened(TODAY() + timedelta(days=731), 10) == 1
    assert not Item.objects.exists()


def test_openings_and_invitations_go_when_they_ended(device: Device) -> None:
    invitation()
    soon = TODAY() + timedelta(days=20)
    assert remove_ended(TODAY(), 10) == 0
    assert remove_ended(soon, 10) == 1
    assert remove_invitations(soon, 10) == 2


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
    monkeypatch.setattr("ongedeeld.web.residents.items.A_PAGE", 3)
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
    monkeypatch.setattr("ongedeeld.web.residents.items.MOST_ITEMS", 2)
    one, two, three = uuid4(), uuid4(), uuid4()
    device.put(item(one), item(two))
    full = device.put(item(one, 2), item(three))
    assert (full.status_code, full.headers["Content-Type"]) == (409, "application/problem+json")
    assert {row["version"] for row in device.items()} == {1}, "nothing of it was kept"
    assert device.put(removal(one, 2), item(three)).status_code == 200, "what is removed makes room"


def test_a_vault_holds_only_so_many_letters(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ongedeeld.web.residents.items.MOST_LETTERS", 40)
    key = uuid4()
    assert device.put({"id": str(key), "version": 1, "ciphertext": "A" * 30}).status_code == 200
    assert device.put({"id": str(key), "version": 2, "ciphertext": "A" * 30}).status_code == 409


def test_a_colleagues_session_goes_on_beside_an_open_map(device: Device, visit: Visit) -> None:
    assert "sessionid" not in device.client.cookies, "an open map makes no session"
    vault = new_vault()
    client: Client = visit(None)
    client.cookies[openings.COOKIE] = openings.begin(vault, elsewhere=True, now=timezone.now())
    assert client.get("/gedeeld/").status_code in (302, 303), "an open map signs nobody in"


def test_the_proof_is_kept_as_its_hash_alone(device: Device) -> None:
    kept = [str(value) for row in Lock.objects.values_list() for value in row]
    for lock in (device.card, device.second):
        assert lock["proof"] not in kept
    assert text_of(b"") == ""


def test_deleting_takes_what_was_shared_along_with_who_looked(device: Device) -> None:
    vault, now = Vault.objects.get(), timezone.now()
    share = Share.objects.create(
        vault=vault,
        item=uuid4(),
        kind="wish",
        receiver_kind="person",
        receiver=uuid4(),
        purpose="know",
        sealed="x",
        made_at=now,
        until_day=TODAY(),
        remove_after=TODAY(),
    )
    look = Look.objects.create(share=share, person=uuid4(), at=now)
    for change in (
        lambda: Look.objects.update(person=uuid4()),
        lambda: Look.objects.all().delete(),
        lambda: Look.objects.filter(pk=look.pk).update(at=now),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert device.post("delete", shown(device.card)).status_code == 200
    assert not Look.objects.exists()
    assert not Share.objects.exists()
