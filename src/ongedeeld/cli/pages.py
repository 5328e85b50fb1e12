"""Commands that write pages: portrait, atlas, demo."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ongedeeld.cli.options import Folder, Lang, open_city
from ongedeeld.cli.voice import err, tell, voice
from ongedeeld.errors import N_, InputError

if TYPE_CHECKING:
    from ongedeeld.city import City

Audience = Literal["internal", "public"]


def portrait(
    folder: Folder,
    areas: Annotated[
        list[str], typer.Argument(metavar="AREA...", help="Codes or names of neighbourhoods; see `areas`.")
    ],
    out_: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="HTML file; a folder for more than one.")
    ],
    audience: Annotated[Audience, typer.Option(help="A public portrait shows no ranking.")] = "internal",
    lang: Lang = None,
) -> None:
    """Write the portrait of a neighbourhood as one self-contained HTML file."""
    from ongedeeld.city.lookup import find_neighbourhood
    from ongedeeld.reporting import write_portrait

    city = open_city(folder)
    if len(areas) > 1 and out_.suffix:
        raise InputError(
            N_("more than one portrait does not fit in one file"),
            remedy=N_("give a folder with --out"),
        )
    codes = list(dict.fromkeys(find_neighbourhood(city, area) for area in areas))
    for code in codes:
        file = out_ if len(areas) == 1 else out_ / f"{code}.html"
        write_portrait(city, code, file, language=voice.language, audience=audience)
        tell(N_("Written: {file}"), file=file)


def atlas(
    folder: Folder,
    out_: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder to write to.")],
    audience: Annotated[Audience, typer.Option(help="A public atlas shows no ranking.")] = "internal",
    lang: Lang = None,
) -> None:
    """Write the portraits of all neighbourhoods with a start page: map, table, search."""
    _write_atlas(open_city(folder), out_, audience)
    tell(N_("Written: {file}"), file=out_ / "index.html")


def _write_atlas(city: City, folder: Path, audience: Audience) -> None:
    from rich.progress import Progress

    from ongedeeld.reporting import write_atlas

    with Progress(console=err, transient=True) as bar:
        task = bar.add_task(voice.say(N_("Portraits")))

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        write_atlas(city, folder, language=voice.language, audience=audience, progress=progress)


def demo(
    folder: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder to write to.")] = Path(
        "demo"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 8000,
    scale: Annotated[float, typer.Option(help="Size of the model city; 1 has 60,000 homes.")] = 1.0,
    browser: Annotated[bool, typer.Option(help="Open the atlas in the browser.")] = True,
    once: Annotated[bool, typer.Option(help="Ask for the first page and stop.")] = False,
    lang: Lang = None,
) -> None:
    """Build the invented model city, write its atlas, serve it and print the address."""
    from ongedeeld.reporting.serving import serve
    from ongedeeld.sources.model_city import model_city

    tell(N_("Building the model city: everything in it is invented."))
    city = model_city(seed=1, scale=scale).save(folder / "city")
    _write_atlas(city, folder / "atlas", "internal")

    def ready(address: str) -> None:
        tell(N_("The atlas is at {address}"), address=address)
        if not once:
            tell(N_("Stop with Ctrl-C."))
        if browser and not once and not os.environ.get("CI"):
            typer.launch(address)

    serve(folder / "atlas", port, ready, once=once)
