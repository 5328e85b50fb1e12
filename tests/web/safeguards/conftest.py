"""The cast of signals, the home that they are about, and a resident who asks about their data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from ongedeeld.web.cities.models import Address
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.signals.models import Signal
from tests.web.conftest import Visit
from tests.web.signals.conftest import (
    Cast,
    address,
    addresses,
    cast,
    reports,
    signal,
    team,
)

__all__ = ["address", "addresses", "asks", "cast", "officer", "reports", "signal", "team"]

LIST = "/gegevensbescherming/verzoeken/"
WORDS = "Ik wil weten wat er over ons huis is opgeschreven."
NAME = "Mevrouw Invented-Achternaam"
SIGNAL = "signals.signal"

Asks = Callable[..., Request]


@pytest.fixture
def officer(cast: Cast, visit: Visit) -> Client:
    """The browser of the privacy officer."""
    return visit(cast.olga)


@pytest.fixture
def asks(officer: Client, address: Address) -> Asks:
    """A resident asks something; `told` is what differs."""

    def asked(right: str, *, sure: bool = True, **told: object) -> Request:
        typed = {
            "search": str(address),
            "address": str(address.pk),
            "right": right,
            "name": NAME,
            "reach": "per post",
            "words": WORDS,
            "received_on": timezone.localdate(),
            "lived_from": "",
        } | told
        answer = officer.post(f"{LIST}nieuw/", typed)
        assert answer.status_code == 303, answer.content.decode()
        made = Request.objects.latest("id")
        if sure:
            post(officer, made, "identiteit", "identity", identity="counter")
        return made

    return asked


def post(client: Client, request: Request, page: str, prefix: str, status: int = 303, **typed: object) -> str:
    """Send a form of the page of a request; what came back."""
    request.refresh_from_db()
    filled = {f"{prefix}-{name}": value for name, value in {"version": request.version, **typed}.items()}
    answer = client.post(f"{LIST}{request.key}/{page}/", filled)
    assert answer.status_code == status, answer.content.decode()
    request.refresh_from_db()
    return answer.content.decode()


def decide(
    client: Client, request: Request, thing: object, decision: str, words: str = "", **rest: int
) -> str:
    """Decide on what was found."""
    return post(client, request, f"gevonden/{thing}", "decide", decision=decision, words=words, **rest)


def decide_on_city(client: Client, request: Request, decision: str) -> None:
    """Decide alike on what the City keeps of the home."""
    page = client.get(f"{LIST}{request.key}/").content.decode()
    for thing in {part.split("/")[0] for part in page.split("/gevonden/")[1:]}:
        if not Signal.objects.filter(key=thing).exists():
            decide(client, request, thing, decision, "het staat zo in het huurcontract")
