"""A line chart of a neighbourhood and its city over the years."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from ongedeeld.reporting import charts
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.text import Speech, decimals

LEAST_SPAN = {"score": 0.4}
"""What the axis of a unit spans at least; ten for counts and rates."""


def over_time(
    title: str, caption: str, own_rows: pl.DataFrame, other_rows: pl.DataFrame, unit: str, speech: Speech
) -> Chart:
    """A neighbourhood and, where it is given, the mean of the neighbourhoods over time.

    Parameters
    ----------
    title, caption
        In the language of the page.
    own_rows, other_rows
        A period and a figure per row; `other_rows` may be empty.
    unit
        The unit of the figures.
    speech
        The language.
    """
    rows = [
        *_line("own", own_rows, speech.say("this neighbourhood")),
        *_line("other", other_rows, speech.say("average")),
    ]
    _part_labels([row for row in rows if row["text"]])
    grid = _grid(own_rows, dict(other_rows.iter_rows()), unit, speech)
    domain = _domain([float(row["value"]) for row in rows], unit)
    label = f"{title}. " + "; ".join(": ".join(row[:2]) for row in grid.rows)
    drawing = charts.lines(rows, domain, label, speech.language, decimals(unit))
    return Chart(title, caption, drawing, grid)


def _line(key: str, frame: pl.DataFrame, words: str) -> list[dict[str, Any]]:
    """The points of a line, with its words at the last."""
    told = list(frame.iter_rows())
    return [
        {
            "period": period.year + (period.month - 1) / 12,
            "value": value,
            "series": key,
            "text": words if place == len(told) - 1 else None,
        }
        for place, (period, value) in enumerate(told)
    ]


def _grid(own_rows: pl.DataFrame, other: dict[date, float], unit: str, speech: Speech) -> Grid:
    """The figures as a table; without a column for the others where there are none."""
    columns = 3 if other else 2
    header = (
        speech.say("period"),
        speech.say("this neighbourhood"),
        speech.say("mean of the neighbourhoods"),
    )
    rows = tuple(
        (
            speech.period(period),
            speech.figure(value, unit),
            speech.figure(other[period], unit) if period in other else "–",
        )[:columns]
        for period, value in own_rows.iter_rows()
    )
    return Grid(header[:columns], rows, "development")


def _domain(values: list[float], unit: str) -> tuple[float, float]:
    low, high = min(values), max(values)
    # A small change must not fill the chart.
    room = max((high - low) * 0.15, (LEAST_SPAN.get(unit, 10.0) - (high - low)) / 2)
    return (low - room, high + room) if unit == "score" else (max(0.0, low - room), high + room)


def _part_labels(ends: list[dict[str, Any]]) -> None:
    """Put the label of the higher line above its end and that of the lower below it."""
    ends.sort(key=lambda row: float(row["value"]))
    for row in ends:
        row["side"] = "down" if row is ends[0] and len(ends) > 1 else "up"
