"""How divided the surroundings of residents are, from small to large, beside what chance alone gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import CHARACTER, LINE, TILE, colour, dot, drawing, place, stroke, words

HEIGHT = 170
LEFT, RIGHT = 50, 20
SAMPLE = 30
"""How wide a piece of line with its gap is in the key."""
BETWEEN = 24
Axis = tuple[tuple[float, str], ...]
"""The numbers at an axis from the top down, each with how it is written."""


@dataclass(frozen=True)
class Panel:
    """A line over scales: what the scales are called, its values, those by chance, and its heading."""

    title: str
    scales: tuple[str, ...]
    values: tuple[float, ...]
    chance: tuple[float, ...]


@dataclass(frozen=True)
class Words:
    """What the two lines are called, and the numbers at the axis from the top down."""

    own: str
    chance: str
    numbers: Axis


def profiles(panels: Sequence[Panel], told: Words, label: str) -> Drawing:
    """Panels side by side at a desk and under each other on a phone, with one axis for all.

    Parameters
    ----------
    panels
        Each with as many values as scales.
    told
        The words in the picture; the first and last of its numbers are the ends of the axis.
    label
        What the picture says, for who does not see it.
    """
    return drawing(lambda width: _draw(panels, told, width), label)


def _draw(panels: Sequence[Panel], told: Words, width: int) -> tuple[str, float]:
    beside = width == TILE[0]
    size = (width - BETWEEN * (len(panels) - 1)) / len(panels) if beside else width
    tall = HEIGHT + 4 * LINE + 18
    made = [
        _panel(panel, told, (size + BETWEEN) * number if beside else 0, 0 if beside else tall * number, size)
        for number, panel in enumerate(panels)
    ]
    return "".join(made), tall if beside else tall * len(panels)


def _panel(panel: Panel, told: Words, left: float, top: float, size: float) -> str:
    domain = (told.numbers[-1][0], told.numbers[0][0])
    first, floor = left + LEFT, top + 2 * LINE + 14 + HEIGHT
    last = left + size - RIGHT

    def at(number: int, value: float) -> tuple[float, float]:
        x = first + 10 + (last - first - 20) * number / max(len(panel.scales) - 1, 1)
        return x, place(value, domain, floor, floor - HEIGHT)

    made = [words(left, top + LINE / 2, panel.title, strong=True)]
    for value, text in told.numbers:
        y = place(value, domain, floor, floor - HEIGHT)
        made += [stroke((first, y), (last, y), "line"), words(left, y, text, paint="soft")]
    # Every scale is named where there is room, else every second or third.
    room = (last - first) / len(panel.scales)
    every = 1 if room > 52 else 2 if room > 26 else 3
    for number, text in enumerate(panel.scales):
        if number % every == 0:
            x = at(number, 0)[0]
            made.append(words(x, floor + LINE, text, anchor="middle", paint="soft"))
    made.append(_line([at(*one) for one in enumerate(panel.chance)], "soft", ' stroke-dasharray="5 4"'))
    points = [at(*one) for one in enumerate(panel.values)]
    made.append(_line(points, "clay"))
    made += [dot(x, y, "clay", 4.5) for x, y in points]
    made.append(_key(left, top + 1.5 * LINE + 2, told))
    return "".join(made)


def _key(left: float, y: float, told: Words) -> str:
    """Which line is which, above the picture: within it words would lie on the lines."""
    second = left + SAMPLE + CHARACTER * (len(told.own) + 2)
    made = [
        stroke((left, y), (left + SAMPLE - 6, y), "clay", 2.5),
        dot(left + (SAMPLE - 6) / 2, y, "clay", 4.5),
        words(left + SAMPLE, y, told.own, paint="clay"),
        stroke((second, y), (second + SAMPLE - 6, y), "soft", 2.5, ' stroke-dasharray="5 4"'),
        words(second + SAMPLE, y, told.chance, paint="soft"),
    ]
    return "".join(made)


def _line(points: Sequence[tuple[float, float]], token: str, more: str = "") -> str:
    path = " ".join(f"{x:.4g},{y:.4g}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour(token)}" stroke-width="2.5"{more}/>'
