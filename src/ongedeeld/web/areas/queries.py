"""Read a neighbourhood or a complex; whoever asks is judged first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar
from uuid import UUID

import polars as pl
from django.db.models import Max

from ongedeeld.measures.capacity import THEME_LABELS, Cards, Views
from ongedeeld.reporting import card_page
from ongedeeld.reporting.card_page import CardPage
from ongedeeld.reporting.page import Audience
from ongedeeld.reporting.text import Speech
from ongedeeld.vocabulary import Language
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.areas.carrying import Voices, cards_now, holds, scoring, views_of, voices_of
from ongedeeld.web.areas.history import Year, inspected_before, years_of
from ongedeeld.web.areas.models import (
    Followed,
    Inspection,
    Note,
    Overrule,
    ResidentsGrade,
    ResidentsWords,
)
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.areas.portraits import Drawn, drawn
from ongedeeld.web.areas.prevented import Ended, ended_in
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.knowledge.own_evidence import OwnEvidence, own_evidence
from ongedeeld.web.plans.models import Plan
from ongedeeld.web.plans.queries import plans_for
from ongedeeld.web.signals.counting.told import Section, section_of

MOST_PLANS = 8
MOST_GRADES, MOST_WORDS = 20, 40
Row = TypeVar("Row", Note, Overrule, Inspection)


@dataclass(frozen=True)
class ComplexRow:
    """A complex in a list: what asks most of it, and load beside capacity; none where it cannot be said.

    `views` are those of professionals that hold today and stand beside its card.
    """

    place: Place
    homes: int | None = None
    theme: str = ""
    score: float | None = None
    load: float | None = None
    capacity: float | None = None
    rank: int | None = None
    inspected: date | None = None
    views: int = 0


@dataclass(frozen=True)
class Residents:
    """What residents say of a place: grades of enough answers, words they agreed to, and how many did not."""

    grades: tuple[ResidentsGrade, ...]
    too_few: int
    words: tuple[ResidentsWords, ...]
    unquoted: int
    fewest: int


@dataclass(frozen=True)
class NeighbourhoodPage:
    """A neighbourhood: its portrait and what people add to it."""

    place: Place
    audience: Audience
    drawn: Drawn
    complexes: tuple[ComplexRow, ...]
    residents: Residents
    notes: tuple[tuple[Note, str], ...]
    plans: tuple[Plan, ...]
    follows: bool
    signals: Section | None = None


@dataclass(frozen=True)
class ComplexPage:
    """A complex: its card, the views on it, what residents say, and its inspections over the years."""

    place: Place
    card: CardPage | None
    scores: Mapping[str, float | None]
    running: tuple[tuple[Overrule, str], ...]
    ended: tuple[tuple[Overrule, str], ...]
    residents: Residents
    inspections: tuple[tuple[Inspection, str], ...]
    years: tuple[Year, ...]
    plans: tuple[Plan, ...]
    follows: bool
    signals: Section | None = None
    evictions: tuple[Ended, ...] = ()


def neighbourhood_page(
    person: Person, opened: Opened, code: str, language: Language, today: date
) -> NeighbourhoodPage:
    """A neighbourhood as this person may see it: with the association's own figures only where rights reach.

    Raises
    ------
    AbsentError
        When the City has no such neighbourhood.
    Refused
        When the person may see nothing of it.
    """
    places = places_of(opened)
    place = places.neighbourhood(code)
    require(person, "areas.see_neighbourhood", place)
    internal = bool(may(person, "areas.see_own_figures", place))
    audience: Audience = "internal" if internal else "public"
    here = places.of(code)
    return NeighbourhoodPage(
        place,
        audience,
        drawn(opened, code, language, audience),
        tuple(complex_rows(opened, here, today)) if internal else (),
        residents_of([code, *(one.code for one in here)] if internal else [code], today),
        with_names(Note.objects.filter(area=code, taken_back_at__isnull=True)) if internal else (),
        running_plans(person, code),
        follows(person, code),
        section_of(person, opened, place, today, Speech(language), here),
    )


def complex_page(person: Person, opened: Opened, number: str, language: Language, today: date) -> ComplexPage:
    """A complex with its card as it is now.

    Raises
    ------
    AbsentError
        When the City has no such complex.
    Refused
        When the person may not see the association's own figures here.
    """
    place = places_of(opened).complex(number)
    require(person, "areas.see_own_figures", place)
    cards = cards_now(opened)
    known = cards is not None and number in cards.units["unit"]
    said = voices_of(number, today)
    views = with_names(said.views)
    return ComplexPage(
        place,
        card_of(cards, place, language, said, today) if cards is not None and known else None,
        dict(cards.themes.filter(pl.col("unit") == number).select("theme", "score").iter_rows())
        if cards is not None
        else {},
        tuple(one for one in views if holds(one[0], today)),
        tuple(one for one in views if not holds(one[0], today)),
        _residents(said.grades, said.words),
        with_names(Inspection.objects.filter(complex=number)[:12]),
        years_of(opened, place),
        running_plans(person, number),
        follows(person, number),
        section_of(person, opened, place, today, Speech(language)),
        ended_in(person, place),
    )


def card_of(cards: Cards, place: Place, language: Language, said: Voices, today: date) -> CardPage:
    """The card of a complex with the views of people as they hold today."""
    return _card(cards, place, language, views_of(place.code, said, today), today, own_evidence())


@lru_cache(maxsize=256)
def _card(
    cards: Cards, place: Place, language: Language, views: Views, today: date, own: OwnEvidence
) -> CardPage:
    seen = cards.with_views(views, today)
    return card_page.gather(seen, place.code, own.evidence, Speech(language), place.line)


def running_plans(person: Person, unit: str) -> tuple[Plan, ...]:
    """The plans for a place, and for what lies in it, that are not closed and that the person may see."""
    if not may(person, "plans.see_plans"):
        return ()
    return tuple(plans_for(person, codes=[unit]).exclude(state=Plan.State.CLOSED)[:MOST_PLANS])


def follows(person: Person, unit: str) -> bool:
    """Whether a person follows a place."""
    return Followed.objects.filter(person=person.key, unit=unit).exists()


def complex_rows(opened: Opened, here: Iterable[Place], today: date) -> list[ComplexRow]:
    """Complexes in a list, each with its card in short and when it was last inspected."""
    shown = list(here)
    cards = cards_now(opened)
    views = views_running([one.code for one in shown], today) if cards is not None else ()
    return rows_of(shown, cards, last_inspected(opened, shown), views)


def rows_of(
    shown: Iterable[Place], cards: Cards | None, inspected: Mapping[str, date], running: Iterable[Overrule]
) -> list[ComplexRow]:
    """The same of what was read already: the cards, when each was inspected, and the views of today."""
    if cards is None:
        return [ComplexRow(one, inspected=inspected.get(one.code)) for one in shown]
    views, short = Counter(one.unit for one in running), _in_short(cards)
    return [
        ComplexRow(
            one, *short.get(one.code, _NOT_TOLD), inspected=inspected.get(one.code), views=views[one.code]
        )
        for one in shown
    ]


InShort = tuple[int | None, str, float | None, float | None, float | None, int | None]
_NOT_TOLD: InShort = (None, "", None, None, None, None)


@lru_cache(maxsize=4)
def _in_short(cards: Cards) -> Mapping[str, InShort]:
    """What a list tells of each card: homes, what is asked most and how much, load, capacity and rank."""
    most = _most_asked(cards)
    sides = {row["unit"]: row for row in cards.balance.to_dicts()}
    ranks = dict(cards.ranks.select("unit", "rank").iter_rows())
    told: dict[str, InShort] = {}
    for unit, homes in cards.units.select("unit", "homes").iter_rows():
        of_unit = sides.get(unit, {})
        balance = (of_unit.get("load"), of_unit.get("capacity"))
        told[unit] = (homes, *most.get(unit, ("", None)), *balance, ranks.get(unit))
    return told


def views_running(numbers: Iterable[str], today: date) -> list[Overrule]:
    """The views of professionals that hold today on some complexes, which end first in front."""
    running = Overrule.objects.filter(ended_at__isnull=True, from_day__lte=today, until__gte=today)
    return list(running.filter(unit__in=list(numbers)).order_by("until"))


def _most_asked(cards: Cards) -> dict[str, tuple[str, float]]:
    """The theme with the highest score of each complex; livability is what the others are read against."""
    scored = cards.themes.filter(pl.col("theme") != "livability").drop_nulls("score")
    first = scored.sort("score", descending=True).group_by("unit", maintain_order=True).first()
    labels: Mapping[str, str] = {str(theme): label for theme, label in THEME_LABELS.items()}
    return {
        unit: (labels[theme], score)
        for unit, theme, score in first.select("unit", "theme", "score").iter_rows()
    }


def last_inspected(opened: Opened, here: Iterable[Place]) -> dict[str, date]:
    """When each complex, or an entrance of it, was last inspected by staff."""
    numbers = [one.code for one in here]
    before = inspected_before(opened)
    found = {number: before[number] for number in numbers if number in before}
    later = Inspection.objects.filter(complex__in=numbers).order_by().values("complex")
    for row in later.annotate(last=Max("day")):
        found[row["complex"]] = max(row["last"], found.get(row["complex"], row["last"]))
    return found


def residents_of(units: list[str], today: date) -> Residents:
    """What residents of these places say; a grade of few answers leads to whoever answered."""
    return _residents(
        ResidentsGrade.objects.filter(unit__in=units, day__lte=today)[:MOST_GRADES],
        ResidentsWords.objects.filter(unit__in=units, taken_back_at__isnull=True)[:MOST_WORDS],
    )


def _residents(every: Iterable[ResidentsGrade], words: Iterable[ResidentsWords]) -> Residents:
    fewest = int(scoring().rules.fewest["answers"])
    grades, said = list(islice(every, MOST_GRADES)), list(islice(words, MOST_WORDS))
    return Residents(
        tuple(one for one in grades if one.answers >= fewest),
        sum(1 for one in grades if one.answers < fewest),
        tuple(one for one in said if one.words),
        sum(1 for one in said if not one.words),
        fewest,
    )


def with_names(rows: Iterable[Row]) -> tuple[tuple[Row, str], ...]:
    """Rows with the name of who made each; empty where that person is no longer known."""
    found = list(rows)
    keys: set[UUID] = {one.made_by for one in found if one.made_by}
    names = dict(Person.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
    return tuple((one, names.get(one.made_by, "") if one.made_by else "") for one in found)
