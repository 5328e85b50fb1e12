"""A database for which there is no room any more: what it is asked to add, it cannot keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from ongedeeld.web.audit.guarding import guard, unguard

_MOST_PAGES = 2**30
_ALWAYS_FULL = Path("/dev/full")


@contextmanager
def no_room() -> Iterator[None]:
    """As long as it lasts, the database of the test may not become larger than it is.

    SQLite is held to the pages that it has. PostgreSQL knows no such limit and works through files of its
    own, so the file of the audit record is put on a disk that is always full.
    """
    return (yield from {"sqlite": _no_more_pages, "postgresql": _no_disk}[connection.vendor]())


def _no_more_pages() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")


def _no_disk() -> Iterator[None]:
    """Emptied first: of a record with rows in it the server would miss the pages that it knows of."""
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")
        guard(connection)
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory'), pg_relation_filepath('audit_entry')")
        file = Path(*cursor.fetchone())
    aside = file.with_name(f"{file.name}.aside")
    connection.close()  # for the server process of a connection holds on to the files that it opened
    file.rename(aside)
    file.symlink_to(_ALWAYS_FULL)
    try:
        yield
    finally:
        connection.close()
        aside.replace(file)
