"""Which neighbourhoods an inclusive city serves least, for each side of it by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.inclusion import inclusion_assumptions, weakest_links
from ongedeeld.reporting.figures import Grid, Panel, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.inclusion_section import amenity_name
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import CHOICES

NAMED = 3
"""How many neighbourhoods are named of each figure."""


@dataclass(frozen=True)
class Figure:
    """A figure of neighbourhoods of which the lowest are served least."""

    label: str
    table: pl.DataFrame
    value: str
    written: Callable[[float], str]


def served_section(ground: Ground, speech: Speech, *, internal: bool) -> Section:
    """Where amenities are far and, for internal use, where residents and inspections are least content."""
    title = speech.say("Who is served least?")
    panels = [
        panel for panel in (_far(ground, speech), *(_lowest(ground, speech) if internal else ())) if panel
    ]
    if not panels:
        absent = ground.included.amenities.absent
        why, how_to = speech.absence(absent) if absent else ("", "")
        return Section("served", title, why_empty=why, how_to=how_to)
    return Section(
        "served",
        title,
        lead=(
            speech.say(
                "Every figure by itself, with its interval: they are not added up, and a neighbourhood that "
                "stands low here may do well elsewhere."
            ),
        ),
        panels=tuple(panels),
    )


def _far(ground: Ground, speech: Speech) -> Panel | None:
    """The neighbourhoods with a daily amenity that is far, by name, with what is far."""
    found = ground.included.amenities.found
    if found is None:
        return None
    rows = weakest_links(found).table.filter(pl.col("area").is_in(ground.codes))
    far = speech.figure(inclusion_assumptions()["far_m"].value, "metres")
    told: dict[str, list[str]] = {}
    for area, amenity, metres in rows.select("area", "amenity", "distance_m").iter_rows():
        name = ground.line(area)[-1][1]
        told.setdefault(name, []).append(
            f"{amenity_name(amenity, speech).lower()} {speech.figure(metres, 'metres')}"
        )
    cells = tuple((name, "; ".join(amenities)) for name, amenities in sorted(told.items()))
    grid = Grid((speech.say("neighbourhood"), speech.say("farther than {far}", far=far)), cells, "far")
    sentence = speech.ngettext(
        "One of {all} neighbourhoods has a daily amenity farther than {far}.",
        "{count} of {all} neighbourhoods have a daily amenity farther than {far}.",
        len(told),
        all=len(ground.codes),
        far=far,
    )
    return Panel(
        speech.say("Daily amenities that are far"), sentences=(sentence,), grid=grid if cells else None
    )


def _lowest(ground: Ground, speech: Speech) -> Iterator[Panel]:
    """The sides from the association's own records: the lowest neighbourhoods of every figure."""
    for title, figures in (
        (speech.say("Public space and encounter"), list(_answered(ground, speech))),
        (speech.say("Room for different groups"), list(_room(ground, speech))),
    ):
        rows = tuple(_row(figure, ground, speech) for figure in figures)
        if rows:
            heads = (speech.say("what"), speech.say("lowest in"))
            yield Panel(title, grid=Grid(heads, rows, "least-served"))


def _answered(ground: Ground, speech: Speech) -> Iterator[Figure]:
    for tried in (ground.included.liking, ground.included.recognition):
        if tried.found is None:
            continue
        for (question,), table in tried.found.table.group_by("question", maintain_order=True):
            label = capital(CHOICES["question"][str(question)].label(speech.language))
            yield Figure(label, table, "value", lambda value: speech.number(value, 1))


def _room(ground: Ground, speech: Speech) -> Iterator[Figure]:
    """The share of homes that fit, of the types of household that find least room in the region."""
    found = ground.included.room.found
    if found is None:
        return
    for size, age, label in (
        ("1", "young", N_("Homes that fit a young person with a low income")),
        ("2", "elderly", N_("Homes that fit an elderly couple with a low income")),
        ("5+", "adult", N_("Homes that fit a large family with a low income")),
    ):
        same = (pl.col("size") == size) & (pl.col("age") == age) & (pl.col("income") == "below_passend")
        table = found.table.filter(same)
        yield Figure(speech.say(label), table, "share", lambda value: speech.figure(value, "share"))


def _row(figure: Figure, ground: Ground, speech: Speech) -> tuple[str, str]:
    """The neighbourhoods that are served least by a figure, each with its interval."""
    known = figure.table.filter(pl.col("area").is_in(ground.codes)).drop_nulls(figure.value)
    told = []
    for row in known.sort(figure.value, "area").head(NAMED).to_dicts():
        name, text = ground.line(row["area"])[-1][1], figure.written(row[figure.value])
        limits = [figure.written(row[limit]) for limit in ("low", "high") if row[limit] is not None]
        if len(set(limits)) > 1:
            text = speech.say("{value} ({low} to {high})", value=text, low=limits[0], high=limits[1])
        told.append(f"{name} {text}")
    return figure.label, "; ".join(told) or speech.say("too few to say")
