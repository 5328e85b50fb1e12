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

    `breaks` are in the unit of the figures; a value on a break belongs to the higher class.
    """

    kind: Literal["around", "rising"]
    breaks: tuple[float, ...]

    def place(self, value: float) -> int:
        """The class of a value, counted from 0."""
        return bisect_right(self.breaks, value)

    def style(self, value: float | None) -> str:
        """The name of the class in the style sheet."""
        if value is None:
            return "unknown"
        return f"{'d' if self.kind == 'around' else 's'}{self.place(value)}"

    @property
    def styles(self) -> tuple[str, ...]:
        """The style names of all classes, from low to high."""
        letter = "d" if self.kind == "around" else "s"
        return tuple(f"{letter}{place}" for place in range(len(self.breaks) + 1))


def around_mean(values: Sequence[float]) -> Scale:
    """Seven classes around the mean of these values; all is 'around' where they do not differ."""
    middle, spread = fmean(values), pstdev(values)
    if spread <= 1e-12:
        spread = 1.0
    return Scale("around", tuple(middle + step * spread for step in STEPS))


def rising(values: Sequence[float], classes: int = 5) -> Scale:
    """Classes with about as many of the values each; fewer where values repeat."""
    ordered = sorted(values)
    cuts = {ordered[len(ordered) * part // classes] for part in range(1, classes)}
    return Scale("rising", tuple(sorted(cuts - {ordered[0]})))
