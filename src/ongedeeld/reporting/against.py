"""Load against capacity: places as dots with the intervals of both, and the line where the two are even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import LINE, TILE, dot, drawing, place, stroke, words
from ongedeeld.reporting.labels import Labels

LEFT, BOTTOM, TOP = 30, 44, 26
MARKS = (1, 2, 3, 4, 5)
MOST_LABELS = 6
MOST_CROSSES = 60
"""With more places the intervals of all would hide the dots; they are in the table."""
FEW_MARKED = 3
"""Lines of more marked places than this are drawn thin."""


@dataclass(frozen=True)
class Spot:
    """A place: its load and capacity with their intervals; a marked one stands out and is named first."""

    label: str
    load: float
    load_low: float
    load_high: float
    capacity: float
    capacity_low: float
    capacity_high: float
    marked: bool = False

    @property
    def balance(self) -> float:
        """Capacity minus load."""
        return self.capacity - self.load


@dataclass(frozen=True)
class Axes:
    """What the two axes and the two halves of the picture are called."""

    load: str
    capacity: str
    more_capacity: str
    more_load: str


def against(spots: Sequence[Spot], axes: Axes, label: str, widths: tuple[int, int] = TILE) -> Drawing:
    """All places by load (across) and capacity (up), from 1 to 5.

    Parameters
    ----------
    spots
        The places; the marked ones, and those with most load beside their capacity, are named where there is
        room.
    axes
        Words.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _draw(spots, axes, width), label, widths)


def _draw(spots: Sequence[Spot], axes: Axes, width: int) -> tuple[str, float]:
    height = width * (0.8 if width > 400 else 1.0) + TOP + BOTTOM
    frame = _Frame(width, height)
    made = [words(0, LINE / 2 - 2, f"↑ {axes.capacity}", paint="soft"), frame.marks()]
    made.append(words(width, height - LINE / 2 + 2, f"{axes.load} →", anchor="end", paint="soft"))
    ordered = sorted(spots, key=lambda spot: (spot.marked, -spot.balance))
    crosses = ordered if len(ordered) <= MOST_CROSSES else [spot for spot in ordered if spot.marked]
    few = sum(spot.marked for spot in spots) <= FEW_MARKED
    made += [frame.cross(spot, strong=few and spot.marked) for spot in crosses]
    made += [
        dot(*frame.at(spot.load, spot.capacity), "clay" if spot.marked else "teal", 7 if spot.marked else 5)
        for spot in ordered
    ]
    made.append(frame.names(list(reversed(ordered)), axes))
    return "".join(made), height


@dataclass(frozen=True)
class _Frame:
    width: int
    height: float

    def at(self, load: float, capacity: float) -> tuple[float, float]:
        domain = (MARKS[0], MARKS[-1])
        return (
            place(load, domain, LEFT, self.width - 10),
            place(capacity, domain, self.height - BOTTOM, TOP + 6),
        )

    def marks(self) -> str:
        made = []
        for mark in MARKS:
            (x, bottom), (_, y) = self.at(mark, 1), self.at(1, mark)
            made.append(stroke((x, bottom), (x, self.at(mark, 5)[1]), "line"))
            made.append(stroke((LEFT, y), (self.width - 10, y), "line"))
            made.append(words(x, bottom + 14, str(mark), anchor="middle", paint="soft"))
            made.append(words(LEFT - 10, y, str(mark), anchor="end", paint="soft"))
        made.append(stroke(self.at(1, 1), self.at(5, 5), "soft", 1.5, ' stroke-dasharray="5 5"'))
        return "".join(made)

    def cross(self, spot: Spot, *, strong: bool) -> str:
        """The intervals of load and capacity of a place."""
        token, size = "clay" if spot.marked else "soft", 2.0 if strong else 1.0
        faint = "" if strong else ' stroke-opacity="0.5"'
        return stroke(
            self.at(spot.load_low, spot.capacity), self.at(spot.load_high, spot.capacity), token, size, faint
        ) + stroke(
            self.at(spot.load, spot.capacity_low), self.at(spot.load, spot.capacity_high), token, size, faint
        )

    def names(self, spots: Sequence[Spot], axes: Axes) -> str:
        """What the halves of the picture mean, and the names of the first places, where there is room."""
        labels = Labels((LEFT, TOP, self.width, self.height - BOTTOM))
        labels.keep_free([self.at(spot.load, spot.capacity) for spot in spots])
        (left, top), (right, bottom) = self.at(1, 5), self.at(5, 1)
        made = [
            labels.aside(left + 6, top + 14, axes.more_capacity, "start"),
            labels.aside(right - 6, bottom - 14, axes.more_load, "end"),
        ]
        made += [
            labels.beside(*self.at(spot.load, spot.capacity), spot.label, strong=spot.marked)
            for spot in spots[:MOST_LABELS]
        ]
        return "".join(made)
