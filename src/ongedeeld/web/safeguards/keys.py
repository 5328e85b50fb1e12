"""The key file: the keys that seal, newest last, and the one by which equal texts are found."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


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


def key_ring() -> KeyRing:
    """The keys of this installation; the file is made when there is none yet."""
    return _read(Path(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _read(path: Path) -> KeyRing:
    if not path.exists():
        _write(path, {"1": secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
    held = json.loads(path.read_text(encoding="utf-8"))
    return KeyRing({name: b64decode(key) for name, key in held["keys"].items()}, b64decode(held["blinding"]))


def _write(path: Path, keys: dict[str, bytes], blinding: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    held = {
        "keys": {name: b64encode(key).decode() for name, key in keys.items()},
        "blinding": b64encode(blinding).decode(),
    }
    # Only its owner reads it, from its first byte on; of two who make it at once the second finds the first.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(held, stream, indent=1)
