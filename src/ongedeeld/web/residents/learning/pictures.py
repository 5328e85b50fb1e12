"""The influence map and the opportunity map over many lives, drawn by hand; a table says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import CHARACTER, FULL, LINE, block, colour, drawing, lines_of, named, words
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS, LifeDomain
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.residents.giving.copy import DOMAINS

Point = tuple[float, float]

PAINT = {"helped": "teal", "hindered": "clay", "trapped": "clay"}
DASHES = {
    "helped": "",
    "hindered": ' stroke-dasharray="9 5"',
    "trapped": ' stroke-dasharray=".1 9" stroke-linecap="round"',
}
SIGNS = {"helped": "+", "hindered": "–", "trapped": "↻"}
"""Colour never speaks alone: the line and a sign say it as well."""
BENDS = {"helped": 0.16, "hindered": 0.16, "trapped": 0.34}
"""How far an arrow bends, as a part of its length."""
THINNEST, THICKEST = 2.0, 6.0
ROW, HEAD, MARGIN, NAME = 46, 11.0, 46, 120


def influences_picture(between: Sequence[tuple[str, str, str, int]], label: str, speech: Speech) -> Drawing:
    """The systems in a circle, with an arrow for every influence that may be told.

    Parameters
    ----------
    between
        From, to, what it did, and of how many lives that is true.
    label
        What the picture is of, for who does not see it.
    speech
        The language.
    """
    most = max((count for *_, count in between), default=1)

    def draw(width: int) -> tuple[str, float]:
        across, down = min(width / 2 - 56, 220), 170
        middle = (width / 2, down + MARGIN)
        named_at = {
            one: _Named(*place, _domain(one, speech)) for one, place in _ellipse(middle, across, down)
        }
        body = [
            _arrow(named_at[origin], named_at[to], how, count / most, speech.number(count))
            for origin, to, how, count in between
            if origin != to
        ]
        for one, name in named_at.items():
            within = [
                f"{SIGNS[how]} {speech.number(count)}"
                for origin, to, how, count in between
                if origin == to == one
            ]
            body.append(name.drawn("  ".join(within), above=name.y < middle[1]))
        return "".join(body), (down + MARGIN) * 2

    return drawing(draw, label, FULL)


def chances_picture(joined: Sequence[tuple[str, str, int]], label: str, speech: Speech) -> Drawing:
    """What was difficult at the left, who could do something at the right, and lines between them."""
    most = max((count for *_, count in joined), default=1)
    domains = list(dict.fromkeys(domain for domain, _, _ in joined))
    sorts = list(dict.fromkeys(sort for _, sort, _ in joined))

    def draw(width: int) -> tuple[str, float]:
        side = width * 0.36
        height = max(len(domains), len(sorts), 1) * ROW
        body = []
        for number, (domain, sort, count) in enumerate(joined):
            begin = (side, _middle(domains.index(domain), len(domains), height))
            end = (width - side, _middle(sorts.index(sort), len(sorts), height))
            body.append(_line(begin, end, count / most, speech.number(count), 0.35 + 0.3 * (number % 2)))
        for place, domain in enumerate(domains):
            body.append(_box(0, _middle(place, len(domains), height), side, _domain(domain, speech)))
        for place, sort in enumerate(sorts):
            name = speech.say(str(Organisation.Kind(sort).label))
            body.append(_box(width - side, _middle(place, len(sorts), height), side, name))
        return "".join(body), height

    return drawing(draw, label, FULL)


@dataclass(frozen=True)
class _Named:
    """The name of a system and the middle of it."""

    x: float
    y: float
    name: str

    @property
    def lines(self) -> list[str]:
        return lines_of(self.name, NAME)

    def drawn(self, within: str, *, above: bool) -> str:
        """The name, and at the outer side of it what happened within the system."""
        half = (len(self.lines) - 1) / 2
        told = [
            named(self.x, self.y + (at - half) * LINE, line, anchor="middle", strong=True)
            for at, line in enumerate(self.lines)
        ]
        beside = self.y + (half + 1) * LINE * (-1 if above else 1)
        return "".join([*told, named(self.x, beside, within, anchor="middle") if within else ""])

    def edge(self, toward: _Named) -> Point:
        """Where the way to another leaves room for this name."""
        across, down = toward.x - self.x, toward.y - self.y
        wide = max(len(line) for line in self.lines) * CHARACTER / 2 + 4
        high = len(self.lines) * LINE / 2 + 4
        part = min(wide / (abs(across) or 0.01), high / (abs(down) or 0.01), 0.4)
        return (self.x + across * part, self.y + down * part)


def _ellipse(middle: Point, across: float, down: float) -> Iterator[tuple[str, Point]]:
    """A place for every system, the first at the top."""
    turn = 2 * pi / len(DOMAINS)
    for at, one in enumerate(DOMAINS):
        yield one, (middle[0] + across * sin(at * turn), middle[1] - down * cos(at * turn))


def _arrow(origin: _Named, to: _Named, how: str, part: float, count: str) -> str:
    """A bent arrow that leaves room for the names; the way there and the way back lie apart."""
    start, end = origin.edge(to), to.edge(origin)
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    bend = BENDS[how] * length
    knee = ((start[0] + end[0]) / 2 - down / length * bend, (start[1] + end[1]) / 2 + across / length * bend)
    size = hypot(end[0] - knee[0], end[1] - knee[1]) or 1.0
    ahead = ((end[0] - knee[0]) / size, (end[1] - knee[1]) / size)
    neck = (end[0] - ahead[0] * HEAD, end[1] - ahead[1] * HEAD)
    wing = (-ahead[1] * HEAD * 0.7, ahead[0] * HEAD * 0.7)
    corners = [end, (neck[0] + wing[0], neck[1] + wing[1]), (neck[0] - wing[0], neck[1] - wing[1])]
    half = ((start[0] + 2 * knee[0] + neck[0]) / 4, (start[1] + 2 * knee[1] + neck[1]) / 4)
    paint, width = colour(PAINT[how]), THINNEST + part * (THICKEST - THINNEST)
    return (
        f'<path d="M{_at(start)} Q{_at(knee)} {_at(neck)}" fill="none" stroke="{paint}"'
        f' stroke-width="{width:.3g}"{DASHES[how]}/>'
        f'<polygon points="{" ".join(_at(one) for one in corners)}" fill="{paint}"/>'
        + named(*half, f"{SIGNS[how]} {count}", anchor="middle")
    )


def _line(begin: Point, end: Point, part: float, count: str, where: float) -> str:
    width = THINNEST + part * (THICKEST - THINNEST)
    half = (begin[0] + end[0]) / 2
    bent = f"M{_at(begin)} C{_at((half, begin[1]))} {_at((half, end[1]))} {_at(end)}"
    # Where a curve with level ends is, at this part of its way.
    level = where * where * (3 - 2 * where)
    place = (begin[0] + where * (end[0] - begin[0]), begin[1] + level * (end[1] - begin[1]))
    return (
        f'<path d="{bent}" fill="none" stroke="{colour("teal")}" stroke-width="{width:.3g}" opacity=".6"/>'
        + named(*place, count, anchor="middle")
    )


def _box(x: float, y: float, width: float, name: str) -> str:
    lines = lines_of(name, width - 10)[:2]
    body = [block(x, y - ROW / 2 + 4, width, ROW - 8, "line", ' opacity=".45"')]
    for at, line in enumerate(lines):
        body.append(words(x + width / 2, y + (at - (len(lines) - 1) / 2) * 18, line, anchor="middle"))
    return "".join(body)


def _middle(place: int, count: int, height: float) -> float:
    return (place + 0.5) * height / count


def _domain(domain: str, speech: Speech) -> str:
    return speech.say(LIFE_DOMAIN_LABELS[LifeDomain(domain)])


def _at(point: Point) -> str:
    return f"{point[0]:.4g},{point[1]:.4g}"
