"""Key outcomes over the years: a fan for each policy, and the same as a table."""

from __future__ import annotations

from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.fans import Panel, fans
from ongedeeld.reporting.comparison.said import Told, last
from ongedeeld.reporting.figures import Chart, Grid, Section
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.simulation.key_outcomes import KeyOutcome
from ongedeeld.simulation.spread import LEVELS, limits

CAPTION = N_("line: the mean of all futures; bands: {percents} of the futures; dotted: as now")
WITHOUT_BANDS = N_("line: the mean of all futures, too few for bands; dotted: as now")
BESIDE = {"months": N_("in months"), "hours": N_("in hours")}
FROM_ZERO = ("share", "count", "cents", "hours", "months")


def over_years(told: Told) -> Section:
    """The key outcomes of all results."""
    speech = told.speech
    return Section(
        "over-years",
        speech.say("How it goes over the years"),
        tiles=tuple(chart for one in told.comparison.key_outcomes for chart in _chart(one, told)),
    )


def _chart(one: KeyOutcome, told: Told) -> tuple[Chart, ...]:
    speech, values = told.speech, told.comparison.key_values(one)
    if not (values["mean"] != 0).any():
        return ()
    by_result = {label: rows for (label,), rows in values.group_by("result", maintain_order=True)}
    now = by_result.get(told.comparison.now.label)
    order = [each.label for each in told.comparison.compared if each.label in by_result]
    panels = [_panel(label, by_result[label], now, told) for label in order]
    shown = [level for level in LEVELS[::-1] if values[limits(level)[0]].is_not_null().all()]
    percents = speech.listing([f"{round(100 * level)}%" for level in shown])
    caption = speech.say(CAPTION, percents=percents) if shown else speech.say(WITHOUT_BANDS)
    title = _title(one, speech)
    grid = _grid(one, values, order, told)
    label = f"{title}. {caption}. " + "; ".join(
        f"{told.label(name)}: {told.figure(by_result[name]['mean'][-1], one.unit)}" for name in order
    )
    drawn = fans(panels, lambda value: told.tick(value, one.unit), label, zero=one.unit in FROM_ZERO)
    return (Chart(title, caption, drawn, grid, _changes(one, told)),)


def _title(one: KeyOutcome, speech: Speech) -> str:
    """What an outcome is called, with its unit where the axis does not tell."""
    label = capital(speech.say(one.label))
    return f"{label} ({speech.say(BESIDE[one.unit])})" if one.unit in BESIDE else label


def _panel(label: str, rows: pl.DataFrame, now: pl.DataFrame | None, told: Told) -> Panel:
    bands = tuple(
        tuple(rows.select(limits(level)).iter_rows())
        for level in LEVELS[::-1]
        if rows[limits(level)[0]].is_not_null().all()
    )
    beside: tuple[float, ...] = ()
    if now is not None and label != told.comparison.now.label and now["year"].equals(rows["year"]):
        beside = tuple(now["mean"])
    years = tuple(told.year(year) for year in rows["year"])
    return Panel(told.label(label), years, tuple(rows["mean"]), bands, beside)


def _changes(one: KeyOutcome, told: Told) -> str:
    """What each policy changes in the last year, and whether that is more than chance."""
    speech, rows = told.speech, told.comparison.key_differences(one)
    found = [_change(row, one, told) for row in last(rows).to_dicts()]
    return speech.say("In the last year: {changes}.", changes="; ".join(found)) if found else ""


def _change(row: dict[str, Any], one: KeyOutcome, told: Told) -> str:
    text = N_("{policy} {change}, within chance")
    if row["beyond_chance"]:
        text = N_("{policy} {change}, beyond chance")
    if row["sure_low"] is None:
        text = N_("{policy} {change}, too few futures to tell it from chance")
    return told.speech.say(text, policy=told.label(row["result"]), change=told.change(row["mean"], one.unit))


def _grid(one: KeyOutcome, values: pl.DataFrame, order: list[str], told: Told) -> Grid:
    speech = told.speech
    header = [speech.say("year")]
    for label in order:
        header += [told.label(label), speech.say("80% of the futures")]
    rows = []
    for year in values["year"].unique().sort():
        cells = [told.year(year)]
        for label in order:
            held = values.filter(result=label, year=year)
            row = held.row(0, named=True) if len(held) else {"mean": None, "low_80": None, "high_80": None}
            cells += [
                told.figure(row["mean"], one.unit),
                told.between(row["low_80"], row["high_80"], one.unit),
            ]
        rows.append(tuple(cells))
    return Grid(tuple(header), tuple(rows), one.name)
