"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.voice import voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from ongedeeld.city import City

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a City.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
AsCsv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write the table to a csv file as well.")
]
Draws = Annotated[
    int, typer.Option(help="Random draws for chance and intervals; 999 is more precise, 0 gives neither.")
]
Seed = Annotated[int, typer.Option(help="Seed of chance: the same seed gives the same answer.")]


def speak_in(lang: str | None) -> str | None:
    """Speak in this language from here on; nothing leaves it as it is."""
    if lang is None:
        return lang
    if lang not in LANGUAGES:
        raise InputError(N_("'{lang}' is not a language of this program"), expected="nl, en", lang=lang)
    voice.language = lang
    return lang


# Taken in by its callback, so that it may stand before the command and after it.
Lang = Annotated[
    str | None,
    typer.Option("--lang", callback=speak_in, is_eager=True, help="Language of the output: nl or en."),
]


def open_city(folder: Path) -> City:
    """The City in a folder."""
    from ongedeeld.city import City

    return City.open(folder)
