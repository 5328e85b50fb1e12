"""The key that signs sessions: given in the environment, or kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(data_folder: Path) -> str:
    """The key that is given, or the one that is kept; empty before `keep_secret_key` made one."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    file = _file(data_folder)
    return file.read_text(encoding="utf-8") if file.exists() else ""


def keep_secret_key(data_folder: Path) -> None:
    """Make a key, where none is given and none is kept; only its owner can read it."""
    if secret_key(data_folder):
        return
    with os.fdopen(os.open(_file(data_folder), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_urlsafe(50))


def _file(data_folder: Path) -> Path:
    return data_folder / "secret-key"
