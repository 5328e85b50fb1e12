"""What the commands on carrying capacity share: options, how cards are made, and how they are said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ongedeeld.cli.figures import number
from ongedeeld.cli.voice import err, table, tell, voice
from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary.evidence_records import GRADES

if TYPE_CHECKING:
    import polars as pl

    from ongedeeld.city import City
    from ongedeeld.measures.capacity import Cards
    from ongedeeld.measures.capacity.known import CardIndicator, Level
    from ongedeeld.vocabulary.evidence import Evidence
    from ongedeeld.vocabulary.evidence_records import EvidenceRecord

AskedDay = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DAY", help="Day of the card, as 2026-12-31; by default the day the City was built."
    ),
]
ScoringFile = Annotated[
    Path | None,
    typer.Option(
        "--scoring", metavar="FILE", help="Your own table of scoring, in place of the shipped one (TOML)."
    ),
]
ViewsFile = Annotated[
    Path | None,
    typer.Option("--views", metavar="FILE", help="Views of professionals and residents (TOML or csv)."),
]
OwnEvidence = Annotated[
    Path | None,
    typer.Option(
        "--evidence", metavar="FILE", help="Your own records of evidence, which may overrule (TOML)."
    ),
]
UNSAID = {"too_few": N_("too few"), "not_known": N_("not known")}


def asked_day(city: City, text: str | None) -> date:
    """The day that was asked; else the day the City was built, up to which it tells what is known.

    Raises
    ------
    InputError
        When it is no date.
    """
    if text is None:
        return city.manifest.created
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            N_("--date is {value}"), expected=N_("year-month-day, such as 2026-12-31"), value=text
        ) from None


def make_cards(
    city: City, level: Level, day: date, scoring: Path | None, views: Path | None, evidence: Evidence
) -> Cards:
    """The cards of a level, by the files that were given."""
    from ongedeeld.measures.capacity import cards, load_scoring

    with err.status(voice.say(N_("Cards"))):
        return cards(city, day=day, scoring=load_scoring(scoring, evidence), views=views, level=level)


def day_said(day: date) -> str:
    """A day in full."""
    from ongedeeld.reporting.text import Speech

    return Speech(voice.language).day(day)


def span(start: date, end: date) -> str:
    """The months from the first to the last day; the year of a whole one, the day where it is one."""
    from babel.dates import format_date

    if start == end:
        return str(start.year) if (start.month, start.day) == (1, 1) else day_said(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    forms = ("MMM" if start.year == end.year else "MMM y", "MMM y")
    said = [
        format_date(day, form, locale=voice.language) for day, form in zip((start, end), forms, strict=True)
    ]
    return "\N{EN DASH}".join(said)


def score(value: float | None, outcome: str) -> str:
    """A score with one decimal; in words where it cannot be said."""
    return voice.translate(UNSAID[outcome]) if value is None else number(value, 1)


def score_limits(value: float | None) -> str:
    """A limit of a score, without a decimal where it is whole."""
    return number(value, 0 if value is None or round(value, 1) == round(value) else 1)


def between(low: float, high: float, shown: Callable[[float | None], str] = score_limits) -> str:
    """Two limits close together, for a cell of a table."""
    return f"{shown(low)}\N{EN DASH}{shown(high)}"


def whole(value: float | None) -> str:
    """A whole number."""
    return number(value, 0)


def estimated(known: CardIndicator, value: float, low: float, high: float) -> str:
    """An estimate with its interval, in the unit of its indicator; the interval only where there is one."""
    if known.kind == "share" or known.most == 1.0:
        return _ranged(100 * value, 100 * low, 100 * high, 1, "%")
    if known.kind == "exact":
        return _ranged(value, low, high, 0 if value == round(value) else 2)
    if known.kind == "mean" and known.most < 1_000:
        return _ranged(value, low, high, 1)
    # Two digits of the upper limit, so that rare events do not all read as zero.
    return _ranged(value, low, high, min(max(1 - floor(log10(high)), 0), 3) if high > 0 else 0)


def _ranged(value: float, low: float, high: float, decimals: int, unit: str = "") -> str:
    said = f"{number(value, decimals)}{unit}"
    return (
        said
        if low == value == high
        else f"{said} ({between(low, high, lambda each: number(each, decimals))})"
    )


def leant_on(made: Cards, figures: pl.DataFrame) -> list[str]:
    """The records of evidence behind these figures of cards, and behind cards as such."""
    scored = made.scoring.indicators
    counted = {name for name, role in figures.select("indicator", "role").iter_rows() if role != "shown"}
    of_others = {one.evidence for one in scored.values()} - {scored[name].evidence for name in counted}
    return [name for name in made.evidence if name not in of_others]


def tell_evidence(names: Iterable[str], evidence: Evidence) -> None:
    """Print the records that something leans on, with their grades."""
    table(
        N_("What this leans on"),
        (N_("record"), N_("about"), N_("grade"), N_("stands in")),
        (
            (
                name,
                evidence[name].label.say(voice.translate),
                GRADES[evidence[name].grade].label.say(voice.translate),
                _stands_in(evidence[name]),
            )
            for name in names
        ),
    )
    tell(N_("Explain one with: ongedeeld evidence NAME"))


def _stands_in(record: EvidenceRecord) -> str:
    """Where a record comes from, and whether it overrules the shipped one."""
    if record.origin is None:
        return voice.say(N_("this version"))
    if record.overruled is None:
        return record.origin.name
    return voice.say(N_("{file}, in place of the shipped one"), file=record.origin.name)


def tell_register(city: City, day: date) -> None:
    """Say so when what is known of tenancies ends months before the day asked."""
    from ongedeeld.measures.capacity.forecast.turnover import months_between, register_end

    until = register_end(city)
    if until is not None and months_between(until, day) > 1:
        tell(
            N_("The register of tenancies ends on {until}, before {day}: what was let since is not known."),
            until=day_said(until),
            day=day_said(day),
        )
