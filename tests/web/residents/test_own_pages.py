"""The pages around a life map: the door, invitations, signals about my home, and my data as a whole."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.models import Address
from ongedeeld.web.residents.models import Invitation, Opening, Vault
from ongedeeld.web.residents.vault import moving, openings
from ongedeeld.web.residents.vault.moving import unlink_moved
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Visit
from tests.web.residents.conftest import Devices
from tests.web.residents.device import new_vault, open_map
from tests.web.signals.conftest import (  # noqa: F401 - fixtures
    COMPLEX,
    Cast,
    Reports,
    address,
    addresses,
    cast,
    in_days,
    reports,
    team,
)

pytestmark = pytest.mark.django_db
PAGES = ("door", "begin_vault", "own_map", "own_map_shell", "example_map")
FETCHED = ("own_signals", "own_data", "own_shares")


@pytest.fixture
def nobody(db: None, visit: Visit) -> Client:
    """A browser in which nobody is signed in and no map is open, that asks for English."""
    client = visit(None)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def words(client: Client, page: str, **headers: str) -> str:
    """What a page says."""
    answer = client.get(reverse(page), headers=headers)
    assert answer.status_code == 200, page
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_shell_tells_nothing_of_anybody_and_carries_no_token_of_a_vault(
    visit: Visit, nobody: Client, page: str
) -> None:
    vault = new_vault("a" * 64)
    opened = open_map(vault, visit)
    opened.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    masked = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    here, there = (masked.sub("", words(client, page)) for client in (opened, nobody))
    assert here == there
    assert str(vault.key) not in here


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_resident_shows_the_workbench(cast: Cast, visit: Visit, page: str) -> None:  # noqa: F811
    shown = words(visit(cast.mila), page)
    assert cast.mila.name not in shown
    assert 'class="rooms"' not in shown


def test_the_texts_of_the_scripts_stand_in_the_page_in_its_language(nobody: Client) -> None:
    found = re.search(r'<script type="application/json" id="texts">(.*?)</script>', words(nobody, "own_map"))
    assert found
    told = json.loads(found.group(1))
    assert told["language"] == "en"
    assert told["texts"]["do.save"] == "Save"


def test_a_resident_reads_in_another_language_and_a_colleague_keeps_their_own(
    cast: Cast,  # noqa: F811
    visit: Visit,
) -> None:
    client = visit(cast.mila)
    to_english = {"language": "en", "next": "/mijn/kaart/"}
    answer = client.post(reverse("resident_language"), to_english)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mijn/kaart/")
    assert answer.cookies["ongedeeld_kaart_taal"]["path"] == "/mijn/"
    assert 'lang="en"' in words(client, "own_map")
    assert Person.objects.get(pk=cast.mila.pk).language == "nl"


@pytest.mark.parametrize(
    "bad", ["https://elsewhere.example/mijn/", "//elsewhere.example", "/mensen/", "/mijn/\n/x"]
)
def test_choosing_a_language_leads_nowhere_else(nobody: Client, bad: str) -> None:
    answer = nobody.post(reverse("resident_language"), {"language": "en", "next": bad})
    assert answer.headers["Location"].startswith("/mijn/")
    assert "\n" not in answer.headers["Location"]


def test_the_camera_is_for_the_door_alone(nobody: Client, visit: Visit) -> None:
    assert "camera=(self)" in nobody.get(reverse("door")).headers["Permissions-Policy"]
    there = open_map(new_vault(), visit).get(reverse("own_data"))
    assert "camera=()" in there.headers["Permissions-Policy"]


@pytest.mark.parametrize("page", FETCHED)
def test_a_page_of_an_open_map_comes_whole_or_as_a_part_and_closed_leads_to_the_door(
    visit: Visit, nobody: Client, page: str
) -> None:
    opened = open_map(new_vault(), visit)
    assert "<!doctype html>" in words(opened, page)
    assert "<!doctype html>" not in words(opened, page, hx_request="true")
    whole = nobody.get(reverse(page))
    assert (whole.status_code, whole.headers["Location"]) == (303, "/mijn/")
    part = nobody.get(reverse(page), headers={"hx-request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/mijn/")
    assert nobody.get(reverse(page), headers={"accept": "application/json"}).status_code == 401


def test_it_closes_without_a_script_too(visit: Visit) -> None:
    opened = open_map(new_vault(), visit)
    answer = opened.post(reverse("close_map"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mijn/#closed")
    assert not Opening.objects.exists()


def test_it_closes_on_every_other_device(visit: Visit) -> None:
    vault = new_vault()
    here, there = open_map(vault, visit), open_map(vault, visit)
    here.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "open on 1 other device" in words(here, "own_data")
    assert here.post(reverse("close_elsewhere")).status_code == 303
    assert "open here alone" in words(here, "own_data")
    assert there.get(reverse("own_data")).status_code == 303


def test_told_signals_about_my_home_are_shown_and_no_others(
    cast: Cast,  # noqa: F811
    reports: Reports,  # noqa: F811
    address: Address,  # noqa: F811
    visit: Visit,
) -> None:
    home = blind_home(home_of(address))
    told, hidden, danger, near = (reports(cast.bas, seen_on=in_days(-ago)) for ago in range(4))
    Signal.objects.filter(pk=hidden.pk).update(told_by=in_days(5), told_at=None)
    Signal.objects.filter(pk=danger.pk).update(danger=True)
    Signal.objects.filter(pk=near.pk).update(home="", near=home)
    assert not told.is_still_to_be_told
    opened = open_map(new_vault(home), visit)
    shown = words(opened, "own_signals")
    assert shown.count('class="entry"') == 1
    Signal.objects.filter(pk=hidden.pk).update(told_at=timezone.now())
    assert words(opened, "own_signals").count('class="entry"') == 2
    assert "gordijnen" not in shown, "what was written stays with the colleagues"
    looked = Entry.objects.filter(verb="residents.see_own_signals")
    assert {one.actor for one in looked} == {None}
    assert Processed.objects.filter(operation=looked[0].processing, activity="signals.signal").exists()
    Vault.objects.update(made_on=date(1950, 1, 2))
    assert words(opened, "own_signals").count('class="entry"') == 0, "somebody else lives there now"
    Vault.objects.update(made_on=timezone.localdate())
    Signal.objects.update(seen_on=date(1950, 1, 2))
    assert words(opened, "own_signals").count('class="entry"') == 0, "somebody else lived there then"


def test_the_link_with_the_home_is_removed_for_good(reports: Reports, cast: Cast, visit: Visit) -> None:  # noqa: F811
    home = reports(cast.bas).home
    opened = open_map(new_vault(home), visit)
    assert words(opened, "own_signals").count('class="entry"') == 1
    assert opened.post(reverse("unlink_home")).status_code == 303
    assert Vault.objects.get().home == ""
    assert words(opened, "own_signals").count('class="entry"') == 0


def test_who_moved_out_sees_nothing_of_who_lives_there_now(city: City, addresses: object) -> None:  # noqa: F811
    here = {one.dwelling: blind_home(home_of(one)) for one in Address.objects.exclude(dwelling="")}
    tenancies = city.table("tenancies").filter(pl.col("end").is_null() & pl.col("dwelling").is_in(list(here)))
    rows = tenancies.sort("start").to_dicts()
    homes, began = [here[rows[at]["dwelling"]] for at in (0, -1)], rows[-1]["start"]
    stays, moved = new_vault(homes[0]), new_vault(homes[1])
    Vault.objects.update(made_on=began - timedelta(days=1))
    assert unlink_moved() == 1
    assert Vault.objects.get(pk=stays.pk).home
    assert not Vault.objects.get(pk=moved.pk).home
    assert unlink_moved() == 0


@pytest.mark.usefixtures("addresses")
def test_of_homes_that_share_an_address_the_last_that_somebody_moved_into_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault = new_vault("shared")
    days = (in_days(5), in_days(-5))
    monkeypatch.setattr(moving, "_homes_that_began", lambda *_: [(vault.home, day) for day in days])
    assert unlink_moved() == 1


def test_a_colleague_invites_and_the_link_is_told_once(cast: Cast, visit: Visit) -> None:  # noqa: F811
    client = visit(cast.sanne)
    shown = client.post(reverse("invite_resident"), {"search": "", "address": ""})
    assert shown.status_code == 200
    link = re.search(r'value="(http://localhost/mijn/begin/#([\w-]{43}))"', shown.content.decode())
    assert link
    made = Invitation.objects.get()
    assert made.token_hash == openings.hash_of(link.group(2))
    assert (made.made_by, made.home, made.used_at) == (cast.sanne.key, "", None)
    assert link.group(2) not in client.get(reverse("invite_resident")).content.decode()
    assert Entry.objects.get(verb="residents.invite").actor == cast.sanne.key


def test_a_home_is_linked_only_where_the_resident_wants_it(
    cast: Cast,  # noqa: F811
    address: Address,  # noqa: F811
    visit: Visit,
) -> None:
    client, page = visit(cast.sanne), reverse("invite_resident")
    assert client.post(page, {"search": str(address)}).status_code == 422
    assert not Invitation.objects.exists()
    answer = client.post(page, {"search": str(address), "agreed": "on"})
    if answer.status_code == 422:  # more homes are called so: one is chosen
        answer = client.post(page, {"search": str(address), "address": address.pk, "agreed": "on"})
    assert answer.status_code == 200
    assert Invitation.objects.get().home == blind_home(home_of(address))
    entry = Entry.objects.get(verb="residents.invite")
    assert (entry.place, entry.fields) == (COMPLEX, ["home"])


def test_nobody_invites_for_a_home_outside_their_areas(
    cast: Cast,  # noqa: F811
    address: Address,  # noqa: F811
    visit: Visit,
) -> None:
    typed = {"search": str(address), "address": address.pk, "agreed": "on"}
    assert visit(cast.noor).post(reverse("invite_resident"), typed).status_code == 422
    assert visit(cast.femke).post(reverse("invite_resident"), {}).status_code == 403
    assert not Invitation.objects.exists()


def test_the_worker_is_for_these_pages_alone(devices: Devices) -> None:
    answer = devices().client.get(reverse("own_map_worker"))
    assert answer.headers["Service-Worker-Allowed"] == "/mijn/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
