"""Where words could be left behind: tables, files, the log, letters."""

from __future__ import annotations

import json
import logging
import pickle
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection

from ongedeeld.web.safeguards.keys import key_file
from ongedeeld.web.site.logs import Discreet

Held = Iterator[tuple[str, bytes]]
"""What a place holds, by the name of the place."""


def tables() -> Held:
    """Every value of every column of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names
            columns = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    (f"{table}.{name}", _bytes(value)) for name, value in zip(columns, row, strict=True)
                )


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()


def files() -> Held:
    """Every file of the data folder but the keys: the database of SQLite, drawn pages, Cities, the rest."""
    folder = Path(settings.DATA_FOLDER)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file != key_file() and "postgresql" not in file.relative_to(folder).parts:
            drawn = file.suffix == ".djcache"
            yield str(file.relative_to(folder)), _drawn(file) if drawn else file.read_bytes()


def _drawn(file: Path) -> bytes:
    with file.open("rb") as stream:
        pickle.load(stream)  # noqa: S301 - until when it is kept, as we wrote it
        return zlib.decompress(stream.read())


def members(backup: Path) -> Held:
    """Every file in a backup."""
    with tarfile.open(backup) as tar:
        for member in tar:
            if content := tar.extractfile(member):
                yield member.name, content.read()


def letters() -> Held:
    """The letters that were sent."""
    outbox: list[EmailMessage] = mail.outbox
    yield from (("letter", str(letter.message()).encode() + letter.body.encode()) for letter in outbox)


def log_lines(records: Iterable[logging.LogRecord]) -> Held:
    """The lines of the log, as the workbench writes them."""
    form = Discreet("{asctime} {levelname} {name} {message}", style="{")
    yield from (("log", form.format(record).encode()) for record in records)


def found(words: Iterable[str], held: Held) -> list[str]:
    """Which words stand where, in any of the ways in which they may be written."""
    ways = {
        word: {word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()} for word in words
    }
    return [
        f"{word} in {place}"
        for place, content in held
        for word, written in ways.items()
        if any(way in content for way in written)
    ]
