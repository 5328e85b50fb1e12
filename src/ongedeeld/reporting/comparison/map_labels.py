"""Names on a map, as many as fit without touching each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ongedeeld.reporting.maps import MARGIN, WIDTH
from ongedeeld.reporting.text import short

BROAD = 0.54
"""How broad a letter is on average, of its size."""
ROOM = 1.2
"""The height of a line, of the size of its letters."""
MOST = 14
"""More names than these make a map that nobody reads; the table has them all."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name, and a figure under it, around a point inside an area."""

    point: tuple[float, float]
    name: str
    figure: str = ""


def labels(wanted: Sequence[Label], height: float, letters: int) -> str:
    """The labels as SVG, the first first; one that would touch another, or has too long a name, is left out.

    Parameters
    ----------
    wanted
        In order of weight.
    height
        Of the map with its margins.
    letters
        The size of the letters.
    """
    placed: list[Box] = []
    made = []
    for one in wanted:
        name = short(one.name)
        if name is None or len(placed) == MOST:
            continue
        lines = [name, one.figure] if one.figure else [name]
        box = _box(one.point, lines, height, letters)
        if box is None or any(_touch(box, other) for other in placed):
            continue
        placed.append(box)
        made += [_line(box, at, text, letters) for at, text in enumerate(lines)]
    return "".join(made)


def _box(point: tuple[float, float], lines: Sequence[str], height: float, letters: int) -> Box | None:
    """Left, top, right and bottom of a label, moved inside the map; None where it is broader than that."""
    half, tall = max(map(len, lines)) * letters * BROAD / 2, len(lines) * letters * ROOM
    if 2 * half > WIDTH:
        return None
    x = min(max(point[0], half), WIDTH - half)
    y = min(max(point[1], MARGIN + tall / 2), height - MARGIN - tall / 2)
    return x - half, y - tall / 2, x + half, y + tall / 2


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _line(box: Box, at: int, text: str, letters: int) -> str:
    """A line of a label in ink with a rim of paper, so that it reads on every class."""
    y = box[1] + (at + 0.78) * letters * ROOM
    x = (box[0] + box[2]) / 2
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{letters}" font-weight="600" '
        f'fill="var(--ink,#1d2426)" stroke="var(--paper,#fbfaf7)" stroke-width="{letters / 3:g}" '
        f'stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )
