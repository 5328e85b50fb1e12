"""Commands that write pages: portrait, atlas."""

from __future__ import annotations

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
