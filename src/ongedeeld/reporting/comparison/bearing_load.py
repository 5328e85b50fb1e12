"""Where load goes under a policy: by neighbourhood and complex what it carries and can bear, and ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.comparison.said import Told
from ongedeeld.reporting.figures import Grid
from ongedeeld.simulation.comparing.comparison import Compared
from ongedeeld.simulation.futures.lawfulness import Footing

COMPLEX = "complex"
SHOWN = (
    ("bearing", "load"),
    ("bearing", "capacity"),
    ("bearing", "balance"),
    ("places", "support_share"),
    ("places", "let_mediated"),
)
"""What is told of each place, by table and measure."""
HEADINGS = {
    "load": N_("load"),
    "capacity": N_("capacity"),
    "balance": N_("balance"),
    "support_share": N_("with support"),
    "let_mediated": N_("mediated a year"),
}


def load_of(one: Compared, level: str, told: Told) -> Grid | None:
    """What each place carries and can bear under a policy, with what that changes; the worst balance first.

    None where nothing is known at that level, as of homes drawn from totals.
    """
    speech = told.speech
    known = [(table, measure, *_values(one, table, level, measure, told)) for table, measure in SHOWN]
    held = [part for part in known if part[2]]
    if not held:
        return None
    balance = next((values for _, measure, values, _ in held if measure == "balance"), {})
    places = sorted(
        set().union(*(values for *_, values, _ in held)), key=lambda code: (balance.get(code, 9.0), code)
    )
    rows = [
        (
            told.name(code),
            *(
                _cell(values.get(code), changes.get(code), measure, told)
                for _, measure, values, changes in held
            ),
        )
        for code in places
    ]
    first = speech.say("complex") if level == COMPLEX else speech.say("neighbourhood")
    header = (first, *(_heading(measure, told) for _, measure, *_ in held))
    return Grid(header, tuple(rows), f"load-{level}")


def _values(
    one: Compared, table: str, level: str, measure: str, told: Told
) -> tuple[Mapping[str, float], Mapping[str, Mapping[str, Any]]]:
    """By place the mean under a policy, and what it changes."""
    values = told.comparison.values(table, level, over_years=True)
    changes = told.comparison.differences(table, level, over_years=True)
    wanted = (pl.col("result") == one.label, pl.col("measure") == measure, pl.col("mean").is_not_null())
    means = dict(values.filter(*wanted).select("unit", "mean").iter_rows())
    return means, {row["unit"]: row for row in changes.filter(*wanted).iter_rows(named=True)}


def _heading(measure: str, told: Told) -> str:
    return told.speech.say(HEADINGS[measure])


def _cell(value: float | None, change: Mapping[str, Any] | None, measure: str, told: Told) -> str:
    """A figure with what changes in it, where that is more than nothing; a star where it is beyond chance."""
    if value is None:
        return "–"
    unit = told.unit(measure)
    text = told.figure(value, unit)
    if change is None:
        return text
    size = 100 * change["mean"] if unit == "share" else change["mean"]
    moved = told.speech.number(size, 1 if unit == "count" else 2, signed=True)
    if not any(digit in moved for digit in "123456789"):
        return text
    return f"{text} ({moved}{'*' if change['beyond_chance'] else ''})"


def ceilings_of(one: Compared, told: Told) -> Grid | None:
    """What each ceiling allows, what was let, and in how many futures it is full; None without ceilings.

    Lettings by mediation are counted in the years of the run in which the ceiling holds, as it counts over
    its whole term.
    """
    speech = told.speech
    uses = [use for use in one.manifest.uses if use.ceilings]
    if not uses or one.manifest.ceilings_follow_capacity:
        return None
    rows = [
        row for use in uses for row in _of_ceiling(use, told.comparison.long(one, "places", COMPLEX), told)
    ]
    header = (
        speech.say("complex"),
        speech.say("most in its term"),
        speech.say("let by mediation"),
        speech.say("full in so many futures"),
    )
    return Grid(header, tuple(rows), "ceilings")


def _of_ceiling(use: Footing, places: pl.DataFrame, told: Told) -> list[tuple[str, ...]]:
    asked = told.comparison.asked
    begins = [asked.start.replace(year=asked.start.year + year) for year in range(asked.years + 1)]
    years = [
        number
        for number, (first, past) in enumerate(pairwise(begins), start=1)
        if use.start < past and (use.end is None or use.end >= first)
    ]
    held = places.filter(pl.col("measure") == "let_mediated", pl.col("year").is_in(years))
    rows: list[tuple[str, ...]] = []
    for name, most in sorted(use.ceilings.items(), key=lambda pair: told.name(pair[0])):
        let = held.filter(unit=name).group_by("future").agg(pl.col("value").sum())["value"].to_list()
        mean = told.figure(fmean(let), "count") if let else "–"
        full = told.figure(sum(count >= most for count in let) / len(let), "share") if let else "–"
        rows.append(
            (
                told.name(name),
                told.speech.number(most),
                mean,
                full if most else told.speech.say("none may be"),
            )
        )
    return rows
