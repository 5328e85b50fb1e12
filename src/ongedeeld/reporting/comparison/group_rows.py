"""What charts of groups of seekers share: their rows by group, and a group as a figure on a line."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.intervals import Dot
from ongedeeld.simulation.outcomes.tables import Unit


def by_group(frame: pl.DataFrame, label: str, grouping: str) -> dict[str, dict[str, Any]]:
    """The rows of one of the results and one grouping, by group."""
    return {row["group"]: row for row in frame.filter(result=label, grouping=grouping).iter_rows(named=True)}


def dot_of(
    group: str,
    grouping: str,
    row: dict[str, Any],
    now: dict[str, Any] | None,
    told: Told,
    unit: Unit = "share",
) -> Dot:
    """The figure of a group with its interval, and in brackets that as now; the title tells the unit."""
    before = None if now is None else now["mean"]
    text = _short(row["mean"], unit, told)
    if before is not None:
        text = f"{text} ({_short(before, unit, told)})"
    return Dot(told.group(grouping, group), text, row["mean"], row["low_80"], row["high_80"], before)


def _short(value: float, unit: Unit, told: Told) -> str:
    """A figure without the words of its unit, so that it fits beside the name of a group on a phone."""
    return told.speech.number(value, 1) if unit == "months" else told.figure(value, unit)
