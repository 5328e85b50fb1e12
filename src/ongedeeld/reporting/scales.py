"""The classes that a map, a table and a legend share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from ongedeeld.errors import N_

STEPS = (-1.5, -0.75, -0.25, 0.25, 0.75, 1.5)
"""Where the seven classes around the mean part, in standard deviations of the neighbourhoods."""

HUNDREDTH = 0.01
FINE = 4
"""Seven classes need a standard deviation of at least this many hundredths: then each is two wide."""

AROUND = (
    N_("far below average"),
    N_("below average"),
    N_("somewhat below average"),
    N_("around average"),
    N_("somewhat above average"),
    N_("above average"),
    N_("far above average"),
)


@dataclass(frozen=True)
class Scale:
    """Classes from low to high: seven around the mean, or at most five of about as many neighbourhoods.

    `breaks` are in the unit of the figures; a value on a break belongs to the higher class. `places` are the
    classes between the breaks, counted from 0 among all there can be. Where `step` is not 0, a value is
    rounded to it first, as it is written.
    """

    kind: Literal["around", "rising"]
    breaks: tuple[float, ...]
    places: tuple[int, ...]
    step: float = 0.0

    def place(self, value: float) -> int:
        """The class of a value, counted from 0."""
        written = round(value / self.step) * self.step if self.step else value
        return self.places[bisect_right(self.breaks, written)]

    def style(self, value: float | None) -> str:
        """The name of the class in the style sheet."""
        if value is None:
            return "unknown"
        return f"{'d' if self.kind == 'around' else 's'}{self.place(value)}"

    @property
    def styles(self) -> tuple[str, ...]:
        """The style names of all classes, from low to high."""
        letter = "d" if self.kind == "around" else "s"
        return tuple(f"{letter}{place}" for place in self.places)


def around_mean(values: Sequence[float]) -> Scale:
    """Seven classes around the mean of these values.

    Fewer where the classes would be hardly wider than the hundredths in which scores are published: three,
    and only 'around' where the values hardly differ.
    """
    middle, spread = fmean(values), pstdev(values)
    if spread < HUNDREDTH:
        return Scale("around", (), (3,))
    if spread < FINE * HUNDREDTH:
        return Scale("around", (middle + STEPS[1] * spread, middle + STEPS[4] * spread), (1, 3, 5))
    return Scale("around", tuple(middle + part * spread for part in STEPS), tuple(range(len(AROUND))))


def rising(values: Sequence[float], classes: int = 5, step: float = 0.0) -> Scale:
    """Classes with about as many of the values each; fewer where values repeat or differ less than `step`."""
    ordered = sorted(round(value / step) * step for value in values) if step else sorted(values)
    cuts = sorted({ordered[len(ordered) * part // classes] for part in range(1, classes)} - {ordered[0]})
    return Scale("rising", tuple(cuts), tuple(range(len(cuts) + 1)), step)
