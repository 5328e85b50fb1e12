"""What is a number, what is missing and what was withheld, in the many ways their owners write it."""

from __future__ import annotations

import polars as pl

# Statistics Netherlands writes a lone point for unknown, unreliable or secret (a lone comma where points were
# replaced), and others write words; none of these is zero.
MISSING = frozenset(
    {
        "",
        ".",
        ",",
        "-",
        "nihil",
        "onbekend",
        "nvt",
        "n.v.t.",
        "nan",
        "na",
        "n/a",
        "null",
        "none",
        "nb",
        "nodata",
    }
)
SUPPRESSED = frozenset({"geheim", "x", "onderdrukt", "*"})

# Maps hold numbers where a table has a point: -99997 for secret, -99998, -99999 and the like for unknown.
MAP_CODES_END = -99_990.0
MAP_SECRET = (-99_997.0, -99_999_997.0)

# One decimal sign, and thousands only in groups of three; anything else is not a number here.
DUTCH = r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$"
PLAIN = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"


def bare(text: pl.Expr) -> pl.Expr:
    """The text without the padding of spaces."""
    return text.str.strip_chars(" \t\r\n\u00a0")


def status(text: pl.Expr) -> pl.Expr:
    """`observed`, `missing` or `suppressed`, by what stands in the cell."""
    word = bare(text).str.to_lowercase()
    value = number(text)
    return (
        pl.when(word.is_in(list(SUPPRESSED)) | value.is_in(list(MAP_SECRET)))
        .then(pl.lit("suppressed"))
        .when(word.is_null() | word.is_in(list(MISSING)) | (value <= MAP_CODES_END))
        .then(pl.lit("missing"))
        .otherwise(pl.lit("observed"))
    )


def number(text: pl.Expr) -> pl.Expr:
    """The number in a cell, with a decimal point or a decimal comma; null where there is no finite number."""
    plain = bare(text)
    decimal_comma = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    digits = (
        pl.when(plain.str.contains(DUTCH)).then(decimal_comma).when(plain.str.contains(PLAIN)).then(plain)
    )
    value = digits.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def parsed(texts: pl.Series) -> pl.DataFrame:
    """The `status` and `value` of each cell of a column.

    Most columns are plain numbers and gaps. In others each text that occurs is looked at once, for columns
    repeat themselves.
    """
    plain = texts.cast(pl.Float64, strict=False)
    if plain.null_count() == texts.null_count() and (plain.is_finite() & (plain > MAP_CODES_END)).all():
        gap = pl.when(pl.col("value").is_null()).then(pl.lit("missing")).otherwise(pl.lit("observed"))
        return pl.DataFrame({"value": plain}).select(status=gap, value="value")
    distinct = pl.DataFrame({"text": texts.unique()})
    known = distinct.with_columns(status=status(pl.col("text")), value=number(pl.col("text")))
    cells = pl.DataFrame({"text": texts}).join(
        known, on="text", how="left", nulls_equal=True, maintain_order="left"
    )
    return cells.select("status", value=pl.when(pl.col("status") == "observed").then("value"))
