"""What may be coming to a neighbourhood: lettings by route, livability, and room for support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity.forecast import Forecast, Headroom, History, Pressure, PressureOnly
from ongedeeld.reporting.bearing import Bearing
from ongedeeld.reporting.bearing_told import balance_told
from ongedeeld.reporting.fan import Fan, fan
from ongedeeld.reporting.figures import Chart, Grid, Panel, Research, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import CHOICES, translator
from ongedeeld.vocabulary.evidence_records import GRADES, EvidenceRecord

ALL = "all"
SURE = (0.95, 0.8, 0.5)
"""The parts of a fan, from wide to narrow."""
PARTS = {
    "evidence": N_("how large the effect of support is"),
    "known_too_little": N_("what the model does not know of this place"),
    "step": N_("what all places share in a period"),
    "rest": N_("chance"),
}


def ahead_section(ground: Ground, code: str, speech: Speech) -> Section:
    """Expected lettings, the forecast with its test on the past, and placement room where it can be told."""
    title = speech.say("What may be coming?")
    bearing = ground.bearing
    rows = _rows(bearing.pressure.found, code)
    row = _forecast_row(bearing.forecast.found, code)
    if not rows and row is None:
        absent = bearing.pressure.absent or bearing.forecast.absent
        if absent is None:
            return Section("ahead", title, why_empty=speech.say("nothing is known of this neighbourhood"))
        why, how_to = speech.absence(absent)
        return Section("ahead", title, why_empty=why, how_to=how_to)
    charts, lead, notes = [], [], []
    if rows and bearing.pressure.found is not None:
        charts.append(_pressure(bearing.pressure.found, rows, _beside(bearing, code, speech), speech))
        lead.append(_lettings(bearing.pressure.found, rows, speech))
        notes += [speech.told(one) for one in bearing.pressure.found.notes]
    if row is not None and bearing.forecast.found is not None and bearing.history.found is not None:
        charts.append(_fan(bearing.forecast.found, bearing.history.found, row, speech))
        lead += _livability(bearing.forecast.found, row, speech)
        notes += [speech.told(one) for one in bearing.forecast.found.notes]
    room = bearing.headroom(code)
    return Section(
        "ahead",
        title,
        lead=tuple(lead),
        tiles=tuple(charts),
        panels=(_room(room, bearing, speech), _adding(room, speech)) if room is not None else (),
        research=Research((), tuple(dict.fromkeys(notes))),
    )


def _rows(pressure: Pressure | None, code: str) -> list[dict[str, Any]]:
    if pressure is None:
        return []
    return pressure.table.filter((pl.col("unit") == code) & (pl.col("outcome") == "known")).to_dicts()


def _forecast_row(ahead: Forecast | None, code: str) -> dict[str, Any] | None:
    if ahead is None:
        return None
    rows = ahead.table.filter((pl.col("area") == code) & (pl.col("outcome") == "known"))
    return rows.row(0, named=True) if len(rows) else None


def _beside(bearing: Bearing, code: str, speech: Speech) -> str:
    """What the place bears already, to read beside the lettings that come; empty where that is not known."""
    cards = bearing.cards("neighbourhood").found
    return balance_told(cards.card(code), speech) if cards and code in cards.units["unit"] else ""


def _pressure(pressure: Pressure, rows: list[dict[str, Any]], beside: str, speech: Speech) -> Chart:
    """Expected lettings by route, with their intervals, and what the place bears already."""
    ordered = sorted(rows, key=lambda row: (row["route"] != ALL, -row["expected"]))
    title = speech.say("Lettings to expect, by route")
    percent = round(100 * pressure.sure)
    caption = speech.say(
        "From {start} to {end}; band: {percent}% interval",
        start=speech.month(pressure.start),
        end=speech.month(pressure.end),
        percent=percent,
    )
    dots = [
        Dot(
            _route(row["route"], speech),
            speech.say(
                "about {number} ({low} to {high})",
                **{
                    name: speech.number(row[key])
                    for name, key in (("number", "expected"), ("low", "low"), ("high", "high"))
                },
            ),
            row["expected"], row["low"], row["high"],
        )
        for row in ordered
    ]  # fmt: skip
    cells = tuple(
        (
            dot.label,
            speech.number(dot.value or 0.0, 1),
            speech.say(
                "{low} to {high}", low=speech.number(dot.low or 0.0), high=speech.number(dot.high or 0.0)
            ),
            "–" if row["agreed"] is None else speech.number(row["agreed"], 1),
        )
        for dot, row in zip(dots, ordered, strict=True)
    )
    heads = (speech.say("route"), speech.say("expected"), speech.say("between"), speech.say("agreed"))
    label = f"{title}. {caption}. " + "; ".join(f"{dot.label}: {dot.text}" for dot in dots)
    most = (max(row["high"] for row in rows) * 1.05) or 1.0
    ends = (speech.number(0), speech.number(most, 1))
    grid = Grid(heads, cells, "pressure")
    return Chart(title, caption, intervals(dots, (0, most), ends, label), grid, beside)


def _route(route: str, speech: Speech) -> str:
    if route == ALL:
        return speech.say("All lettings")
    codes = CHOICES["route"]
    return capital(codes[route].label(speech.language)) if route in codes else speech.say("Route not known")


def _lettings(pressure: Pressure, rows: list[dict[str, Any]], speech: Speech) -> str:
    row = next(row for row in rows if row["route"] == ALL)
    return speech.say(
        "In the 24 months from {start} about {number} of the {homes} own homes may be let again here, "
        "between {low} and {high}.",
        start=speech.month(pressure.start),
        number=speech.number(row["expected"]),
        homes=speech.number(row["homes"]),
        low=speech.number(row["low"]),
        high=speech.number(row["high"]),
    )


def _livability(ahead: Forecast, row: dict[str, Any], speech: Speech) -> Iterator[str]:
    """The expected change, the chance of a decline, and how the forecast did in the past."""
    yield speech.say(
        "Livability may change by {change} points up to {end} ({low} to {high}, {percent}%). A fall of "
        "more than {decline}, as large as a "
        "change usually is, has a chance of {chance}.",
        change=speech.number(row["expected"], 2, signed=True),
        end=speech.period(ahead.end),
        low=speech.number(row["low"], 2, signed=True),
        high=speech.number(row["high"], 2, signed=True),
        percent=round(100 * ahead.sure),
        decline=speech.number(ahead.decline, 2),
        chance=speech.figure(row["chance_of_decline"], "share"),
    )
    yield from map(speech.told, ahead.tested.notes()[1:] if ahead.tested else ahead.notes[:1])


def _fan(ahead: Forecast, history: History, row: dict[str, Any], speech: Speech) -> Chart:
    """Livability as it was, and what it may do."""
    title = speech.say("What livability may do")
    caption = speech.say(
        "Points of the Leefbaarometer {version}; fan: what may come with a chance of 50, 80 and 95%",
        version=ahead.version,
    )
    known = tuple(
        history.table.filter(pl.col("area") == row["area"])
        .sort("period")
        .select("period", "total")
        .iter_rows()
    )
    expected = row["livability"] + row["expected"]
    # The interval of the forecast, made wider or narrower by the form of chance.
    unit = (row["high"] - row["expected"]) / ahead.shape.quantile((1 + ahead.sure) / 2)
    halves = [unit * ahead.shape.quantile((1 + sure) / 2) for sure in SURE]
    told = Fan(known, ahead.end, expected, tuple((expected - half, expected + half) for half in halves))
    periods = [speech.period(day) for day, _ in known] + [speech.period(ahead.end)]
    cells = [
        (said, speech.number(value, 2), "–") for said, (_, value) in zip(periods[:-1], known, strict=True)
    ]
    cells += [
        (
            speech.say("{period}, {percent}%", period=periods[-1], percent=round(100 * sure)),
            speech.number(expected, 2),
            speech.say(
                "{low} to {high}",
                low=speech.number(expected - half, 2),
                high=speech.number(expected + half, 2),
            ),
        )
        for sure, half in zip(SURE, halves, strict=True)
    ]
    heads = (speech.say("period"), speech.say("points"), speech.say("between"))
    label = f"{title}. {caption}. " + "; ".join(", ".join(cell) for cell in cells)
    drawing = fan(told, lambda value: speech.number(value, 2), periods, label)
    note = speech.told(ahead.notes[0])
    return Chart(title, caption, drawing, Grid(heads, tuple(cells), "forecast"), note)


def _room(room: Headroom | PressureOnly, bearing: Bearing, speech: Speech) -> Panel:
    """Placement room as an interval with all it hangs on, or what one would have to know."""
    title = speech.say("Placement room (indicative)")
    if isinstance(room, PressureOnly):
        opening = speech.say(
            "How many lettings with support fit here cannot be told. What is known is how many lettings "
            "come. What one would have to know:"
        )
        return Panel(title, sentences=(opening, *(speech.told(one) for one in room.to_know)))
    if bearing.tolerated is None:
        text = N_(
            "It can be told once you state which chance of a noticeable decline you tolerate; no threshold "
            "is known."
        )
        return Panel(title, sentences=(speech.say(text),))
    rows = tuple(
        (capital(speech.say(PARTS[part])), speech.figure(share, "share"))
        for part, share in room.variance.select("part", "share").iter_rows()
    )
    grid = Grid((speech.say("what makes it unsure"), speech.say("share")), rows, "headroom")
    return Panel(title, sentences=tuple(speech.told(one) for one in room.notes("internal")), grid=grid)


def _adding(room: Headroom | PressureOnly, speech: Speech) -> Panel:
    """What may add capacity, each with how well that is known."""
    rows = tuple(_added(record, speech) for record in room.adds_capacity)
    heads = (speech.say("what"), speech.say("evidence"), speech.say("claim"))
    return Panel(speech.say("What may add capacity"), grid=Grid(heads, rows, "adds-capacity"))


def _added(record: EvidenceRecord, speech: Speech) -> tuple[str, str, str]:
    translate = translator(speech.language).gettext
    return (
        capital(record.label.say(translate)),
        GRADES[record.grade].label.say(translate),
        record.claim.say(translate),
    )
