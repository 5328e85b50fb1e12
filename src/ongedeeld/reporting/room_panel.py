"""Room for different groups: which types of household find a home of the association in a neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.reporting.figures import Chart, Grid, Panel
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.included import of_area
from ongedeeld.reporting.intervals import Dot, intervals
from ongedeeld.reporting.text import Speech, capital

FEWEST_HOMES = 5
"""Numbers of homes that came free are not told below this."""
SIZES = {"1": N_("1 person"), "2": N_("2 people"), "3-4": N_("3 or 4 people"), "5+": N_("5 or more people")}
AGES = {"young": N_("young"), "adult": N_("adult"), "elderly": N_("67 and over")}
INCOMES = {
    "below_passend": N_("lowest incomes (rent allowance)"),
    "below_daeb": N_("other incomes for social homes"),
    "middle": N_("middle incomes"),
    "above": N_("higher incomes"),
}
DRAWN = (("1", "young"), ("1", "adult"), ("1", "elderly"), ("2", "adult"), ("2", "elderly"), ("3-4", "adult"),
         ("5+", "adult"))  # fmt: skip
"""The types in the picture, of the lowest incomes; all others are in the table."""


def room_panel(ground: Ground, code: str, speech: Speech) -> Panel:
    """For each type of household the share of own homes that fit, and how many come free in a year."""
    title = speech.say("Room for different groups")
    tried = ground.included.room
    if tried.found is None:
        if tried.absent is None:
            return Panel(title)
        why, how_to = speech.absence(tried.absent)
        return Panel(title, why_empty=why, how_to=how_to)
    rows = of_area(tried.found.table, code)
    known = [row for row in rows if row["outcome"] == "known"]
    if not known:
        return Panel(title, why_empty=speech.say("the association has too few homes here to say"))
    return Panel(
        title,
        (_chart(rows, known, speech),),
        tuple(_without_home(rows, tried.found.limits, speech)),
        source=speech.say(
            "Source: the association's own homes ({count}), against the rent and income rules of {day}.",
            count=speech.number(known[0]["homes"]),
            day=speech.day(tried.found.day),
        ),
    )


def _type(row: Mapping[str, Any], speech: Speech) -> str:
    return speech.say("{size}, {age}", size=speech.say(SIZES[row["size"]]), age=speech.say(AGES[row["age"]]))


def _chart(rows: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]], speech: Speech) -> Chart:
    title = speech.say("Own homes that fit households with the lowest incomes")
    caption = speech.say("Share of the own homes, by size and age; band: what is not known of homes")
    by_type = {(row["size"], row["age"]): row for row in rows if row["income"] == "below_passend"}
    dots = [
        Dot(
            capital(_type(row, speech)),
            speech.say("not known") if row["share"] is None else speech.figure(row["share"], "share"),
            row["share"], row["low"], row["high"],
        )
        for row in (by_type[kind] for kind in DRAWN)
    ]  # fmt: skip
    grid = Grid(
        (
            speech.say("type of household"),
            speech.say("incomes"),
            speech.say("homes that fit"),
            speech.say("come free in a year"),
        ),
        tuple(
            (
                capital(_type(row, speech)),
                speech.say(INCOMES[row["income"]]),
                speech.figure(row["share"], "share"),
                _freed(row, speech),
            )
            for row in known
        ),
        "room",
    )
    label = f"{title}. " + "; ".join(f"{one.label}: {one.text}" for one in dots)
    return Chart(title, caption, intervals(dots, (0, 1), ("0%", "100%"), label), grid)


def _freed(row: Mapping[str, Any], speech: Speech) -> str:
    """How many homes that fit come free in a year, with its interval."""
    if row["freed"] is None or row["freed_per_year"] is None:
        return speech.say("not known")
    if row["freed"] < FEWEST_HOMES:
        return speech.say("fewer than {count} in the period", count=FEWEST_HOMES)
    return speech.say(
        "{number} (between {low} and {high})",
        number=speech.number(row["freed_per_year"], 1),
        low=speech.number(row["freed_low"], 1),
        high=speech.number(row["freed_high"], 1),
    )


def _without_home(rows: Sequence[Mapping[str, Any]], limits: pl.DataFrame, speech: Speech) -> Iterator[str]:
    """By class of income how many types of household find no home here, and which cannot be told."""
    told, untold = [], []
    for income, name in INCOMES.items():
        of_class = [row for row in rows if row["income"] == income]
        known = [row for row in of_class if row["outcome"] == "known"]
        none = sum(row["share"] == 0 and row["not_known"] == 0 for row in known)
        if known:
            told.append(
                speech.say(
                    "{incomes} {none} of {all}",
                    incomes=speech.say(name),
                    none=speech.number(none),
                    all=speech.number(len(known)),
                )
            )
        if len(known) < len(of_class):
            untold.append(f"{speech.say(name)} ({speech.number(len(of_class) - len(known))})")
    yield speech.say("Types of household without a fitting home here: {classes}.", classes="; ".join(told))
    if untold:
        yield speech.say("Not to be told of: {classes}.", classes=speech.listing(untold))
    if any(row["income"] == "middle" for row in rows) and "middle_rent_limit" not in limits["rule"]:
        yield speech.say("The highest rent for middle incomes is not known for this day.")
