"""A vault: begun with an invitation, opened with a code, closed by itself, and deleted by who holds it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.audit.models import Entry
from ongedeeld.web.residents import saying
from ongedeeld.web.residents.models import Invitation, Item, Lock, Look, Opening, Pending, Share, Vault
from ongedeeld.web.residents.safeguarding import (
    remove_ended,
    remove_invitations,
    remove_unopened,
)
from ongedeeld.web.residents.vault import openings
from ongedeeld.web.safeguards.models import Processed, Removed
from tests.web.conftest import Visit
from tests.web.residents.conftest import Devices
from tests.web.residents.device import (
    Device,
    code,
    invitation,
    item,
    new_vault,
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


def test_what_a_page_sends_along_while_it_goes_away_is_kept_before_it_closes(device: Device) -> None:
    kept, unreadable = item(uuid4()), {"items": "x"}
    assert device.post("close", {"items": [kept]}).status_code == 204
    assert not device.is_open
    assert str(Item.objects.get().key) == kept["id"]
    device.open()
    odd_ones: list[object] = [{"items": [item(uuid4(), version=7)]}, unreadable, [], "x"]
    for odd in odd_ones:
        assert device.post("close", odd).status_code == 204
    assert not device.is_open
    assert device.post("close", {"items": [item(uuid4())]}).status_code == 204
    assert Item.objects.count() == 1


def test_who_finds_the_card_locks_nobody_out_and_deletes_nothing(device: Device, devices: Devices) -> None:
    finder, owner = devices(), devices()
    finder.open(device.card)
    renewed = finder.renew(code("recovery"), by=device.card)
    deleted = finder.post("delete", shown(device.card))
    assert (renewed.status_code, deleted.status_code) == (202, 202)
    assert [one["waits"] for one in (renewed.json(), deleted.json())] == ["recovery", "delete"]
    assert owner.open(device.second).status_code == 200
    told = owner.get("pending").content.decode()
    until = saying.moment(Pending.objects.get(change="delete").takes_effect_at)
    assert until in told
    assert reverse("vault_undo") in told
    assert owner.block(device.second).status_code == 200
    assert not Pending.objects.exists()
    assert not finder.is_open


def test_what_was_asked_with_the_card_is_undone_from_any_open_map(device: Device, devices: Devices) -> None:
    owner = devices()
    device.post("delete", shown(device.card))
    owner.open(device.second)
    assert "deleted" not in owner.post("undo", {}).content.decode()
    assert not Pending.objects.exists()
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True))[-3:] == [
        "residents.ask_pending",
        "residents.open_vault",
        "residents.undo_pending",
    ]


def test_a_new_second_code_cannot_wait_for_the_place_of_another(device: Device, devices: Devices) -> None:
    other = devices()
    other.begin(invitation())
    new = code("recovery")
    assert device.renew(new, by=device.card).status_code == 202
    assert other.renew(new, by=other.second).status_code == 422
    taken = code("recovery") | {"locator": other.card["locator"]}
    assert device.renew(taken, by=device.card).status_code == 422
    assert devices().open(other.card).status_code == 200


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
    assert device.post("delete", shown(device.second)).status_code == 200
    assert not Look.objects.exists()
    assert not Share.objects.exists()
