"""What may come between two moments, and what the log, a list or odd letters may give away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.errors import InputError
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.residents.breakthroughs import asking
from ongedeeld.web.residents.breakthroughs.contents import Plea
from ongedeeld.web.residents.breakthroughs.queries import breakthroughs_for
from ongedeeld.web.residents.models import Breakthrough, Item, Lock, Opening, Vault
from ongedeeld.web.residents.own import data
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.residents.sharing.reading import read_share
from ongedeeld.web.residents.vault import locks, vaults
from ongedeeld.web.residents.vault.bodies import Showing
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.processing import found_by, pseudonym
from tests.web.conftest import Visit
from tests.web.residents.conftest import Devices
from tests.web.residents.device import AT, Device, code, invitation, item, new_vault, open_map
from tests.web.residents.sharing_cast import Shares, SharingCast

TODAY = timezone.localdate
HOME = "a" * 64
PLEA = Plea("De toeslag telt mijn zoon mee", "Waarvoor", "Wat Jo doet", "Wat het brengt")


@pytest.mark.parametrize("lost", ["blocked", "renewed"])
def test_a_card_that_is_lost_while_it_opens_opens_nothing(
    device: Device, monkeypatch: pytest.MonkeyPatch, devices: Devices, lost: str
) -> None:
    found = locks.lock_of
    began: list[Lock] = []

    def found_and_then_lost(showing: Showing) -> Lock:
        lock = found(showing)
        if not began and lock.kind == "card":
            began.append(lock)
            if lost == "blocked":
                devices().block(device.second)
            else:
                device.renew(code(), device.second)
        return lock

    other = devices()
    monkeypatch.setattr(vaults, "lock_of", found_and_then_lost)
    assert other.open(device.card).status_code == 404
    assert not other.is_open
    assert Opening.objects.count() == (0 if lost == "blocked" else 1)


def test_a_card_that_is_blocked_while_it_renews_renews_nothing(
    device: Device, monkeypatch: pytest.MonkeyPatch, devices: Devices
) -> None:
    allowed = vaults._require_code
    owner, began = devices(), list[bool]()

    def allowed_and_then_blocked(vault: Vault, by: Showing, now: datetime) -> None:
        allowed(vault, by, now)
        if not began:
            began.append(True)
            assert owner.block(device.second).status_code == 200

    monkeypatch.setattr(vaults, "_require_code", allowed_and_then_blocked)
    assert device.renew(code("recovery"), device.card).status_code == 404
    assert owner.open(device.second).status_code == 200


def test_what_is_asked_while_it_is_taken_back_is_not_kept(
    cast: SharingCast, shares: Shares, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = shares(cast.sanne, purpose="breakthrough")
    able = asking._refuse

    def able_and_then_taken_back(*told: object) -> None:
        able(*told)  # type: ignore[arg-type]
        copies.withdraw(vault, share.key, now=timezone.now(), today=TODAY())

    monkeypatch.setattr(asking, "_refuse", able_and_then_taken_back)
    with pytest.raises(InputError, match="not shared any more"):
        asking.ask(cast.sanne, share.key, cast.mila.key, PLEA, now=timezone.now(), today=TODAY())
    assert not Breakthrough.objects.exists()


def test_who_left_a_partner_reads_nothing_that_was_asked_of_them(cast: SharingCast, shares: Shares) -> None:
    share = shares(cast.sanne, purpose="breakthrough")
    asking.ask(cast.sanne, share.key, cast.pia.key, PLEA, now=timezone.now(), today=TODAY())
    assert breakthroughs_for(cast.pia, TODAY()).exists()
    cast.debt_help.members.update(until_day=date(2020, 2, 1))
    assert not breakthroughs_for(cast.pia, TODAY()).exists()


def test_nothing_that_is_logged_of_a_home_tells_that_somebody_there_has_a_map(
    devices: Devices, visit: Visit
) -> None:
    device = devices()
    assert device.begin(invitation(HOME)).status_code == 201
    assert device.open().status_code == 200
    for page in ("signalen", "gegevens", "gedeeld", "gegevens/levenskaart.json"):
        assert device.client.get(f"/mijn/{page}{'' if '.' in page else '/'}").status_code == 200
    device.client.post("/mijn/gegevens/loskoppelen/")
    assert Entry.objects.filter(verb="residents.unlink_home").exists()
    assert Processed.objects.filter(subject_key=found_by(pseudonym(f"vault:{device.vault}"))).count() >= 5
    assert not Processed.objects.filter(subject_key=found_by(HOME)).exists()


def test_a_device_on_which_a_map_closed_by_itself_does_not_count_as_open(visit: Visit, db: None) -> None:
    vault = new_vault()
    open_map(vault, visit)
    now = timezone.now()
    assert len(data.data_of(vault, None, now).elsewhere) == 1
    assert not data.data_of(vault, None, now + timedelta(minutes=10)).elsewhere


def test_the_page_of_one_map_does_nothing_in_another_that_was_opened_since(
    devices: Devices, cast: SharingCast
) -> None:
    first, second = devices(), devices()
    assert first.begin(invitation()).status_code == 201
    assert second.begin(invitation()).status_code == 201
    first.client.cookies = second.client.cookies
    page, own = {"X-Vault": first.vault}, {"X-Vault": second.vault}
    written, json = {"items": [item(uuid4())]}, "application/json"
    assert first.client.put(f"{AT}items", written, json, headers=page).status_code == 401
    for path in ("kluis/items", "delen/", "gedeeld/", "gegevens/"):
        there = first.client.get(f"/mijn/{path}", headers=page | {"Accept": json})
        assert there.status_code == 401, path
    assert not Item.objects.exists()
    assert first.client.post(f"{AT}close", headers=page).status_code == 204
    assert second.is_open
    assert second.client.put(f"{AT}items", written, json, headers=own).status_code == 200
    assert second.client.post(f"{AT}close", headers=own).status_code == 204
    assert not second.is_open


def test_who_looked_and_what_was_asked_and_ended_is_taken_along_too(
    cast: SharingCast, shares: Shares, vault: Vault, resident: Client
) -> None:
    share, before = shares(cast.sanne, purpose="breakthrough"), shares(cast.mila)
    read_share(cast.sanne, share.key, now=timezone.now(), today=TODAY())
    asking.ask(cast.sanne, share.key, cast.mila.key, PLEA, now=timezone.now(), today=TODAY())
    copies.withdraw(vault, before.key, now=timezone.now(), today=TODAY())
    copy = resident.get("/mijn/gegevens/levenskaart.json").json()
    assert [one["key"] for one in copy["shares"]] == [str(share.key)]
    assert [(one["key"], one["name"]) for one in copy["ended"]] == [(str(before.key), "Mila")]
    assert [(one["share"], one["name"]) for one in copy["looks"]] == [(str(share.key), "Sanne de Vries")]
    assert [(one["by"], one["of"], one["said"]["rule"]) for one in copy["asked"]] == [
        ("Sanne de Vries", "Mila", PLEA.rule)
    ]


def test_an_invitation_in_odd_letters_is_none(devices: Devices) -> None:
    answer = devices().begin("\ud800")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("path", ["ontvangers/", "delen/", "geven/", "geven/terug/"])
def test_what_is_nested_without_end_is_a_problem_and_no_error(visit: Visit, db: None, path: str) -> None:
    client = open_map(new_vault(), visit)
    answer = client.post(
        f"/mijn/{path}", b"[" * 60_000, "application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code == 422


def test_a_token_in_odd_letters_takes_nothing_back(visit: Visit, db: None) -> None:
    client = open_map(new_vault(), visit)
    answer = client.post("/mijn/geven/terug/", b'{"token": "\\ud800"}', "application/json")
    assert (answer.status_code, answer.json()) == (200, {})


def test_no_citizen_number_stands_in_a_name_or_in_a_request(
    cast: SharingCast, shares: Shares, vault: Vault
) -> None:
    share = shares(cast.mila, purpose="breakthrough")
    plea = Plea("Regel 111.222.333", "Waarvoor")
    with pytest.raises(InputError, match="citizen service number"):
        asking.ask_as_resident(vault, share.key, cast.mila.key, plea, now=timezone.now(), today=TODAY())
    with pytest.raises(InputError, match="citizen service number"):
        taken("wish", {"words": "Weer rustig slapen"}, "Jo 111222333")
