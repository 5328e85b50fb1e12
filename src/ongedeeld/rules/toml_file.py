"""Read a TOML file that a user wrote, and say in plain words why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.vocabulary import Both

_WHERE = re.compile(r"at line (\d+)")


def read_toml(file: Path, what: Both, remedy: str) -> tuple[str, dict[str, Any]]:
    """The text of a file and the tables in it.

    Parameters
    ----------
    file
        In UTF-8, with a byte order mark or without.
    what
        What the file is, such as "local policy".
    remedy
        A marked text: where its form is described.

    Raises
    ------
    InputError
        When it is not there, is a folder, is not UTF-8 or is not TOML; then with the line.
    """
    place = Place(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            N_("this file of {what} is not written in UTF-8"),
            place=place,
            expected=N_("TOML in UTF-8"),
            remedy=N_("save it as UTF-8 in your editor"),
            what=what,
        ) from error
    except OSError as error:
        raise InputError(
            _unopened(file), place=place, expected=N_("TOML in UTF-8"), remedy=remedy, what=what
        ) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.search(str(error))
        # An error "at end of document" is one of the last line.
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise InputError(
            N_("this file of {what} is not written as TOML is: up to this line it can be read"),
            place=Place(file, line=line),
            expected=N_("a key, =, and a value: text between quotes, a date such as 2026-01-01, or a number"),
            remedy=remedy,
            what=what,
        ) from error


def _unopened(file: Path) -> str:
    if file.is_dir():
        return N_("this is a folder and not a file of {what}")
    if not file.exists():
        return N_("this file of {what} is not there")
    return N_("this file of {what} cannot be opened")
