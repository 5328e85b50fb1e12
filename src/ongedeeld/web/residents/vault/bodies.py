"""Read what a page of a resident sends: JSON of a known form, checked before anything is done with it."""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from ongedeeld.errors import N_, InputError
from ongedeeld.web.residents.models import Lock

MOST_ITEMS = 200
MOST_LETTERS = 16_384
WRAPPED_LETTERS = 80
"""A nonce of 12 bytes, a key of 32 and a tag of 16, as base64url."""
PROOF_BYTES = 32
LARGEST_VERSION = 2**31 - 1
_LOCATOR = re.compile(r"[0-9a-f]{64}")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Showing:
    """With what a device shows that it knows a code: where the lock lies, and a proof of 32 bytes."""

    locator: str
    proof: bytes


@dataclass(frozen=True)
class NewLock:
    """A lock as a device makes it."""

    kind: str
    showing: Showing
    wrapped: str


@dataclass(frozen=True)
class Written:
    """One version of one item as a device sends it; without ciphertext it was removed."""

    key: UUID
    version: int
    ciphertext: str


def body_of(request: HttpRequest) -> Body:
    """The JSON that was sent.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise unreadable()
    return body


def showing_in(body: object) -> Showing:
    """Where a lock lies and the proof of its code; raises as :func:`body_of`."""
    if not isinstance(body, dict):
        raise unreadable()
    locator, proof = text_in(body, "locator"), _bytes(text_in(body, "proof"))
    if not _LOCATOR.fullmatch(locator) or len(proof) != PROOF_BYTES:
        raise unreadable()
    return Showing(locator, proof)


def lock_in(body: object) -> NewLock:
    """A lock that a device made; raises as :func:`body_of`."""
    if not isinstance(body, dict):
        raise unreadable()
    kind, wrapped = text_in(body, "kind"), text_in(body, "wrapped")
    if kind not in Lock.Kind.values or len(wrapped) != WRAPPED_LETTERS or not _BASE64URL.fullmatch(wrapped):
        raise unreadable()
    return NewLock(kind, showing_in(body), wrapped)


def items_in(body: Body) -> list[Written]:
    """The versions that a device sends, in their order; raises as :func:`body_of`."""
    items = body.get("items")
    if not isinstance(items, list):
        raise unreadable()
    if len(items) > MOST_ITEMS:
        raise InputError(
            N_("this is too much at once"), expected=N_("at most {most} changes"), most=MOST_ITEMS
        )
    return [_item(one) for one in items]


def _item(one: object) -> Written:
    if not isinstance(one, dict):
        raise unreadable()
    version, ciphertext = one.get("version"), one.get("ciphertext", "")
    if type(version) is not int or not 0 < version <= LARGEST_VERSION:
        raise unreadable()
    key = key_in(one, "id")
    if ciphertext is None:
        return Written(key, version, "")
    if not isinstance(ciphertext, str) or not _BASE64URL.fullmatch(ciphertext):
        raise unreadable()
    if len(ciphertext) > MOST_LETTERS:
        raise InputError(N_("this is too long to keep"), remedy=N_("make it shorter"))
    return Written(key, version, ciphertext)


def key_in(body: Body, name: str) -> UUID:
    """A UUID in its one way of being written; raises as :func:`body_of`."""
    text = text_in(body, name)
    if not _UUID.fullmatch(text):
        raise unreadable()
    return UUID(text)


def text_in(body: Body, name: str) -> str:
    """A text of plain letters, as all of these are; raises as :func:`body_of`."""
    value = body.get(name)
    if not isinstance(value, str) or not value.isascii():
        raise unreadable()
    return value


def yes_in(body: Body, name: str) -> bool:
    """A yes or no; raises as :func:`body_of`."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise unreadable()
    return value


def unreadable() -> InputError:
    """Something was sent that no page of ours sends."""
    return InputError(N_("what was sent cannot be read"), remedy=N_("open the page again"))


def _bytes(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise unreadable()
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise unreadable() from None
