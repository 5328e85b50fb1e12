"""Seal the invented life of the demo as a resident's browser would (`docs/reference/vault.md`, format 1).

The workbench has no code for this anywhere else: it never sees a code or a key. Here both are known to
everybody, because the life is invented.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "ongedeeld.vault.1"
BLOCK_BYTES, KEY_BYTES, NONCE_BYTES = 256, 32, 12


@dataclass(frozen=True)
class Card:
    """A card of the demo: which lock it is, its code, and the words that stand on it."""

    kind: str
    code: bytes
    words: str

    @property
    def locator(self) -> str:
        """Where its lock lies."""
        return self._derived("locate").hex()

    @property
    def proof(self) -> bytes:
        """What shows that one knows the code."""
        return self._derived("prove")

    def wrapped(self, key: bytes, vault: UUID) -> str:
        """The key of a vault, wrapped under the code."""
        return _sealed(self._derived("wrap"), key, f"{vault}|lock|{self.kind}")

    def _derived(self, info: str) -> bytes:
        made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=FORMAT.encode(), info=info.encode())
        return made.derive(self.code)


def sealed_item(key: bytes, vault: UUID, item: UUID, content: dict[str, Any], now: datetime) -> str:
    """The first version of one thing, sealed."""
    at = now.isoformat()
    told = {"form": 1, "made": at, "at": at, "content": content}
    text = json.dumps(told, ensure_ascii=False).encode()
    return _sealed(key, text + b" " * (-len(text) % BLOCK_BYTES), f"{vault}|item|{item}|1")


def _sealed(key: bytes, content: bytes, to: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, f"{FORMAT}|{to}".encode())
    return urlsafe_b64encode(sealed).decode().rstrip("=")
