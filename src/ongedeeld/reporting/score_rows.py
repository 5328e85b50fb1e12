"""Scores from 1 to 5 on a line with marks, each with its interval and what people say beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import (
    CHARACTER,
    LINE,
    TILE,
    block,
    colour,
    dot,
    drawing,
    lines_of,
    place,
    stroke,
    words,
)

BAND = 22
GAP = 12
EDGE = 9
MARKS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Score:
    """A score with its interval, and how it is written.

    `value` is None where it cannot be told; `text` then says so, and the interval is what it can be. `beside`
    is the view of professionals, drawn as a diamond. `paint` is the colour of the dot.
    """

    label: str
    text: str
    value: float | None
    low: float
    high: float
    beside: float | None = None
    paint: str = "clay"
    strong: bool = False


def score_rows(
    rows: Sequence[Score], ends: tuple[str, str], label: str, widths: tuple[int, int] = TILE
) -> Drawing:
    """A row per score, on lines from 1 to 5 under one another.

    Parameters
    ----------
    rows
        From top to bottom.
    ends
        What 1 and 5 mean, in words.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _draw(rows, ends, width), label, widths)


def _draw(rows: Sequence[Score], ends: tuple[str, str], width: int) -> tuple[str, float]:
    made, top = [], 0.0
    for row in rows:
        told = lines_of(row.label, width - CHARACTER * len(row.text) - 16)
        made += [
            words(0, top + LINE * at + LINE / 2, line, strong=row.strong) for at, line in enumerate(told)
        ]
        middle = top + LINE * len(told) - LINE / 2
        paint = "soft" if row.value is None else "ink"
        made.append(words(width, middle, row.text, anchor="end", strong=row.value is not None, paint=paint))
        top += LINE * len(told)
        made.append(_on_line(row, width, top + BAND / 2))
        top += BAND + GAP
    made += [words(_at(mark, width), top + 4, str(mark), anchor="middle", paint="soft") for mark in MARKS]
    # On a phone the words would meet the marks, so that they stand under them.
    top += LINE + 4
    made.append(words(0, top + 4, ends[0], paint="soft"))
    made.append(words(width, top + 4, ends[1], anchor="end", paint="soft"))
    return "".join(made), top + LINE


def _at(value: float, width: int) -> float:
    return place(value, (MARKS[0], MARKS[-1]), EDGE, width - EDGE)


def _on_line(row: Score, width: int, y: float) -> str:
    dashes = "" if row.value is not None else ' stroke-dasharray="1 6" stroke-linecap="round"'
    paint = "line" if row.value is not None else "soft"
    made = [stroke((_at(1, width), y), (_at(5, width), y), paint, 1.5, dashes)]
    made += [stroke((_at(mark, width), y - 5), (_at(mark, width), y + 5), "line", 1.5) for mark in MARKS]
    if row.value is not None:
        start, end = _at(row.low, width), _at(row.high, width)
        made.append(block(start, y - 3, max(end - start, 2), 6, "m4", ' rx="3"'))
        made.append(dot(_at(row.value, width), y, row.paint))
    if row.beside is not None:
        made.append(diamond(_at(row.beside, width), y))
    return "".join(made)


def diamond(x: float, y: float, radius: float = 8.0) -> str:
    """An open diamond: the view of professionals."""
    points = " ".join(
        f"{x + across:.4g},{y + down:.4g}"
        for across, down in ((0, -radius), (radius, 0), (0, radius), (-radius, 0))
    )
    return (
        f'<polygon points="{points}" fill="{colour("paper")}" fill-opacity="0.6" '
        f'stroke="{colour("ink")}" stroke-width="2"/>'
    )
