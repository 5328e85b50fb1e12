"""How many signals came, and which part was of each kind, quarter by quarter: a picture and its table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import FULL, LINE, block, drawing, stroke, words
from ongedeeld.reporting.text import Speech
from ongedeeld.web.signals.counting.counts import Line
from ongedeeld.web.signals.counting.quarters import name
from ongedeeld.web.signals.counting.tallying import KINDS
from ongedeeld.web.signals.models import Signal

HEIGHT, GAP, WIDEST = 54, 26, 44
NOT_TOLD = N_("not told")
ABOUT = N_("about {count}")


def written(line: Line, kind: str, speech: Speech) -> str:
    """A count as people read it: in full, rounded, or that it is not told."""
    count = line.counts[kind]
    if count is None:
        return speech.say(NOT_TOLD)
    return speech.number(count) if line.is_full else speech.say(ABOUT, count=speech.number(count))


def share_written(line: Line, kind: str, speech: Speech) -> str:
    """A share as people read it; none where nothing came or it is not told."""
    share = line.share(kind)
    return "–" if share is None else speech.figure(share, "share")


def picture(lines: Sequence[Line], changed: Collection[date], label: str, speech: Speech) -> Drawing:
    """Bars for all signals, and below it the share of every kind; a dashed line is where registering changed.

    Parameters
    ----------
    lines
        The quarters, the oldest first.
    changed
        The quarters in which the way of registering changed.
    label
        What the picture says, for who does not see it.
    speech
        The language.
    """

    def draw(width: int) -> tuple[str, float]:
        most = max((line.total or 0 for line in lines), default=0)
        made, top = [], 0.0
        rows: list[tuple[str, Callable[[Line], float | None], Callable[[Line], str]]] = [
            (
                speech.say(N_("all signals")),
                lambda one: _part(one.total, most),
                lambda one: _number(one, speech),
            )
        ]
        rows += [
            (speech.say(Signal.Kind(kind).label), _share_of(kind), _written_of(kind, speech))
            for kind in KINDS
        ]
        for title, part, said in rows:
            made.append(words(0, top + LINE / 2, title, strong=True))
            made.append(_bars(lines, changed, top + LINE * 2, width, part, said))
            top += LINE * 2 + HEIGHT + GAP
        made += [
            words(
                _middle(place, len(lines), width),
                top - GAP / 2 + 4,
                _short(line.quarter, width, first=not place),
                anchor="middle",
                paint="soft",
            )
            for place, line in enumerate(lines)
        ]
        return "".join(made), top + 8

    return drawing(draw, label, FULL)


def _share_of(kind: str) -> Callable[[Line], float | None]:
    return lambda line: line.share(kind)


def _written_of(kind: str, speech: Speech) -> Callable[[Line], str]:
    return lambda line: share_written(line, kind, speech)


def _part(count: int | None, most: int) -> float | None:
    return None if count is None else count / most if most else 0.0


def _number(line: Line, speech: Speech) -> str:
    return "–" if line.total is None else speech.number(line.total)


def _bars(
    lines: Sequence[Line],
    changed: Collection[date],
    top: float,
    width: int,
    part: Callable[[Line], float | None],
    said: Callable[[Line], str],
) -> str:
    """The bars of one row on their zero line, each with its figure above it."""
    bottom = top + HEIGHT
    across = min(WIDEST, width / max(len(lines), 1) * 0.62)
    made = [stroke((0, bottom), (width, bottom), "line")]
    for place, line in enumerate(lines):
        middle = _middle(place, len(lines), width)
        if line.quarter in changed:
            edge = middle - width / len(lines) / 2
            made.append(stroke((edge, top - 6), (edge, bottom), "clay", 1.5, ' stroke-dasharray="4 3"'))
        share = part(line)
        high = 0.0 if share is None else share * HEIGHT
        made.append(block(middle - across / 2, bottom - high, across, high, "m1" if line.runs else "teal"))
        made.append(words(middle, bottom - high - 11, said(line), anchor="middle"))
    return "".join(made)


def _middle(place: int, count: int, width: int) -> float:
    return (place + 0.5) * width / max(count, 1)


def _short(quarter: date, width: int, *, first: bool) -> str:
    """2026 Q3; on a phone 3, with the year in place of the first quarter of each, and at the first of all."""
    year, part = name(quarter).split("-")
    if width == FULL[0]:
        return f"{year} {part}"
    if quarter.month == 1:
        return f"’{year[2:]}"
    return f"{part} ’{year[2:]}" if first else part.removeprefix("Q")
