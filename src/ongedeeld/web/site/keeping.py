"""Copy the database and the versions of the City into one file, while the workbench runs.

The file is a tar with `manifest.json`, the database (a SQLite file, or a file of PostgreSQL's COPY for each
table), the folders of the versions and the ledger of what was published. The keys that seal what tells of
people are never in it: who finds the file cannot open what is sealed. The database is read as it was at one
moment, and the versions that it names never change, so both belong together. Sessions, open maps of residents
and caches stay behind: people sign in again.
"""

from __future__ import annotations

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ongedeeld import __version__
from ongedeeld.errors import N_, InputError
from ongedeeld.web.cities.models import CityVersion

FORM = 1
"""The form of the file; a higher one is of a newer version of the workbench."""
DATABASE, TABLES, CITIES, PUBLISHED = "database.sqlite3", "tables", "cities", "published"
PASSING = ("django_session", "usersessions_usersession", "residents_opening", "cache")
"""Tables of which nothing is kept."""
UNCOUNTED = frozenset({*PASSING, "django_migrations"})
"""Tables that are laid anew by whoever puts the backup back."""


def back_up(file: Path, data_folder: Path) -> dict[str, int]:
    """Write a backup, whole or not at all; only its owner can read it.

    Parameters
    ----------
    file
        The file to write.
    data_folder
        Where the workbench keeps its files.

    Returns
    -------
    How many `rows` and `cities` it holds.

    Raises
    ------
    InputError
        When the file is there already or cannot be written, or when there is no workbench to copy.
    """
    if file.exists():
        raise InputError(N_("the file {file} is there already"), remedy=N_("give another name"), file=file)
    if "django_migrations" not in tables_there():
        raise InputError(
            N_("there is no workbench in {folder}"),
            remedy=N_("give its folder with --data, or its database with DATABASE_URL"),
            folder=data_folder,
        )
    try:
        with TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as held:
            return _write(file, Path(held), data_folder)
    except OSError as error:
        raise InputError(
            N_("the backup {file} cannot be written ({why})"), file=file, why=error.strerror or "?"
        ) from error


def tables_there() -> list[str]:
    """The names of the tables of the database; a SQLite file that is not there is not made by looking."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return []
    return connection.introspection.table_names()


def _write(file: Path, held: Path, data_folder: Path) -> dict[str, int]:
    with _one_moment():
        folders = list(
            CityVersion.objects.exclude(state=CityVersion.State.DELETED).values_list("folder", flat=True)
        )
        tables = _copy_sqlite(held) if connection.vendor == "sqlite" else _copy_postgresql(held)
        manifest = {
            "form": FORM,
            "version": __version__,
            "made": timezone.now().isoformat(),
            "vendor": connection.vendor,
            "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
            "tables": tables,
        }
    there = [name for name in folders if (data_folder / CITIES / name).is_dir()]
    (held / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    whole = held / "whole.tar"
    with tarfile.open(whole, "w") as tar:
        for name in ("manifest.json", DATABASE, TABLES):
            if (held / name).exists():
                tar.add(held / name, name)
        for name in there:
            tar.add(data_folder / CITIES / name, f"{CITIES}/{name}")
        if (data_folder / PUBLISHED).is_dir():
            tar.add(data_folder / PUBLISHED, PUBLISHED)
    whole.chmod(0o600)
    whole.rename(file)
    return {"rows": sum(table["rows"] for table in tables.values()), "cities": len(there)}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the database as it is now, whatever others write meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _copy_sqlite(held: Path) -> dict[str, Any]:
    """Copy the file as SQLite itself does, so that what is being written is in it or is not."""
    tables = connection.introspection.table_names()
    with closing(sqlite3.connect(held / DATABASE)) as copy:
        # The transaction that is open here lets nobody write; a second connection does the reading.
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source:
            source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for name in set(PASSING) & set(tables):
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - our own names
        copy.commit()
        copy.execute("VACUUM")
        return {name: {"rows": _count(copy, name)} for name in tables if name not in UNCOUNTED}


def _count(database: sqlite3.Connection, table: str) -> int:
    found = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - our own names
    return int(found[0])


def _copy_postgresql(held: Path) -> dict[str, Any]:
    (held / TABLES).mkdir()
    return {
        name: _copy_table(name, held / TABLES / f"{name}.copy")
        for name in connection.introspection.table_names()
        if name not in UNCOUNTED
    }


def _copy_table(name: str, file: Path) -> dict[str, Any]:
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, name)]
        quoted = ", ".join(f'"{column}"' for column in columns)
        with file.open("wb") as out, cursor.copy(f'COPY "{name}" ({quoted}) TO STDOUT') as copy:
            for part in copy:
                out.write(part)
        return {"rows": cursor.rowcount, "columns": columns}
