"""The futures in a folder with results: which are there, and whether each is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ongedeeld.errors import N_, InputError, Place

FUTURES = "futures"
SUFFIX = ".parquet"

_PARQUET = b"PAR1"
"""With this a file of Parquet begins and ends."""


def place_of(folder: Path, number: int) -> Path:
    """Where a future stands.

    >>> place_of(Path("R"), 12).as_posix()
    'R/futures/000012'
    """
    return folder / FUTURES / f"{number:06}"


def draft_prefix(number: int) -> str:
    """How the name of a future begins while it is being written."""
    return f".{number:06}-"


def numbers_in(folder: Path) -> list[int]:
    """The numbers of the futures that are there, in ascending order; other files are somebody else's."""
    names = [entry.name for entry in (folder / FUTURES).glob("*")]
    return sorted(int(name) for name in names if re.fullmatch(r"[0-9]{6,}", name))


def drafts_in(folder: Path) -> Iterator[Path]:
    """The futures that were left half written; other hidden files are somebody else's."""
    for entry in (folder / FUTURES).glob(".*"):
        if re.fullmatch(r"\.[0-9]{6,}-[a-z0-9_]+", entry.name) and entry.is_dir() and not entry.is_symlink():
            yield entry


def tables_in(future: Path) -> set[str]:
    """The names of the tables of a future."""
    return {file.stem for file in future.glob(f"*{SUFFIX}")}


def refuse_damaged(folder: Path) -> None:
    """Refuse futures of which a table lacks that another has, is empty or was cut off.

    Raises
    ------
    InputError
        Naming the first such future, and the table.
    """
    futures = [place_of(folder, number) for number in numbers_in(folder)]
    names = sorted(set[str]().union(*map(tables_in, futures)))
    for future in futures:
        lacking = [name for name in names if not _is_whole(future / f"{name}{SUFFIX}")]
        if lacking or not names:
            raise InputError(
                N_("this future is damaged: {tables} lacks, or is not whole"),
                place=Place(future),
                expected=N_("the tables as `ongedeeld simulate` wrote them"),
                remedy=N_("restore it from a backup, or remove it and simulate again: it is made anew"),
                tables=", ".join(lacking) or f"*{SUFFIX}",
            )


def _is_whole(file: Path) -> bool:
    """Whether a file begins and ends as one of Parquet; what lies between is read when it is needed."""
    if not file.is_file():
        return False
    with file.open("rb") as handle:
        begin = handle.read(len(_PARQUET))
        handle.seek(max(file.stat().st_size - len(_PARQUET), 0))
        return begin == handle.read() == _PARQUET
