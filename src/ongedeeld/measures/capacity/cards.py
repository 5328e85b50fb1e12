"""Cards: what a complex, neighbourhood or district asks and can bear, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.measures.capacity.balance import SIDES, balance_of
from ongedeeld.measures.capacity.indicators import Figures, raw_figures
from ongedeeld.measures.capacity.known import CARD_INDICATORS, Level
from ongedeeld.measures.capacity.scores import scored_figures
from ongedeeld.measures.capacity.scoring import ScoredIndicator, Scoring, load_scoring
from ongedeeld.measures.capacity.themes import themes_of
from ongedeeld.measures.capacity.views import Overrule, ResidentsGrade, Views, load_views
from ongedeeld.measures.capacity.weights import ranks_of
from ongedeeld.measures.notes import Note, note

BY_POSITION = N_(
    "A score is a position in your own stock, from 1 (a small task) to 5 (a large task): research gives no "
    "threshold. It says nothing of other stocks"
)
SHRUNKEN = N_(
    "Estimates are pulled to the stock by as much as small numbers call for; intervals are of {percent}%, "
    "and what is missing widens them"
)
AMONG_AREAS = N_(
    "A score is a position among the areas of this City, from 1 (a small task) to 5 (a large task): research "
    "gives no threshold. It says nothing of other areas"
)
AS_PUBLISHED = N_("Published figures are taken as they are; their rounding and what is missing leave room")
NO_STOCK = N_(
    "Load and capacity also count {count} indicators that need a stock of your own; nothing is known of them "
    "here, which widens both"
)
WEIGHED = N_(
    "The place is by all themes together, livability among them, each at its own weight; load, capacity and "
    "balance leave the weights of themes aside and count every indicator by its own"
)
FEW_THEMES = N_(
    "Places rest on {count} of {expected} themes: of the others no indicator belongs on these cards"
)
TIED = N_("{count} of {ranked} share their place with another, as their scores are equal")
AROUND = N_("Published figures on the card of a complex are of the neighbourhood around it")
OUTCOME = N_("Livability is what load and capacity are read against; it is part of neither")
INVENTED = N_("This City is invented: nothing on its cards is of a real place")


@dataclass(frozen=True, eq=False)
class Card:
    """The card of one unit.

    Parameters
    ----------
    unit, name, level, day, homes
        What it is of; `homes` is None where the association has no stock there.
    figures, themes, balance, ranks, grades
        The rows of this unit of the tables of :class:`Cards`.
    quotes
        What residents said, who gave permission to quote them.
    unquoted
        How many others said something.
    notes, evidence
        As of :class:`Cards`.
    """

    unit: str
    name: str
    level: Level
    day: date
    homes: int | None
    figures: pl.DataFrame
    themes: pl.DataFrame
    balance: pl.DataFrame
    ranks: pl.DataFrame
    grades: pl.DataFrame
    quotes: tuple[str, ...]
    unquoted: int
    notes: tuple[Note, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Cards:
    """The cards of all units of a level.

    Parameters
    ----------
    level, day
        Of the units; of what is known.
    units
        A row per `unit`: `name` and `homes`.
    figures
        A row per unit and indicator: see :func:`~ongedeeld.measures.capacity.scores.scored_figures`.
    themes
        A row per unit and theme: see :func:`~ongedeeld.measures.capacity.themes.themes_of`; with `overruled`
        (the score of professionals, which stands beside the figure), `reason` and `until`.
    balance
        A row per unit: see :func:`~ongedeeld.measures.capacity.balance.balance_of`. What load and capacity
        are made of are the rows of `figures` with that role.
    ranks
        A row per unit: see :func:`~ongedeeld.measures.capacity.weights.ranks_of`.
    grades
        A row per unit with a grade of residents: `grade`, `answers` and `day`.
    scoring, views
        What they were made with.
    notes
        What the reader must know.
    evidence
        The names of the records of evidence that they lean on.
    """

    level: Level
    day: date
    units: pl.DataFrame
    figures: pl.DataFrame
    themes: pl.DataFrame
    balance: pl.DataFrame
    ranks: pl.DataFrame
    grades: pl.DataFrame
    scoring: Scoring
    views: Views
    notes: tuple[Note, ...]
    evidence: tuple[str, ...]

    def card(self, unit: str) -> Card:
        """The card of one unit.

        Raises
        ------
        AbsentError
            When there is no such unit among these cards.
        """
        rows = self.units.filter(pl.col("unit") == unit)
        if rows.is_empty():
            raise AbsentError(
                N_("there is no card of {unit} at the level {level}"),
                expected=N_("one of {count}, such as {example}"),
                remedy=N_("check the number or code"),
                unit=unit,
                level=self.level,
                count=len(self.units),
                example=self.units["unit"][0],
            )
        parts = (self.figures, self.themes, self.balance, self.ranks, self.grades)
        figures, themes, balance, ranks, grades = (part.filter(pl.col("unit") == unit) for part in parts)
        return Card(
            unit,
            rows["name"][0],
            self.level,
            self.day,
            rows["homes"][0],
            figures,
            themes,
            balance,
            ranks,
            grades,
            tuple(one.words for one in self.views.quotes if one.unit == unit),
            dict(self.views.unquoted).get(unit, 0),
            self.notes,
            self.evidence,
        )

    def with_views(self, views: Views, day: date | None = None) -> Cards:
        """These cards, made without views, with views laid beside them as they hold on a day.

        Raises
        ------
        InputError
            For a view on a unit that is not there.
        """
        _refuse_strangers(views, self)
        held, gone = views.holding(day or self.day)
        grades, untold = views.told(day or self.day, self.scoring.rules.fewest["answers"])
        return replace(
            self,
            themes=_with_overrules(self.themes.drop("overruled", "reason", "until"), held),
            grades=_grades(grades),
            views=views,
            notes=(*self.notes, *gone, *untold),
            evidence=self.evidence + (("professional_view",) if held else ()),
        )


def cards(
    city: City,
    *,
    day: date,
    scoring: Scoring | str | Path | None = None,
    views: Views | str | Path | None = None,
    level: Level = "complex",
) -> Cards:
    """The cards of all complexes, neighbourhoods, districts or entrances.

    Parameters
    ----------
    city
        With a stock of the association's own; without any stock, published figures of areas only.
    day
        The day of the cards.
    scoring
        The table of scoring, or its file; the shipped one when not given.
    views
        Views of professionals and residents, or their file.
    level
        `complex`, `neighbourhood`, `district`, or `entrance` (clean, whole and safe only).

    Returns
    -------
    Cards

    Raises
    ------
    AbsentError
        For a drawn stock, or when the City tells nothing at this level.
    InputError
        For a table or file that is not as expected, complexes without dwellings, mixed periods, or a view
        on a unit that is not there.

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> made = cards(model_city(scale=0.05), day=date(2026, 1, 1))
    >>> made.themes.filter(unit="C001")["theme"].to_list()
    ['clean_whole_safe', 'financial', 'livability', 'nuisance', 'social']
    """
    table = scoring if isinstance(scoring, Scoring) else load_scoring(scoring)
    added = views if isinstance(views, Views) else load_views(views) if views is not None else Views()
    made = cards_of(raw_figures(city, day=day, level=level), day=day, scoring=table, views=added)
    if not city.manifest.invented:
        return made
    return replace(made, notes=(note(INVENTED), *made.notes))


def cards_of(figures: Figures, *, day: date, scoring: Scoring, views: Views | None = None) -> Cards:
    """The cards of raw figures.

    Parameters
    ----------
    figures
        As :func:`~ongedeeld.measures.capacity.indicators.raw_figures` gives, or of one's own.
    day
        The day of the cards.
    scoring
        The table of scoring.
    views
        Views of professionals and residents.

    Raises
    ------
    InputError
        For a view on a unit that is not there, or when the table of scoring names no indicator that is known.
    """
    scored = scored_figures(figures, scoring)
    themes = themes_of(scored, scoring.rules)
    ranks = ranks_of(themes, scoring.themes, scoring.factors)
    absent = _absent(figures, scoring)
    made = Cards(
        figures.level,
        day,
        figures.units,
        scored,
        _with_overrules(themes, ()),
        balance_of(scored, scoring.rules, absent),
        ranks,
        _grades(()),
        scoring,
        Views(),
        (*_notes(figures, scoring), *_notes_on_order(themes, ranks, scoring, absent), *figures.notes),
        scoring.evidence(),
    )
    return made.with_views(views) if views is not None else made


def card(
    city: City,
    unit: str,
    *,
    day: date,
    scoring: Scoring | str | Path | None = None,
    views: Views | str | Path | None = None,
    level: Level = "complex",
) -> Card:
    """The card of one unit, with its place among all units of its level.

    Parameters
    ----------
    city, day, scoring, views, level
        As of :func:`cards`.
    unit
        The number of the complex or entrance, or the code of the area.

    Raises
    ------
    AbsentError, InputError
        As :func:`cards` does; `AbsentError` also when there is no such unit.

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> one = card(model_city(scale=0.05), "C001", day=date(2026, 1, 1))
    >>> one.level, one.homes
    ('complex', 142)
    """
    return cards(city, day=day, scoring=scoring, views=views, level=level).card(unit)


def _absent(figures: Figures, scoring: Scoring) -> list[ScoredIndicator]:
    """Indicators for load or capacity that belong at this level and that this City cannot hold."""
    return [
        one
        for name, one in scoring.indicators.items()
        if one.role in SIDES
        and one.weight > 0
        and figures.level in CARD_INDICATORS[name].levels
        and name not in figures.expected
    ]


def _notes(figures: Figures, scoring: Scoring) -> list[Note]:
    counted = [
        one
        for name, one in scoring.indicators.items()
        if one.role != "shown" and one.weight > 0 and name in figures.expected
    ]
    told = []
    if any(one.bands.by == "position" for one in counted):
        owned = figures.units["homes"].is_not_null().any()
        told.append(note(BY_POSITION if owned else AMONG_AREAS))
    if any(CARD_INDICATORS[one.name].kind != "exact" for one in counted):
        told.append(note(SHRUNKEN, percent=round(100 * scoring.rules.level)))
    else:
        told.append(note(AS_PUBLISHED))
    told.append(note(OUTCOME))
    return told + ([note(AROUND)] if figures.level == "complex" else [])


def _notes_on_order(
    themes: pl.DataFrame, ranks: pl.DataFrame, scoring: Scoring, absent: list[ScoredIndicator]
) -> list[Note]:
    """What places, load and capacity are made of, where that is not all of it."""
    told = [note(WEIGHED)]
    weighed = {theme for theme, weight in scoring.themes.items() if weight > 0}
    held = weighed & set(themes["theme"])
    if len(held) < len(weighed):
        told.append(note(FEW_THEMES, count=len(held), expected=len(weighed)))
    tied = int(ranks["rank"].drop_nulls().is_duplicated().sum())
    if tied:
        told.append(note(TIED, count=tied, ranked=ranks["ranked"][0]))
    if absent:
        told.append(note(NO_STOCK, count=len(absent)))
    return told


def _with_overrules(themes: pl.DataFrame, held: tuple[Overrule, ...]) -> pl.DataFrame:
    said = pl.DataFrame(
        [(one.unit, one.theme, one.score, one.reason, one.until) for one in held],
        schema={
            "unit": pl.String,
            "theme": pl.String,
            "overruled": pl.Float64,
            "reason": pl.String,
            "until": pl.Date,
        },
        orient="row",
    )
    return themes.join(said, on=["unit", "theme"], how="left", maintain_order="left")


def _grades(grades: tuple[ResidentsGrade, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        [(one.unit, one.grade, one.answers, one.day) for one in grades],
        schema={"unit": pl.String, "grade": pl.Float64, "answers": pl.Int64, "day": pl.Date},
        orient="row",
    )


def _refuse_strangers(views: Views, cards: Cards) -> None:
    known = set(cards.units["unit"])
    named = [one.unit for one in views.overrules]
    named += [one.unit for one in views.grades] + [one.unit for one in views.quotes]
    strange = [unit for unit in named if unit not in known]
    if strange:
        raise InputError(
            N_("there is a view on {unit}, of which there is no card"),
            place=Place(views.origin) if views.origin else None,
            expected=N_("units of the level {level}"),
            remedy=N_("correct the number or code, or ask cards of its level"),
            unit=strange[0],
            level=cards.level,
        )
