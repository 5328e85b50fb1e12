"""What stands in a document: headings, paragraphs, pictures and tables, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from ongedeeld.errors import N_
from ongedeeld.reporting import bearing_told
from ongedeeld.reporting.card_page import CardPage
from ongedeeld.reporting.figures import Chart, Grid, Panel, Section
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.portraits import Portrait
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language
from ongedeeld.web.areas.queries import Residents

_TOKEN = re.compile(r"var\(--[\w-]+,\s*([^)]+)\)")
_LABEL = re.compile(r'aria-label="([^"]*)"')


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is a section."""

    level: int
    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph; `small` for notes and captions."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Quoted:
    """What somebody said, in their own words."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A chart as SVG in the colours of paper, with its caption and what it says."""

    caption: str
    svg: str
    told: str


@dataclass(frozen=True)
class Table:
    """A table; without a header its first column names the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Words | Quoted | Picture | Table


@dataclass(frozen=True)
class Contents:
    """A document: its title, where it lies, its parts, and what stands at the foot of every page."""

    title: str
    place: str
    language: Language
    foot: str
    parts: tuple[Part, ...]


def of_portrait(
    portrait: Portrait, residents: Residents, foot: str, audience: Audience, speech: Speech
) -> Contents:
    """The portrait of a neighbourhood as a document.

    Parameters
    ----------
    portrait
        Its facts.
    residents
        What residents say of it.
    foot
        Where the figures come from.
    audience
        For whom it is.
    speech
        The language.
    """
    parts: list[Part] = [Words(" ".join(claim.text for claim in portrait.claims))]
    if portrait.short:
        parts += [Heading(1, speech.say("In short")), Words(portrait.short_caption, small=True)]
        parts.append(_facts(portrait.short))
    parts += _residents(residents, speech)
    for section in portrait.sections:
        parts += _section(section)
    parts += _unknown(portrait, speech)
    line = " › ".join(name for _, name in portrait.line)
    return Contents(portrait.name, line, speech.language, f"{foot} {_for(audience, speech)}", tuple(parts))


def of_card(card: CardPage, foot: str, speech: Speech) -> Contents:
    """The card of a complex as a document."""
    parts: list[Part] = [Words(card.about, small=True), Words(" ".join(card.lead))]
    parts.append(Words(speech.say(bearing_told.SIGNALS)))
    parts += [*_chart(card.themes, 1)]
    for what, why, until in card.overrules:
        parts += [Words(what), Quoted(why), Words(until, small=True)]
    parts += [*_chart(card.sides, 1)]
    if card.ranks:
        parts += [*_chart(card.ranks, 1), Words(card.rank_told, small=True)]
    if card.residents or card.quotes or card.unquoted:
        parts.append(Heading(1, speech.say("What residents say")))
        parts += [Words(text) for text in (card.residents, card.unquoted) if text]
        parts += [Quoted(text) for text in card.quotes]
    if card.missing:
        parts += [Heading(1, speech.say("What is not known")), *(Words(text) for text in card.missing)]
    parts.append(Heading(1, speech.say("What the scores are made of")))
    for made in card.made_of:
        rows = tuple(tuple(": ".join(filter(None, cell)) for cell in row) for row in made.rows)
        parts += [Heading(2, made.theme), Table(card.heads, rows)]
    parts.append(Heading(1, speech.say("How to read this")))
    parts += [Words(text, small=True) for text in card.notes]
    line = " › ".join((*card.line, card.name))
    return Contents(
        card.name, line, speech.language, f"{foot} {_for('internal', speech)}", tuple(part for part in parts)
    )


def _for(audience: Audience, speech: Speech) -> str:
    if audience == "public":
        return speech.say(N_("Public edition: without ranking."))
    return speech.say(N_("For internal use: with ranking and figures of the association."))


def _section(section: Section) -> Iterator[Part]:
    yield Heading(1, section.title)
    if section.lead:
        yield Words(" ".join(section.lead))
    for chart in (*section.charts, *section.tiles):
        yield from _chart(chart, 2)
    if section.facts:
        yield Heading(2, section.facts_title)
        yield Words(section.facts_caption, small=True)
        yield _facts(section.facts)
    for panel in section.panels:
        yield from _panel(panel)
    yield from (Words(note, small=True) for note in section.notes)


def _panel(panel: Panel) -> Iterator[Part]:
    yield Heading(2, panel.title)
    if panel.why_empty:
        yield Words(panel.why_empty)
    yield from (Words(sentence) for sentence in panel.sentences)
    for chart in panel.charts:
        yield from _chart(chart, 3)
    if panel.grid:
        yield _table(panel.grid)
    for title, grid in panel.tables:
        yield Heading(3, title)
        yield _table(grid)
    if panel.source:
        yield Words(panel.source, small=True)


def _chart(chart: Chart, level: int) -> Iterator[Part]:
    yield Heading(level, chart.title)
    svg = chart.drawing.wide
    label = _LABEL.search(svg)
    yield Picture(chart.caption, _TOKEN.sub(r"\1", svg), unescape(label.group(1)) if label else chart.title)
    if chart.legend:
        yield _table(chart.grid)
    if chart.note:
        yield Words(chart.note, small=True)


def _facts(facts: Iterable[object]) -> Table:
    rows = tuple((fact.label, fact.value, fact.compare) for fact in facts)  # type: ignore[attr-defined]
    return Table((), rows)


def _table(grid: Grid) -> Table:
    return Table(grid.header, grid.rows)


def _residents(residents: Residents, speech: Speech) -> Iterator[Part]:
    if not (residents.grades or residents.words):
        return
    yield Heading(1, speech.say("What residents value"))
    for one in residents.grades[:3]:
        yield Words(
            speech.say(
                "Residents give living here {grade} out of 10 ({answers} answers, {day}).",
                grade=speech.number(float(one.grade), 1),
                answers=speech.number(one.answers),
                day=speech.day(one.day),
            )
        )
    yield from (Quoted(one.words) for one in residents.words)


def _unknown(portrait: Portrait, speech: Speech) -> Iterator[Part]:
    unknown = portrait.unknown
    lists = (
        (N_("No shares are told of so few people, households or homes:"), unknown.few),
        (N_("Missing for this neighbourhood:"), unknown.here),
        (N_("Not published for this neighbourhood, because few people are concerned:"), unknown.suppressed),
        (N_("In none of the sources that were used:"), unknown.nowhere),
    )
    yield Heading(1, speech.say("What is not known"))
    yield from (Words(f"{title}: {why}.") for title, why, _ in unknown.empty)
    yield from (Words(f"{speech.say(text)} {' · '.join(names)}.") for text, names in lists if names)
