"""What a portrait tells of carrying capacity: the card of the neighbourhood, and whether it worsens."""

from __future__ import annotations

import polars as pl

from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity import Card, Cards
from ongedeeld.measures.capacity.warning import WATCHED, Warnings
from ongedeeld.reporting import bearing_told
from ongedeeld.reporting.bearing import Bearing
from ongedeeld.reporting.bearing_charts import against_chart, complexes_chart, ranks_chart, themes_chart
from ongedeeld.reporting.bearing_words import probability
from ongedeeld.reporting.card_rows import made_of, made_of_grid, record_of
from ongedeeld.reporting.figures import Chart, Grid, Research, Section
from ongedeeld.reporting.funnel_charts import funnel_charts
from ongedeeld.reporting.ground import Ground
from ongedeeld.reporting.text import Speech, capital

NO_PEACE = N_(
    "No figure here worsens by more than chance explains. That is not proof that all is well: small changes "
    "stay unseen."
)
CHANGED = {
    "worse": N_("worse"),
    "within_chance": N_("within chance"),
    "too_few": N_("too few to say"),
    "not_known": N_("not known"),
}
_CHANGES = (
    N_("figure"),
    N_("before"),
    N_("now"),
    N_("beside the stock"),
    N_("p-value, adjusted"),
    N_("outcome"),
)


def empty_section(key: str, title: str, absent: AbsentError | None, speech: Speech) -> Section:
    """A section of which nothing can be told: why, and how to fill it."""
    if absent is None:
        return Section(key, title, why_empty=speech.say("the association has no homes here"))
    why, how_to = speech.absence(absent)
    return Section(key, title, why_empty=why, how_to=how_to)


def bearing_section(ground: Ground, code: str, speech: Speech) -> Section:
    """The card of a neighbourhood, with its place among all and that of its complexes."""
    title = speech.say("What does it ask here, and what can it bear?")
    tried = ground.bearing.cards("neighbourhood")
    if tried.found is None or code not in tried.found.units["unit"]:
        return empty_section("bearing", title, tried.absent, speech)
    cards, card = tried.found, tried.found.card(code)
    return Section(
        "bearing",
        title,
        lead=(*bearing_told.told(card, speech), speech.say(bearing_told.SIGNALS)),
        tiles=tuple(_tiles(ground, cards, card, speech)),
        notes=bearing_told.missing_told(card, speech),
        research=card_research(card, cards, ground.bearing, speech, dict(ground.line(code))),
    )


def _tiles(ground: Ground, cards: Cards, card: Card, speech: Speech) -> list[Chart]:
    everywhere = against_chart(
        cards,
        speech.say("Load against capacity: the neighbourhoods"),
        speech.say(
            "Each dot is a neighbourhood, this one in clay; from 1 (little) to 5 (much); lines: intervals; "
            "dashed: as much load as capacity"
        ),
        "neighbourhoods",
        speech,
        marked=(card.unit,),
    )
    complexes = ground.bearing.cards("complex").found
    here = ground.city.table("complexes").filter(pl.col("area") == card.unit)["complex"]
    tiles = [
        themes_chart(card, speech),
        ranks_chart(card, speech) if len(cards.units) > 1 else None,
        everywhere,
        complexes_chart(complexes, here, speech) if complexes is not None else None,
    ]
    return [tile for tile in tiles if tile is not None]


def card_research(
    card: Card, cards: Cards, bearing: Bearing, speech: Speech, names: dict[str, str]
) -> Research:
    """What the scores are made of, and the evidence they lean on."""
    rows = made_of_grid(made_of(card, cards, bearing.evidence, speech, names), speech)
    records = [record_of(bearing.evidence[name], speech) for name in card.evidence]
    evidence = Grid(
        (speech.say("record"), speech.say("evidence"), speech.say("claim")),
        tuple((record.label, record.grade, record.claim) for record in records),
        "card-evidence",
    )
    told = dict.fromkeys(speech.told(one) for one in card.notes)
    return Research(
        (
            (speech.say("What the scores are made of"), rows),
            (speech.say("The evidence it leans on"), evidence),
        ),
        tuple(told),
    )


def warning_section(ground: Ground, code: str, speech: Speech) -> Section:
    """Whether a neighbourhood worsens by more than chance, and where it stands among all."""
    title = speech.say("Does it get worse by more than chance?")
    tried = ground.bearing.warnings("neighbourhood")
    if tried.found is None or code not in tried.found.table["unit"]:
        return empty_section("warning", title, tried.absent, speech)
    found = tried.found
    return Section(
        "warning",
        title,
        lead=tuple(_warned(found, code, speech)),
        tiles=tuple(funnel_charts(found, speech, marked=code)),
        research=Research(
            ((speech.say("The last year beside the three before"), _changes(found, code, speech)),),
            tuple(dict.fromkeys(speech.told(one) for one in found.notes)),
        ),
    )


def _warned(found: Warnings, code: str, speech: Speech) -> list[str]:
    """The alarm in words, or that there is none, which is no peace."""
    row = found.table.filter(pl.col("unit") == code).row(0, named=True)
    about = [one for one in found.sentences if one.fields.get("name") == row["name"]]
    said = [speech.told(one) for one in about]
    if not row["worsens"]:
        said.insert(0, speech.say(NO_PEACE))
    return said


def _changes(found: Warnings, code: str, speech: Speech) -> Grid:
    rows = found.changes.filter(pl.col("unit") == code).to_dicts()
    cells = []
    for row in rows:
        times = 1 if row["measure"] == "grade" else 100
        before, now = (
            "–" if row[name] is None else speech.number(times * row[name], 1) for name in ("before", "now")
        )
        size = (
            "–"
            if row["size"] is None
            else speech.say(
                "{value} ({low} to {high})",
                **{
                    name: "–" if row[key] is None else speech.number(row[key], 2)
                    for name, key in (("value", "size"), ("low", "low"), ("high", "high"))
                },
            )
        )
        label = capital(speech.say(WATCHED[row["indicator"]].label))
        cells.append(
            (
                label,
                before,
                now,
                size,
                probability(row["adjusted"], speech),
                speech.say(CHANGED[row["outcome"]]),
            )
        )
    return Grid(tuple(speech.say(text) for text in _CHANGES), tuple(cells), "changes")
