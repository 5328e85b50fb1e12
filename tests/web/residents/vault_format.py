"""Format 1 of a vault, written a second time from `docs/reference/vault.md`: the twin of what browsers do.

The workbench itself holds nothing of this: it never sees a code, a key or the contents of a vault.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ROOT = Path(__file__).parents[3]
FORMAT = "ongedeeld.vault.1"
BLOCK = 256
NONCE = 12
Kind = Literal["card", "recovery"]


def _words() -> list[str]:
    source = (ROOT / "assets/src/residents/vault/wordlist.ts").read_text(encoding="utf-8")
    return re.findall(r"[a-z]+", source.split("`")[-2])


WORDS = _words()


@dataclass(frozen=True)
class Derived:
    """What a code gives: where its vault is, what shows that one knows the code, and what wraps the key."""

    locator: str
    proof: bytes
    wrapping: bytes


def words_of(code: bytes) -> list[str]:
    """The fourteen words of a code: its 128 bits and the first 12 of its SHA-256, ten to a word."""
    bits = f"{int.from_bytes(code):0128b}" + f"{int.from_bytes(sha256(code).digest()[:2]):016b}"[:12]
    return [WORDS[int(bits[at : at + 10], 2)] for at in range(0, 140, 10)]


def code_of(words: list[str]) -> bytes:
    """The code of fourteen words.

    Raises
    ------
    ValueError
        When a word is none of the list, or the check does not hold.
    """
    bits = "".join(f"{WORDS.index(word):010b}" for word in words)
    code = int(bits[:128], 2).to_bytes(16)
    if words_of(code) != words:
        raise ValueError("the check of the words does not hold")
    return code


def qr_text(code: bytes) -> str:
    """What the QR code of a card says."""
    return "ONGEDEELD1:" + base64.b32encode(code).decode().rstrip("=")


def derive(code: bytes) -> Derived:
    """Everything that a code gives."""
    return Derived(_hkdf(code, b"locate").hex(), _hkdf(code, b"prove"), _hkdf(code, b"wrap"))


def kept_of(proof: bytes) -> str:
    """What the workbench keeps of a proof."""
    return sha256(proof).hexdigest()


def wrap(key: bytes, code: bytes, vault: str, kind: Kind, nonce: bytes) -> str:
    """The vault key, wrapped under a code."""
    return _sealed(derive(code).wrapping, key, f"{vault}|lock|{kind}", nonce)


def unwrap(wrapped: str, code: bytes, vault: str, kind: Kind) -> bytes:
    """The vault key of a lock."""
    return _opened(derive(code).wrapping, wrapped, f"{vault}|lock|{kind}")


def seal_item(key: bytes, vault: str, item: str, version: int, contents: Any, nonce: bytes) -> str:
    """One version of one item, sealed."""
    text = json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode()
    padded = text + b" " * (-len(text) % BLOCK)
    return _sealed(key, padded, f"{vault}|item|{item}|{version}", nonce)


def open_item(key: bytes, vault: str, item: str, version: int, ciphertext: str) -> Any:
    """The contents of one version of one item."""
    return json.loads(_opened(key, ciphertext, f"{vault}|item|{item}|{version}"))


def to_text(content: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hkdf(code: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=FORMAT.encode(), info=info).derive(code)


def _sealed(key: bytes, content: bytes, to: str, nonce: bytes) -> str:
    return to_text(nonce + AESGCM(key).encrypt(nonce, content, f"{FORMAT}|{to}".encode()))


def _opened(key: bytes, text: str, to: str) -> bytes:
    whole = from_text(text)
    return AESGCM(key).decrypt(whole[:NONCE], whole[NONCE:], f"{FORMAT}|{to}".encode())
