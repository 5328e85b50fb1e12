"""A line of what was, and a fan of what may come: 50, 80 and 95 %."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import LINE, TILE, colour, dot, drawing, place, stroke, words

LEFT, BOTTOM, TOP = 54, 30, 12
FILLS = ("m2", "m1", "m0")
"""From the widest part of the fan to the narrowest."""


@dataclass(frozen=True)
class Fan:
    """What was known at each period, and what may come at the end: expected, with limits wide to narrow."""

    known: tuple[tuple[date, float], ...]
    end: date
    expected: float
    limits: tuple[tuple[float, float], ...]


def fan(
    told: Fan,
    written: Callable[[float], str],
    said: Sequence[str],
    label: str,
    widths: tuple[int, int] = TILE,
) -> Drawing:
    """The figure over time, with its fan.

    Parameters
    ----------
    told
        What was and what may come.
    written
        How a figure is written.
    said
        How each period is written, that of the end included.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _draw(told, written, said, width), label, widths)


def _draw(told: Fan, written: Callable[[float], str], said: Sequence[str], width: int) -> tuple[str, float]:
    height = width * (0.5 if width > 400 else 0.75)
    days = [day for day, _ in told.known]
    shown = [value for _, value in told.known] + [limit for pair in told.limits for limit in pair]
    edge = (max(shown) - min(shown)) * 0.06 or 1.0
    reach = (min(shown) - edge, max(shown) + edge)
    ends = (days[0].toordinal(), told.end.toordinal())

    def at(day: date, value: float) -> tuple[float, float]:
        return (
            place(day.toordinal(), ends, LEFT + 8, width - 16),
            place(value, reach, height - BOTTOM, TOP),
        )

    made = []
    for value in (reach[0] + edge, reach[1] - edge):
        _, y = at(days[0], value)
        made.append(words(LEFT - 8, y, written(value), anchor="end", paint="soft"))
        made.append(stroke((LEFT, y), (width, y), "line"))
    start = at(*told.known[-1])
    for token, (low, high) in zip(FILLS, told.limits, strict=True):
        corners = (start, at(told.end, high), at(told.end, low))
        points = " ".join(f"{x:.4g},{y:.4g}" for x, y in corners)
        made.append(f'<polygon points="{points}" fill="{colour(token)}"/>')
    line = " ".join(f"{x:.4g},{y:.4g}" for x, y in (at(*pair) for pair in told.known))
    made.append(f'<polyline points="{line}" fill="none" stroke="{colour("ink")}" stroke-width="2"/>')
    made += [dot(*at(*pair), "ink", 4.5) for pair in told.known]
    made.append(dot(*at(told.end, told.expected), "clay"))
    made.append(_periods([*days, told.end], said, at, height, width))
    return "".join(made), height


def _periods(
    days: Sequence[date],
    said: Sequence[str],
    at: Callable[[date, float], tuple[float, float]],
    height: float,
    width: int,
) -> str:
    made, reached = [], 0.0
    for number, (day, text) in enumerate(zip(days, said, strict=True)):
        x, _ = at(day, 0.0)
        last = number == len(days) - 1
        length = LINE * len(text) / 2.4
        start = width - length if last else x - length / 2
        if start > reached or last:
            made.append(
                words(
                    width if last else x, height - 8, text, anchor="end" if last else "middle", paint="soft"
                )
            )
            reached = start + length + 8
    return "".join(made)
