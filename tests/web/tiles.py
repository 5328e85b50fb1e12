"""A file of tiles as an association would make it: a green picture of the world, and a blue one of a part."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

from PIL import Image


def picture(colour: str) -> bytes:
    """A tile of one colour."""
    written = BytesIO()
    Image.new("RGB", (256, 256), colour).save(written, "PNG")
    return written.getvalue()


WORLD, NORTH_WEST = picture("green"), picture("blue")


def write_tiles(file: Path, kind: str = "png") -> Path:
    """Write the file; `kind` is what it says of its tiles."""
    with closing(sqlite3.connect(file)) as tiles, tiles:
        tiles.execute("CREATE TABLE metadata (name text, value text)")
        tiles.execute("CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        told = [("format", kind), ("attribution", "Kaart van niemand (verzonnen)")]
        tiles.executemany("INSERT INTO metadata VALUES (?, ?)", told)
        # MBTiles counts rows from the south: at zoom 1 the north is row 1.
        tiles.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", [(0, 0, 0, WORLD), (1, 0, 1, NORTH_WEST)])
    return file
