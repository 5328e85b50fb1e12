"""Read a table as its owner publishes it, every cell as text, with errors that say where and what next.

Takes csv, xlsx, Parquet, dBase and the attributes of GeoPackage, GeoJSON and Shapefile. Cells stay text, so
that one place (`numbers.py`) decides what is a number and what is missing. The first row holds the headers.
"""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.city import Remark
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources.files import cut_short, refuse_unreadable
from ongedeeld.sources.geofile import SUFFIXES, read_layers

if TYPE_CHECKING:
    from fastexcel import ExcelReader


@dataclass(frozen=True)
class Sheet:
    """A table as read: text cells under their headers, and where its first row of data stands in the file.

    A table of StatLine may know the numbered key that a header stands for, and its year; `remarks` tell what
    its reader left out.
    """

    path: Path
    frame: pl.DataFrame
    name: str | None = None
    first_row: int = 2
    keys: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    remarks: tuple[Remark, ...] = ()

    def place(self, index: int | None = None, column: str | None = None) -> Place:
        """Where row `index` (from 0) and `column` of the frame are in the file."""
        value = None
        if index is not None and column is not None:
            value = self.frame[column][index]
        return Place(
            self.path.name, self.name, None if index is None else index + self.first_row, column, value
        )

    def row(self, number: int) -> Place:
        """Where a whole row is, counted as in the file."""
        return Place(self.path.name, self.name, number)


def _every(_name: str) -> bool:
    return True


def read_sheets(path: Path, wanted: Callable[[str], bool] = _every) -> list[Sheet]:
    """All sheets of a file; most kinds of file have one.

    Parameters
    ----------
    path
        The file.
    wanted
        Which tables of an archive to read, by their names.

    Raises
    ------
    InputError
        When the file is absent, empty, cut short, a web page, in another encoding, or of an unknown kind.
    """
    refuse_unreadable(path)
    suffix = path.suffix.lower()
    if suffix in {".csv", ".txt", ".tsv"}:
        return [read_csv(path)]
    if suffix == ".xlsx":
        return _read_xlsx(path)
    if suffix == ".parquet":
        return [_read_parquet(path)]
    if suffix == ".zip":
        return _read_zip(path, wanted)
    if suffix == ".json":
        from ongedeeld.sources.statline import read_statline

        return [read_statline(path)]
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


