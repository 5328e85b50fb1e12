"""Files of neighbourhood figures in the forms in which tables of StatLine are saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.sources.figures import read_figures
from ongedeeld.sources.layouts import Kind
from ongedeeld.sources.reading import Reading
from tests.sources.statline_tables import area_rows, data_rows, topics

ORIGIN = "Bevolking/Bevolking naar herkomst"


def saved(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def fetched(folder: Path, year: int, columns: dict[str, tuple[str, str, list[float | None]]]) -> Path:
    """A file as our own fetch writes it; columns by key: path of titles, unit, cells."""
    content = {
        "table": "85618NED",
        "year": year,
        "properties": topics(*((key, path, unit) for key, (path, unit, _) in columns.items())),
        "areas": area_rows(),
        "rows": data_rows({key: cells for key, (_, _, cells) in columns.items()}),
    }
    return saved(folder / f"kwb-{year}.json", content)


def read(path: Path, kind: Kind = "kwb") -> Reading:
    (reading,) = read_figures(path, kind, "GM0344")
    return reading


def values(reading: Reading, indicator: str, area: str = "BU03440111") -> list[float | None]:
    wanted = (pl.col("area") == area) & (pl.col("indicator") == indicator)
    return reading.indicators.filter(wanted).sort("period")["value"].to_list()


def origin_of_2023() -> dict[str, tuple[str, str, list[float | None]]]:
    """Three groups with the same titles, as the table of 2023 has them, in an order of our own."""
    groups = {"Geboren in Nederland": 100, "Herkomstland": 500, "Geboren buiten Nederland": 200}
    titles = ("Nederland", "Europa (exclusief Nederland) ", "Buiten Europa ")
    keys = ("Nederland", "EuropaExclusiefNederland", "BuitenEuropa")
    columns: dict[str, tuple[str, str, list[float | None]]] = {}
    for group, start in groups.items():
        for step, (key, title) in enumerate(zip(keys, titles, strict=True)):
            cells: list[float | None] = [start + step] * 4
            columns[f"{key}_{17 + len(columns)}"] = (f"{ORIGIN}/{group}/{title}", "aantal", cells)
    return columns
