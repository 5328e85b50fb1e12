"""Small tables as StatLine gives them: padded codes, numbered keys, titles in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]

NAMES = {
    "GM0344": "Utrecht",
    "WK034401": "West",
    "BU03440111": "Welgelegen, Den Hommel",
    "BU03440112": "Oog in Al",
}


def area_rows(names: Mapping[str, str] = NAMES) -> list[Row]:
    """The dimension of areas: keys padded to 10, titles to 40."""
    return [{"Key": f"{code:<10}", "Title": f"{name:<40}"} for code, name in names.items()]


def topics(*described: tuple[str, str, str]) -> list[Row]:
    """The columns of a table, from the key, the path of titles and the unit of each topic."""
    rows: list[Row] = [
        {
            "ID": 0,
            "ParentID": None,
            "Type": "GeoDetail",
            "Key": "WijkenEnBuurten",
            "Title": "Wijken en buurten",
        }
    ]
    groups: dict[str, int] = {}
    for key, path, unit in described:
        *parents, title = path.split("/")
        above = None
        for depth in range(len(parents)):
            group = "/".join(parents[: depth + 1])
            if group not in groups:
                groups[group] = len(rows)
                rows.append(
                    {
                        "ID": groups[group],
                        "ParentID": above,
                        "Type": "TopicGroup",
                        "Key": "",
                        "Title": parents[depth],
                    }
                )
            above = groups[group]
        rows.append(
            {"ID": len(rows), "ParentID": above, "Type": "Topic", "Key": key, "Title": title, "Unit": unit}
        )
    return rows


def data_rows(
    columns: Mapping[str, Sequence[float | None]], codes: Sequence[str] = tuple(NAMES)
) -> list[Row]:
    """The rows of a table: a cell of each column for each area."""
    return [
        {"ID": number, "WijkenEnBuurten": f"{code:<10}"}
        | {key: cells[number] for key, cells in columns.items()}
        for number, code in enumerate(codes)
    ]
