"""A change as steps from zero to its whole, each beginning where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import CHARACTER, LINE, TILE, block, drawing, lines_of, place, stroke, words

BAR = 16
GAP = 14
EDGE = 4


@dataclass(frozen=True)
class Step:
    """A part of a change with its sign, and how it is written; the whole comes last.

    `low` and `high` are the limits of its interval, where it has one.
    """

    label: str
    value: float
    text: str
    is_whole: bool = False
    low: float | None = None
    high: float | None = None


def steps(rows: Sequence[Step], label: str, least: float, widths: tuple[int, int] = TILE) -> Drawing:
    """Parts of a change that add up to the last row.

    Parameters
    ----------
    rows
        The parts in order, and the whole.
    label
        What the picture says, for who does not see it.
    least
        What the picture spans at least, so that a small change does not look large.
    widths
        Of the two drawings.
    """
    low, high = extent(rows)
    stretch = max(1.0, least / ((high - low) or least))
    domain = (low * stretch, high * stretch) if high > low else (-least / 2, least / 2)
    return drawing(lambda width: _draw(rows, domain, width), label, widths)


def extent(rows: Sequence[Step]) -> tuple[float, float]:
    """The lowest and the highest that the parts and their intervals reach on their way."""
    reached = [0.0, *accumulate(row.value for row in rows if not row.is_whole)]
    starts = [0.0 if row.is_whole else start for row, start in zip(rows, reached, strict=True)]
    limits = [
        start + limit
        for row, start in zip(rows, starts, strict=True)
        for limit in (row.low, row.high)
        if limit is not None
    ]
    return min(*reached, *limits), max(*reached, *limits)


def _draw(rows: Sequence[Step], domain: tuple[float, float], width: int) -> tuple[str, float]:
    def at(value: float) -> float:
        return place(value, domain, EDGE, width - EDGE)

    made, top, reached = [], 0.0, 0.0
    for row in rows:
        told = lines_of(row.label, width - CHARACTER * len(row.text) - 16)
        made += [
            words(0, top + LINE * number + LINE / 2, line, strong=row.is_whole)
            for number, line in enumerate(told)
        ]
        made.append(words(width, top + LINE / 2, row.text, anchor="end", strong=True))
        top += LINE * len(told) + 4
        made.append(stroke((0, top + BAR / 2), (width, top + BAR / 2), "line"))
        made.append(stroke((at(0), top - 1), (at(0), top + BAR + 3), "soft", 1.5))
        start = 0.0 if row.is_whole else reached
        end = row.value if row.is_whole else reached + row.value
        left, right = sorted((at(start), at(end)))
        # One colour whatever the sign: more divided is not good or bad by itself.
        made.append(block(left, top, max(right - left, 2), BAR, "ink" if row.is_whole else "m1"))
        if row.low is not None and row.high is not None:
            y = top + BAR + 4
            made.append(stroke((at(start + row.low), y), (at(start + row.high), y), "soft", 2))
        reached = end
        top += BAR + GAP
    return "".join(made), top - GAP + 4
