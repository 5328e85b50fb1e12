"""Key outcomes over the years: how high they are, and what each policy changes in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.fans import Panel, fans
from ongedeeld.reporting.comparison.said import Told, last
from ongedeeld.reporting.figures import Chart, Folded, Grid, Section
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.simulation.comparing.spread import LEVELS, limits
from ongedeeld.simulation.outcomes.key_outcomes import KeyOutcome
from ongedeeld.simulation.outcomes.tables import Unit

CAPTION = N_("First {now}, then what each policy changes; line: the mean; bands: {percents} of the futures")
WITHOUT_BANDS = N_("First {now}, then what each policy changes; line: the mean of futures too few for bands")
BESIDE = {"months": N_("in months"), "hours": N_("in hours")}
FROM_ZERO = ("share", "count", "cents", "hours", "months")
LEAST: Mapping[Unit, float] = {
    "share": 0.005,
    "count": 1.0,
    "months": 1.0,
    "years": 0.5,
    "cents": 1000_00.0,
    "hours": 50.0,
    "score": 0.1,
    "index": 0.01,
}
"""How far the scale of a change goes at least, so that what is next to nothing does not look like much."""


def over_years(told: Told) -> Section:
    """The key outcomes of all results; those in which no policy changes much are folded."""
    speech = told.speech
    drawn = [(one, chart) for one in told.comparison.key_outcomes for chart in _chart(one, told)]
    moved = tuple(chart for one, chart in drawn if _matters(one, told))
    still = tuple(chart for one, chart in drawn if not _matters(one, told))
    return Section(
        "over-years",
        speech.say("How it goes over the years"),
        lead=() if moved else (speech.say("No policy changes these outcomes by much, beyond chance."),),
        tiles=moved,
        folded=Folded(speech.say("Outcomes that hardly change"), still) if still else None,
    )


def _matters(one: KeyOutcome, told: Told) -> bool:
    """Whether a policy changes it beyond chance in a year, by enough to be worth a word."""
    now = told.comparison.key_values(one).filter(result=told.comparison.now.label)
    levels = dict(now.select("year", "mean").iter_rows())
    return any(
        row["beyond_chance"] and one.worth_a_word(row["mean"], levels.get(row["year"]))
        for row in told.comparison.key_differences(one).iter_rows(named=True)
    )


def _chart(one: KeyOutcome, told: Told) -> tuple[Chart, ...]:
    speech, values = told.speech, told.comparison.key_values(one)
    if not (values["mean"] != 0).any():
        return ()
    now = values.filter(result=told.comparison.now.label)
    if now.is_empty():
        return ()
    order = [each.label for each in told.comparison.compared if each.label in values["result"]]
    differences = told.comparison.key_differences(one)
    parts = [(label, differences.filter(result=label)) for label in order[1:]]
    panels = [
        _panel(speech.say("{policy}: change", policy=told.label(label)), rows, told)
        for label, rows in parts
        if (rows["mean"] != 0).any()
    ]
    shown = [level for level in LEVELS[::-1] if now[limits(level)[0]].is_not_null().all()]
    percents = speech.listing([f"{round(100 * level)}%" for level in shown])
    caption = speech.say(CAPTION if shown else WITHOUT_BANDS, now=told.now, percents=percents)
    title = _title(one, speech)
    label = f"{title}. {caption}. {told.now}: {told.figure(now['mean'][-1], one.unit)}. {_changes(one, told)}"
    written = (
        lambda value: told.tick(value, one.unit),
        lambda value: told.tick(value, one.unit, signed=True),
    )
    level = _panel(capital(told.now), now, told)
    drawn = fans(level, panels, written, label, zero=one.unit in FROM_ZERO, least=LEAST[one.unit])
    return (Chart(title, caption, drawn, _grid(one, values, order, told), _changes(one, told)),)


def _title(one: KeyOutcome, speech: Speech) -> str:
    """What an outcome is called, with its unit where the axis does not tell."""
    label = capital(speech.say(one.label))
    return f"{label} ({speech.say(BESIDE[one.unit])})" if one.unit in BESIDE else label


def _panel(label: str, rows: pl.DataFrame, told: Told) -> Panel:
    bands = tuple(
        tuple(rows.select(limits(level)).iter_rows())
        for level in LEVELS[::-1]
        if rows[limits(level)[0]].is_not_null().all()
    )
    return Panel(label, tuple(told.year(year) for year in rows["year"]), tuple(rows["mean"]), bands)


def _changes(one: KeyOutcome, told: Told) -> str:
    """What each policy changes in the last year, and whether that is more than chance."""
    speech, rows = told.speech, told.comparison.key_differences(one)
    found = [_change(row, one, told) for row in last(rows).to_dicts()]
    return speech.say("In the last year: {changes}.", changes="; ".join(found)) if found else ""


def _change(row: dict[str, Any], one: KeyOutcome, told: Told) -> str:
    text = N_("{policy} {change}, within chance (more in {rises} and less in {falls} of {futures} futures)")
    if row["beyond_chance"]:
        text = N_(
            "{policy} {change}, beyond chance (more in {rises} and less in {falls} of {futures} futures)"
        )
    if row["sure_low"] is None:
        text = N_("{policy} {change}, too few futures to tell it from chance")
    counts = {name: told.speech.number(row[name]) for name in ("rises", "falls", "futures")}
    return told.speech.say(
        text, policy=told.label(row["result"]), change=told.change(row["mean"], one.unit), **counts
    )


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
