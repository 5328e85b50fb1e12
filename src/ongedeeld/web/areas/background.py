"""The background of the map: tiles from a file of the association itself, so that no other host is asked.

The file is an MBTiles (specification 1.3) with pictures, in the grid of Web Mercator.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from ongedeeld.errors import N_, InputError, Place

TYPES: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
_EXPECTED: Final = N_("an MBTiles with pictures (png, jpg or webp)")
_REMEDY: Final = N_("mend ONGEDEELD_BACKGROUND, or leave it out for a map without a background")


@dataclass(frozen=True, slots=True)
class Background:
    """A file of tiles: the kind of its pictures, the steps of zoom that it has, and whose map it is."""

    file: Path
    kind: str
    furthest: int
    nearest: int
    attribution: str

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """The picture of one tile, or None where the file has none; rows are counted from the north."""
        if not self.furthest <= zoom <= self.nearest:
            return None
        # MBTiles counts its rows from the south.
        found = _rows(
            self.file,
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, 2**zoom - 1 - row),
        )
        return bytes(found[0][0]) if found else None


@cache
def background() -> Background | None:
    """The background that the settings name, or None without one.

    Raises
    ------
    InputError
        If there is no such file, or if it is no MBTiles with pictures.
    """
    return opened(settings.BACKGROUND) if settings.BACKGROUND else None


def opened(file: Path) -> Background:
    """A file of tiles, read for what it tells of itself.

    Raises
    ------
    InputError
        If there is no such file, or if it is no MBTiles with pictures.
    """
    told = dict(_rows(file, "SELECT name, value FROM metadata"))
    furthest, nearest = _rows(file, "SELECT min(zoom_level), max(zoom_level) FROM tiles")[0]
    if told.get("format") not in TYPES or nearest is None:
        raise _refused(file, N_("it holds no pictures"))
    return Background(file, TYPES[told["format"]], furthest, nearest, told.get("attribution", ""))


def _rows(file: Path, query: str, values: tuple[int, ...] = ()) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as tiles:
            return tiles.execute(query, values).fetchall()
    except sqlite3.Error as error:
        raise _refused(file, N_("it cannot be read as tiles of a map ({why})"), why=str(error)) from error


def _refused(file: Path, problem: str, **fields: str) -> InputError:
    return InputError(problem, place=Place(file), expected=_EXPECTED, remedy=_REMEDY, **fields)
