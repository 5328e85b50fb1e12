"""The page of assumptions behind a drawn stock, from the file beside the code that draws."""

from __future__ import annotations

import tomllib
from functools import reduce
from importlib.resources import files
from typing import Any

from ongedeeld.sources.assumptions import Assumption, assumptions
from tools.reference.markdown import code, number, table, whole

INTRODUCTION = """# Assumptions of the drawn stock

What the published totals do not tell, and [a drawn stock](../explanation/drawn-stock.md) therefore assumes.
The range tells by which factor every number may be off. *Assumption of this project* means that no source
was found.
"""


def page() -> str:
    """All assumptions with their values, ranges and sources."""
    parts = [INTRODUCTION]
    entries = tomllib.loads((files("ongedeeld.sources") / "stock.toml").read_text(encoding="utf-8"))
    for name, assumption in assumptions().items():
        low, high = map(number, assumption.range)
        facts = f"{assumption.text}.\n\nRange: {low} to {high}. Source: {assumption.source}."
        entry: dict[str, Any] = reduce(lambda branch, step: branch[step], name.split("."), entries)
        parts += [f"## {name}", facts, _value(assumption, entry.get("rows"), entry.get("columns"))]
    return whole(*parts)


def _value(assumption: Assumption, rows: list[str] | None, columns: list[str] | None) -> str:
    value: Any = assumption.value
    if isinstance(value, dict):
        return table([str(key) for key in value], [[number(amount) for amount in value.values()]])
    if isinstance(value, list):
        names = [code(name) for name in rows or range(1, len(value) + 1)]
        headers = ["", *(code(name) for name in columns or range(1, len(value[0]) + 1))]
        amounts = [[number(amount) for amount in row] for row in value]
        return table(headers, [[name, *row] for name, row in zip(names, amounts, strict=True)])
    return f"Value: {number(value)}."
