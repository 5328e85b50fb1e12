"""Look after the key file from the prompt."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.utils import timezone

from ongedeeld.web.safeguards.keys import KeyFileError, key_file, key_ring
from ongedeeld.web.safeguards.rotating import check_keys, rotate


def check() -> tuple[Path, str]:
    """Hold the key file against the database: where it is, and the name of the key that seals.

    Raises
    ------
    KeyFileError
        When they do not belong together.
    """
    check_keys(timezone.now())
    name, _ = key_ring().newest
    return key_file(), name


def renew() -> tuple[Path, str]:
    """Put a new key into use: where the file is, and the name of the key."""
    name = rotate(timezone.now(), actor=None)
    return key_file(), name


def complaint() -> KeyFileError | None:
    """What is wrong with the key file of this database, if anything is."""
    try:
        check()
    except KeyFileError as error:
        return error
    return None


def beside(data: Path) -> Path | None:
    """The key file, where a copy of the data folder would hold the keys with what they seal; else none."""
    file = key_file().absolute()
    return file if connection.vendor == "sqlite" and file.is_relative_to(data) else None
