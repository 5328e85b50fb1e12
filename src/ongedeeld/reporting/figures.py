"""What a page is made of: charts, facts and sections, ready to be laid out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from urllib.parse import quote

from ongedeeld.reporting import charts
from ongedeeld.reporting.catalogue import full_label, short_label
from ongedeeld.reporting.charts import Drawing
from ongedeeld.reporting.ground import Ground, Series
from ongedeeld.reporting.text import Speech, harmless


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
        writer.writerows([harmless(cell) for cell in row] for row in (self.header, *self.rows))
        return "data:text/csv;charset=utf-8," + quote("\ufeff" + text.getvalue())


@dataclass(frozen=True)
class Chart:
    """A chart with its title, what it shows, what it says and its table."""

    title: str
    caption: str
    drawing: Drawing
    grid: Grid
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    """Style and words of the parts, where they are told apart by colour."""


@dataclass(frozen=True)
class Fact:
    """One figure of the neighbourhood beside that of the city; `mini` draws its place among the others."""

    label: str
    value: str
    compare: str = ""
    mini: str = ""


@dataclass(frozen=True)
class Panel:
    """One side of a thing that has several: charts and sentences, or why there is nothing and how to fill it.

    `tables` stand open below, each under its title; `source` tells where the figures come from and on how
    many answers they rest.
    """

    title: str
    charts: tuple[Chart, ...] = ()
    sentences: tuple[str, ...] = ()
    grid: Grid | None = None
    tables: tuple[tuple[str, Grid], ...] = ()
    source: str = ""
    why_empty: str = ""
    how_to: str = ""


@dataclass(frozen=True)
class Research:
    """What a researcher asks for: tables with their titles, and how they were made."""

    tables: tuple[tuple[str, Grid], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Folded:
    """Charts that matter less, under a line that unfolds them."""

    title: str
    tiles: tuple[Chart, ...]


@dataclass(frozen=True)
class Section:
    """A heading with charts on the left and facts on the right; any may be absent.

    `lead` opens it, `tiles` and `panels` stand side by side below, `folded` and `research` are folded. A
    section with nothing to show becomes a line among what is not known: `why_empty`, and for who puts the
    data together `how_to` fill it.
    """

    key: str
    title: str
    charts: tuple[Chart, ...] = ()
    facts_title: str = ""
    facts_caption: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = field(default=())
    why_empty: str = ""
    how_to: str = ""
    lead: tuple[str, ...] = ()
    tiles: tuple[Chart, ...] = ()
    panels: tuple[Panel, ...] = ()
    folded: Folded | None = None
    research: Research | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.charts or self.facts or self.tiles or self.panels)


def facts(
    ground: Ground, code: str, names: Sequence[str], speech: Speech, *, ranks: bool, full: bool = False
) -> tuple[Fact, ...]:
    """The figures of a neighbourhood that are known, in this order.

    With `ranks`, each also shows its place between the lowest and the highest; `full` labels stand without a
    heading.
    """
    known = [ground.series[name] for name in names if name in ground.series]
    return tuple(
        _fact(
            ground,
            code,
            series,
            full_label if full or series.unit == "share" else short_label,
            speech,
            ranks=ranks,
        )
        for series in known
        if code in series.values
    )


def _fact(
    ground: Ground,
    code: str,
    series: Series,
    name_of: Callable[[str, Speech], str],
    speech: Speech,
    *,
    ranks: bool,
) -> Fact:
    of_city = series.whole if series.unit != "count" else None
    compare = "" if of_city is None else f"{ground.name} {speech.figure(of_city, series.unit)}"
    low, high = series.extent
    mini = ""
    if ranks and high > low:
        mini = charts.mini(_part(series.values[code], low, high), _part(of_city, low, high))
    label = _marked(name_of(series.name, speech), series, code, speech)
    return Fact(label, series.text(code, speech), compare, mini)


def _part(value: float | None, low: float, high: float) -> int | None:
    """Where a value lies between the lowest and the highest, in hundredths."""
    return None if value is None else min(100, max(0, round(100 * (value - low) / (high - low))))


@dataclass(frozen=True)
class Reference:
    """What the figures of a chart are compared with: the published figure of the city, or else the mean.

    `words` names it in a table, `mark` in the caption of the chart.
    """

    words: str
    mark: str
    is_mean: bool

    def of(self, series: Series) -> float:
        """The figure to compare with."""
        return series.mean if self.is_mean or series.whole is None else series.whole


def reference(ground: Ground, known: Sequence[Series], speech: Speech) -> Reference:
    """One comparison for all figures of a chart, so that its marks mean one thing."""
    if all(series.whole is not None for series in known):
        mark = speech.say("black line: {city}", city=ground.name)
        return Reference(ground.name, mark, is_mean=False)
    mark = speech.say("grey line: the mean of the neighbourhoods in {city}", city=ground.name)
    return Reference(speech.say("mean of the neighbourhoods"), mark, is_mean=True)


def _marked(label: str, series: Series, code: str, speech: Speech) -> str:
    """The label, with a word where the figure is an estimate."""
    return speech.say("{figure} (estimated)", figure=label) if code in series.estimated else label


def span(periods: Sequence[str]) -> str:
    """The periods that figures speak of: '2023' or '2023-2024'."""
    ordered = sorted(set(periods))
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}" if ordered else ""


def facts_caption(ground: Ground, code: str, names: Sequence[str], speech: Speech, *, ranks: bool) -> str:
    """How to read the facts, and of when they are."""
    periods = [
        speech.period(ground.series[name].period)
        for name in names
        if name in ground.series and code in ground.series[name].values
    ]
    if not ranks:
        return span(periods)
    return speech.say(
        "{periods}; dot: this neighbourhood, between the lowest and the highest; black line: {city}, where "
        "published",
        periods=span(periods),
        city=ground.name,
    )


def compared_bars(
    ground: Ground, code: str, names: Sequence[str], speech: Speech, title: str, caption: str
) -> Chart | None:
    """Shares of a neighbourhood as bars, with a line for what they are compared with, where known."""
    known = [ground.series[name] for name in names if name in ground.series]
    known = [series for series in known if code in series.values]
    if not known:
        return None
    beside = reference(ground, known, speech)
    rows = [
        {
            "label": _marked(short_label(series.name, speech), series, code, speech),
            "value": series.values[code],
            "text": series.text(code, speech),
            "compare": beside.of(series),
            "mean": beside.is_mean,
        }
        for series in known
    ]
    most = max(
        max(series.extent[1] if series.unit == "metres" else series.values[code], beside.of(series))
        for series in known
    )
    period = span([speech.period(series.period) for series in known])
    filled = f"{speech.say(caption, period=period)}; {beside.mark}"
    grid = Grid(
        (speech.say(title), speech.say("this neighbourhood"), beside.words),
        tuple(
            (str(row["label"]), str(row["text"]), speech.figure(beside.of(series), series.unit))
            for row, series in zip(rows, known, strict=True)
        ),
        known[0].name,
    )
    label = f"{speech.say(title)}. {filled} " + "; ".join(": ".join(row[:2]) for row in grid.rows)
    draw = charts.dots if known[0].unit == "metres" else charts.bars
    drawing = draw(rows, (0, most or 1), label, speech.language)
    whole_group = len(known) == len(names) and known[0].unit == "share"
    note = _rounding(known, code, speech) if whole_group else ""
    return Chart(speech.say(title), filled, drawing, grid, note)


def _rounding(known: Sequence[Series], code: str, speech: Speech) -> str:
    """Why shares of one whole do not add up to 100, where they do not as they are written."""
    total = round(sum(speech.rounded(series.values[code], "share") for series in known))
    if total == 100:
        return ""
    return speech.say(
        "Together {total}: the published figures are rounded.", total=speech.figure(total / 100, "share")
    )
