"""Fans over the years: the mean of all futures and between what limits they lie, a panel for each policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import LINE, TILE, colour, dot, drawing, lines_of, place, stroke, words

FILLS = ("var(--s0,#d9e7e3)", "var(--s1,#b9d8d3)", "var(--s2,#86bdb6)")
"""From the widest part of the fan to the narrowest."""
LEFT, GAP, HEIGHT, FOOT = 66.0, 18.0, 132.0, 30.0
WIDE, MOST_ACROSS = 400, 3
TICKS = 4


@dataclass(frozen=True)
class Panel:
    """The fan of one of the results.

    Parameters
    ----------
    label
        What it is of.
    years, means
        The years as they are written, and the mean of the futures in each.
    limits
        From wide to narrow, in each year between what limits futures lie; empty with too few futures.
    beside
        The means of what it is held against; empty where it is that itself.
    """

    label: str
    years: tuple[str, ...]
    means: tuple[float, ...]
    limits: tuple[tuple[tuple[float, float], ...], ...]
    beside: tuple[float, ...] = ()


def fans(panels: Sequence[Panel], written: Callable[[float], str], label: str, *, zero: bool) -> Drawing:
    """Panels on one scale: beside each other at a desk, below each other on a phone.

    Parameters
    ----------
    panels
        As now first.
    written
        How a figure is written on the axis.
    label
        What the picture says, for who does not see it.
    zero
        Whether the scale begins at zero.
    """
    return drawing(lambda width: _draw(panels, written, width, zero=zero), label, TILE)


def _draw(
    panels: Sequence[Panel], written: Callable[[float], str], width: int, *, zero: bool
) -> tuple[str, float]:
    shown = [value for one in panels for value in (*one.means, *one.beside)]
    shown += [value for one in panels for level in one.limits for pair in level for value in pair]
    low, high = (min(*shown, 0.0) if zero else min(shown)), max(shown)
    edge = (high - low) * 0.05 or 1.0
    reach = (low if zero and low == 0 else low - edge, high + edge)
    across = min(len(panels), MOST_ACROSS) if width > WIDE else 1
    each = (width - LEFT - GAP * (across - 1)) / across
    made, top = [], 0.0
    for first in range(0, len(panels), across):
        row = panels[first : first + across]
        titles = [lines_of(one.label, each) for one in row]
        head = LINE * max(map(len, titles)) + 8
        for number, one in enumerate(row):
            left = LEFT + number * (each + GAP)
            made += [
                words(left, top + LINE * at + LINE / 2, text, strong=True)
                for at, text in enumerate(titles[number])
            ]
            made.append(_panel(one, reach, (left, left + each), (top + head, top + head + HEIGHT)))
        made.append(_scale(reach, written, (top + head, top + head + HEIGHT)))
        top += head + HEIGHT + FOOT + 14
    return "".join(made), top - 14


def ticks(reach: tuple[float, float]) -> tuple[float, ...]:
    """Round values within a stretch, of which there are about as many as `TICKS`.

    >>> ticks((0.0, 0.095)), ticks((-1.65, -0.85))
    ((0.0, 0.05), (-1.6, -1.4, -1.2, -1.0))
    """
    low, high = reach
    rough = (high - low) / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def _scale(reach: tuple[float, float], written: Callable[[float], str], rows: tuple[float, float]) -> str:
    return "".join(
        words(LEFT - 8, place(value, reach, rows[1], rows[0]), written(value), anchor="end", paint="soft")
        for value in ticks(reach)
    )


def _panel(
    one: Panel, reach: tuple[float, float], columns: tuple[float, float], rows: tuple[float, float]
) -> str:
    last = max(len(one.years) - 1, 1)

    def spot(year: int, value: float) -> tuple[float, float]:
        x = place(year, (0, last), columns[0] + 6, columns[1] - 6)
        return x, place(value, reach, rows[1], rows[0])

    def at(year: int, value: float) -> str:
        x, y = spot(year, value)
        return f"{x:.5g},{y:.5g}"

    lines = [place(value, reach, rows[1], rows[0]) for value in ticks(reach)]
    made = [stroke((columns[0], y), (columns[1], y), "line") for y in lines]
    for fill, level in zip(FILLS[-len(one.limits) :] if one.limits else (), one.limits, strict=True):
        upper = [at(year, pair[1]) for year, pair in enumerate(level)]
        lower = [at(year, pair[0]) for year, pair in enumerate(level)]
        made.append(f'<polygon points="{" ".join([*upper, *lower[::-1]])}" fill="{fill}"/>')
    if one.beside:
        line = " ".join(at(year, value) for year, value in enumerate(one.beside))
        made.append(
            f'<polyline points="{line}" fill="none" stroke="{colour("clay")}" stroke-width="2.5" '
            'stroke-dasharray="2 5" stroke-linecap="round"/>'
        )
    line = " ".join(at(year, value) for year, value in enumerate(one.means))
    made.append(f'<polyline points="{line}" fill="none" stroke="{colour("ink")}" stroke-width="2"/>')
    made += [dot(*spot(year, value), "ink", 3.5) for year, value in enumerate(one.means)]
    foot = rows[1] + FOOT - 8
    made.append(words(columns[0], foot, one.years[0], paint="soft"))
    if len(one.years) > 1:
        made.append(words(columns[1], foot, one.years[-1], anchor="end", paint="soft"))
    return "".join(made)
