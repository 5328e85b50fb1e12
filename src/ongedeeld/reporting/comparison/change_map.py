"""Where it changes: maps of what a policy does to each neighbourhood, in classes with fixed numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import FONT, Drawing
from ongedeeld.reporting.comparison.map_labels import Label, labels
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.maps import MARGIN, WIDTH, Shapes, shapes
from ongedeeld.simulation.comparing.comparison import NEIGHBOURHOOD, Compared
from ongedeeld.simulation.outcomes.tables import TABLES, Unit

CLASSES = ("d0", "d1", "d2", "d3", "d4", "d5", "d6")
LETTERS = (15, 27)
"""How large letters are on a map at a desk and on a phone, where the map is drawn at half its size."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a map shows.

    Parameters
    ----------
    table, measure, title
        Where it is found, and what it is called.
    edges
        Where the classes beside the middle begin, either way. That less than the first does not matter is a
        choice of this project; no source gives such a number.
    """

    table: str
    measure: str
    title: str
    edges: tuple[float, float, float]

    @property
    def unit(self) -> Unit:
        """What a figure is in."""
        return TABLES[self.table].measures[self.measure].unit


MAPPED = (
    Mapped(
        "bearing",
        "balance",
        N_("Balance: what a neighbourhood can bear, less what it asks"),
        (0.1, 0.25, 0.5),
    ),
    Mapped("places", "support_share", N_("Households with support, of households"), (0.005, 0.02, 0.05)),
)
LIGHT = {
    "d0": "#8c4a1f",
    "d1": "#c98b52",
    "d2": "#ead3b4",
    "d3": "#e3e6df",
    "d4": "#b9d8d3",
    "d5": "#5fa79f",
    "d6": "#0f5c63",
}
UNKNOWN, OUTLINE = "unknown", "own"
DUST = 1e-9
"""A change that lies this little below an edge is on it."""


def class_of(row: Mapping[str, Any] | None, edges: Sequence[float]) -> str:
    """The class of a change, of seven around no change; one within chance is in the middle."""
    if row is None or row["mean"] is None:
        return UNKNOWN
    if not row["beyond_chance"]:
        return CLASSES[3]
    steps = sum(abs(row["mean"]) >= edge - DUST for edge in edges)
    return CLASSES[3 + steps if row["mean"] > 0 else 3 - steps]


def drawn_city(told: Told) -> Shapes | None:
    """The neighbourhoods of the City; None where it is not there, or has no boundaries."""
    if told.city is None:
        return None
    areas = told.city.table("areas").filter(pl.col("level") == NEIGHBOURHOOD)
    drawn = shapes(areas.select("code", "geometry"))
    return drawn if drawn.paths else None


def changes_of(one: Compared, mapped: Mapped, told: Told) -> dict[str, dict[str, Any]]:
    """What a policy changes in each neighbourhood, by its code, with the class of it."""
    changes = told.comparison.differences(mapped.table, NEIGHBOURHOOD, over_years=True)
    held = changes.filter(
        pl.col("result") == one.label, pl.col("measure") == mapped.measure, pl.col("mean").is_not_null()
    )
    return {row["unit"]: {**row, "class": class_of(row, mapped.edges)} for row in held.iter_rows(named=True)}


def change_charts(one: Compared, drawn: Shapes | None, told: Told) -> tuple[Chart, ...]:
    """The maps of a policy: of every measure that changes somewhere, or else the first that is known."""
    if drawn is None:
        return ()
    known = [(mapped, rows) for mapped in MAPPED if (rows := changes_of(one, mapped, told))]
    moved = [pair for pair in known if any(row["class"] != CLASSES[3] for row in pair[1].values())]
    return tuple(_map(one, mapped, rows, drawn, told) for mapped, rows in moved or known[:1])


def _map(
    one: Compared, mapped: Mapped, rows: Mapping[str, Mapping[str, Any]], drawn: Shapes, told: Told
) -> Chart:
    speech, title = told.speech, told.speech.say(mapped.title)
    caption = speech.say(
        "{policy} against {now}: the change, mean of {years}",
        policy=told.label(one),
        now=told.now,
        years=told.years,
    )
    styles = {code: rows[code]["class"] if code in rows else UNKNOWN for code in drawn.paths}
    grid = _grid(rows, one, mapped, told)
    said = f"{title}. {caption}. " + "; ".join(f"{row[0]}: {row[3]}" for row in grid.rows)
    made = _Map(drawn, styles, rows, told.areas_of(one) & drawn.paths.keys(), mapped, told)
    number = told.comparison.policies.index(one)
    drawing = Drawing(
        *(made.draw(said, letters, f"{mapped.measure}-{number}-{letters}") for letters in LETTERS)
    )
    return Chart(title, caption, drawing, grid, legend=tuple(_legend(made, told)))


def _legend(made: _Map, told: Told) -> Iterator[tuple[str, str]]:
    """The classes that are used, each with its numbers."""
    speech, used = told.speech, {*made.styles.values(), CLASSES[3]}
    for place, style in enumerate(CLASSES):
        if style in used:
            yield style, _words(place - 3, made.mapped, told)
    if UNKNOWN in used:
        yield UNKNOWN, speech.say("no homes of the association")
    if made.outlined:
        yield OUTLINE, speech.say("named in this policy")


def _words(step: int, mapped: Mapped, told: Told) -> str:
    """A class in numbers: from where to where the change goes."""
    speech, edges = told.speech, mapped.edges
    if step == 0:
        return speech.say(
            "less than {edge} either way, or within chance", edge=told.edge(edges[0], mapped.unit)
        )
    sign = 1 if step > 0 else -1
    near = told.edge(sign * edges[abs(step) - 1], mapped.unit, signed=True)
    if abs(step) == len(edges):
        text = N_("{edge} or more") if sign > 0 else N_("{edge} or less")
        return speech.say(text, edge=near)
    return speech.say(
        "{low} to {high}", low=near, high=told.edge(sign * edges[abs(step)], mapped.unit, signed=True)
    )


def _grid(rows: Mapping[str, Mapping[str, Any]], one: Compared, mapped: Mapped, told: Told) -> Grid:
    """Every neighbourhood, the largest change first."""
    speech, unit = told.speech, mapped.unit
    values = told.comparison.values(mapped.table, NEIGHBOURHOOD, over_years=True)
    now, policy = (
        dict(values.filter(result=label, measure=mapped.measure).select("unit", "mean").iter_rows())
        for label in (told.comparison.now.label, one.label)
    )
    header = (
        speech.say("neighbourhood"),
        told.now,
        told.label(one),
        speech.say("change"),
        speech.say("sure of the change (95%)"),
    )
    lines = [
        (
            told.name(code),
            told.figure(now.get(code), unit),
            told.figure(policy.get(code), unit),
            told.change(row["mean"], unit),
            told.between(row["sure_low"], row["sure_high"], unit, change=True),
        )
        for code, row in sorted(rows.items(), key=lambda held: (-abs(held[1]["mean"]), told.name(held[0])))
    ]
    return Grid(header, tuple(lines), f"change-{mapped.measure}")


@dataclass(frozen=True)
class _Map:
    """What a map is drawn from.

    Parameters
    ----------
    drawn, styles
        The neighbourhoods, and the class of each.
    rows
        What changes in them.
    outlined
        Those that the policy names.
    mapped, told
        What is shown, and how it is said.
    """

    drawn: Shapes
    styles: Mapping[str, str]
    rows: Mapping[str, Mapping[str, Any]]
    outlined: frozenset[str]
    mapped: Mapped
    told: Told

    def draw(self, said: str, letters: int, name: str) -> str:
        """The map with letters of a size; its name keeps its hatch apart from that of other maps."""
        areas = "".join(self._area(code, path, name) for code, path in self.drawn.paths.items())
        edges = "".join(
            f'<path d="{self.drawn.paths[code]}" fill="none" stroke="var(--ink,#1d2426)" stroke-width="2.6" '
            'stroke-linejoin="round"/>'
            for code in sorted(self.outlined)
        )
        height = self.drawn.height - 2 * MARGIN + 12
        return (
            f'<svg class="map" role="img" aria-label="{escape(said)}" font-family="{FONT}" '
            f'viewBox="0 {MARGIN - 6} {WIDTH} {height:g}" xmlns="http://www.w3.org/2000/svg">{_hatch(name)}'
            f'<g class="areas" stroke="var(--paper,#fbfaf7)" stroke-width="1.1">{areas}</g>{edges}'
            f"{labels(self._labels(), self.drawn.height, letters)}</svg>"
        )

    def _area(self, code: str, path: str, name: str) -> str:
        style = self.styles[code]
        fill = f"url(#hatch-{name})" if style == UNKNOWN else f"var(--{style},{LIGHT[style]})"
        title = escape(f"{self.told.name(code)}: {self._change(code)}")
        return f'<path fill="{fill}" d="{path}"><title>{title}</title></path>'

    def _change(self, code: str) -> str:
        return self.told.change(self.rows[code]["mean"], self.mapped.unit) if code in self.rows else "–"

    def _figure(self, code: str) -> str:
        """The change without the words of its unit, which the legend tells; nothing where it is not known."""
        if code not in self.rows:
            return ""
        mean, speech = self.rows[code]["mean"], self.told.speech
        if self.mapped.unit == "share":
            return speech.number(100 * mean, 1, signed=True)
        return speech.number(mean, 2, signed=True)

    def _labels(self) -> list[Label]:
        """The names of the neighbourhoods, those first that matter most."""

        def rank(code: str) -> tuple[bool, float]:
            row = self.rows.get(code)
            return code not in self.outlined, -abs(row["mean"]) if row else 0.0

        return [
            Label(self.drawn.points[code], self.told.name(code), self._figure(code))
            for code in sorted(self.drawn.points, key=rank)
        ]


def _hatch(name: str) -> str:
    """The hatch of what is not known, with its colours also where the map is saved by itself."""
    return (
        f'<defs><pattern id="hatch-{name}" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect fill="var(--paper,#fbfaf7)" width="7" height="7"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="var(--hatch,#a39d90)" stroke-width="1.6"/>'
        "</pattern></defs>"
    )
