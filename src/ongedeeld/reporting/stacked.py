"""Bars of parts of a whole, one under the other, so that mixes can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import CHARACTER, LINE, TILE, block, colour, drawing, lines_of, words

BAR = 26
GAP = 12
LABELS = (148.0, 250.0)
"""Between what widths the column of labels lies at a desk; on a phone they stand above the bars."""
ROOM = 8.4
"""How wide a figure of one character is within a bar."""
_FILLS = {2: (0, 2), 3: (0, 1, 3)}


@dataclass(frozen=True)
class Bar:
    """A whole in parts: what it is called, and of each part its share and how that is written.

    `instead` says why there are no parts to show, `size` how large the whole is where bars of equal length
    stand for wholes of different size.
    """

    label: str
    parts: tuple[tuple[float, str], ...]
    strong: bool = False
    instead: str = ""
    size: str = ""


def fills(parts: int) -> tuple[int, ...]:
    """Which fills a number of parts takes: far apart where they are few."""
    return _FILLS.get(parts, tuple(range(parts)))


def legend_of(labels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The fills of parts beside what they are called."""
    return tuple((f"m{fill}", label) for fill, label in zip(fills(len(labels)), labels, strict=True))


def stacked(bars: Sequence[Bar], label: str, widths: tuple[int, int] = TILE) -> Drawing:
    """Bars of equal length in parts; a part too small for its figure leaves it to the table.

    Parameters
    ----------
    bars
        From top to bottom; parts in the same order in each, at most five.
    label
        What the picture says, for who does not see it.
    widths
        Of the two drawings.
    """
    return drawing(lambda width: _draw(bars, width), label, widths)


def _draw(bars: Sequence[Bar], width: int) -> tuple[str, float]:
    left = _column(bars) if width >= TILE[0] else 0.0
    sizes = CHARACTER * max(len(bar.size) for bar in bars)
    right = width - (sizes + 10 if sizes and left else 0.0)
    made, top = [], 0.0
    for bar in bars:
        told = lines_of(bar.label, left or width - sizes)
        lines = LINE * len(told)
        height = max(BAR, lines) if left else BAR + lines
        first = top + (height - lines + LINE) / 2 if left else top + LINE / 2 - 3
        made += [words(0, first + LINE * at, line, strong=bar.strong) for at, line in enumerate(told)]
        made.append(_parts(bar, left, right - left, top + ((height - BAR) / 2 if left else lines)))
        beside = top + height / 2 if left else top + LINE / 2 - 3
        made.append(words(width, beside, bar.size, anchor="end", strong=True) if bar.size else "")
        top += height + GAP
    return "".join(made), top - GAP


def _column(bars: Sequence[Bar]) -> float:
    """How wide the labels are at a desk: so that no word is broken."""
    longest = max(len(word) for bar in bars for word in bar.label.split())
    return min(max(LABELS[0], CHARACTER * (longest + 1)), LABELS[1])


def _parts(bar: Bar, left: float, length: float, top: float) -> str:
    made, at = [], float(left)
    for number, (share, text) in zip(fills(len(bar.parts)), bar.parts, strict=True):
        size = share * length
        rim = f' stroke="{colour("paper")}" stroke-width="1.5"'
        made.append(block(at, top, size, BAR, f"m{number}", rim))
        if size > ROOM * len(text) + 6:
            made.append(words(at + size / 2, top + BAR / 2, text, anchor="middle", paint=f"n{number}"))
        at += size
    if bar.instead:
        made.append(words(left + 8, top + BAR / 2, bar.instead, paint="soft"))
    outline = f'fill="none" stroke="{colour("soft")}"'
    made.append(f'<rect x="{left:g}" y="{top:g}" width="{length:g}" height="{BAR}" {outline}/>')
    return "".join(made)
