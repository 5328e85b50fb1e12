"""Read a table of StatLine (CBS, OData v3) as json.

It may be what `ongedeeld fetch` writes, a raw answer of the service, or what the package `cbsodata` saves.

StatLine numbers its columns anew in every table (`InBezitWoningcorporatie_42`, `_43`, `_49`) and uses one
title in several groups (Nederland, Europa and Buiten Europa for origin, born here and born abroad). A column
is therefore named after the path of its titles wherever those are known.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ongedeeld.city import Remark
from ongedeeld.errors import N_, InputError, Place
from ongedeeld.sources import codes
from ongedeeld.sources.files import cut_short, refuse_unreadable
from ongedeeld.sources.tabular import Sheet

Row = Mapping[str, Any]

REGION, REGION_NAME, ROW_NUMBER = "WijkenEnBuurten", "Wijken en buurten", "ID"


@dataclass(frozen=True)
class _Table:
    """The parts of a table: its rows, and as far as known its columns, its areas and its year."""

    rows: list[Row]
    properties: list[Row]
    areas: list[Row]
    year: int | None = None


def read_statline(path: Path) -> Sheet:
    """Read a table of StatLine.

    Parameters
    ----------
    path
        One of: a file of `ongedeeld fetch` (`table`, `year`, `properties`, `areas`, `rows`); an answer of the
        service (`value`); a list of rows, as `cbsodata.get_data(table, dir=...)` saves it. For the last two,
        `DataProperties.json` and `WijkenEnBuurten.json` beside the file tell the titles of columns and the
        names of areas.

    Returns
    -------
    Sheet
        Every cell as text; each topic under the path of its titles with its unit, such as
        `Wonen/Eigendom/In bezit woningcorporatie (%)`, or under its numbered key where titles are not known.

    Raises
    ------
    InputError
        When the file is cut short, a web page, or not a table of StatLine.
    """
    table = _table(path, _load(path))
    if not table.rows:
        raise InputError(
            N_("this table of StatLine has no rows"),
            place=Place(path.name),
            remedy=N_("fetch it again, with a filter on an area that it has"),
        )
    columns = list(dict.fromkeys(column for row in table.rows for column in row))
    properties, remarks = _fitting(path, table.properties, columns)
    headers = _paths(properties) if properties else {}
    doubled = _doubled(columns, headers)
    if doubled:
        text = (
            N_("columns that share a title with another and are left out: {count} ({names})")
            if properties
            else N_("columns that share a name with another, untitled, and are left out: {count} ({names})")
        )
        remarks.append(Remark(path.name, text, {"count": len(doubled), "names": ", ".join(doubled)}))
    kept = [column for column in columns if column not in doubled and column != ROW_NUMBER]
    cells = {
        headers.get(column, column): pl.Series(
            [_text(row.get(column)) for row in table.rows], dtype=pl.String
        )
        for column in kept
    }
    return Sheet(
        path,
        _with_names(pl.DataFrame(cells), table.areas),
        first_row=1,
        keys={headers[column]: column for column in kept if column in headers},
        year=table.year,
        remarks=tuple(remarks),
    )


def _load(path: Path) -> Any:
    """The json of a file, with numbers as the text that stands there."""
    refuse_unreadable(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = json.loads(text, parse_int=str, parse_float=str)
        if r"\ud" in text.lower():
            # Half of a pair of surrogates is valid json and no text.
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise cut_short(path, str(error)) from error
    return content


def _table(path: Path, content: Any) -> _Table:
    if isinstance(content, dict) and "rows" in content:
        year = re.fullmatch(r"(?:19|20)\d\d", str(content.get("year")))
        return _Table(
            _rows(path, content["rows"]),
            _rows(path, content.get("properties", [])),
            _rows(path, content.get("areas", [])),
            int(year[0]) if year else None,
        )
    rows = content.get("value") if isinstance(content, dict) else content
    return _Table(_rows(path, rows), _beside(path, "DataProperties.json"), _beside(path, f"{REGION}.json"))


def _rows(path: Path, rows: Any) -> list[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(
            N_("this is not a table of StatLine"),
            place=Place(path.name),
            expected=N_("a list of rows, or an answer of the service with its rows under 'value'"),
            remedy=N_("fetch it with 'ongedeeld fetch'; if this is GeoJSON, let its name end in .geojson"),
        )
    return rows


def _beside(path: Path, name: str) -> list[Row]:
    """The rows of a file beside this one, as `cbsodata` saves them; none where it is not there."""
    companion = path.with_name(name)
    if companion == path or not companion.is_file():
        return []
    content = _load(companion)
    return _rows(companion, content.get("value") if isinstance(content, dict) else content)


def _fitting(path: Path, properties: list[Row], columns: Iterable[str]) -> tuple[list[Row], list[Remark]]:
    """The properties, if they are those of this table."""
    known = {row.get("Key") for row in properties}
    strange = [column for column in columns if column != ROW_NUMBER and column not in known]
    if not properties or not strange:
        return properties, []
    text = N_("the titles beside this file are of another table and are not used: they lack {names}")
    return [], [Remark(path.name, text, {"names": ", ".join(strange)})]


def _paths(properties: list[Row]) -> dict[str, str]:
    """The path of titles of each topic, with its unit, by its key."""
    by_id = {str(row.get("ID")): row for row in properties}

    def path(row: Row) -> str:
        titles: list[str] = []
        seen: set[str] = set()
        step: Row | None = row
        while step is not None and str(step.get("ID")) not in seen:
            seen.add(str(step.get("ID")))
            titles.insert(0, " ".join(str(step.get("Title") or "").split()))
            step = by_id.get(str(step.get("ParentID")))
        unit = str(row.get("Unit") or "").strip()
        return "/".join(titles) + (f" ({unit})" if unit else "")

    return {str(row["Key"]): path(row) for row in properties if row.get("Key") and _kind(row) == "Topic"}


def _kind(row: Row) -> str:
    """Topic, TopicGroup, Dimension, GeoDetail or TimeDimension."""
    return str(row.get("Type") or row.get("odata.type") or "").rpartition(".")[2]


def _doubled(columns: Iterable[str], headers: Mapping[str, str]) -> list[str]:
    """The columns that nothing but their number tells apart."""
    names = {column: headers.get(column) or re.sub(r"_\d+$", "", column) for column in columns}
    times = Counter(names.values())
    return [column for column, name in names.items() if times[name] > 1]


def _text(cell: Any) -> str | None:
    return None if cell is None else str(cell)


def _with_names(frame: pl.DataFrame, areas: list[Row]) -> pl.DataFrame:
    """The frame with a column of the names of areas, where they are known."""
    if REGION not in frame.columns or REGION_NAME in frame.columns:
        return frame
    region = frame[REGION].str.strip_chars()
    if not region.str.contains(codes.CODE).any():
        # `cbsodata.get_data` returns names in the place of codes; the codes are then in another column.
        return frame.rename({REGION: REGION_NAME})
    names = {str(area.get("Key")).strip(): str(area.get("Title") or "").strip() for area in areas}
    if not names:
        return frame
    named = region.replace_strict(names, default=None, return_dtype=pl.String)
    return frame.with_columns(named.alias(REGION_NAME))
