"""What the sides of the inclusive neighbourhood share: an empty side, and figures with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ongedeeld.errors import AbsentError
from ongedeeld.reporting.figures import Chart, Grid, Panel
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.text import Speech


def empty_panel(title: str, absent: AbsentError | None, speech: Speech) -> Panel:
    """A side of which nothing is known: why, and how to fill it."""
    if absent is None:
        return Panel(title, why_empty=speech.say("nothing is known of this neighbourhood"))
    why, how_to = speech.absence(absent)
    return Panel(title, why_empty=why, how_to=how_to)


def interval_chart(
    title: str,
    caption: str,
    dots: Sequence[Dot],
    domain: tuple[float, float],
    ends: tuple[str, str],
    grid: Grid,
    note: str = "",
) -> Chart:
    """Figures with their intervals on a line whose ends are written, the same as a table, and a note."""
    label = f"{title}. {caption}. " + "; ".join(f"{one.label}: {one.text}" for one in dots)
    return Chart(title, caption, intervals(dots, domain, ends, label), grid, note)


def between(dot: Dot, speech: Speech, written: Any) -> str:
    """The interval of a figure in words; a dash where there is none."""
    if dot.value is None or dot.low is None or dot.high is None:
        return "–"
    return speech.say("{low} to {high}", low=written(dot.low), high=written(dot.high))
