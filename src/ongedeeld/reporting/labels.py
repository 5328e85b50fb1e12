"""Names beside dots, where there is room: over no dot, no other name and no edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ongedeeld.reporting.drawn import CHARACTER, LINE, Anchor, named, words

Box = tuple[float, float, float, float]
DOT = 12.0
"""The room that a dot takes."""
_SIDES: tuple[tuple[Anchor, float, float], ...] = (
    ("start", 11, -13), ("end", -11, -13), ("start", 11, 13), ("end", -11, 13), ("start", 11, 0),
    ("end", -11, 0),
)  # fmt: skip


@dataclass
class Labels:
    """The names of a picture within `frame` (left, top, right, bottom), with what is taken already."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def keep_free(self, dots: Sequence[tuple[float, float]]) -> None:
        """Let no name lie over these dots."""
        self.taken += [(x - DOT / 2, y - DOT / 2, x + DOT / 2, y + DOT / 2) for x, y in dots]

    def beside(self, x: float, y: float, text: str, *, strong: bool = False) -> str:
        """The name of a dot on a free side of it; empty where there is none."""
        for anchor, across, down in _SIDES:
            if self._takes(x + across, y + down, anchor, text):
                return named(x + across, y + down, text, anchor=anchor, strong=strong)
        return ""

    def aside(self, x: float, y: float, text: str, anchor: Anchor) -> str:
        """A remark at one place; empty where something else is."""
        return words(x, y, text, anchor=anchor, paint="soft") if self._takes(x, y, anchor, text) else ""

    def _takes(self, x: float, y: float, anchor: Anchor, text: str) -> bool:
        length = CHARACTER * len(text)
        left = x if anchor == "start" else x - length
        box = (left, y - LINE / 2, left + length, y + LINE / 2)
        within = (
            box[0] >= self.frame[0]
            and box[1] >= self.frame[1]
            and box[2] <= self.frame[2]
            and box[3] <= self.frame[3]
        )
        if not within or any(_meet(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        return True


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
