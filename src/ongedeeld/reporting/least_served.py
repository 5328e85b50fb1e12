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

INTERNAL_LEAD = N_(
    "Every figure by itself, with its interval: they are not added up, and a neighbourhood that stands low "
    "here may do well elsewhere."
)
PUBLIC_LEAD = N_(
    "Amenities in order of the alphabet, with numbers of neighbourhoods: no neighbourhood is named and "
    "nothing is ranked. What is near a neighbourhood stands in its portrait."
)
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
    title = speech.say(
        N_("Who is served least?") if internal else N_("How many neighbourhoods lie far from amenities?")
    )
    panels = [
        panel
        for panel in (
            _far(ground, speech, named=internal),
            *(_lowest(ground, speech) if internal else ()),
        )
        if panel
    ]
    if not panels:
        absent = ground.included.amenities.absent
        why, how_to = speech.absence(absent) if absent else ("", "")
        return Section("served", title, why_empty=why, how_to=how_to)
    return Section(
        "served",
        title,
        lead=(speech.say(INTERNAL_LEAD if internal else PUBLIC_LEAD),),
        panels=tuple(panels),
    )


def _far(ground: Ground, speech: Speech, *, named: bool) -> Panel | None:
    """How many neighbourhoods have a daily amenity that is far; `named`, also which and what is far."""
    found = ground.included.amenities.found
    if found is None:
        return None
    known = found.table.filter(pl.col("area").is_in(ground.codes) & (pl.col("outcome") == "known"))
    rows = weakest_links(found).table.filter(pl.col("area").is_in(ground.codes))
    far = speech.figure(inclusion_assumptions()["far_m"].value, "metres")
    grid = _far_places(rows, far, ground, speech) if named else _far_amenities(rows, known, far, speech)
    told = speech.ngettext(
        "Of the {all} neighbourhoods with known distances, one has a daily amenity farther than {far}.",
        "Of the {all} neighbourhoods with known distances, {count} have a daily amenity farther than {far}.",
        rows["area"].n_unique(),
        all=speech.number(known["area"].n_unique()),
        far=far,
    )
    title = speech.say("Daily amenities that are far")
    return Panel(title, sentences=(told,), grid=grid if grid.rows else None)


def _far_places(rows: pl.DataFrame, far: str, ground: Ground, speech: Speech) -> Grid:
    """The neighbourhoods by name, with what is far."""
    told: dict[str, list[str]] = {}
    for area, amenity, metres in rows.select("area", "amenity", "distance_m").iter_rows():
        name = ground.line(area)[-1][1]
        told.setdefault(name, []).append(
            f"{amenity_name(amenity, speech).lower()} {speech.figure(metres, 'metres')}"
        )
    cells = tuple((name, "; ".join(amenities)) for name, amenities in sorted(told.items()))
    return Grid((speech.say("neighbourhood"), speech.say("farther than {far}", far=far)), cells, "far")


def _far_amenities(rows: pl.DataFrame, known: pl.DataFrame, far: str, speech: Speech) -> Grid:
    """The amenities by name, with the number of neighbourhoods that lie far from them."""
    away = dict(rows.group_by("amenity").len().iter_rows())
    every = known.group_by("amenity").len().iter_rows()
    told = sorted((amenity_name(amenity, speech), away.get(amenity, 0), count) for amenity, count in every)
    heads = (
        speech.say("amenity"),
        speech.say("neighbourhoods farther than {far}", far=far),
        speech.say("known for"),
    )
    cells = tuple((name, speech.number(count), speech.number(all_known)) for name, count, all_known in told)
    return Grid(heads, cells, "far")


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
