"""Figures as dots on a line, each with its interval and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import (
    CHARACTER,
    LINE,
    TILE,
    block,
    dot,
    drawing,
    lines_of,
    place,
    ring,
    stroke,
    words,
)

BAND = 22
GAP = 14
EDGE = 8
TICK = 5


@dataclass(frozen=True)
class Dot:
    """A figure with its interval: on the picture, and as it is written.

    `value` is None where there are too few to tell; `text` then says so. `beside` is what it is compared
    with, drawn as a line across, and `chance` what chance alone gives, drawn as an open dot.
    """

    label: str
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    beside: float | None = None
    chance: float | None = None
    sure: bool = True


def intervals(
    dots: Sequence[Dot],
    domain: tuple[float, float],
    ends: tuple[str, str],
    label: str,
    widths: tuple[int, int] = TILE,
) -> Drawing:
    """A row per figure: words above a line, on the line the interval as a band and the figure as a dot.

    Parameters
    ----------
    dots
        From top to bottom.
    domain
        From where to where the line runs, the same for all.
    ends
        How the two ends of the line are written; they stand below the last row.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _draw(dots, domain, ends, width), label, widths)


def _draw(
    dots: Sequence[Dot], domain: tuple[float, float], ends: tuple[str, str], width: int
) -> tuple[str, float]:
    made, top = [], 0.0
    for one in dots:
        told = lines_of(one.label, width - CHARACTER * len(one.text) - 16)
        made += [words(0, top + LINE * at + LINE / 2, line) for at, line in enumerate(told)]
        middle = top + LINE * len(told) - LINE / 2
        known = one.value is not None and one.sure
        made.append(
            words(width, middle, one.text, anchor="end", strong=known, paint="ink" if known else "soft")
        )
        top += LINE * len(told)
        made.append(_on_line(one, domain, width, top + BAND / 2))
        top += BAND + GAP
    top -= GAP
    made += [stroke((x, top), (x, top + TICK), "soft", 1.5) for x in (EDGE, width - EDGE)]
    made.append(words(0, top + TICK + LINE / 2, ends[0], paint="soft"))
    made.append(words(width, top + TICK + LINE / 2, ends[1], anchor="end", paint="soft"))
    return "".join(made), top + TICK + LINE


def _on_line(one: Dot, domain: tuple[float, float], width: int, y: float) -> str:
    def at(value: float) -> float:
        return place(value, domain, EDGE, width - EDGE)

    # Where too few are known the line is dotted: nothing stands on it.
    dashes = "" if one.value is not None else ' stroke-dasharray="1 6" stroke-linecap="round"'
    made = [stroke((0, y), (width, y), "line" if one.value is not None else "soft", 1.5, dashes)]
    if one.low is not None and one.high is not None:
        start, end = at(one.low), at(one.high)
        made.append(block(start, y - 3, max(end - start, 2), 6, "m4", ' rx="3"'))
    if one.beside is not None:
        made.append(block(at(one.beside) - 1.5, y - 10, 3, 20, "soft"))
    if one.chance is not None:
        made.append(ring(at(one.chance), y, "ink"))
    if one.value is not None:
        made.append(dot(at(one.value), y, "clay"))
    return "".join(made)
