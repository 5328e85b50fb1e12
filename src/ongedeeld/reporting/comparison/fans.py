"""Fans over the years: how high an outcome is as it is held against, and what each policy changes in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import LINE, TILE, colour, dot, drawing, lines_of, place, stroke, words

FILLS = ("var(--s0,#d9e7e3)", "var(--s1,#b9d8d3)", "var(--s2,#86bdb6)")
"""From the widest part of the fan to the narrowest."""
LEFT, GAP, HEIGHT, FOOT = 58.0, 26.0, 118.0, 30.0
WIDE, MOST_ACROSS = 400, 2
TICKS = 4
Written = Callable[[float], str]
Reach = tuple[float, float]


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
    """

    label: str
    years: tuple[str, ...]
    means: tuple[float, ...]
    limits: tuple[tuple[tuple[float, float], ...], ...]

    @property
    def shown(self) -> list[float]:
        """All that is drawn."""
        return [*self.means, *(value for level in self.limits for pair in level for value in pair)]


@dataclass(frozen=True)
class _Framed:
    """A panel with the scale on which it stands, and how a figure is written there."""

    panel: Panel
    reach: Reach
    written: Written
    changes: bool


def fans(
    level: Panel,
    changes: Sequence[Panel],
    written: tuple[Written, Written],
    label: str,
    *,
    zero: bool,
    least: float,
) -> Drawing:
    """How high it is, and beside it what changes: two by two at a desk, below each other on a phone.

    Parameters
    ----------
    level
        The outcome under what all is held against.
    changes
        What each policy changes, on one scale around zero.
    written
        How a figure is written on the axis, and how a change is.
    label
        What the picture says, for who does not see it.
    zero
        Whether the scale of the outcome begins at zero.
    least
        How far the scale of changes goes at least, so that what does not matter does not look like much.
    """
    framed = [_Framed(level, _reach(level.shown, zero=zero), written[0], changes=False)]
    if changes:
        moved = [value for one in changes for value in one.shown]
        reach = _reach([*moved, -least, least], zero=False)
        framed += [_Framed(one, reach, written[1], changes=True) for one in changes]
    return drawing(lambda width: _draw(framed, width), label, TILE)


def _reach(shown: Sequence[float], *, zero: bool) -> Reach:
    low, high = (min(*shown, 0.0) if zero else min(shown)), max(shown)
    edge = (high - low) * 0.05 or 1.0
    return (low if zero and low == 0 else low - edge, high + edge)


def _draw(framed: Sequence[_Framed], width: int) -> tuple[str, float]:
    across = min(len(framed), MOST_ACROSS) if width > WIDE else 1
    each = (width - GAP * (across - 1)) / across
    made, top = [], 0.0
    for first in range(0, len(framed), across):
        row = framed[first : first + across]
        titles = [lines_of(one.panel.label, each) for one in row]
        head = LINE * max(map(len, titles)) + 8
        for number, one in enumerate(row):
            left = number * (each + GAP)
            made += [
                words(left, top + LINE * at + LINE / 2, text, strong=True)
                for at, text in enumerate(titles[number])
            ]
            made.append(_panel(one, (left + LEFT, left + each), (top + head, top + head + HEIGHT)))
        top += head + HEIGHT + FOOT + 14
    return "".join(made), top - 14


def ticks(reach: Reach) -> tuple[float, ...]:
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


def _panel(framed: _Framed, columns: tuple[float, float], rows: tuple[float, float]) -> str:
    one, reach = framed.panel, framed.reach
    last = max(len(one.years) - 1, 1)

    def spot(year: int, value: float) -> tuple[float, float]:
        x = place(year, (0, last), columns[0] + 6, columns[1] - 6)
        return x, place(value, reach, rows[1], rows[0])

    def at(year: int, value: float) -> str:
        x, y = spot(year, value)
        return f"{x:.5g},{y:.5g}"

    made = []
    for value in ticks(reach):
        y = place(value, reach, rows[1], rows[0])
        made.append(words(columns[0] - 8, y, framed.written(value), anchor="end", paint="soft"))
        # What is held against is the line of no change.
        bold = framed.changes and value == 0
        made.append(
            stroke((columns[0], y), (columns[1], y), "soft" if bold else "line", 1.5 if bold else 1.0)
        )
    for fill, level in zip(FILLS[-len(one.limits) :] if one.limits else (), one.limits, strict=True):
        upper = [at(year, pair[1]) for year, pair in enumerate(level)]
        lower = [at(year, pair[0]) for year, pair in enumerate(level)]
        made.append(f'<polygon points="{" ".join([*upper, *lower[::-1]])}" fill="{fill}"/>')
    line = " ".join(at(year, value) for year, value in enumerate(one.means))
    made.append(f'<polyline points="{line}" fill="none" stroke="{colour("ink")}" stroke-width="2"/>')
    made += [dot(*spot(year, value), "ink", 3.5) for year, value in enumerate(one.means)]
    foot = rows[1] + FOOT - 8
    made.append(words(columns[0], foot, one.years[0], paint="soft"))
    if len(one.years) > 1:
        made.append(words(columns[1], foot, one.years[-1], anchor="end", paint="soft"))
    return "".join(made)
