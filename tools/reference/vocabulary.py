"""The pages of tables and indicators, from the vocabulary."""

from __future__ import annotations

from itertools import groupby

from ongedeeld.vocabulary import CHOICES, INDICATORS, LIVABILITY, TABLES, Column, Indicator, Table
from tools.reference.markdown import code, number, table, whole

TABLES_INTRODUCTION = """# Tables of the City

A City is a folder of Parquet files and `manifest.json`. It holds any of the tables below; only `areas` must
be there. Columns marked *key* together name a row; columns marked *required* have a value in every row;
every other cell may be empty, which means: not known.

Units stand in the name where the type does not tell: `_cents` (whole euro cents), `_m` (metres, in
EPSG:28992), `_m2`. A share lies between 0 and 1. A period is a date: the first day; 1 January stands for a
whole year. [Own files](../how-to/own-files.md) may use the English name, the English label or the Dutch
label as header.
"""

UNITS = {
    "count": "number",
    "count_mean": "average number",
    "share": "share, 0 to 1",
    "cents": "euro cents",
    "metres": "metres",
    "per_1000": "per 1000 residents",
    "per_km2": "per km²",
    "number": "number",
    "score": "score",
    "class": "class",
    "kwh": "kWh",
    "m3": "m³",
    "ha": "hectares",
    "db": "dB",
}

INDICATORS_INTRODUCTION = """# Indicators

Figures of an area stand in the table [`indicators`](tables.md#indicators), one row for each area, indicator
and period, in the unit below. The readers turn percentages into shares, kilometres into metres and euros
into cents.

*Rounded to* is the step to which the owner rounds a count. Only indicators with such a step add up from
parts to a whole, and the check `sum_of_parts` allows for that rounding.

Indicators about origin are published figures of an area, for describing it alone. The concept of Statistics
Netherlands changed in 2023; `origin_…` and `background_…` are two concepts and are never joined into one
series.
"""


def tables_page() -> str:
    """Every table with its columns, and every list of choices."""
    parts = [TABLES_INTRODUCTION]
    for held in TABLES.values():
        parts += [f"## {held.name}", _columns(held)]
    parts.append("## Choices\n\nA column of type *choice* holds one of the codes of its list.")
    for name, choices in CHOICES.items():
        rows = [(code(choice.code), choice.label_nl, choice.label_en) for choice in choices.values()]
        parts += [f"### {name}", table(("code", "Dutch", "English"), rows)]
    return whole(*parts)


def _columns(held: Table) -> str:
    rows = [
        (code(column.name), _type(column), _range(column), column.label_nl, column.label_en, _meaning(column))
        for column in held.columns
    ]
    return table(("column", "type", "range", "Dutch label", "English label", "meaning"), rows)


def _type(column: Column) -> str:
    kind = f"choice of [{column.choices}](#{column.choices})" if column.choices else column.type
    marks = ["key"] if column.key else ["required"] if column.required else []
    return ", ".join([kind, *marks])


def _range(held: Column | Indicator) -> str:
    low, high = number(held.minimum), number(held.maximum)
    return f"{low} to {high}" if low and high else f"from {low}" if low else ""


def _meaning(column: Column) -> str:
    return column.meaning_en + (f"; refers to `{column.references}`" if column.references else "")


def indicators_page() -> str:
    """Every indicator by theme, and the versions of the Leefbaarometer."""
    parts = [INDICATORS_INTRODUCTION]
    by_theme = sorted(INDICATORS.values(), key=lambda indicator: list(_themes()).index(indicator.theme))
    for theme, indicators in groupby(by_theme, key=lambda indicator: indicator.theme):
        headers = ("indicator", "Dutch", "English", "unit", "range", "rounded to")
        parts += [f"## {theme.capitalize()}", table(headers, map(_indicator, indicators))]
    parts.append("## Versions of the Leefbaarometer")
    parts.append("Versions differ in dimensions and scale and never form one series.")
    rows = [
        (
            version.name,
            code(version.score or ""),
            code(version.deviation),
            ", ".join(map(code, version.dimensions)),
        )
        for version in LIVABILITY
    ]
    parts.append(table(("version", "score", "difference", "dimensions that add up to the difference"), rows))
    return whole(*parts)


def _themes() -> dict[str, None]:
    return dict.fromkeys(indicator.theme for indicator in INDICATORS.values())


def _indicator(indicator: Indicator) -> tuple[str, ...]:
    return (
        code(indicator.name),
        indicator.label_nl,
        indicator.label_en,
        UNITS[indicator.unit],
        _range(indicator),
        number(indicator.rounded_to),
    )
