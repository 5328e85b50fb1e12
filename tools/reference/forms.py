"""The page of the forms of files that are read, from the tables beside the readers."""

from __future__ import annotations

from ongedeeld.sources.layouts import Layout, layouts
from tools.reference.markdown import code, table, whole

INTRODUCTION = """# Forms of files that are read

`ongedeeld build` takes files as their owners publish them: csv (`;`, `,` or tab; UTF-8 with or without
mark, or UTF-16 with its mark), xlsx, Parquet, json of StatLine, zip with csv inside, and the attributes of
GeoPackage, GeoJSON, Shapefile and dBase. The first row holds the headers.

A form is recognised by its headers, not by the name of the file. A header counts in any of the spellings
below, in capitals or not, with or without the number that StatLine puts behind it (`_43`), the groups above
it (`Wonen/…`) or the unit in brackets behind it. Other columns are passed over.

The year is taken from the column below where there is one, else from the name of the file or of its folder
(`kwb-2023.xlsx`), or from what is written before the path: `--kwb 2023=FILE`.

An empty cell, a lone `.` or `-`, `nihil`, `onbekend` and negative map codes such as -99998 mean that a
figure is **missing**; `geheim`, `x`, `*` and the map code -99997 mean that it is **suppressed**. Neither is
ever read as zero.
"""


def page() -> str:
    """All forms with the spellings of their columns."""
    parts = [INTRODUCTION]
    for layout in layouts():
        parts += [f"## {layout.name}", _facts(layout), _columns(layout)]
    return whole(*parts)


def _facts(layout: Layout) -> str:
    facts = [
        f"{layout.title} ({layout.owner}; {layout.licence}). Given with `--{layout.kind}`.",
        f"Code of the area in: {_list(layout.key)}.",
    ]
    if layout.area_name:
        facts.append(f"Name of the area in: {_list(layout.area_name)}.")
    if layout.year:
        facts.append(f"Year in: {_list(layout.year)}.")
    facts.extend(
        f"Only rows whose `{column}` fits `{pattern}` count." for column, pattern in layout.only.items()
    )
    return "\n".join(f"- {fact}" for fact in facts)


def _columns(layout: Layout) -> str:
    """What the columns tell, one row for each indicator, year and factor."""
    spelled: dict[tuple[str, float, int | None], list[str]] = {}
    for header, target in layout.columns.items():
        spelled.setdefault((target.indicator, target.factor, target.year), []).append(header)
    rows = [
        (code(indicator), _list(headers), "" if factor == 1 else f"{factor:g}", str(year or ""))
        for (indicator, factor, year), headers in spelled.items()
    ]
    return table(("indicator", "headers", "times", "year"), rows)


def _list(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(map(code, words))
