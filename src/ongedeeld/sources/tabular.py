"""Read a table as its owner publishes it, every cell as text, with errors that say where and what next.

Takes csv, xlsx, Parquet, dBase and the attributes of GeoPackage, GeoJSON and Shapefile. Cells stay text, so that one place
(`numbers.py`) decides what is a number and what is missing.
"""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import polars as pl

from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources.geofile import SUFFIXES, read_layers


@dataclass(frozen=True)
class Sheet:
    """A table as read: text cells under their headers, and where its first row of data stands in the file."""

    path: Path
    frame: pl.DataFrame
    name: str | None = None
    first_row: int = 2

    def place(self, index: int | None = None, column: str | None = None) -> Place:
        """Where row `index` (from 0) and `column` of the frame are in the file."""
        value = None
        if index is not None and column is not None:
            value = self.frame[column][index]
        return Place(
            self.path.name, self.name, None if index is None else index + self.first_row, column, value
        )


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a file; most kinds of file have one.

    Raises
    ------
    InputError
        When the file is absent, empty, cut short, a web page, in another encoding, or of an unknown kind.
    """
    _refuse_absent_or_empty(path)
    suffix = path.suffix.lower()
    if suffix in {".csv", ".txt", ".tsv"}:
        return [read_csv(path)]
    if suffix == ".xlsx":
        return _read_xlsx(path)
    if suffix == ".parquet":
        return [_read_parquet(path)]
    if suffix == ".zip":
        return _read_zip(path)
    if suffix == ".json":
        return [_read_statline(path)]
    if suffix in SUFFIXES:
        return [
            Sheet(path, layer.fields, layer.name, first_row=1) for layer in read_layers(path, shapes=False)
        ]
    raise InputError(
        N_("this kind of file is not known"),
        place=Place(path.name),
        expected=N_("csv, xlsx, Parquet, json of StatLine, zip, GeoPackage, GeoJSON, Shapefile or dBase"),
        remedy=N_("save the table as csv or xlsx"),
    )


def _refuse_absent_or_empty(path: Path) -> None:
    if not path.is_file():
        raise InputError(
            N_("this file is not there"), place=Place(path), remedy=N_("check the path and the name")
        )
    if path.stat().st_size == 0:
        raise InputError(N_("this file is empty"), place=Place(path.name), remedy=N_("download it again"))


def _cut_short(path: Path, detail: str) -> InputError:
    return InputError(
        N_("this file is cut short or damaged ({detail})"),
        place=Place(path.name),
        remedy=N_("download it again from its owner"),
        detail=detail,
    )


def read_csv(path: Path, content: bytes | None = None) -> Sheet:
    """A csv file with `;`, `,` or tab between the cells, in UTF-8 or in UTF-16 with its mark."""
    text = _decode(path, path.read_bytes() if content is None else content)
    start = text[:200].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise InputError(
            N_("this is a web page, not a table"),
            place=Place(path.name),
            expected=N_("a csv file"),
            remedy=N_("download the file itself; the page was saved in its stead"),
        )
    header_line = text.split("\n", 1)[0]
    separator = max(";,\t", key=header_line.count)
    _refuse_ragged(path, text, separator)
    try:
        frame = pl.read_csv(StringIO(text), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise _cut_short(path, str(error).splitlines()[0]) from error
    return Sheet(path, _with_clean_headers(path, frame))


def _decode(path: Path, content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            N_("this file is not in UTF-8"),
            place=Place(path.name, row=content[: error.start].count(b"\n") + 1),
            expected=N_("text in UTF-8"),
            remedy=N_("save it again as 'CSV UTF-8' in the spreadsheet, or as UTF-8 in an editor"),
        ) from error
    if "\x00" in text:
        raise InputError(
            N_("this is not a text file"),
            place=Place(path.name),
            expected=N_("text in UTF-8"),
            remedy=N_("check that the name of the file fits what is in it"),
        )
    return text


def _refuse_ragged(path: Path, text: str, separator: str) -> None:
    """Refuse rows with another number of cells than the header: Polars would fill the gap in silence."""
    if '"' in text:
        counts = [
            (number, len(row))
            for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), 1)
            if row
        ]
    else:
        counts = [
            (number, line.count(separator) + 1) for number, line in enumerate(text.splitlines(), 1) if line
        ]
    width = counts[0][1] if counts else 0
    for number, cells in counts:
        if cells != width:
            raise InputError(
                N_("this row has {cells} cells; the header has {width}"),
                place=Place(path.name, row=number),
                expected=N_("as many cells as headers"),
                remedy=N_("the file may be cut short: download it again, or mend this row"),
                cells=cells,
                width=width,
            )


def _read_xlsx(path: Path) -> list[Sheet]:
    if not zipfile.is_zipfile(path):
        raise _cut_short(path, "zip")
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        sheets = []
        for name in book.sheet_names:
            sheet = book.load_sheet(name, dtypes="string")
            frame = sheet.to_polars()
            if frame.width:
                sheets.append(Sheet(path, _with_clean_headers(path, frame), name))
    except fastexcel.FastExcelError as error:
        raise _cut_short(path, str(error).splitlines()[0]) from error
    if not sheets:
        raise InputError(N_("this file has no rows"), place=Place(path.name), remedy=N_("download it again"))
    return sheets


def _read_parquet(path: Path) -> Sheet:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _cut_short(path, str(error).splitlines()[0]) from error
    return Sheet(path, _as_text(frame))


def _read_zip(path: Path) -> list[Sheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            sheets = [read_csv(Path(name), archive.read(name)) for name in names]
    except zipfile.BadZipFile as error:
        raise _cut_short(path, str(error)) from error
    if not sheets:
        raise InputError(
            N_("there is no csv file in this archive"),
            place=Place(path.name),
            remedy=N_("unpack it and give the table itself"),
        )
    return sheets


def _read_statline(path: Path) -> Sheet:
    """A table of StatLine's OData as json, with its column titles when `ongedeeld fetch` kept them."""
    raise NotImplementedError


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().cast(pl.String, strict=False))


def _with_clean_headers(path: Path, frame: pl.DataFrame) -> pl.DataFrame:
    names = [str(name).strip().strip("\ufeff") for name in frame.columns]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(
            N_("the header '{name}' stands here twice"),
            place=Place(path.name, row=1),
            remedy=N_("give every column a name of its own"),
            name=twice,
        )
    return frame.rename(dict(zip(frame.columns, names, strict=True)))
