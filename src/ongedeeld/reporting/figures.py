"""What a page is made of: charts, facts and sections, ready to be laid out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from urllib.parse import quote

from ongedeeld.reporting import charts
from ongedeeld.reporting.catalogue import full_label, short_label
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.text import Speech


@dataclass(frozen=True)
class Grid:
    """A small table: the first cell of a row is its heading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str

    @property
    def csv(self) -> str:
        """The address that saves this table as csv."""
        text = StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerows([self.header, *self.rows])
        return "data:text/csv;charset=utf-8," + quote("\ufeff" + text.getvalue())


@dataclass(frozen=True)
class Chart:
    """A chart with its title, what it shows, what it says and its table."""

    title: str
    caption: str
    drawing: Drawing
    grid: Grid
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One figure of the neighbourhood beside that of the city, and its place among the neighbourhoods."""

    label: str
    value: str
    compare: str = ""
    mini: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with charts on the left and facts on the right; either may be absent."""

    key: str
    title: str
    lead: str = ""
    charts: tuple[Chart, ...] = ()
    facts_title: str = ""
    facts_caption: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show but perhaps a lead."""
        return not (self.charts or self.facts)


def facts(
    ground: Ground, code: str, names: Sequence[str], speech: Speech, *, full: bool = False
) -> tuple[Fact, ...]:
    """The figures of a neighbourhood that are known, in this order; `full` labels stand without a heading."""
    name_of = full_label if full else short_label
    known = [ground.series[name] for name in names if name in ground.series]
    return tuple(
        _fact(ground, code, series, name_of(series.name, speech), speech)
        for series in known
        if code in series.values
    )


def _fact(ground: Ground, code: str, series: Series, label: str, speech: Speech) -> Fact:
    value = series.values[code]
    compare = ""
    if series.whole is not None and series.unit != "count":
        compare = f"{ground.name} {speech.figure(series.whole, series.unit)}"
    low, high = series.extent
    mini = ""
    if high > low:
        own, middle = (round(100 * (place - low) / (high - low)) for place in (value, series.middle))
        mini = charts.mini(own, middle)
    return Fact(_marked(label, series, code, speech), speech.figure(value, series.unit), compare, mini)


def _marked(label: str, series: Series, code: str, speech: Speech) -> str:
    """The label, with a word where the figure is an estimate."""
    return speech.say("{figure} (estimated)", figure=label) if code in series.estimated else label


def span(periods: Sequence[str]) -> str:
    """The periods that figures speak of: '2023' or '2023-2024'."""
    ordered = sorted(set(periods))
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}" if ordered else ""


def facts_caption(ground: Ground, code: str, names: Sequence[str], speech: Speech) -> str:
    """How to read the facts, and of when they are."""
    periods = [
        speech.period(ground.series[name].period)
        for name in names
        if name in ground.series and code in ground.series[name].values
    ]
    return speech.say(
        "{periods}; dot: this neighbourhood, from the lowest to the highest; line: the middle one",
        periods=span(periods),
    )


def compared_bars(
    ground: Ground, code: str, names: Sequence[str], speech: Speech, title: str, caption: str
) -> Chart | None:
    """Shares of a neighbourhood as bars, with a line where the city is; none when none are known."""
    known = [ground.series[name] for name in names if name in ground.series]
    known = [series for series in known if code in series.values]
    if not known:
        return None
    rows = [
        {
            "label": _marked(short_label(series.name, speech), series, code, speech),
            "value": series.values[code],
            "text": speech.figure(series.values[code], series.unit),
            "compare": series.whole,
        }
        for series in known
    ]
    most = max(
        max(series.extent[1] if series.unit == "metres" else series.values[code], series.whole or 0)
        for series in known
    )
    filled = speech.say(caption, period=span([speech.period(s.period) for s in known]), city=ground.name)
    grid = Grid(
        (speech.say(title), speech.say("this neighbourhood"), ground.name),
        tuple(
            (
                str(row["label"]),
                str(row["text"]),
                speech.figure(series.whole, series.unit) if series.whole is not None else "–",
            )
            for row, series in zip(rows, known, strict=True)
        ),
        known[0].name,
    )
    label = f"{speech.say(title)}. {filled} " + "; ".join(": ".join(row[:2]) for row in grid.rows)
    draw = charts.dots if known[0].unit == "metres" else charts.bars
    drawing = draw(rows, (0, most or 1), label, speech.language)
    return Chart(speech.say(title), filled, drawing, grid)
