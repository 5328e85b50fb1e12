"""Read the association's own files: complexes, dwellings, tenancies and the rest of what it keeps itself.

The rules for headers stand in `headers.py`, those for cells in `cells.py`, and what is refused in
`not_held.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from ongedeeld.city import Remark, Source, conform, empty
from ongedeeld.city.storage import sha256
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import cells, numbers
from ongedeeld.sources.faults import CellsError, Fault
from ongedeeld.sources.headers import OWN_TABLES, Meaning, recognise, squashed, template_header
from ongedeeld.sources.known import Known
from ongedeeld.sources.locate import by_complex, by_position
from ongedeeld.sources.not_held import refuse_citizen_numbers, refuse_column
from ongedeeld.sources.tabular import Sheet, read_sheets
from ongedeeld.vocabulary import LANGUAGES, TABLES
from ongedeeld.vocabulary.tables import Column, Table

KINDS = (".csv", ".txt", ".tsv", ".xlsx", ".parquet")
# What holds where a file of one's own has no such column or an empty cell; each is said in the template.
DEFAULTS = {"reason": "none", "status": "observed"}
ROW = "__row"
NOTHING_KNOWN = Known()
# No rent is so low: a column in cents that stays below it may hold euros.
SMALL_RENT_CENTS = 5_000
# The European Netherlands in degrees: longitude and latitude.
DEGREES = ((3.0, 7.5), (50.5, 54.0))


@dataclass(frozen=True)
class OwnTable:
    """The harvest of one file: a table of the City, where it came from and what was noticed."""

    table: str
    frame: pl.DataFrame
    source: Source
    remarks: tuple[Remark, ...] = ()


def read_own(path: Path, table: str, known: Known = NOTHING_KNOWN) -> OwnTable:
    """Read one table from a file of one's own.

    Parameters
    ----------
    path
        A csv, xlsx or Parquet file with a header in its first row. Of a workbook, the sheet with the name
        of the table counts, else the one that tells the most columns of it.
    table
        The name of the table: one of `OWN_TABLES`.
    known
        What its cells may name: neighbourhoods by name, rows of tables that were read before.

    Returns
    -------
    OwnTable
        A frame that conforms to the vocabulary.

    Raises
    ------
    InputError
        For a file that cannot be read, a required column that is absent, a column that must not be held, a
        cell that breaks its rule, or two rows with one key; it names file, sheet, row, column and value,
        of the first ten such cells.
    """
    refuse_unknown_table(table)
    _refuse_unknown_kind(path)
    sheet = _choose_sheet(table, read_sheets(path))
    source = Source(
        key=f"own-{table}",
        title=table,
        owner=N_("own records"),
        file=path.name,
        sha256=sha256(path),
        licence=N_("not public"),
        date=None,
        reader="own",
    )
    frame, remarks = _Reader(sheet, TABLES[table], source.key, known).read()
    return OwnTable(table, frame, source, tuple(remarks))


def refuse_unknown_table(table: str) -> None:
    """Refuse the name of a table that an association does not fill itself.

    Raises
    ------
    InputError
        With the names that can be.
    """
    if table not in OWN_TABLES:
        raise InputError(
            N_("there is no table {table} to fill with own files"),
            expected=N_("one of: {known}"),
            table=table,
            known=", ".join(OWN_TABLES),
        )


def _refuse_unknown_kind(path: Path) -> None:
    if path.suffix.lower() not in KINDS:
        raise InputError(
            N_("this kind of file is not known"),
            place=Place(path.name),
            expected=N_("csv, xlsx or Parquet"),
            remedy=N_("save the table as csv or xlsx"),
        )


def _choose_sheet(table: str, sheets: list[Sheet]) -> Sheet:
    named = [sheet for sheet in sheets if (sheet.name or "").strip().lower() == table]
    return max(named or sheets, key=lambda sheet: len(recognise(table, sheet.frame.columns)))


@dataclass(frozen=True)
class _Reader:
    sheet: Sheet
    table: Table
    key: str
    known: Known

    def read(self) -> tuple[pl.DataFrame, list[Remark]]:
        meanings, remarks = self._columns()
        rows = self._rows(list(meanings))
        if {"x_m", "y_m"} <= {meaning.column.name for meaning in meanings.values()}:
            self._refuse_degrees(rows, meanings)
        read = [self._values(rows, header, meaning) for header, meaning in meanings.items()]
        frame = self._with_defaults(pl.DataFrame([values for values, _ in read]))
        faults = [fault for _, faults in read for fault in faults]
        if faults := faults + self._gaps(rows, frame, meanings, faults):
            raise CellsError(self.sheet, faults)
        self._refuse_double(rows, frame)
        frame, noticed = _take_for_granted(self.table.name, self.key, frame, meanings)
        return conform(self.table.name, frame), remarks + noticed

    def _columns(self) -> tuple[dict[str, Meaning], list[Remark]]:
        """What the headers mean; an unknown one is refused if it must not be held, else left out."""
        headers = self.sheet.frame.columns
        meanings = recognise(self.table.name, headers)
        others = [header for header in headers if header not in meanings]
        for header in others:
            refuse_column(self.sheet, self.table.name, header)
        self._refuse_absent(meanings)
        self._refuse_double_columns(meanings)
        told = {meaning.column.name for meaning in meanings.values()}
        free = [column for column in self.table.columns if column.name not in told]
        return meanings, [_not_read(self.key, header, free) for header in others]

    def _refuse_absent(self, meanings: dict[str, Meaning]) -> None:
        told = {meaning.column.name for meaning in meanings.values()} | set(DEFAULTS)
        absent = [column for column in self.table.columns if column.required and column.name not in told]
        if absent:
            raise InputError(
                N_("the table {table} needs columns that are not here: {names}"),
                place=Place(self.sheet.path.name, self.sheet.name, row=1),
                expected=N_("headers in the first row, as names or Dutch or English labels"),
                remedy=N_("get an empty file with every column by: ongedeeld template {table}"),
                table=self.table.name,
                names=", ".join(_called(column) for column in absent),
            )

    def _refuse_double_columns(self, meanings: dict[str, Meaning]) -> None:
        first: dict[str, str] = {}
        for header, meaning in meanings.items():
            other = first.setdefault(meaning.column.name, header)
            if other != header:
                raise InputError(
                    N_("this column and column {other} tell the same: {column}"),
                    place=self.sheet.place(column=header),
                    remedy=N_("keep one of the two"),
                    other=other,
                    column=meaning.column.name,
                )

    def _rows(self, headers: list[str]) -> pl.DataFrame:
        """These columns of the rows in which something stands, with their place in the sheet."""
        frame = self.sheet.frame
        filled = frame.select(pl.any_horizontal(numbers.bare(pl.all()).fill_null("") != "")).to_series()
        rows = frame.select(headers).with_row_index(ROW).filter(filled)
        if rows.is_empty():
            raise InputError(
                N_("this table has no rows"),
                place=Place(self.sheet.path.name, self.sheet.name),
                remedy=N_("fill it, or build without it"),
            )
        return rows

    def _refuse_degrees(self, rows: pl.DataFrame, meanings: dict[str, Meaning]) -> None:
        headers = {meaning.column.name: header for header, meaning in meanings.items()}
        x, y = (numbers.number(pl.col(headers[name])) for name in ("x_m", "y_m"))
        east, north = DEGREES
        degrees = (x.is_between(*east) & y.is_between(*north)) | (y.is_between(*east) & x.is_between(*north))
        where = rows.filter(degrees.fill_null(value=False))[ROW]
        if len(where):
            raise InputError(
                N_("this looks like longitude and latitude (WGS84)"),
                place=self.sheet.place(where[0], headers["x_m"]),
                expected=N_("metres in RD (EPSG:28992), such as 136500 and 455900"),
                remedy=N_("convert the positions to RD (EPSG:28992); rows like this one: {count}"),
                count=len(where),
            )

    def _values(self, rows: pl.DataFrame, header: str, meaning: Meaning) -> tuple[pl.Series, list[Fault]]:
        column = meaning.column
        rule = cells.rule(column, header, euros=meaning.euros)
        read = rows.select(ROW, value=rule.value, missing=cells.is_missing(column, header))
        faults = _broken(rows.filter(~read["missing"] & read["value"].is_null()), header, rule)
        values = read.select(pl.when(~pl.col("missing")).then("value")).to_series()
        values, strange = self.known.resolved(values, column, rows[ROW], header)
        if column.key and column.type == "text":
            refuse_citizen_numbers(self.sheet, header, values)
        return values.alias(column.name), faults + strange

    def _with_defaults(self, frame: pl.DataFrame) -> pl.DataFrame:
        names = [column.name for column in self.table.columns if column.name in DEFAULTS]
        for name in names:
            given = pl.col(name) if name in frame.columns else pl.lit(None, pl.String)
            frame = frame.with_columns(given.fill_null(DEFAULTS[name]).alias(name))
        if self.table.name == "observations" and "count" in frame.columns:
            unknown = pl.col("count").is_null() & (pl.col("status") == "observed")
            frame = frame.with_columns(status=pl.when(unknown).then(pl.lit("missing")).otherwise("status"))
        return frame

    def _gaps(
        self, rows: pl.DataFrame, frame: pl.DataFrame, meanings: dict[str, Meaning], faults: list[Fault]
    ) -> list[Fault]:
        """The cells without a value that need one, beside those that have a fault already."""
        found = []
        for header, meaning in meanings.items():
            gaps = rows.filter(frame[meaning.column.name].is_null())[ROW].to_list()
            told = {row for fault in faults if fault.header == header for row in fault.rows}
            if meaning.column.required and (left := [row for row in gaps if row not in told]):
                found.append(Fault(header, left, N_("this cell is empty"), N_("a value in every row")))
        return found

    def _refuse_double(self, rows: pl.DataFrame, frame: pl.DataFrame) -> None:
        keyed = frame.select(self.table.key).with_columns(rows[ROW])
        double = keyed.filter(pl.struct(self.table.key).is_duplicated()).sort(ROW)
        if len(double):
            same = double.join(double.head(1), on=self.table.key, how="semi", maintain_order="left")
            first, second = (row + self.sheet.first_row for row in same[ROW].head(2))
            raise InputError(
                N_("{key} stands here twice; the other is in row {other}"),
                place=Place(self.sheet.path.name, self.sheet.name, row=second),
                expected=N_("one row for each {columns}"),
                remedy=N_("remove the row that does not belong"),
                key=" ".join(map(str, double.drop(ROW).row(0))),
                other=first,
                columns=", ".join(self.table.key),
            )


def _broken(wrong: pl.DataFrame, header: str, rule: cells.Rule) -> list[Fault]:
    """The cells that break a rule, by the ground on which they do."""
    faults = []
    for ground, problem in (*rule.grounds, (pl.lit(value=True), rule.problem)):
        holds = wrong.select(ground.fill_null(value=False).alias("holds")).to_series()
        # A literal gives one row for all.
        holds = holds if len(holds) == len(wrong) else pl.Series([True] * len(wrong), dtype=pl.Boolean)
        if holds.any():
            where = wrong.filter(holds)[ROW].to_list()
            faults.append(Fault(header, where, problem, rule.expected, rule.fields))
        wrong = wrong.filter(~holds)
    return faults


def _not_read(key: str, header: str, free: list[Column]) -> Remark:
    """That a column is left out, with the one that may be meant."""
    by_name = {squashed(name): column for column in free for name in _names(column)}
    near = [name for name in by_name if name.startswith(squashed(header)) and len(squashed(header)) > 1]
    near = near or get_close_matches(squashed(header), by_name, n=1, cutoff=0.75)
    if not near:
        return Remark(key, N_("the column {header} is not read"), {"header": header})
    column = by_name[near[0]]
    text = N_("the column {header} is not read; do you mean {near}?")
    return Remark(key, text, {"header": header, "near": " / ".join(dict.fromkeys(_names(column)))})


def _names(column: Column) -> tuple[str, ...]:
    return (column.name, column.label_nl, column.label_en)


def _take_for_granted(
    table: str, key: str, frame: pl.DataFrame, meanings: dict[str, Meaning]
) -> tuple[pl.DataFrame, list[Remark]]:
    """What follows from whose file it is, and what looks odd about it; both are said."""
    remarks = []
    if table == "dwellings" and "tenure" not in frame.columns:
        frame = frame.with_columns(tenure=pl.lit("association"))
        text = N_("there is no column tenure: all dwellings are taken for homes of the association: {count}")
        remarks.append(Remark(key, text, {"count": len(frame)}))
    for header, meaning in meanings.items():
        if not meaning.column.name.endswith("_cents") or meaning.euros:
            continue
        highest = frame[meaning.column.name].max()
        if isinstance(highest, int) and 0 < highest < SMALL_RENT_CENTS:
            text = N_(
                "the highest amount of column {column}, read as cents, is {euros} euros: does it hold euros?"
            )
            remarks.append(Remark(key, text, {"column": header, "euros": highest / 100}))
    return frame, remarks


def _called(column: Column) -> str:
    """A column by its name and its labels, as a header may have it."""
    labels = dict.fromkeys(template_header(column, language) for language in LANGUAGES)
    return f"{column.name} ({' / '.join(labels)})"


def read_all_own(
    files: Mapping[str, str | Path], areas: pl.DataFrame, held: Mapping[str, pl.DataFrame] | None = None
) -> list[OwnTable]:
    """Read all own files and find the neighbourhood of what has a place but no area.

    Parameters
    ----------
    files
        The path of each table; two tables may stand in one workbook.
    areas
        The areas of the City, with their boundaries as far as known.
    held
        Own tables that a City holds already; where there is no file of one, the files may name its rows.

    Raises
    ------
    InputError
        As :func:`read_own` does.
    """
    tables: dict[str, OwnTable] = {}
    frames = {name: frame for name, frame in (held or {}).items() if name in OWN_TABLES and name not in files}
    for name in sorted(files, key=_place):
        keys = {f"{other}.{key}": frame[key] for other, frame in frames.items() for key in _key(other)}
        tables[name] = read_own(Path(files[name]), name, Known.of(areas, keys))
        frames[name] = tables[name].frame
    for name in ("complexes", "places"):
        if name in tables:
            tables[name] = _located(tables[name], *by_position(tables[name].frame, areas))
    if "dwellings" in tables:
        complexes = (
            tables["complexes"].frame
            if "complexes" in tables
            else frames.get("complexes", empty("complexes"))
        )
        tables["dwellings"] = _located(tables["dwellings"], *by_complex(tables["dwellings"].frame, complexes))
    return list(tables.values())


def _place(table: str) -> int:
    """Where a table comes in the order in which they are read: a complex before its homes."""
    refuse_unknown_table(table)
    return OWN_TABLES.index(table)


def _key(table: str) -> tuple[str, ...]:
    """The key of a table that other rows may name."""
    key = TABLES[table].key
    return key if len(key) == 1 else ()


def _located(table: OwnTable, frame: pl.DataFrame, remarks: list[tuple[str, int]]) -> OwnTable:
    noticed = tuple(Remark(table.source.key, text, {"count": count}) for text, count in remarks)
    return replace(table, frame=frame, remarks=table.remarks + noticed)
