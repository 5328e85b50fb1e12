"""Funnel plots of early warning, each with its table: which places stand out now for their size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ongedeeld.errors import N_
from ongedeeld.measures.capacity.warning import WATCHED, Funnel, Warnings, Watched
from ongedeeld.reporting.bearing_words import FEWEST
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.funnels import Limits, Point, Written, funnel
from ongedeeld.reporting.text import Speech, capital

SHOWN = ("nuisance", "arrears", "turnover", "survey_safe")
"""What is drawn: one of each theme; all others are in the table of changes."""
FEWEST_PLACES = 5
POSITIONS = {
    "within": N_("within the limits"),
    "above_95": N_("above the 95% limit"),
    "above_998": N_("above the 99.8% limit"),
    "below_95": N_("below the 95% limit"),
    "below_998": N_("below the 99.8% limit"),
}


def funnel_charts(found: Warnings, speech: Speech, *, marked: str | None = None) -> Iterator[Chart]:
    """The funnels of a few indicators, with one place marked or with those outside the limits named.

    Parameters
    ----------
    found
        Early warning of a level.
    speech
        The language.
    marked
        The place that a page is about.
    """
    names = dict(found.table.select("unit", "name").iter_rows())
    for name in SHOWN:
        if name in found.funnels and len(found.funnels[name].points) >= FEWEST_PLACES:
            yield _chart(WATCHED[name], found.funnels[name], names, found.level, speech, marked)


def _chart(
    each: Watched, one: Funnel, names: dict[str, str], level: str, speech: Speech, marked: str | None
) -> Chart:
    title, caption = capital(speech.say(each.label)), _caption(speech, marked)
    rows = one.points.sort("value", descending=each.counted).to_dicts()
    points = [_point(each, row, names, marked) for row in rows]
    cells = tuple(_cells(each, row, point.label, speech) for point, row in zip(points, rows, strict=True))
    named = [cell for cell, point in zip(cells, points, strict=True) if point.marked or point.outside]
    told = named or cells[:5]
    label = f"{title}. {caption}. " + "; ".join(f"{row[0]}: {row[2]}, {row[4]}" for row in told)
    written = Written(
        lambda value: _written(each, value, speech),
        speech.number,
        _values(each, speech),
        _sizes(each, speech),
    )
    drawing = funnel(points, _limits(one), written, label)
    return Chart(title, caption, drawing, Grid(_heads(each, speech), cells, f"funnel-{level}-{each.name}"))


def _caption(speech: Speech, marked: str | None) -> str:
    if marked:
        return speech.say(
            "Each dot is a place, small ones left, this one in clay; lines: what chance and usual "
            "differences allow, 95% and (dashed) 99.8%; black: all together"
        )
    return speech.say(
        "Each dot is a place, small ones left; lines: what chance and usual differences allow, 95% and "
        "(dashed) 99.8%, outside them in clay; black: all together"
    )


def _point(each: Watched, row: dict[str, Any], names: dict[str, str], marked: str | None) -> Point:
    return Point(
        names.get(row["unit"]) or row["unit"],
        row["size"],
        row["value"],
        row["unit"] == marked,
        # Beside the place of the page no other is named.
        marked is None and row["position"] != "within" and not _is_small(each, row),
    )


def _heads(each: Watched, speech: Speech) -> tuple[str, ...]:
    """The heads of the table, in the order of `_cells`."""
    return (
        speech.say("place"),
        _sizes(each, speech),
        _values(each, speech),
        speech.say("95% limits"),
        speech.say("where it stands"),
    )


def _cells(each: Watched, row: dict[str, Any], place: str, speech: Speech) -> tuple[str, ...]:
    small = speech.say("fewer than {count} cases", count=FEWEST)
    limits = speech.say(
        "{low} to {high}",
        low=_written(each, max(row["low_95_usual"], 0.0), speech),
        high=_written(each, row["high_95_usual"], speech),
    )
    return (
        place,
        speech.number(row["size"]),
        small if _is_small(each, row) else _written(each, row["value"], speech),
        limits,
        speech.say(POSITIONS[row["position"]]),
    )


def _is_small(each: Watched, row: dict[str, float]) -> bool:
    """Whether so few cases are behind a figure that they are not told as a number."""
    return each.counted and row["value"] * row["size"] < FEWEST


def _limits(one: Funnel) -> Limits:
    columns = one.limits.sort("size")
    return Limits(
        tuple(columns["size"]),
        (tuple(columns["low_95_usual"]), tuple(columns["high_95_usual"])),
        (tuple(columns["low_998_usual"]), tuple(columns["high_998_usual"])),
        one.target,
    )


def _written(each: Watched, value: float, speech: Speech) -> str:
    if not each.counted:
        return speech.number(value, 1)
    text = speech.number(100 * value, 1)
    return f"{text}%" if each.snapshot else text


def _values(each: Watched, speech: Speech) -> str:
    if not each.counted:
        return speech.say("mean grade")
    return speech.say("share of the homes") if each.snapshot else speech.say("per 100 homes in a year")


def _sizes(each: Watched, speech: Speech) -> str:
    return speech.say("homes") if each.counted else speech.say("answers")
