"""A resident's device, as the workbench sees it: JSON, with codes and ciphertext that are drawn by chance."""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from ongedeeld.web.residents.models import Invitation, Vault
from ongedeeld.web.residents.vault import openings
from tests.web.conftest import Visit

AT = "/mijn/kluis/"
JSON = "application/json"


def text_of(content: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def code(kind: str = "card") -> dict[str, str]:
    """What a device derives from a code that it drew; nobody knows the code itself."""
    return {
        "kind": kind,
        "locator": secrets.token_hex(32),
        "proof": text_of(secrets.token_bytes(32)),
        "wrapped": text_of(secrets.token_bytes(60)),
    }


def shown(lock: dict[str, str]) -> dict[str, str]:
    """With what a device shows that it knows a code."""
    return {"locator": lock["locator"], "proof": lock["proof"]}


def item(key: UUID | str, version: int = 1, words: str = "x") -> dict[str, object]:
    """One version of something; the workbench does not look into its ciphertext."""
    return {"id": str(key), "version": version, "ciphertext": text_of(f"{version}:{words}".encode())}


def removal(key: UUID | str, version: int) -> dict[str, object]:
    """That something was removed."""
    return {"id": str(key), "version": version, "ciphertext": None}


def invitation(home: str = "") -> str:
    """The token of an invitation."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    Invitation.objects.create(
        token_hash=openings.hash_of(token),
        made_by=uuid4(),
        made_at=now,
        ends_at=now + timedelta(hours=24),
        home=home,
    )
    return token


def new_vault(home: str = "") -> Vault:
    """A vault of somebody, without anything in it."""
    today = timezone.localdate()
    return Vault.objects.create(
        home=home, made_on=today, opened_on=today, remove_after=today + timedelta(days=730)
    )


def open_map(vault: Vault, visit: Visit) -> Client:
    """A browser in which a map is open, and nobody is signed in."""
    client = visit(None)
    client.cookies[openings.COOKIE] = openings.begin(vault, elsewhere=True, now=timezone.now())
    return client


@dataclass
class Device:
    """A browser of a resident, and what it knows.

    Parameters
    ----------
    client
        The browser.
    vault
        The key of the vault that it made.
    card, second
        What it derives from the two codes.
    """

    client: Client
    vault: str = field(default_factory=lambda: str(uuid4()))
    card: dict[str, str] = field(default_factory=code)
    second: dict[str, str] = field(default_factory=lambda: code("recovery"))

    def begin(self, token: str, *, elsewhere: bool = True, **told: object) -> Any:
        """Make the vault, with what `told` says otherwise."""
        body = {
            "invitation": token,
            "vault": self.vault,
            "locks": [self.card, self.second],
            "elsewhere": elsewhere,
        } | told
        return self.post("begin", body)

    def open(self, lock: dict[str, str] | None = None, *, elsewhere: bool = True) -> Any:
        """Open it with a code, that of the card where none is given."""
        return self.post("open", shown(lock or self.card) | {"elsewhere": elsewhere})

    def put(self, *items: dict[str, object]) -> Any:
        """Send versions."""
        return self.client.put(f"{AT}items", json.dumps({"items": items}), content_type=JSON)

    def items(self, since: int = 0) -> list[dict[str, Any]]:
        """What is new since a number."""
        answer: list[dict[str, Any]] = self.get(f"items?since={since}").json()["items"]
        return answer

    def renew(self, new: dict[str, str], by: dict[str, str]) -> Any:
        """Put a new lock in the place of that of its kind."""
        return self.post("locks", new | {"by": shown(by)})

    def block(self, by: dict[str, str]) -> Any:
        """Block the card."""
        return self.post("block", shown(by))

    def get(self, path: str) -> Any:
        """Ask something."""
        return self.client.get(f"{AT}{path}")

    def post(self, path: str, body: object) -> Any:
        """Send something."""
        return self.client.post(f"{AT}{path}", json.dumps(body), content_type=JSON)

    @property
    def is_open(self) -> bool:
        """Whether the vault is open here."""
        answer: bool = self.get("stand/").json()["open"]
        return answer
