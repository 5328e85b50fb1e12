"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ongedeeld.city import City

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a City.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def open_city(folder: Path) -> City:
    """The City in a folder."""
    from ongedeeld.city import City

    return City.open(folder)
