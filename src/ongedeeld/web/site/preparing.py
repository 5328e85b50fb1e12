"""Make a data folder and a database ready, before a workbench is served from them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import django
from platformdirs import user_data_path

from ongedeeld.errors import N_, InputError
from ongedeeld.web.site.secret import keep_secret_key

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Wanted:
    """Where and how a workbench is to be served.

    Parameters
    ----------
    data
        The folder for what it keeps; without one, that of ONGEDEELD_DATA or of the user.
    host, port
        Where it listens; a free port when it is 0.
    workers
        How many processes answer requests.
    demo
        Whether invented people sign in with one click.
    jobs
        Whether a worker for jobs runs beside it.
    """

    data: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    demo: bool = False
    jobs: bool = True

    @property
    def on_this_machine(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK


def set_environment(wanted: Wanted) -> Path:
    """Put into the environment what settings read there; the data folder.

    Raises
    ------
    InputError
        When it would be reached from elsewhere without its names, or with demo people.
    """
    named = bool(os.environ.get("ALLOWED_HOSTS"))
    if wanted.demo and (named or not wanted.on_this_machine):
        raise InputError(
            N_("demo people sign in without a password, so a demo is served on this machine only"),
            remedy=N_("leave out --host, and ALLOWED_HOSTS in the environment"),
        )
    if not wanted.on_this_machine and not named:
        raise InputError(
            N_("the workbench does not know at which names it may be reached"),
            expected=N_("ALLOWED_HOSTS in the environment, such as workbench.example.nl"),
            remedy=N_("set it, or leave out --host to serve on this machine only"),
        )
    data = (wanted.data or Path(os.environ.get("ONGEDEELD_DATA") or user_data_path("ongedeeld"))).absolute()
    os.environ["ONGEDEELD_DATA"] = str(data)
    os.environ["ONGEDEELD_DEMO"] = str(int(wanted.demo))
    os.environ.setdefault("ONGEDEELD_INSECURE", str(int(not named)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "ongedeeld.web.site.settings"
    return data


def open_django(wanted: Wanted) -> Path:
    """Open the workbench as it is, and make nothing; its data folder."""
    data = set_environment(wanted)
    django.setup()
    return data


def prepare(wanted: Wanted) -> Path:
    """Make the data folder, the key, the tables and the files that browsers ask for; the data folder.

    Raises
    ------
    InputError
        When the folder cannot be written to, the database cannot be reached or keeps no UTF-8, the
        background of the map cannot be read, or as `set_environment` does.
    KeyFileError
        When the keys that seal are gone, or belong to another database.
    """
    data = set_environment(wanted)
    try:
        data.mkdir(parents=True, exist_ok=True)
        keep_secret_key(data)
    except OSError as error:
        raise InputError(
            N_("the data folder {folder} cannot be written to ({why})"),
            remedy=N_("give another with --data, or mend its rights"),
            folder=data,
            why=error.strerror or type(error).__name__,
        ) from error
    django.setup()
    _reach_database()
    _lay_tables()
    _check_keys()
    _check_background()
    _collect_static()
    return data


def _reach_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise InputError(
            N_("the database cannot be reached ({why})"),
            expected=N_("DATABASE_URL in the environment, such as postgresql://user:password@host/name"),
            remedy=N_("look whether it runs, and whether user, password and name are right"),
            why=str(error).strip().splitlines()[0],
        ) from error
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        raise InputError(
            N_("the database keeps its texts as {encoding}, in which not every name can be written"),
            expected="UTF8",
            remedy=N_("make the database with ENCODING 'UTF8' TEMPLATE template0"),
            encoding=encoding,
        )


def _lay_tables() -> None:
    from django.core.management import call_command

    silent = StringIO()
    call_command("migrate", interactive=False, verbosity=0, stdout=silent)
    call_command("createcachetable", verbosity=0, stdout=silent)


def _check_keys() -> None:
    from ongedeeld.web.site.field_keys import check

    check()


def _check_background() -> None:
    from ongedeeld.web.areas.background import background

    background()


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
