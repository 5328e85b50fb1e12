"""Seal what tells of people, so that a copy of the database alone reveals none of it.

A sealed text is `1.<key>.<nonce and ciphertext in base64>`: AES-GCM with a key of 256 bits from the key file
and a nonce of 96 random bits (NIST SP 800-38D, 8.2.2), bound to the record and field that hold it, so that it
cannot be moved to another. The key file lies outside the database and outside its backups.
"""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.safeguards.keys import key_ring

FORM = "1"
NONCE_BYTES = 12


class SealError(OngedeeldError):
    """A sealed text that cannot be opened."""


def seal(text: str, bound_to: str) -> str:
    """A text, sealed with the newest key.

    Parameters
    ----------
    text
        What nobody reads in the database.
    bound_to
        The record and field that hold it, such as `signal:<key>`: sealed for one, it opens for no other.
    """
    return seal_bytes(text.encode(), bound_to).decode("ascii")


def seal_bytes(content: bytes, bound_to: str) -> bytes:
    """Bytes, sealed as :func:`seal` does."""
    name, key = key_ring().newest
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, _bound(name, bound_to))
    return f"{FORM}.{name}.".encode() + urlsafe_b64encode(sealed)


def unseal(sealed: str, bound_to: str) -> str:
    """The text that was sealed.

    Raises
    ------
    SealError
        When the key is not there, or it was changed or moved.
    """
    return unseal_bytes(sealed.encode("ascii", "replace"), bound_to).decode()


def unseal_bytes(sealed: bytes, bound_to: str) -> bytes:
    """The bytes that were sealed; raises as :func:`unseal` does."""
    form, name, content = (*sealed.split(b".", 2), b"", b"")[:3]
    key = key_ring().keys.get(name.decode("ascii", "replace"))
    if form != FORM.encode() or key is None:
        raise SealError(
            N_("this was sealed with a key that is not in the key file"),
            remedy=N_("put the key file back that belongs to this database"),
        )
    try:
        raw = urlsafe_b64decode(content)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(name.decode(), bound_to))
    except (InvalidTag, ValueError) as error:
        raise SealError(
            N_("what is sealed here was changed, or belongs elsewhere"),
            remedy=N_("restore the database from a backup"),
        ) from error


def blind(text: str) -> str:
    """A key by which equal texts are found and from which none is read: 64 hexadecimal digits."""
    return hmac.new(key_ring().blinding, text.encode(), sha256).hexdigest()


def _bound(name: str, bound_to: str) -> bytes:
    return f"ongedeeld/{FORM}/{name}/{bound_to}".encode()
