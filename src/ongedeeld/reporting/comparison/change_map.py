"""Where it changes: maps of what a policy does to each neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.charts import FONT, Drawing
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.maps import HATCH, MARGIN, WIDTH, Shapes, shapes
from ongedeeld.simulation.comparing import NEIGHBOURHOOD, Compared
from ongedeeld.simulation.outcome_tables import TABLES, Unit

CLASSES = ("d0", "d1", "d2", "d3", "d4", "d5", "d6")
BETTER = (
    N_("much worse"),
    N_("worse"),
    N_("somewhat worse"),
    N_("no change beyond chance"),
    N_("somewhat better"),
    N_("better"),
    N_("much better"),
)
MORE = (
    N_("far fewer"),
    N_("fewer"),
    N_("somewhat fewer"),
    N_("no change beyond chance"),
    N_("somewhat more"),
    N_("more"),
    N_("many more"),
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a map shows: a table and measure, its title, and the words of its classes from low to high."""

    table: str
    measure: str
    title: str
    words: tuple[str, ...]


MAPPED = (
    Mapped("bearing", "balance", N_("Balance: what a neighbourhood can bear, less what it asks"), BETTER),
    Mapped("places", "support_share", N_("Households with support, of households"), MORE),
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
UNKNOWN = "unknown"


def class_of(row: Mapping[str, Any] | None, largest: float) -> str:
    """The class of a change, of seven around no change; one within chance is none.

    Those beside the middle are a third of the largest change wide.
    """
    if row is None or row["mean"] is None:
        return UNKNOWN
    if not row["beyond_chance"] or not largest:
        return CLASSES[3]
    steps = min(3, 1 + int(3 * abs(row["mean"]) / largest * 0.999))
    return CLASSES[3 + steps if row["mean"] > 0 else 3 - steps]


def change_charts(told: Told) -> tuple[Chart, ...]:
    """A map for every policy and measure that is known; without boundaries none."""
    if told.city is None:
        return ()
    areas = told.city.table("areas").filter(pl.col("level") == NEIGHBOURHOOD)
    drawn = shapes(areas.select("code", "geometry"))
    if not drawn.paths:
        return ()
    return tuple(chart for mapped in MAPPED for chart in _of_measure(mapped, drawn, told))


def _of_measure(mapped: Mapped, drawn: Shapes, told: Told) -> list[Chart]:
    changes = told.comparison.differences(mapped.table, NEIGHBOURHOOD, over_years=True)
    held = changes.filter(pl.col("measure") == mapped.measure, pl.col("mean").is_not_null())
    beyond = held.filter(pl.col("beyond_chance").fill_null(value=False))["mean"].abs().max()
    largest = float(str(beyond or 0.0))
    return [
        _map(one, mapped, held.filter(result=one.label), largest, drawn, told)
        for one in told.comparison.policies
        if len(held)
    ]


def _map(
    one: Compared, mapped: Mapped, changes: pl.DataFrame, largest: float, drawn: Shapes, told: Told
) -> Chart:
    speech = told.speech
    rows = {row["unit"]: row for row in changes.iter_rows(named=True)}
    title = speech.say(mapped.title)
    caption = speech.say(
        "{policy} against as now, mean of {years}; neighbourhoods with homes of the association",
        policy=told.label(one),
        years=told.years,
    )
    styles = {code: class_of(rows.get(code), largest) for code in drawn.paths}
    used = [style for style in CLASSES if style in {*styles.values(), CLASSES[3]}]
    legend = tuple((style, speech.say(mapped.words[CLASSES.index(style)])) for style in used)
    if UNKNOWN in styles.values():
        legend = (*legend, (UNKNOWN, speech.say("no homes of the association")))
    grid = _grid(rows, one, mapped, told)
    said = f"{title}. {caption}. " + "; ".join(f"{row[0]}: {row[3]}" for row in grid.rows)
    svg = _draw(drawn, styles, rows, said, TABLES[mapped.table].measures[mapped.measure].unit, told)
    return Chart(title, caption, Drawing(svg, svg), grid, legend=legend)


def _grid(rows: Mapping[str, Mapping[str, Any]], one: Compared, mapped: Mapped, told: Told) -> Grid:
    speech, unit = told.speech, TABLES[mapped.table].measures[mapped.measure].unit
    values = told.comparison.values(mapped.table, NEIGHBOURHOOD, over_years=True)
    now, policy = (
        dict(values.filter(result=label, measure=mapped.measure).select("unit", "mean").iter_rows())
        for label in (told.comparison.now.label, one.label)
    )
    header = (
        speech.say("neighbourhood"),
        speech.say("as now"),
        speech.say("under this policy"),
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
        for code, row in sorted(rows.items(), key=lambda held: told.name(held[0]))
    ]
    return Grid(header, tuple(lines), f"change-{mapped.measure}")


def _draw(
    drawn: Shapes,
    styles: Mapping[str, str],
    rows: Mapping[str, Mapping[str, Any]],
    label: str,
    unit: Unit,
    told: Told,
) -> str:
    """The map, with its colours also where it is saved by itself."""
    made = []
    for code, path in drawn.paths.items():
        style = styles[code]
        fill = "url(#hatch)" if style == UNKNOWN else f"var(--{style},{LIGHT[style]})"
        told_of = told.change(rows[code]["mean"], unit) if code in rows else "–"
        made.append(
            f'<path fill="{fill}" d="{path}"><title>{escape(f"{told.name(code)}: {told_of}")}</title></path>'
        )
    height = drawn.height - 2 * MARGIN + 12
    return (
        f'<svg class="map" role="img" aria-label="{escape(label)}" font-family="{FONT}" '
        f'viewBox="0 {MARGIN - 6} {WIDTH} {height:g}" xmlns="http://www.w3.org/2000/svg">{HATCH}'
        f'<g class="areas" stroke="var(--paper,#fbfaf7)" stroke-width="1.1">{"".join(made)}</g></svg>'
    )
