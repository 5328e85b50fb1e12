"""The network as a picture: the association in the middle, partners around it, lines for what was agreed."""

from __future__ import annotations

from math import atan2, cos, hypot, sin

import networkx as nx

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.drawn import FULL, Anchor, dot, drawing, lines_of, named, stroke, words
from ongedeeld.reporting.text import Speech
from ongedeeld.web.oversight.network import Link, Network

CENTRE = "association"
ROW = 19
MOST_LINES = 3
MOST_ON_RING = 24
"""Above this many the names of partners would meet; then only numbers stand there, as in the table."""


def graph_of(network: Network) -> nx.Graph[str]:
    """The association and its partners, with an edge for each pair that something was agreed between.

    The weight of an edge is the number of agreements. A partner with which nothing was agreed has no edge.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node(CENTRE)
    for link in network.links:
        graph.add_node(str(link.organisation.key))
        if link.agreements:
            graph.add_edge(CENTRE, str(link.organisation.key), weight=link.agreements)
    for (one, other), count in network.together.items():
        graph.add_edge(one, other, weight=count)
    return graph


def layout_of(network: Network) -> dict[str, tuple[float, float]]:
    """Where everybody stands: partners of one kind beside each other on a ring of radius 1."""
    ring = [str(link.organisation.key) for link in sorted(network.links, key=_order)]
    if not ring:
        return {CENTRE: (0.0, 0.0)}
    placed = nx.shell_layout(graph_of(network), nlist=[[CENTRE], ring])
    far = max(hypot(x, y) for x, y in placed.values())
    return {name: (float(x / far), float(y / far)) for name, (x, y) in placed.items()}


def in_lines(name: str, width: float, most: int) -> list[str]:
    """A name in so many lines at most, each of a width; of one that is longer it is seen that it goes on."""
    lines = lines_of(name, width)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def picture(network: Network, label: str, speech: Speech) -> Drawing:
    """The picture in two widths; it shows the same as the table beside it.

    Parameters
    ----------
    network
        What is drawn.
    label
        What the picture says, for who does not see it.
    speech
        The language.
    """

    def draw(width: int) -> tuple[str, float]:
        names = len(network.links) <= MOST_ON_RING and width == FULL[0]
        rim = width * (0.26 if names else 0.42)
        height = 2 * rim + 4 * ROW
        middle = (width / 2, height / 2)
        at = {name: (middle[0] + rim * x, middle[1] + rim * y) for name, (x, y) in layout_of(network).items()}
        made = [
            stroke(at[one], at[other], "soft" if CENTRE in (one, other) else "m1", _width(told["weight"]))
            for one, other, told in graph_of(network).edges(data=True)
        ]
        for number, link in enumerate(network.links, 1):
            name = str(link.organisation.key)
            made.append(_dot_of(number, link, at[name]))
            made += _name_of(link, at[name], middle) if names else []
        made.append(dot(*middle, "ink", 9))
        made.append(named(middle[0], middle[1] + 22, speech.say(N_("we")), anchor="middle", strong=True))
        return "".join(made), height

    return drawing(draw, label, FULL)


def _dot_of(number: int, link: Link, at: tuple[float, float]) -> str:
    """A dot with its number in the table."""
    inside = words(*at, str(number), anchor="middle", paint="paper")
    return dot(*at, "clay" if link.alone else "teal", 11) + inside


def _name_of(link: Link, at: tuple[float, float], middle: tuple[float, float]) -> list[str]:
    """The name of a partner, outside the ring."""
    angle = atan2(at[1] - middle[1], at[0] - middle[0])
    x, y = at[0] + 20 * cos(angle), at[1] + 22 * sin(angle)
    side: Anchor = "start" if cos(angle) > 0.4 else "end" if cos(angle) < -0.4 else "middle"
    lines = in_lines(link.organisation.name, 150, MOST_LINES)
    if side == "middle":  # above or below its dot, not through it
        y += (len(lines) - 1) * ROW / 2 * (1 if sin(angle) > 0 else -1)
    first = y - (len(lines) - 1) * ROW / 2
    return [named(x, first + row * ROW, line, anchor=side) for row, line in enumerate(lines)]


def _width(agreements: int) -> float:
    return min(1.0 + 1.2 * (agreements - 1), 6.0)


def _order(link: Link) -> tuple[str, str]:
    return link.organisation.kind, link.organisation.name
