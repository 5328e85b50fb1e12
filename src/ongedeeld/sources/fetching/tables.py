"""Fetch a table of StatLine for one municipality, with the titles of its columns and the names of areas.

A small reader of OData of our own: the package `cbsodata` takes the whole table, puts names in the place of
the codes of areas, and does not try again or go on when a connection breaks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ongedeeld.errors import N_, FetchError
from ongedeeld.sources.fetching.client import LATER, Client
from ongedeeld.sources.statline import REGION

Row = dict[str, Any]

# The form of the file that is put together here; another number leaves older files in the cache aside.
FORM = 1


@dataclass(frozen=True)
class Table:
    """A table of StatLine: its site and number, its year if it is of one, and which rows to ask for."""

    site: str
    number: str
    what: str
    year: int | None = None
    only: Mapping[str, str] = field(default_factory=dict)

    def url(self, part: str, *conditions: str) -> str:
        """The address of a part of the table, such as its `TypedDataSet`."""
        asked = {"$format": "json"} | ({"$filter": " and ".join(conditions)} if conditions else {})
        query = urlencode(asked, quote_via=quote, safe="$'(),")
        return f"{self.site}/ODataFeed/odata/{self.number}/{part}?{query}"


def fetch_table(client: Client, table: Table, region: str) -> Path | None:
    """The table for one municipality as one file, in the cache; none when it has no figures there yet.

    A table that did not change since it was fetched, by what StatLine tells of it, is not fetched again.

    Raises
    ------
    FetchError
        When the host cannot be reached, or answers with something else than a table.
    """
    about = _all(client, table, table.url("TableInfos"))
    fingerprint = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
    conditions = [f"{column} eq '{value}'" for column, value in table.only.items()]
    url = table.url("TypedDataSet", _near(REGION, region), *conditions)
    key = f"{url} in form {FORM}"
    kept = client.cache.get(key)
    if about and kept and kept.facts.get("fingerprint") == fingerprint:
        return kept.path
    rows = _all(client, table, url)
    mine = [row for row in rows if _in_region(row.get(REGION), region) and _fits(row, table.only)]
    if not any(_has_figures(row) for row in mine):
        return None
    areas = _all(client, table, table.url(REGION, _near("Key", region)))
    content = {
        "table": table.number,
        "year": table.year,
        "properties": _all(client, table, table.url("DataProperties")),
        "areas": [area for area in areas if _in_region(area.get("Key"), region)],
        "rows": mine,
    }
    client.cache.part(key).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return client.cache.put(key, {"fingerprint": fingerprint})


def _near(column: str, region: str) -> str:
    """A filter that holds for all areas of a municipality, and for others with its digits elsewhere."""
    return f"substringof('{region[2:]}',{column})"


def _in_region(code: Any, region: str) -> bool:
    return re.match(f"(GM|WK|BU){region[2:]}", str(code)) is not None


def _fits(row: Row, only: Mapping[str, str]) -> bool:
    return all(str(row.get(column)).strip() == value.strip() for column, value in only.items())


def _has_figures(row: Row) -> bool:
    return any(isinstance(cell, int | float) for column, cell in row.items() if column != "ID")


def _all(client: Client, table: Table, url: str) -> list[Row]:
    """The rows of an answer and of all its further pages."""
    rows: list[Row] = []
    for _, answer in client.pages(url, table.what, _link):
        found = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise FetchError(
                N_("{site} did not answer with a table for {number}"),
                expected=N_("json with the rows under 'value'"),
                remedy=LATER,
                site=table.site,
                number=table.number,
            )
        rows.extend(found)
    return rows


def _link(answer: Any) -> object:
    """The next page; an empty one is the last."""
    return answer.get("odata.nextLink") or answer.get("@odata.nextLink") if answer["value"] else None
