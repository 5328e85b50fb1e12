"""At which distance the city is divided: the surroundings of residents, from small to large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from ongedeeld.errors import AbsentError
from ongedeeld.measures.undividedness import GROUP_SETS, Undivided
from ongedeeld.reporting.divided import PROFILE_DRAWS, SEED, SURE
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.mix_sections import number_or_dash, p_value
from ongedeeld.reporting.profiles import Axis, Panel, Words, profiles
from ongedeeld.reporting.text import Speech, capital

MORE_PEOPLE = 1.05
"""Surroundings count as wider from this many times the people on."""


def profile_section(ground: Ground, speech: Speech) -> Section:
    """H of the surroundings of residents, from small to large, for every set of groups."""
    title = speech.say("At what distance is it divided?")
    try:
        by_chance, divided = _parted(ground)
        made = {name: ground.divided.profiles(name) for name in divided}
    except AbsentError as error:
        why, how_to = speech.absence(error)
        return Section("profile", title, why_empty=why, how_to=how_to)
    if not made:
        return Section(
            "profile", title, why_empty=speech.say("no figures on groups are in the sources that were used")
        )
    pairs = {name: [_distinct(one.table) for one in profiled] for name, profiled in made.items()}
    axis = _axis([table for pair in pairs.values() for table in pair], speech)
    charts = [_profile(pair, name, axis, speech) for name, pair in pairs.items()]
    tables = tuple((chart.title, chart.grid) for chart in charts)
    notes = dict.fromkeys(speech.told(note) for pair in made.values() for one in pair for note in one.notes)
    return Section(
        "profile",
        title,
        lead=(
            speech.say(
                "Draw a circle around every resident. The more the people in it are alike, the higher the "
                "line. A line that falls fast is division between neighbourhoods that lie close together; "
                "one that stays up is division between parts of the city."
            ),
            speech.say(
                "Figures are known by neighbourhood: division between streets cannot be seen here. All "
                "pictures have the same axis."
            ),
        ),
        tiles=tuple(charts),
        notes=(*(_no_more_divided(name, ground, speech) for name in by_chance), *_left_out(ground, speech)),
        research=Research(tables, (_method(speech), *notes)),
    )


def _parted(ground: Ground) -> tuple[list[str], list[str]]:
    """The sets of groups by which the city is no more divided than by chance, and all others."""
    names = list(ground.divided.published)
    by_chance = [name for name in names if _no_more_than_chance(ground.divided.whole.get(name))]
    return by_chance, [name for name in names if name not in by_chance]


def _no_more_divided(name: str, ground: Ground, speech: Speech) -> str:
    groups = capital(speech.say(ground.divided.published[name].groups.title))
    return speech.say("{groups}: no more divided than by chance.", groups=groups)


def _method(speech: Speech) -> str:
    return speech.say(
        "Theil's H of the surroundings of residents (Reardon and O'Sullivan 2004), uniform within the "
        "distance; {draws} random allotments, seed {seed}.",
        draws=PROFILE_DRAWS,
        seed=SEED,
    )


def _left_out(ground: Ground, speech: Speech) -> Iterator[str]:
    """How many neighbourhoods cannot be drawn, where there are any."""
    if left_out := len(ground.codes) - len(ground.shapes.paths):
        yield speech.ngettext(
            "One neighbourhood without a known boundary is left out.",
            "{count} neighbourhoods without a known boundary are left out.",
            left_out,
        )


def _no_more_than_chance(found: Undivided | None) -> bool:
    p_value = found.results[0].p_value if found else None
    return p_value is not None and p_value > SURE


def _distinct(table: pl.DataFrame) -> pl.DataFrame:
    """The scales without those whose surroundings are the same people as at the scale before.

    Below the size of a neighbourhood every circle holds that neighbourhood, and beyond that of the city
    everybody: more points there would look like more knowledge.
    """
    kept: list[int] = []
    people = table["surrounding_people"].to_list()
    for at, around in enumerate(people):
        if not kept or around > MORE_PEOPLE * people[kept[-1]]:
            kept.append(at)
    return table[kept]


def _profile(pair: Sequence[pl.DataFrame], name: str, axis: Axis, speech: Speech) -> Chart:
    title = capital(speech.say(GROUP_SETS[name].title))
    panels, cells = [], []
    for heading, scales, table in zip(
        (speech.say("By distance"), speech.say("By nearest residents")),
        _scales(pair, speech),
        pair,
        strict=True,
    ):
        rows = table.to_dicts()
        # H is below 0 where surroundings are more mixed than the whole: for the eye that is not divided.
        values, chance = (
            tuple(max(float(row[key]), 0.0) for row in rows) for key in ("value", "expected_by_chance")
        )
        panels.append(Panel(heading, scales, values, chance))
        cells += [
            (
                f"{heading}: {scale}",
                number_or_dash(row["value"], 3, speech),
                number_or_dash(row["expected_by_chance"], 4, speech),
                p_value(row["p_value"], PROFILE_DRAWS, speech),
            )
            for scale, row in zip(scales, rows, strict=True)
        ]
    heads = (speech.say("surroundings"), "H", speech.say("by chance"), speech.say("p-value"))
    grid = Grid(heads, tuple(cells), f"profile-{name}")
    words = Words(speech.say("the city"), speech.say("by chance"), axis)
    caption = speech.say(
        "Theil's H of the surroundings: 0 is everywhere the mix of the city, 1 is fully apart"
    )
    label = f"{title}. {caption}. " + "; ".join(" ".join(row[:2]) for row in cells)
    return Chart(title, caption, profiles(panels, words, label), grid)


def _scales(pair: Sequence[pl.DataFrame], speech: Speech) -> tuple[tuple[str, ...], tuple[str, ...]]:
    distances = tuple(
        speech.number(metres / 1000, 1 if metres % 1000 else 0) + "\N{NO-BREAK SPACE}km"
        for metres in pair[0]["radius_m"].to_list()
    )
    return distances, tuple(speech.number(number) for number in pair[1]["neighbours"].to_list())


def _axis(tables: Sequence[pl.DataFrame], speech: Speech) -> Axis:
    """The numbers at the axis of all pictures from the top down: a round one above all, its half and zero."""
    most = max(
        max(value or 0.0 for value in table[name].to_list())
        for table in tables
        for name in ("value", "expected_by_chance")
    )
    top = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0) if most <= step or step == 1.0)
    return tuple((mark, speech.number(mark, 3 if top < 0.1 else 2)) for mark in (top, top / 2, 0.0))
