"""Hold a frame against the vocabulary: its columns and types, keys that name one row, codes that exist."""

from __future__ import annotations

from difflib import get_close_matches

import polars as pl

from ongedeeld.errors import N_, CityError
from ongedeeld.vocabulary import TABLES, Table
from ongedeeld.vocabulary.tables import ColumnType

DTYPES: dict[ColumnType, type[pl.DataType]] = {
    "text": pl.String,
    "choice": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "geometry": pl.Binary,
}


def dtypes(table: Table) -> dict[str, type[pl.DataType]]:
    """The Polars type of each column, in order."""
    return {column.name: DTYPES[column.type] for column in table.columns}


def empty(name: str) -> pl.DataFrame:
    """A table of the vocabulary without rows."""
    return pl.DataFrame(schema=dtypes(TABLES[name]))


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as the vocabulary has it: all columns, in order, of their type, sorted by key.

    Parameters
    ----------
    name
        A table of the vocabulary.
    frame
        Any subset of its columns that holds the required ones; the others become empty.

    Raises
    ------
    CityError
        For a column that the vocabulary does not know, a required value that is missing, a code outside
        its list, or two rows with one key.
    """
    table = TABLES[name]
    _refuse_unknown_columns(table, frame)
    _refuse_fractions(table, frame)
    types = dtypes(table)
    columns = [
        pl.col(column).cast(dtype) if column in frame.columns else pl.lit(None, dtype).alias(column)
        for column, dtype in types.items()
    ]
    try:
        whole = frame.select(columns)
    except pl.exceptions.PolarsError as error:
        raise CityError(
            N_("table {table} holds a value of another type: {detail}"),
            table=name,
            detail=str(error).splitlines()[0],
        ) from error
    _refuse_gaps(table, whole)
    _refuse_unknown_codes(table, whole)
    ordered = whole.sort(table.key)
    _refuse_double_keys(table, ordered)
    return ordered


def _refuse_unknown_columns(table: Table, frame: pl.DataFrame) -> None:
    known = [column.name for column in table.columns]
    for column in frame.columns:
        if column not in known:
            near = get_close_matches(column, known, n=1) or known
            raise CityError(
                N_("table {table} has no column {column}"),
                remedy=N_("use one of: {known}"),
                table=table.name,
                column=column,
                known=", ".join(near),
            )


def _refuse_fractions(table: Table, frame: pl.DataFrame) -> None:
    """Refuse decimals in a column of whole numbers: a cast would drop them in silence."""
    for column in table.columns:
        if column.type == "integer" and column.name in frame.columns and frame[column.name].dtype.is_float():
            values = frame[column.name].drop_nulls()
            broken = values.filter(values.floor() != values)
            if len(broken):
                raise CityError(
                    N_("table {table}: column {column} holds {value}"),
                    expected=N_("whole numbers"),
                    table=table.name,
                    column=column.name,
                    value=broken[0],
                )


def _refuse_gaps(table: Table, frame: pl.DataFrame) -> None:
    for column in table.columns:
        if not column.required:
            continue
        values = frame[column.name]
        count = values.null_count() + ((values == "").sum() if values.dtype == pl.String else 0)
        if count:
            raise CityError(
                N_("table {table}: column {column} is empty in {count} rows"),
                expected=N_("a value in every row"),
                table=table.name,
                column=column.name,
                count=count,
            )


def _refuse_unknown_codes(table: Table, frame: pl.DataFrame) -> None:
    for column in table.columns:
        if not column.choices:
            continue
        strange = frame[column.name].drop_nulls().unique().sort()
        strange = strange.filter(~strange.is_in(list(column.codes())))
        if len(strange):
            raise CityError(
                N_("table {table}: column {column} holds '{value}'"),
                expected=N_("one of: {codes}"),
                table=table.name,
                column=column.name,
                value=strange[0],
                codes=", ".join(column.codes()),
            )


def _refuse_double_keys(table: Table, ordered: pl.DataFrame) -> None:
    """Refuse two rows with one key, which stand behind each other once the rows are in order."""
    same = pl.all_horizontal(pl.col(column) == pl.col(column).shift() for column in table.key)
    double = ordered.lazy().select(table.key).filter(same).head(1).collect()
    if len(double):
        raise CityError(
            N_("table {table} has more than one row for {key}"),
            expected=N_("one row for each {columns}"),
            table=table.name,
            key=", ".join(str(part) for part in double.row(0)),
            columns=", ".join(table.key),
        )
