"""A table of homes that are built, demolished and sold: a closed list of columns, in `stock_plan.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import cast

import polars as pl

from ongedeeld.allocation.cells import values_of
from ongedeeld.allocation.columns import InputColumn, InputType
from ongedeeld.city import City, conform, empty
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.rules.codes import Codes
from ongedeeld.simulation.preparing.stock import Changes, month_of, own_homes
from ongedeeld.sources.tabular import read_sheets
from ongedeeld.vocabulary import CHOICES, Both

NAME = Both("plan van de voorraad", "plan of the stock")
CHANGES: Codes = MappingProxyType(
    {
        "build": Both("bouw", "building"),
        "demolish": Both("sloop", "demolition"),
        "sell": Both("verkoop", "sale"),
    }
)
"""What can change."""

OF_BUILDING = ("area", "rent_cents", "sector")
FEATURES = (*OF_BUILDING, "complex", "type", "rooms", "step_free", "label")
ROW = "__row"


def _columns() -> Mapping[str, InputColumn]:
    text = (files("ongedeeld.simulation.preparing") / "stock_plan.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {row["column"]: _column(row) for row in csv.DictReader(StringIO(text, newline=""))}
    )


def _column(row: Mapping[str, str]) -> InputColumn:
    listed = CHANGES if row["codes"] == "stock_change" else CHOICES.get(row["codes"], {})
    codes = {
        code: one if isinstance(one, Both) else Both(one.label_nl, one.label_en)
        for code, one in listed.items()
    }
    return InputColumn(
        row["column"],
        cast(InputType, row["type"]),
        codes,
        row["required"] == "yes",
        float(row["minimum"]) if row["minimum"] else None,
        float(row["maximum"]) if row["maximum"] else None,
        Both(row["label_nl"], row["label_en"]),
        Both(row["meaning_nl"], row["meaning_en"]),
    )


COLUMNS: Mapping[str, InputColumn] = _columns()
"""The columns of a plan of the stock, by name."""


def read_stock_plan(file: Path, city: City, start: date) -> Changes:
    """Read what is built, demolished and sold from a file.

    Parameters
    ----------
    file
        A table, such as csv or xlsx, with columns of `COLUMNS` and no other.
    city
        With the homes, complexes and areas that it names.
    start
        The first day of the run: a plan tells what comes after it.

    Raises
    ------
    InputError
        For a column or cell that is not as described, a home or area that the City does not have, a home that
        goes twice, or a day before the run.
    """
    sheet = read_sheets(file)[0]
    return stock_plan(sheet.frame, city, start, Place(sheet.path.name, sheet.name, row=sheet.first_row))


def stock_plan(frame: pl.DataFrame, city: City, start: date, place: Place | None = None) -> Changes:
    """The same from a table: text as a file has it, or typed; `place` is that of its first row."""
    where = place or Place("stock_plan", row=2)
    rows = _checked(frame, where)
    for row in rows.iter_rows(named=True):
        _refuse_row(row, city, start, where)
    of_complex = own_homes(city).group_by("complex").agg("dwelling")
    homes = {None: [], **dict(of_complex.iter_rows())}
    known = set(own_homes(city)["dwelling"])
    going = {"demolish": dict[str, int](), "sell": dict[str, int]()}
    for row in rows.filter(pl.col("change") != "build").iter_rows(named=True):
        names = [row["dwelling"]] if row["dwelling"] else homes.get(row["complex"], [])
        _refuse_going(row, names, known, going.values(), where)
        going[row["change"]].update(dict.fromkeys(names, _first_month(row["day"], start)))
    built = list(_built(rows.filter(change="build")))
    return Changes(
        built=conform("dwellings", pl.DataFrame([home for _, home in built]))
        if built
        else empty("dwellings"),
        comes={str(home["dwelling"]): _first_month(day, start) for day, home in built},
        goes=going["demolish"],
        for_sale=going["sell"],
    )


def _checked(frame: pl.DataFrame, where: Place) -> pl.DataFrame:
    """Every column, of its type, with the row of the file."""
    frame = frame.rename({header: header.strip().lower() for header in frame.columns})
    for header in [*frame.columns, *(one.name for one in COLUMNS.values() if one.required)]:
        if header not in COLUMNS or header not in frame.columns:
            raise InputError(
                N_("this plan of the stock has no column {column}, which every plan has")
                if header in COLUMNS
                else N_("a plan of the stock holds no column {column}"),
                place=replace(where, row=None, column=header),
                expected=N_("columns from: {known}"),
                remedy=N_("correct the header of the file"),
                column=header,
                known=", ".join(COLUMNS),
            )
    read = [
        values_of(frame[name], column, where, NAME)
        if name in frame.columns
        else pl.Series(name, [None] * len(frame), column.dtype)
        for name, column in COLUMNS.items()
    ]
    first = where.row or 0
    return pl.DataFrame([*read, pl.Series(ROW, range(first, first + len(frame)), pl.Int64)])


def _refuse_row(row: Mapping[str, object], city: City, start: date, where: Place) -> None:
    """Refuse what one row cannot say."""
    day = row["day"]
    if isinstance(day, date) and day <= start:
        raise _wrong(
            row, "day", N_("a day after {start}, the first of the run"), where, start=start.isoformat()
        )
    if row["change"] == "build":
        for name in OF_BUILDING:
            if row[name] is None:
                raise _wrong(row, name, N_("a value for homes that are built"), where)
        if row["dwelling"] is not None:
            raise _wrong(row, "dwelling", N_("nothing for homes that are built: they get numbers"), where)
        areas = city.table("areas").filter(level="neighbourhood")["code"]
        if row["area"] not in set(areas):
            raise _wrong(row, "area", N_("a neighbourhood of the City"), where)
    else:
        for name in ("homes", *(name for name in FEATURES if name != "complex")):
            if row[name] is not None:
                raise _wrong(row, name, N_("nothing for homes that are there already"), where)
        if (row["dwelling"] is None) == (row["complex"] is None):
            raise _wrong(row, "dwelling", N_("either a dwelling or a complex"), where)


def _refuse_going(
    row: Mapping[str, object],
    names: list[str],
    known: set[str],
    going: Iterable[Mapping[str, int]],
    where: Place,
) -> None:
    column = "dwelling" if row["dwelling"] else "complex"
    if not names or not known.issuperset(names):
        raise _wrong(row, column, N_("one of the association, that the City has"), where)
    if any(name in those for those in going for name in names):
        raise _wrong(row, column, N_("each home once: demolished or sold"), where)


def _built(rows: pl.DataFrame) -> Iterator[tuple[date, dict[str, object]]]:
    """The day and the features of each new home; it is numbered by its row and place."""
    for row in rows.iter_rows(named=True):
        for number in range(1, (row["homes"] or 1) + 1):
            home = {name: row[name] for name in FEATURES}
            dwelling = f"new-{row[ROW]:05}-{number:05}"
            yield (
                row["day"],
                {**home, "dwelling": dwelling, "tenure": "association", "status": "estimated"},
            )


def _first_month(day: date, start: date) -> int:
    """The first month on whose first day something is so from a day on."""
    return month_of(day, start) + (day.day > 1)


def _wrong(
    row: Mapping[str, object], column: str, expected: str, where: Place, **facts: object
) -> InputError:
    value = row[column]
    line = cast(int, row[ROW])
    return InputError(
        N_("the plan of the stock cannot be carried out as it stands here"),
        place=replace(where, row=line, column=column, value=None if value is None else str(value)),
        expected=expected,
        remedy=N_("correct the row, or leave it out"),
        **facts,
    )
