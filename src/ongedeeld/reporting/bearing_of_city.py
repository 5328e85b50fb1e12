"""What the atlas tells of carrying capacity in the whole stock, for internal use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.capacity import THEME_LABELS, Cards
from ongedeeld.measures.capacity.known import Level
from ongedeeld.measures.capacity.warning import WATCHED, Warnings
from ongedeeld.reporting import bearing_told
from ongedeeld.reporting.bearing_charts import against_chart, beyond_chance
from ongedeeld.reporting.bearing_sections import empty_section
from ongedeeld.reporting.bearing_words import probability, unsaid
from ongedeeld.reporting.figures import Chart, Grid, Panel, Research, Section
from ongedeeld.reporting.funnel_charts import funnel_charts
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.text import Speech, capital

LEVELS: tuple[Level, ...] = ("neighbourhood", "complex")
TITLES = {
    "neighbourhood": N_("Load against capacity: the neighbourhoods"),
    "complex": N_("Load against capacity: the complexes"),
}
LISTED = {"neighbourhood": N_("Neighbourhoods by strength"), "complex": N_("Complexes by strength")}
CAPTIONS = {
    "neighbourhood": N_(
        "Each dot is a neighbourhood, those with more load than capacity beyond chance in clay; lines: "
        "intervals; dashed: as much load as capacity"
    ),
    "complex": N_(
        "Each dot is a complex, those with more load than capacity beyond chance in clay; lines: intervals; "
        "dashed: as much load as capacity"
    ),
}
MOST_LISTED = 12
"""How many places of a list stand on the page; all are in the part for researchers."""


def bearing_of_city(ground: Ground, speech: Speech) -> Section:
    """Load against capacity of all neighbourhoods and complexes with homes of the association."""
    title = speech.say("What do places ask, and what can they bear?")
    told = {level: ground.bearing.cards(level) for level in LEVELS}
    found = {level: tried.found for level, tried in told.items() if tried.found is not None}
    if not found:
        return empty_section("bearing", title, told["complex"].absent, speech)
    charts = [_against(cards, speech) for cards in found.values()]
    return Section(
        "bearing",
        title,
        lead=(*_lead(found, speech), speech.say(bearing_told.SIGNALS)),
        tiles=tuple(chart for chart in charts if chart is not None),
        research=Research(
            tuple((speech.say(TITLES[level]), _scores(cards, speech)) for level, cards in found.items()),
            tuple(dict.fromkeys(speech.told(one) for cards in found.values() for one in cards.notes)),
        ),
    )


def _against(cards: Cards, speech: Speech) -> Chart | None:
    name = f"against-{cards.level}"
    title, caption = speech.say(TITLES[cards.level]), speech.say(CAPTIONS[cards.level])
    return against_chart(cards, title, caption, name, speech, marked=beyond_chance(cards))


def _lead(found: dict[Level, Cards], speech: Speech) -> Iterator[str]:
    texts = {
        "neighbourhood": N_(
            "In {count} of {all} neighbourhoods the load is larger than the capacity by more than chance "
            "explains."
        ),
        "complex": N_(
            "In {count} of {all} complexes the load is larger than the capacity by more than chance explains."
        ),
    }
    for level, cards in found.items():
        known = cards.balance["balance"].is_not_null().sum()
        yield speech.say(
            texts[level], count=speech.number(len(beyond_chance(cards))), all=speech.number(int(known))
        )


def _scores(cards: Cards, speech: Speech) -> Grid:
    """The scores of all places: themes, load, capacity."""
    themes = cards.themes.to_dicts()
    by_unit: dict[str, dict[str, dict[str, Any]]] = {}
    for row in themes:
        by_unit.setdefault(row["unit"], {})[row["theme"]] = row
    balances = {row["unit"]: row for row in cards.balance.to_dicts()}
    rows = []
    for unit, name in cards.units.select("unit", "name").iter_rows():
        held = by_unit.get(unit, {})
        cells = [_cell(held.get(theme), speech) for theme in THEME_LABELS]
        balance = balances.get(unit, {})
        cells += [
            "–" if balance.get(side) is None else speech.number(balance[side], 1)
            for side in ("load", "capacity")
        ]
        rows.append((name or unit, *cells))
    heads = (
        speech.say("place"),
        *(speech.say(label) for label in THEME_LABELS.values()),
        speech.say("load"),
        speech.say("capacity"),
    )
    return Grid(heads, tuple(sorted(rows)), f"scores-{cards.level}")


def _cell(row: dict[str, Any] | None, speech: Speech) -> str:
    if row is None:
        return "–"
    return unsaid(row["outcome"], speech) if row["score"] is None else speech.number(row["score"], 1)


def warnings_of_city(ground: Ground, speech: Speech) -> Section:
    """Which places worsen by more than chance, and which stand out now for their size."""
    title = speech.say("Where does it get worse by more than chance?")
    told = {level: ground.bearing.warnings(level) for level in LEVELS}
    found = {level: tried.found for level, tried in told.items() if tried.found is not None}
    if not found:
        return empty_section("warning", title, told["complex"].absent, speech)
    last = found.get("complex") or next(iter(found.values()))
    return Section(
        "warning",
        title,
        lead=tuple(_summary(found, speech)),
        tiles=tuple(funnel_charts(last, speech)),
        panels=tuple(_listed(level, one, speech) for level, one in found.items()),
        research=Research(
            tuple((speech.say(LISTED[level]), _grid(one, speech)) for level, one in found.items()),
            tuple(dict.fromkeys(speech.told(note) for one in found.values() for note in one.notes)),
        ),
    )


def _summary(found: dict[Level, Warnings], speech: Speech) -> Iterator[str]:
    texts = {
        "neighbourhood": N_("{count} of {all} neighbourhoods worsen by more than chance explains."),
        "complex": N_("{count} of {all} complexes worsen by more than chance explains."),
    }
    for level, one in found.items():
        count = int(one.table["worsens"].sum())
        yield speech.say(texts[level], count=speech.number(count), all=speech.number(len(one.table)))
    yield speech.say(
        "Where no alarm is raised, that is not proof that all is well. An alarm tells where to look and "
        "not why."
    )


def _listed(level: Level, one: Warnings, speech: Speech) -> Panel:
    """The alarms in words, and the places with most evidence of worsening."""
    alarms = tuple(speech.told(note) for note in one.sentences)
    return Panel(speech.say(LISTED[level]), sentences=alarms, grid=_grid(one, speech, MOST_LISTED))


def _grid(one: Warnings, speech: Speech, most: int | None = None) -> Grid:
    table = one.table if most is None else one.table.filter(pl.col("rank").is_not_null()).head(most)
    rows = []
    for row in table.to_dicts():
        stands_out = [speech.say(WATCHED[name].label) for name in row["indicators"] or []]
        place = "–" if row["rank"] is None else f"{row['rank']} ({row['rank_low']}–{row['rank_high']})"
        rows.append(
            (
                row["name"] or row["unit"],
                speech.say("yes") if row["worsens"] else speech.say("no"),
                probability(row["adjusted"], speech),
                place,
                capital(", ".join(stands_out)) or "–",
            )
        )
    heads = (
        speech.say("place"),
        speech.say("alarm"),
        speech.say("p-value, adjusted"),
        speech.say("order (95%)"),
        speech.say("stands out"),
    )
    return Grid(heads, tuple(rows), f"warnings-{one.level}{'' if most is None else '-first'}")
