"""What the map shows as a file to take along: csv, xlsx and GeoPackage.

A file tells no more than the page: figures are rounded as they are written there, what is too few to tell or
only known as a range has no number, and figures of the association itself are of the places in reach alone
and say that they stay with the team.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import shapely

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech, harmless, sign
from ongedeeld.web.areas.map_queries import Row, Shown
from ongedeeld.web.areas.map_shapes import geometries
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.spreadsheets import csv_bytes

FOR_TEAM = N_("For the team that works with these tenants; not to be passed on.")
FOR_WHOM = N_("for whom")
HOW_COUNTED = N_("how it was counted")
INVENTED = N_("This city and all its figures are invented.")
WHAT_IT_IS = N_("about the figures")


@dataclass(frozen=True)
class Table:
    """What is written, whatever the form of the file.

    Parameters
    ----------
    caption
        What it is, of when.
    notes
        What the reader must know: the head of a column, and the sentence that stands in every row, so that it
        goes where the row goes.
    header, rows
        Texts, but for the fifth column: a number or nothing.
    """

    caption: str
    notes: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]


def table_of(opened: Opened, shown: Shown, caption: str, speech: Speech) -> Table:
    """The rows of the map as cells that no spreadsheet takes for a formula."""
    notes = []
    if opened.city.manifest.invented:
        notes.append((speech.say(WHAT_IT_IS), speech.say(INVENTED)))
    if shown.asked.figure.own:
        notes.append((speech.say(FOR_WHOM), speech.say(FOR_TEAM)))
    if shown.asked.figure.note:
        notes.append((speech.say(HOW_COUNTED), speech.say(shown.asked.figure.note)))
    unit = shown.asked.figure.unit
    number = speech.say(N_("as a number"))
    header = (
        speech.say("code"),
        speech.say(N_("name of the place")),
        speech.say(N_("lies in")),
        speech.say("figure"),
        f"{number} ({sign(unit)})" if sign(unit) else number,
        speech.say(N_("class")),
        *(head for head, _ in notes),
    )
    said = [harmless(words) for _, words in notes]
    rows = tuple((*_cells(row, shown, speech), *said) for row in shown.rows)
    return Table(caption, tuple(notes), header, rows)


def _cells(row: Row, shown: Shown, speech: Speech) -> tuple[str | float | None, ...]:
    unit = shown.asked.figure.unit
    number = None if row.value is None or row.is_range else speech.rounded(row.value, unit)
    texts = (row.code, row.name, row.within, row.figure)
    return (*map(harmless, texts), number, row.words)


def csv_of(table: Table, speech: Speech) -> bytes:
    """A csv file as spreadsheets in the reader's language open it."""
    return csv_bytes([table.header, *([_decimal(cell, speech) for cell in row] for row in table.rows)])


def _decimal(cell: str | float | None, speech: Speech) -> str:
    if not isinstance(cell, float | int):
        return cell or ""
    text = f"{cell:.10g}"
    return text.replace(".", ",") if speech.language == "nl" else text


def xlsx_of(table: Table) -> bytes:
    """A workbook; texts are written as texts, so that none is read as a formula or a link."""
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, table.caption)
        for at, words in enumerate(table.header):
            sheet.write_string(2, at, words, book.add_format({"bold": True}))
        for down, row in enumerate(table.rows, start=3):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(down, at, cell)
                elif cell is not None:
                    sheet.write_number(down, at, cell)
        sheet.freeze_panes(3, 2)
        sheet.set_column(1, 3, 24)
    return stream.getvalue()


def geopackage_of(opened: Opened, shown: Shown, table: Table) -> bytes:
    """A GeoPackage in EPSG:28992; a place without shape has a row without one."""
    import pyogrio

    drawn = geometries(opened, shown.asked.level)
    places = np.array([drawn.get(row.code) for row in shown.rows], dtype=object)
    columns: list[np.ndarray[Any, Any]] = [
        np.array([row[at] for row in table.rows], dtype=float if at == 4 else object)
        for at in range(len(table.header))
    ]
    names = [*("code", "place", "lies_in", "figure", "number", "class"), *_note_names(table)]
    kinds = {shape.geom_type for shape in drawn.values()}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(places),
            field_data=columns,
            fields=names,
            layer="map",
            driver="GPKG",
            crs="EPSG:28992",
            geometry_type="Point" if kinds == {"Point"} else "MultiPolygon",
            promote_to_multi=kinds != {"Point"},
            dataset_metadata={"DESCRIPTION": table.caption},
        )
        return path.read_bytes()


def _note_names(table: Table) -> list[str]:
    return [f"note_{number}" for number in range(1, len(table.notes) + 1)]


class Format(NamedTuple):
    """How a file is sent, and how it is made."""

    type: str
    make: Callable[[Opened, Shown, Table, Speech], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", lambda _opened, _shown, table, speech: csv_of(table, speech)),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda _opened, _shown, table, _speech: xlsx_of(table),
    ),
    "gpkg": Format(
        "application/geopackage+sqlite3",
        lambda opened, shown, table, _speech: geopackage_of(opened, shown, table),
    ),
}
