"""Funnel plots: places by size, with the limits that chance and usual differences set for that size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import (
    LINE,
    TILE,
    Anchor,
    colour,
    dot,
    drawing,
    place,
    stroke,
    words,
)
from ongedeeld.reporting.labels import Labels

LEFT, BOTTOM, TOP = 54, 42, 34
MOST_LABELS = 4


@dataclass(frozen=True)
class Point:
    """A place by its size and figure; a marked one, or one outside the limits, is named."""

    label: str
    size: float
    value: float
    marked: bool = False
    outside: bool = False


@dataclass(frozen=True)
class Limits:
    """The limits for rising sizes, of chance with usual differences: low and high, at 95 and at 99.8 %."""

    sizes: tuple[float, ...]
    inner: tuple[tuple[float, ...], tuple[float, ...]]
    outer: tuple[tuple[float, ...], tuple[float, ...]]
    target: float


@dataclass(frozen=True)
class Written:
    """How figures and sizes are written, and what the axes are called."""

    value: Callable[[float], str]
    size: Callable[[float], str]
    of_values: str
    of_sizes: str


def funnel(
    points: Sequence[Point], limits: Limits, written: Written, label: str, widths: tuple[int, int] = TILE
) -> Drawing:
    """Places as dots within the funnel, small places left.

    Parameters
    ----------
    points
        The places.
    limits
        The funnel.
    written
        How numbers are written.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _Plot(points, limits, written, width).drawn(), label, widths)


@dataclass(frozen=True)
class _Plot:
    points: Sequence[Point]
    limits: Limits
    written: Written
    width: int

    @property
    def height(self) -> float:
        return self.width * (0.62 if self.width > 400 else 0.9) + TOP

    @property
    def reach(self) -> tuple[float, float]:
        """From the lowest to the highest figure: of places, and of the inner limits."""
        shown = [point.value for point in self.points] + [
            limit for side in self.limits.inner for limit in side
        ]
        low, high = min(shown), max(shown)
        edge = (high - low) * 0.08 or 1.0
        return (0.0 if low >= 0 and low < 0.5 * high else low - edge), high + edge

    def at(self, size: float, value: float) -> tuple[float, float]:
        ends = (log10(self.limits.sizes[0]), log10(self.limits.sizes[-1]) or 1.0)
        return (
            place(log10(size), ends, LEFT + 12, self.width - 12),
            place(value, self.reach, self.height - BOTTOM, TOP),
        )

    def drawn(self) -> tuple[str, float]:
        made = [words(0, LINE / 2 - 2, self.written.of_values, paint="soft"), self._axes(), self._funnel()]
        ordered = sorted(self.points, key=lambda point: (point.marked, point.outside))
        made += [
            dot(
                *self.at(point.size, point.value),
                "clay" if point.marked or point.outside else "teal",
                7 if point.marked else 5,
            )
            for point in ordered
        ]
        made.append(self._names([point for point in reversed(ordered) if point.marked or point.outside]))
        return "".join(made), self.height

    def _axes(self) -> str:
        bottom = self.height - BOTTOM
        made = []
        for value in ticks(*self.reach):
            _, y = self.at(self.limits.sizes[0], value)
            made.append(stroke((LEFT, y), (self.width, y), "line"))
            made.append(words(LEFT - 8, y, self.written.value(value), anchor="end", paint="soft"))
        _, y = self.at(self.limits.sizes[0], self.limits.target)
        made.append(stroke((LEFT, y), (self.width, y), "ink", 1.5))
        ends: tuple[tuple[float, float, Anchor], ...] = (
            (LEFT, self.limits.sizes[0], "start"),
            (self.width, self.limits.sizes[-1], "end"),
        )
        for x, size, anchor in ends:
            made.append(words(x, bottom + 13, self.written.size(size), anchor=anchor, paint="soft"))
        made.append(words(self.width, bottom + 32, f"{self.written.of_sizes} →", anchor="end", paint="soft"))
        return "".join(made)

    def _funnel(self) -> str:
        inner = [self._line(side, "") for side in self.limits.inner]
        return "".join(inner + [self._line(side, ' stroke-dasharray="5 5"') for side in self.limits.outer])

    def _line(self, values: Sequence[float], dashes: str) -> str:
        low, high = self.reach
        path = " ".join(
            f"{x:.4g},{y:.4g}"
            for size, value in zip(self.limits.sizes, values, strict=True)
            if low <= value <= high
            for x, y in (self.at(size, value),)
        )
        return f'<polyline points="{path}" fill="none" stroke="{colour("soft")}" stroke-width="1.5"{dashes}/>'

    def _names(self, points: Sequence[Point]) -> str:
        labels = Labels((LEFT, LINE, self.width, self.height - BOTTOM))
        labels.keep_free([self.at(point.size, point.value) for point in self.points])
        return "".join(
            labels.beside(*self.at(point.size, point.value), point.label, strong=point.marked)
            for point in points[:MOST_LABELS]
        )


def ticks(low: float, high: float) -> list[float]:
    """A few round values between two.

    Examples
    --------
    >>> ticks(0.0, 0.071)
    [0.0, 0.02, 0.04, 0.06]
    """
    rough = (high - low) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]
