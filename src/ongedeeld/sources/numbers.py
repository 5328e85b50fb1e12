"""What is a number, what is missing and what was withheld, in the many ways their owners write it."""

from __future__ import annotations

import polars as pl

# Statistics Netherlands writes a lone point for unknown, unreliable or secret, a long number of nines in its maps,
# and words elsewhere; none of these is zero.
MISSING = frozenset(
    {"", ".", "-", "nihil", "onbekend", "nvt", "n.v.t.", "nan", "na", "n/a", "null", "none", "nb", "nodata"}
    | {
        "-99999999",
        "-99999998",
        "-99998",
        "-99999",
        "-99999.0",
        "-99995",
        "-99999999.0",
        "-99998.0",
        "-99995.0",
    }
)
SUPPRESSED = frozenset({"geheim", "x", "-99997", "-99997.0", "-99999997", "-99999997.0", "onderdrukt", "*"})


def bare(text: pl.Expr) -> pl.Expr:
    """The text without the padding of spaces."""
    return text.str.strip_chars(" \t\r\n\u00a0")


def status(text: pl.Expr) -> pl.Expr:
    """`observed`, `missing` or `suppressed`, by what stands in the cell."""
    word = bare(text).str.to_lowercase()
    return (
        pl.when(word.is_null() | word.is_in(list(MISSING)))
        .then(pl.lit("missing"))
        .when(word.is_in(list(SUPPRESSED)))
        .then(pl.lit("suppressed"))
        .otherwise(pl.lit("observed"))
    )


def number(text: pl.Expr) -> pl.Expr:
    """The number in a cell, with a decimal point or a decimal comma; null where there is no number."""
    plain = bare(text)
    dutch = plain.str.contains(",", literal=True)
    decimal_comma = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    value = pl.when(dutch).then(decimal_comma).otherwise(plain)
    return value.cast(pl.Float64, strict=False)
