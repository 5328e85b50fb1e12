"""The complex card as one page: what a place asks and can bear, what that is made of, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.capacity import (
    Card,
    Cards,
    Scoring,
    Views,
    load_scoring,
)
from ongedeeld.measures.capacity import cards as cards_of_city
from ongedeeld.measures.capacity.known import LEVELS, Level
from ongedeeld.reporting import bearing_told, page
from ongedeeld.reporting.bearing_charts import ranks_chart, sides_chart, themes_chart
from ongedeeld.reporting.card_rows import HEADS, Made, Record, made_of, made_of_grid, record_of
from ongedeeld.reporting.figures import Chart, Grid
from ongedeeld.reporting.own import Own, own_of
from ongedeeld.reporting.placed import areas_of, line_of, municipality_of
from ongedeeld.reporting.text import Speech, capital
from ongedeeld.vocabulary import Language
from ongedeeld.vocabulary.evidence import Evidence, load_evidence

KINDS: dict[Level, str] = {
    "complex": N_("complex"),
    "neighbourhood": N_("neighbourhood"),
    "district": N_("district"),
    "entrance": N_("entrance"),
}


@dataclass(frozen=True)
class CardPage:
    """Everything on the page of one card, ready to be laid out."""

    name: str
    line: tuple[str, ...]
    about: str
    lead: tuple[str, ...]
    themes: Chart
    overrules: tuple[tuple[str, str, str], ...]
    sides: Chart
    balance: str
    ranks: Chart | None
    rank_told: str
    residents: str
    quotes: tuple[str, ...]
    unquoted: str
    missing: tuple[str, ...]
    made_of: tuple[Made, ...]
    heads: tuple[str, ...]
    grid: Grid
    notes: tuple[str, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, eq=False)
class _About:
    """The City of a card, for the frame of its page."""

    city: City
    name: str

    @cached_property
    def own(self) -> Own | None:
        return own_of(self.city)


def card_html(
    city: City,
    unit: str,
    *,
    language: Language = "nl",
    scoring: Scoring | str | Path | None = None,
    views: Views | str | Path | None = None,
    evidence: Evidence | str | Path | None = None,
    day: date | None = None,
    cards: Cards | None = None,
) -> str:
    """The card of a complex, neighbourhood, district or entrance as one self-contained page.

    It is for internal use: what it counts comes from the association's own records.

    Parameters
    ----------
    city
        A City.
    unit
        The number of a complex or entrance, or the code of a neighbourhood or district.
    language
        The language of the page.
    scoring, views
        As of :func:`ongedeeld.measures.capacity.cards`.
    evidence
        The records, or the file of one's own that is laid over them.
    day
        The day of the card; that on which the City was put together when not given.
    cards
        The cards of its level, where they were made before; `scoring`, `views` and `day` are then theirs.

    Returns
    -------
    str
        HTML that asks nothing of the network: style, pictures and font are inside.

    Raises
    ------
    AbsentError
        When there is no such unit, or the City tells nothing of its level.
    InputError
        As :func:`ongedeeld.measures.capacity.cards` does.

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> "<h1>Marktbuurt 1</h1>" in card_html(model_city(scale=0.05), "C001", language="en")
    True
    """
    records = (
        evidence if isinstance(evidence, Evidence) else load_evidence(Path(evidence) if evidence else None)
    )
    if cards is None:
        cards = cards_of_city(
            city,
            day=day or city.manifest.created,
            scoring=scoring if isinstance(scoring, Scoring) else load_scoring(scoring, records),
            views=views,
            level=level_of(city, unit),
        )
    speech = Speech(language)
    areas = areas_of(city.table("areas"))
    area = _area_of(city, unit, cards.level)
    municipality = municipality_of(area, areas) if area in areas else None
    about = _About(city, str(areas[municipality]["name"]) if municipality else city.manifest.name)
    made = gather(cards, unit, records, speech, line_of(area, areas) if area in areas else [])
    return page.render(
        "card.html",
        speech,
        about,
        audience="internal",
        alone=True,
        card=made,
        signals=speech.say(bearing_told.SIGNALS),
    )


def write_card(  # noqa: PLR0913 - what a card asks for, and where to write
    city: City,
    unit: str,
    path: str | Path,
    *,
    language: Language = "nl",
    scoring: Scoring | str | Path | None = None,
    views: Views | str | Path | None = None,
    evidence: Evidence | str | Path | None = None,
    day: date | None = None,
    cards: Cards | None = None,
) -> Path:
    """Write the card of a place to one self-contained HTML file, which prints on one sheet of A4.

    Parameters
    ----------
    city, unit, language, scoring, views, evidence, day, cards
        As for :func:`card_html`.
    path
        Where to write; its folder is made when it is not there.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    AbsentError, InputError
        As :func:`card_html` does, and `InputError` when the file cannot be written; nothing is written then.
    """
    text = card_html(
        city,
        unit,
        language=language,
        scoring=scoring,
        views=views,
        evidence=evidence,
        day=day,
        cards=cards,
    )
    target = Path(path)
    page.write({target.name: text}, target.parent)
    return target


def level_of(city: City, unit: str) -> Level:
    """Whether a number or code is of a complex, a neighbourhood, a district or an entrance.

    Raises
    ------
    AbsentError
        When it is of none of these.
    """
    for table, column in (("complexes", "complex"), ("entrances", "entrance")):
        if unit in city.table(table)[column]:
            return cast("Level", column)
    levels = city.table("areas").filter(pl.col("code") == unit)["level"]
    if len(levels) and levels[0] in LEVELS:
        return cast("Level", levels[0])
    raise AbsentError(
        N_("{unit} is not a complex, entrance, neighbourhood or district of this City"),
        remedy=N_("look it up with: ongedeeld areas DIR TEXT"),
        unit=unit,
    )


def _area_of(city: City, unit: str, level: Level) -> str:
    """The area in which a unit lies, or that it is."""
    if level in ("neighbourhood", "district"):
        return unit
    complexes = city.table("complexes").select("complex", "area")
    if level == "entrance":
        complexes = city.table("entrances").join(complexes, on="complex").drop("complex")
    found = complexes.filter(pl.col(level) == unit)["area"].drop_nulls()
    return str(found[0]) if len(found) else ""


def gather(
    cards: Cards, unit: str, records: Evidence, speech: Speech, line: Sequence[tuple[str, str]]
) -> CardPage:
    """What stands on the page of one card.

    Parameters
    ----------
    cards
        All cards of its level.
    unit
        Which one.
    records
        The records of evidence.
    speech
        The language.
    line
        The areas in which it lies, from large to small: code and name.
    """
    card = cards.card(unit)
    made = made_of(card, cards, records, speech, dict(line))
    entrance = card.level == "entrance"
    return CardPage(
        name=card.name or unit,
        line=tuple(name for code, name in line if code != unit),
        about=_about(card, speech),
        lead=tuple(bearing_told.told(card, speech)) if not entrance else (),
        themes=themes_chart(card, speech),
        overrules=bearing_told.overrules_told(card, speech),
        sides=sides_chart(card, speech),
        balance=bearing_told.balance_told(card, speech),
        ranks=ranks_chart(card, speech) if len(cards.units) > 1 else None,
        rank_told=bearing_told.rank_told(card, cards.scoring.factors, speech),
        residents=bearing_told.residents_told(card, speech),
        quotes=card.quotes,
        unquoted=speech.ngettext(
            "One other resident said something and did not want to be quoted.",
            "{count} other residents said something and did not want to be quoted.",
            card.unquoted,
        )
        if card.unquoted
        else "",
        missing=bearing_told.missing_told(card, speech),
        made_of=made,
        heads=tuple(speech.say(text) for text in HEADS),
        grid=made_of_grid(made, speech),
        notes=tuple(dict.fromkeys(speech.told(one) for one in card.notes)),
        records=tuple(record_of(records[name], speech) for name in card.evidence if name in records),
    )


def _about(card: Card, speech: Speech) -> str:
    kind = capital(speech.say(KINDS[card.level]))
    if card.homes is None:
        return speech.say(
            "{kind} {unit}, as known on {day}", kind=kind, unit=card.unit, day=speech.day(card.day)
        )
    return speech.ngettext(
        "{kind} {unit}, one home of the association, as known on {day}",
        "{kind} {unit}, {count} homes of the association, as known on {day}",
        card.homes,
        kind=kind,
        unit=card.unit,
        day=speech.day(card.day),
    )
