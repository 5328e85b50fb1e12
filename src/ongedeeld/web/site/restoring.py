"""Put a backup back, into an empty data folder and an empty database, and bring it up to this version."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.web.audit.actions import record
from ongedeeld.web.site.keeping import CITIES, DATABASE, FORM, PUBLISHED, TABLES, tables_there
from ongedeeld.web.site.secret import keep_secret_key


def restore(file: Path, data_folder: Path) -> dict[str, int]:
    """Put a backup back.

    Parameters
    ----------
    file
        What `back_up` wrote, by this version or an older one.
    data_folder
        Where the workbench is to keep its files; nothing of one may be there.

    Returns
    -------
    How many `rows` and `cities` were put back.

    Raises
    ------
    InputError
        When the file is no backup, was made on another kind of database or by a newer version, or when
        there is something in the folder or the database already. Nothing was written then.
    """
    _refuse_what_is_there(data_folder)
    data_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data_folder, prefix=".restore-") as name:
        held = Path(name)
        manifest = _unpack(file, held)
        if connection.vendor == "sqlite":
            shutil.move(held / DATABASE, connection.settings_dict["NAME"])
        else:
            _fill_postgresql(manifest, held / TABLES)
        cities = [folder for folder in (held / CITIES).glob("*") if folder.is_dir()]
        (data_folder / CITIES).mkdir(exist_ok=True)
        for folder in cities:
            shutil.move(folder, data_folder / CITIES / folder.name)
        if (held / PUBLISHED).is_dir():
            shutil.move(held / PUBLISHED, data_folder / PUBLISHED)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    keep_secret_key(data_folder)
    rows = _counted(manifest)
    record(None, "site.restore", "backup", manifest["made"])
    return {"rows": rows, "cities": len(cities)}


def _refuse_what_is_there(data_folder: Path) -> None:
    if tables_there() or any((data_folder / CITIES).glob("*")) or (data_folder / PUBLISHED).exists():
        raise InputError(
            N_("there is a workbench in {folder} or in its database already"),
            remedy=N_("give an empty folder with --data, and an empty database with DATABASE_URL"),
            folder=data_folder,
        )


def _unpack(file: Path, held: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(held, filter="data")
        manifest: dict[str, Any] = json.loads((held / "manifest.json").read_text(encoding="utf-8"))
        form, vendor = manifest["form"], manifest["vendor"]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise InputError(
            N_("this is no whole backup of a workbench"),
            place=Place(file),
            remedy=N_("give a file that `ongedeeld backup` wrote"),
        ) from error
    if form > FORM:
        raise InputError(
            N_("this backup was made by a newer version ({version})"),
            place=Place(file),
            remedy=N_("update ongedeeld"),
            version=manifest["version"],
        )
    if vendor != connection.vendor:
        raise InputError(
            N_("this backup was made on {made_on}, and would be put back on {here}"),
            place=Place(file),
            remedy=N_("give a database of the same kind with DATABASE_URL"),
            made_on=vendor,
            here=connection.vendor,
        )
    return manifest


def _fill_postgresql(manifest: dict[str, Any], folder: Path) -> None:
    """Lay the tables as they were when the backup was made, and fill them in one transaction."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of(manifest, executor.loader.graph))
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table in manifest["tables"].items():
            quoted = ", ".join(f'"{column}"' for column in table["columns"])
            with (
                (folder / f"{name}.copy").open("rb") as source,
                cursor.copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy,
            ):
                while part := source.read(1 << 20):
                    copy.write(part)
        models = apps.get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _last_of(manifest: dict[str, Any], graph: MigrationGraph) -> list[tuple[str, str]]:
    """The migrations at which a backup stood: those that no other of its migrations builds on."""
    stood = {(app, name) for app, name in manifest["migrations"] if (app, name) in graph.nodes}
    return sorted(
        node for node in stood if not any(child.key in stood for child in graph.node_map[node].children)
    )


def _counted(manifest: dict[str, Any]) -> int:
    """How many rows are back; all of those that were counted when the backup was made."""
    total = 0
    with connection.cursor() as cursor:
        for name, table in manifest["tables"].items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our names
            (rows,) = cursor.fetchone()
            if rows < table["rows"]:
                raise InputError(N_("table {table} is not whole after putting it back"), table=name)
            total += rows
    return total
