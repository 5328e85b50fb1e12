"""Small files in the forms of their owners, for tests to write, bend and break."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyogrio
import shapely
import xlsxwriter

Rows = Sequence[Any]

KWB: list[list[object]] = [
    ["gwb_code", "regio", "a_inw", "p_wcorpw", "g_wozbag"],
    ["GM0344", "Utrecht", 370, 31, 458],
    ["WK034401", "West", 370, ".", 400],
    ["BU03440101", "Welgelegen", 250, 12.5, "."],
    ["BU03440102", "Oog in Al", 120, 40, 512],
]


def write_csv(path: Path, rows: Rows = KWB, separator: str = ";", encoding: str = "utf-8") -> Path:
    text = "\n".join(separator.join(str(cell) for cell in row) for row in rows) + "\n"
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, Rows] | None = None, first_row: int = 0) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (sheets or {"kwb-2023": KWB}).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows, first_row):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def write_parquet(path: Path, rows: Rows = KWB) -> Path:
    header, *data = rows
    columns = {str(name): [str(row[place]) for row in data] for place, name in enumerate(header)}
    pl.DataFrame(columns).write_parquet(path)
    return path


def box(west: float = 136_000, south: float = 456_000, size: float = 500) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def write_map(
    path: Path,
    shapes: Sequence[shapely.Geometry | None],
    crs: str | None = "EPSG:28992",
    layer: str = "buurten",
    append: bool = False,
    **fields: Sequence[object],
) -> Path:
    """A map with a field `buurtcode` of BU03440101, BU03440102, … unless fields are given."""
    fields = fields or {"buurtcode": [f"BU034401{number:02}" for number in range(1, len(shapes) + 1)]}
    pyogrio.raw.write(
        path,
        np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object),
        [np.array(values, dtype=object) for values in fields.values()],
        list(fields),
        layer=layer if path.suffix == ".gpkg" else None,
        geometry_type="Unknown",
        crs=crs,
        append=append,
    )
    return path
