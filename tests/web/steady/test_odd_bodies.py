"""The doors for the scripts of a resident's pages: whatever is sent, the answer is one that they can read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.residents.models import Vault
from tests.web.conftest import Hire, Visit
from tests.web.residents.device import code, invitation, item, new_vault, open_map, shown
from tests.web.residents.sharing_cast import STEP, in_days
from tests.web.steady.crawling import TRACE
from tests.web.steady.odd_bodies import RAW, odd_bodies

A_FEW = 25
"""How many odd bodies each door gets without --soak, besides those that are no object of JSON."""
Make = Callable[[str], dict[str, Any]]


def _begin(_: str) -> dict[str, Any]:
    return {
        "invitation": invitation(),
        "vault": str(uuid4()),
        "locks": [code(), code("recovery")],
        "elsewhere": True,
    }


def _share(receiver: str) -> dict[str, Any]:
    return {
        "kind": "step",
        "content": STEP,
        "from": "Jo",
        "item": str(uuid4()),
        "receiver_kind": "person",
        "receiver": receiver,
        "purpose": "breakthrough",
        "until": in_days(30).isoformat(),
        "plea": {"rule": "regel", "law": "wet", "involvement": "inzet", "gain": "opbrengst"},
    }


def _give(_: str) -> dict[str, Any]:
    effect = {"domain": "housing", "sort": "none", "effect": "helped", "order": "later", "length": "years"}
    copy = {"form": 1, "effects": [effect], "influences": [], "chances": []}
    return {"digest": "a" * 64, "copy": copy}


DOORS: dict[tuple[str, str], Make] = {
    ("post", "kluis/begin"): _begin,
    ("post", "kluis/open"): lambda _: shown(code()) | {"elsewhere": True},
    ("put", "kluis/items"): lambda _: {"items": [item(uuid4()), item(uuid4(), 2)]},
    ("post", "kluis/locks"): lambda _: code() | {"by": shown(code())},
    ("post", "kluis/close"): lambda _: {},
    ("post", "kluis/block"): lambda _: shown(code()),
    ("post", "kluis/delete"): lambda _: shown(code()),
    ("post", "ontvangers/"): lambda _: {"name": "Sanne"},
    ("post", "delen/"): _share,
    ("post", "delen/{share}/opnieuw/"): lambda _: {"kind": "step", "content": STEP, "from": "Jo"},
    ("post", "geven/"): _give,
    ("post", "geven/terug/"): lambda _: {"token": "x" * 43},
}
"""Each door below `/mijn/`, and what a page sends there."""


@pytest.mark.soak
@pytest.mark.parametrize("door", list(DOORS), ids=" ".join)
def test_whatever_is_sent_to_a_door_of_a_resident_is_answered(
    door: tuple[str, str],
    hire: Hire,
    visit: Visit,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    vault, receiver = new_vault(), hire(Role.DIRECTOR, None, "Dirk")
    client = open_map(vault, visit)
    client.raise_request_exception = False
    share = _ask(client, ("post", "delen/"), json.dumps(_share(str(receiver.key))).encode()).json()["key"]
    method, path = door
    bodies = list(odd_bodies(DOORS[door](str(receiver.key))))
    if not request.config.getoption("--soak"):
        # The same ones each time: this run repeats, and another door gets others.
        few = Random(path).sample(bodies[len(RAW) :], min(A_FEW, len(bodies) - len(RAW)))  # noqa: S311
        bodies = [*RAW, *few]
    wrong = []
    for body in bodies:
        answer = _ask(client, (method, path.format(share=share)), body)
        if answer.status_code == 401 or "close" in path:
            client.cookies = open_map(vault, visit).cookies  # one that was odd in nothing that mattered
        if answer.status_code >= 500 or TRACE.search(answer.content.decode()):
            wrong.append((answer.status_code, body[:300]))
        elif answer.content:
            json.loads(answer.content)
    assert wrong == []
    assert Vault.objects.filter(pk=vault.pk).exists()


def _ask(client: Client, door: tuple[str, str], body: bytes) -> Any:
    cache.clear()  # in which it stands how often somebody asked
    return client.generic(door[0].upper(), f"/mijn/{door[1]}", body, content_type="application/json")
