"""What came of asking for pages, as tables in Markdown: a line for every room, then one for every page."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable

from bench.workbench import told
from bench.workbench_pages import FILES, Measured

SUMS = (
    "room",
    "pages",
    "within five times the bare page",
    "slowest page",
    "median ms",
    "beside the bare page",
)


def tell_rooms(found: list[Measured], crowds: tuple[int, ...]) -> None:
    """Print them."""
    rooms: dict[str, dict[str, dict[int, Measured]]] = defaultdict(lambda: defaultdict(dict))
    for one in found:
        rooms[one.room][one.what][one.people] = one
    files = rooms.pop(FILES, {})
    lines = [*_head(SUMS), *(_line(_summed(room, pages)) for room, pages in sorted(rooms.items()))]
    for room, pages in sorted(rooms.items()):
        lines += ["", f"**{room}**", "", *_pages(pages, crowds)]
    lines += ["", f"**{FILES}**", "", *_pages(files, (1,))]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _summed(room: str, pages: dict[str, dict[int, Measured]]) -> list[str]:
    """How one person fares in a room."""
    found = {what: told(of[1].took, of[1].bare) for what, of in pages.items()}
    slowest = max(found, key=lambda what: float(found[what][2]))
    within = sum(float(beside) <= 5 for _, _, beside, _ in found.values())
    return [room, str(len(found)), str(within), slowest, found[slowest][0], found[slowest][2]]


def _pages(pages: dict[str, dict[int, Measured]], crowds: tuple[int, ...]) -> list[str]:
    titles = ["page"]
    for people in crowds:
        titles += [f"{people} at a time: ms (95th percentile)", "beside the bare page"]
    return [
        *_head([*titles, "kB over the wire"]),
        *(_line(_cells(what, [of[people] for people in crowds])) for what, of in pages.items()),
    ]


def _cells(what: str, asked: list[Measured]) -> list[str]:
    cells = [what]
    for one in asked:
        median, late, beside, size = told(one.took, one.bare)
        cells += [f"{median} ({late})", beside if one.bare else ""]
    return [*cells, size]


def _head(titles: Iterable[str]) -> list[str]:
    names = list(titles)
    return [_line(names), _line("---" for _ in names)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
