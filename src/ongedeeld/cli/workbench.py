"""Commands of the workbench: serve, work, demo, backup, restore."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from ongedeeld.cli.options import Lang
from ongedeeld.cli.voice import tell, voice, warn
from ongedeeld.errors import N_, OngedeeldError

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="FOLDER", help="Folder for all that is kept; default ONGEDEELD_DATA."),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; a free one when it is in use.")]


KEYS_BESIDE = N_(
    "the keys in {file} lie beside what they seal, so a copy of the folder holds both; "
    "name another place in ONGEDEELD_FIELD_KEYS"
)


def need_web() -> None:
    """Tell at once what to install where the workbench is not."""
    missing = [name for name in ("django", "allauth", "granian", "whitenoise") if find_spec(name) is None]
    if missing:
        raise OngedeeldError(
            N_("the workbench is not installed: {missing} cannot be found"),
            remedy=N_("pip install 'ongedeeld[web]'"),
            missing=", ".join(missing),
        )


def serve(
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is all of them.")] = "127.0.0.1",
    data: Data = None,
    demo: Annotated[bool, typer.Option("--demo", help="Let invented people sign in with one click.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer requests.")] = 1,
    jobs: Annotated[bool, typer.Option(help="Run a worker for long work beside it.")] = True,
    lang: Lang = None,
) -> None:
    """Serve the workbench: make its folder and tables where they are missing, and print the address.

    SQLite in the data folder, or the database of DATABASE_URL.
    """
    need_web()
    from ongedeeld.web.site.preparing import Wanted, prepare
    from ongedeeld.web.site.serving import serve as serve_web

    wanted = Wanted(data, host, port, workers, demo=demo, jobs=jobs)
    folder = prepare(wanted)
    from ongedeeld.web.site.field_keys import beside

    def ready(address: str) -> None:
        _ready(address)
        if os.environ.get("ALLOWED_HOSTS") and (file := beside(folder)):
            warn(voice.say(KEYS_BESIDE, file=file))

    serve_web(wanted, ready)


def work(data: Data = None, lang: Lang = None) -> None:
    """Do the long work of a workbench that is served elsewhere with --no-jobs."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, set_environment
    from ongedeeld.web.site.working import main

    set_environment(Wanted(data))
    main()


def demo(
    folder: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for what is kept.")] = Path(
        "demo"
    ),
    port: Port = 8000,
    scale: Annotated[float, typer.Option(help="Size of the model city; 1 has 60,000 homes.")] = 1.0,
    browser: Annotated[bool, typer.Option(help="Open the workbench in the browser.")] = True,
    once: Annotated[bool, typer.Option(help="Sign in, ask for the first page and stop.")] = False,
    lang: Lang = None,
) -> None:
    """Serve a workbench with the invented model city and invented people, to look around in."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, prepare
    from ongedeeld.web.site.serving import serve as serve_web

    wanted = Wanted(folder, port=port, demo=True)
    prepare(wanted)
    from ongedeeld.web.site.demo.asking import ask_first_page
    from ongedeeld.web.site.demo.filling import fill

    tell(N_("Building the model city: everything in it is invented."))
    fill(scale)

    def ready(address: str) -> None:
        if once:
            ask_first_page(address)
            tell(N_("The workbench is at {address}"), address=address)
            return
        _ready(address)
        if browser and not os.environ.get("CI"):
            typer.launch(address)

    serve_web(wanted, ready, once=once)


def manager(
    email: Annotated[str, typer.Argument(metavar="E-MAIL", help="Address with which they will sign in.")],
    name: Annotated[str, typer.Option(help="Name of the manager.")] = "",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Invite a manager of the installation, who invites everybody else: print the way in, good for a week."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, prepare

    prepare(Wanted(data))
    from ongedeeld.web.site.first_manager import invite_manager

    path = invite_manager(name or email.partition("@")[0], email)
    tell(N_("Open this page of the workbench, behind its own address: {path}"), path=path)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, such as ongedeeld.tar.")],
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Copy the database and the versions of the City into one file, while the workbench runs."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, open_django

    folder = open_django(Wanted(data))
    from ongedeeld.web.site.keeping import back_up

    kept = back_up(file, folder)
    tell(N_("Written: {file} ({rows} rows, {cities} versions of the City)"), file=file, **kept)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File that `backup` wrote.")],
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Put a backup back, into an empty data folder and an empty database."""
    need_web()
    from ongedeeld.web.site.preparing import Wanted, open_django

    folder = open_django(Wanted(data))
    from ongedeeld.web.site.restoring import restore as put_back

    kept = put_back(file, folder)
    tell(N_("Put back into {folder}: {rows} rows, {cities} versions of the City"), folder=folder, **kept)
    from ongedeeld.web.site.field_keys import complaint

    if wrong := complaint():
        warn(wrong.say(voice.translate))


def _ready(address: str) -> None:
    tell(N_("The workbench is at {address}"), address=address)
    tell(N_("Stop with Ctrl-C."))
