"""Where an area lies: the areas above it, from large to small."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

Areas = Mapping[str, Mapping[str, object]]
_DISTRICT_NUMBER = re.compile(r"^Wijk \d+ (?=\S)")


def areas_of(table: pl.DataFrame) -> dict[str, dict[str, object]]:
    """The rows of the table of areas by code, without their shapes."""
    return {row["code"]: row for row in table.drop("geometry").iter_rows(named=True)}


def municipality_of(code: str, areas: Areas) -> str | None:
    """The municipality in which an area lies, if any."""
    return next((at for at in _up(code, areas) if areas[at]["level"] == "municipality"), None)


def line_of(code: str, areas: Areas) -> list[tuple[str, str]]:
    """The areas in which an area lies, from large to small, itself last: code and name."""
    found = [(at, _DISTRICT_NUMBER.sub("", str(areas[at]["name"]))) for at in _up(code, areas)]
    return found[::-1]


def _up(code: str, areas: Areas) -> list[str]:
    """An area and those in which it lies, from small to large; areas that lie in each other end the line."""
    found = [code]
    while (parent := areas[found[-1]]["parent"]) is not None and parent not in found:
        found.append(str(parent))
    return found