def read_csv(path: Path, content: bytes | None = None) -> Sheet:
    """A csv file with `;`, `,` or tab between the cells, in UTF-8 or in UTF-16 with its mark.

    Parameters
    ----------
    path
        Where it is, and what messages call it.
    content
        What is in it, where that was read already, from an archive for instance.

    Raises
    ------
    InputError
        When it is not text in one of these encodings, or its rows differ in length.
    """
    text = _decode(path, path.read_bytes() if content is None else content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    header = text.partition("\n")[0]
    if not header.strip():
        raise _without_headers(Sheet(path, pl.DataFrame()))
    separator = max(";,\t", key=header.count)
    try:
        frame = _cells_of(path, text, separator)
    except (csv.Error, pl.exceptions.PolarsError) as error:
        raise cut_short(path, str(error)) from error
    return _with_headers(Sheet(path, frame))


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
    if "\x00" in text or not text.strip():
        raise InputError(
            N_("this is not a text file"),
            place=Place(path.name),
            expected=N_("text in UTF-8"),
            remedy=N_("check that the name of the file fits what is in it"),
        )
    return text


def _cells_of(path: Path, text: str, separator: str) -> pl.DataFrame:
    """The cells of a text; rows of unequal length are refused first, for Polars would fill them silently."""
    bare = _without_quoted_cells(text, separator)
    if bare is None:
        # A quote within a cell, or one that never closes: only the strict reader can tell which.
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
        _refuse_ragged(path, [len(row) for row in rows])
        columns = zip_longest(*rows, fillvalue=None)
        return pl.DataFrame([pl.Series(str(index), cells, pl.String) for index, cells in enumerate(columns)])
    _refuse_ragged(path, [line.count(separator) + 1 if line else 0 for line in bare.split("\n")])
    return pl.read_csv(StringIO(text), separator=separator, has_header=False, infer_schema=False)


def _without_quoted_cells(text: str, separator: str) -> str | None:
    """The text with quoted cells left empty; None where a quote stands within a cell or never closes."""
    outside = text.split('"')[::2]
    edges = {separator, "\n"}
    if len(outside) != text.count('"') // 2 + 1 or text.count('"') % 2:
        return None
    closed = all(part[:1] in edges for part in outside[1:-1]) and outside[-1][:1] in {*edges, ""}
    opened = all(part[-1:] in edges for part in outside[1:-1]) and outside[0][-1:] in {*edges, ""}
    return "".join(outside) if len(outside) == 1 or (closed and opened) else None


def _refuse_ragged(path: Path, lengths: list[int]) -> None:
    """Refuse a row that is neither blank nor as long as the first."""
    for number, cells in enumerate(lengths, 1):
        if cells not in {0, lengths[0]}:
            raise InputError(
                N_("this row has {cells} cells; the header has {width}"),
                place=Place(path.name, row=number),
                expected=N_("as many cells as headers"),
                remedy=N_("the file may be cut short: download it again, or mend this row"),
                cells=cells,
                width=lengths[0],
            )


def _read_xlsx(path: Path) -> list[Sheet]:
    if not zipfile.is_zipfile(path):
        raise cut_short(path, "zip")
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        frames = {name: _cells(book, name) for name in book.sheet_names}
    except fastexcel.FastExcelError as error:
        raise cut_short(path, str(error)) from error
    sheets = [Sheet(path, frame, name) for name, frame in frames.items() if len(frame)]
    if not sheets:
        raise InputError(N_("this file has no rows"), place=Place(path.name), remedy=N_("download it again"))
    # A sheet that begins with a blank row is a title page, unless it is all there is.
    headed = [sheet for sheet in sheets if any(sheet.frame.row(0))]
    return [_with_headers(sheet) for sheet in headed or sheets]


def _cells(book: ExcelReader, name: str) -> pl.DataFrame:
    """The cells of a sheet as text; numbers apart, for as text they come rounded to nine decimals."""
    text = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    exact = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="float").to_polars()
    return text.with_columns(
        pl.when(pl.col(column).cast(pl.Float64, strict=False) != exact[column])
        .then(exact[column].cast(pl.String))
        .otherwise(pl.col(column))
        .alias(column)
        for column in text.columns
    )


def _read_parquet(path: Path) -> Sheet:
    try:
        frame = pl.read_parquet(path)
        return Sheet(path, frame.with_columns(pl.all().cast(pl.String, strict=False)), first_row=1)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise cut_short(path, str(error)) from error


def _read_zip(path: Path, wanted: Callable[[str], bool]) -> list[Sheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv") and wanted(name)]
            sheets = [read_csv(Path(name), archive.read(name)) for name in names]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise cut_short(path, str(error)) from error
    if not sheets:
        raise InputError(
            N_("there is no csv file in this archive that can be used"),
            place=Place(path.name),
            expected=N_("tables of neighbourhoods, districts or municipalities"),
            remedy=N_("unpack it and give the table itself"),
        )
    return sheets


def _with_headers(sheet: Sheet) -> Sheet:
    """The sheet with its first row as headers; columns without one are left out."""
    headers = [(header or "").strip() for header in sheet.frame.row(0)]
    if not any(headers):
        raise _without_headers(sheet)
    named = [header for header in headers if header]
    if len(set(named)) != len(named):
        raise InputError(
            N_("the header '{name}' stands here twice"),
            place=sheet.row(1),
            expected=N_("a header of its own above every column"),
            remedy=N_("rename or remove one of the two columns"),
            name=next(name for name in named if named.count(name) > 1),
        )
    columns = [sheet.frame[:, index].slice(1).alias(header) for index, header in enumerate(headers) if header]
    return replace(sheet, frame=pl.DataFrame(columns))


def _without_headers(sheet: Sheet) -> InputError:
    return InputError(
        N_("the first row is empty"),
        place=sheet.row(1),
        expected=N_("headers in the first row"),
        remedy=N_("remove the rows above the headers"),
    )
