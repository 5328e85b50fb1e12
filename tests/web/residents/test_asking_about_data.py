"""From their own map a resident asks about their data, follows what comes of it, and sees who looked when."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ongedeeld.web.cities.models import Address
from ongedeeld.web.residents.models import OwnRequest, Vault
from ongedeeld.web.safeguards.homes import blind_home, home_of
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Visit
from tests.web.residents.device import new_vault, open_map
from tests.web.safeguards.conftest import (  # noqa: F401 - fixtures
    LIST,
    address,
    addresses,
    asks,
    cast,
    decide,
    decide_on_city,
    officer,
    post,
    reports,
    signal,
    team,
)
from tests.web.signals.conftest import NOTE, Cast

pytestmark = pytest.mark.django_db
NOT_HERE = "When your map is gone the answer cannot come here any more"
ASKED, ANSWER = "Er staat dat de gordijnen dicht waren. Dat klopt niet.", "Uw woorden staan er nu naast."
NAME, REACH = "Mevrouw Invented-Achternaam", "06 555 0100"


@pytest.fixture
def own(visit: Visit) -> Client:
    """A browser in which a map is open that is linked with no home."""
    client = open_map(new_vault(), visit)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def ask(client: Client, status: int = 303, **told: object) -> str:
    """Send the form; what came back."""
    typed = {"right": "correction", "words": ASKED, "name": NAME, "reach": REACH, "address": ""} | told
    answer = client.post(reverse("ask_about_data"), {f"ask-{name}": value for name, value in typed.items()})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def page(client: Client) -> str:
    """What stands under my data."""
    return client.get(reverse("own_data")).content.decode()


def test_a_correction_goes_from_the_map_to_the_officer_and_the_answer_comes_back(
    own: Client,
    officer: Client,  # noqa: F811
    signal: Signal,  # noqa: F811
    address: Address,  # noqa: F811
) -> None:
    where = f"{address.postcode.lower()} {address.number}-{address.addition}"
    assert NOT_HERE not in page(own)
    ask(own, address=where)
    request = Request.objects.get()
    assert (request.right, request.made_by, request.home) == ("correction", None, signal.home)
    assert "First somebody calls or writes to you" in page(own)
    assert NOT_HERE in page(own)
    seen = officer.get(f"{LIST}{request.key}/").content.decode()
    assert all(words in seen for words in (ASKED, NAME, REACH, NOTE))
    assert str(Vault.objects.get().key) not in seen, "that they have a map is told to nobody"
    post(officer, request, "identiteit", "identity", identity="called_back")
    decide(officer, request, signal.key, "beside", ASKED)
    assert ANSWER not in page(own)
    decide_on_city(officer, request, "as_is")
    post(officer, request, "beantwoorden", "close", outcome="granted", answer=ANSWER)
    assert ANSWER in page(own)
    assert NOT_HERE not in page(own)
    file = own.get(reverse("own_download")).json()
    assert [(one["words"], one["answer"]) for one in file["requests"]] == [(ASKED, ANSWER)]
    request.delete()
    assert not OwnRequest.objects.exists()


def test_a_key_of_somebody_else_leads_to_nothing_and_twice_is_once(own: Client, visit: Visit) -> None:
    key = uuid4()
    for _ in range(2):
        ask(own, once=key)
    assert Request.objects.count() == OwnRequest.objects.count() == 1
    other = open_map(new_vault(), visit)
    ask(other, once=key, words="Iets anders")
    assert ASKED not in page(other)
    assert Request.objects.count() == OwnRequest.objects.count() == 1


def test_what_is_wrong_is_told_and_what_waits_has_a_bound(own: Client) -> None:
    assert "citizen service number" in ask(own, 422, words="Mijn nummer is 111222333")
    for _ in range(5):
        ask(own)
    assert "wait for an answer already" in ask(own, 422)
    assert Request.objects.count() == 5


def test_an_address_that_is_not_one_home_finds_none(own: Client, address: Address) -> None:  # noqa: F811
    for where in (
        address.postcode,
        f"{address.postcode} 99999",
        "ergens",
        f"{address.street} {address.number}",
    ):
        ask(own, address=where)
    assert set(Request.objects.values_list("home", flat=True)) == {""}


def test_who_looked_at_a_signal_is_told_by_role_and_day_without_a_name(
    cast: Cast,  # noqa: F811
    signal: Signal,  # noqa: F811
    address: Address,  # noqa: F811
    visit: Visit,
) -> None:
    Signal.objects.filter(pk=signal.pk).update(told_at=timezone.now(), danger=False)
    assert visit(cast.mila).get(reverse("signal", args=[signal.key])).status_code == 200
    own = open_map(new_vault(blind_home(home_of(address))), visit)
    own.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    shown = own.get(reverse("own_signals")).content.decode()
    assert "Who looked at it, and when" in shown
    assert "area manager" in shown
    assert not any(person.name in shown for person in (cast.mila, cast.bas))
    file = own.get(reverse("own_download")).json()
    assert [one["key"] for one in file["signals"]] == [str(signal.key)]
    assert file["referrals"] == []
