"""The key file: the keys that seal, newest last, and the one by which equal texts are found.

The file lies outside the database and outside its backups. It is made whole or not at all, and read anew
whenever it changed, so that all processes seal with the newest key.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.safeguards.models import FieldKey

KEY_BYTES = 32


class KeyFileError(OngedeeldError):
    """The key file is not there, or cannot be used."""


@dataclass(frozen=True)
class KeyRing:
    """Every key by its name, in the order in which they were made; `blinding` never changes."""

    keys: dict[str, bytes]
    blinding: bytes

    @property
    def newest(self) -> tuple[str, bytes]:
        """The key with which is sealed from now on, and its name."""
        name = next(reversed(self.keys))
        return name, self.keys[name]

    def fingerprint(self, name: str) -> str:
        """What tells a key, with the blinding one, from every other without telling them."""
        return sha256(b"ongedeeld/fingerprint/" + self.blinding + self.keys[name]).hexdigest()


def key_file() -> Path:
    """Where the keys are."""
    return Path(settings.FIELD_KEYS)


def key_ring() -> KeyRing:
    """The keys of this installation; the file is made where nothing was ever sealed.

    Raises
    ------
    KeyFileError
        When the file cannot be used, or is gone while the database knows its keys.
    """
    file = key_file()
    try:
        if not file.exists():
            _make(file)
        written = file.stat()
    except OSError as error:
        raise _unusable(file, error.strerror or type(error).__name__) from error
    return _read(file, written.st_mtime_ns, written.st_ino)


def _make(file: Path) -> None:
    """Make the file with a first key; of two who do so at once, the second finds the whole file of the first.

    A new file in place of one that got lost would seal what comes with other keys than what is there.
    """
    if FieldKey.objects.filter(dropped_at=None).exists():
        raise KeyFileError(
            N_("the key file {file} is not there, so what is sealed in this database cannot be opened"),
            remedy=N_("put it back from where its copy is kept, or name its place in ONGEDEELD_FIELD_KEYS"),
            file=file,
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    first = KeyRing({"1": secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
    written = _written(file, first)
    with suppress(FileExistsError):
        os.link(written, file)
    written.unlink()


def add_key() -> str:
    """Put a new key into the file, with which is sealed from now on; its name."""
    ring = key_ring()
    name = str(max(map(int, ring.keys)) + 1)
    _replace(KeyRing({**ring.keys, name: secrets.token_bytes(KEY_BYTES)}, ring.blinding))
    return name


def drop_keys(names: set[str]) -> None:
    """Take keys out of the file; the newest never goes."""
    ring = key_ring()
    newest, _ = ring.newest
    kept = {name: key for name, key in ring.keys.items() if name == newest or name not in names}
    _replace(KeyRing(kept, ring.blinding))


def _replace(ring: KeyRing) -> None:
    file = key_file()
    try:
        _written(file, ring).replace(file)
    except OSError as error:  # the old file is whole still
        raise _unusable(file, error.strerror or type(error).__name__) from error


def _written(beside: Path, ring: KeyRing) -> Path:
    """A new file beside the key file, on the disk for good; from its first byte only its owner reads it."""
    held = {
        "keys": {name: b64encode(key).decode() for name, key in ring.keys.items()},
        "blinding": b64encode(ring.blinding).decode(),
    }
    with NamedTemporaryFile("w", dir=beside.parent, prefix=".field-keys-", delete=False) as stream:
        json.dump(held, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    return Path(stream.name)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _place: int) -> KeyRing:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        ring = KeyRing(
            {str(int(name)): b64decode(key, validate=True) for name, key in held["keys"].items()},
            b64decode(held["blinding"], validate=True),
        )
    except OSError as error:
        raise _unusable(file, error.strerror or type(error).__name__) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _unusable(file, type(error).__name__) from error
    if not ring.keys or any(len(key) != KEY_BYTES for key in (*ring.keys.values(), ring.blinding)):
        raise _unusable(file, "length")
    return ring


def _unusable(file: Path, why: str) -> KeyFileError:
    return KeyFileError(
        N_("the key file {file} cannot be used ({why})"),
        expected=N_("a file that this workbench made, which its process may read"),
        remedy=N_("put it back from where its copy is kept"),
        file=file,
        why=why,
    )
