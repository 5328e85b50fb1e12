"""Codes of areas: what level they are of and what they lie in.

`GM0344` is a municipality, `WK034401` a district and `BU03440111` a neighbourhood in it; letters occur since
2022 (`BU0363AE01`). Postcode areas and grid cells get codes of the same kind here: `PC3512`, `VKE1357N4561`.
"""

from __future__ import annotations

import re

import polars as pl

from ongedeeld.sources.numbers import bare

CODE = r"^(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}|PC\d{4}|VKE\d{4,}N\d{4,})$"
LEVELS = {"GM": "municipality", "WK": "district", "BU": "neighbourhood", "PC": "postcode", "VK": "grid_cell"}
COUNTRY = "NL"


def level(code: pl.Expr) -> pl.Expr:
    """The level of an area."""
    return code.str.head(2).replace_strict(LEVELS, default=None, return_dtype=pl.String)


def parent(code: pl.Expr) -> pl.Expr:
    """The area that this one lies in; null for a municipality, a postcode area or a grid cell."""
    kind = code.str.head(2)
    return (
        pl.when(kind == "BU")
        .then(pl.lit("WK") + code.str.slice(2, 6))
        .when(kind == "WK")
        .then(pl.lit("GM") + code.str.slice(2, 4))
    )


def within(code: pl.Expr, region: str) -> pl.Expr:
    """Whether an area belongs to a region: `NL` for all, or the code of a municipality.

    The code of a postcode area or a grid cell does not tell its municipality: such an area belongs to `NL`
    alone.
    """
    if region == COUNTRY:
        return pl.lit(value=True)
    return code.str.head(2).is_in(["GM", "WK", "BU"]) & (code.str.slice(2, 4) == region[2:])


def area(text: pl.Expr, header: str) -> pl.Expr:
    """The code that stands under a header, without padding; postcodes and grid cells get their prefix."""
    prefix = {"pc4": "PC", "grid_id": "VK"}.get(header.lower(), "")
    return pl.lit(prefix) + bare(text).str.to_uppercase()


def is_region(text: str) -> bool:
    """Whether this is `NL` or the code of a municipality."""
    return text == COUNTRY or re.fullmatch(r"GM\d{4}", text) is not None
