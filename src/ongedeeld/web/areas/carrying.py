"""Cards as they are now: the City's figures with the inspections recorded here, and the views of people.

The folder of the City stays as it is. Inspections count among those of the City; views of professionals and
residents stand beside the figures and change none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl
from django.db.models import Count, Max, Q, QuerySet

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity import Cards, Scoring, Views, cards_of, load_scoring, raw_figures
from ongedeeld.measures.capacity.known import Level
from ongedeeld.measures.capacity.views import Overrule as View
from ongedeeld.measures.capacity.views import Quote
from ongedeeld.measures.capacity.views import ResidentsGrade as Grade
from ongedeeld.reporting.ground import Ground
from ongedeeld.vocabulary import TABLES
from ongedeeld.web.areas.models import Inspection, Overrule, ResidentsGrade, ResidentsWords
from ongedeeld.web.areas.places import Place
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.knowledge.own_evidence import OwnEvidence

ASPECTS = ("clean", "whole", "safe")
_KEY = ("level", "unit", "period", "by")


class Counted(NamedTuple):
    """The inspections that count: up to which, and how many.

    Both, as of two that are written at one moment the later number may be there first.
    """

    last: int = 0
    many: int = 0


@cache
def scoring() -> Scoring:
    """The table of scoring, read once."""
    return load_scoring()


def cards_now(opened: Opened) -> Cards | None:
    """The cards of all complexes with every inspection so far; none where the City tells too little."""
    return _cards(opened, _counted(Inspection.objects.all()))


def counted_in(here: Iterable[Place], today: date) -> Counted:
    """The inspections that count in a portrait.

    Those of its own complexes count at once, those elsewhere from the next day: they move the cards here a
    little, as scores are positions, and every portrait would have to be drawn anew for each of them.
    """
    before = Q(made_at__date__lt=today) | Q(complex__in=[one.code for one in here])
    return _counted(Inspection.objects.filter(before))


def _counted(inspections: QuerySet[Inspection]) -> Counted:
    found = inspections.aggregate(last=Max("id"), many=Count("id"))
    return Counted(found["last"] or 0, found["many"])


@lru_cache(maxsize=4)
def ground_with(opened: Opened, counted: Counted, own: OwnEvidence) -> Ground:
    """What portraits share, with the inspections that count and evidence of the association's own."""
    levels: tuple[Level, ...] = ("complex", "neighbourhood")
    made = {level: _cards(opened, counted, level) for level in levels} if counted.many else {}
    known = {level: found for level, found in made.items() if found is not None}
    return opened.ground.with_cards(known, own.evidence)


@lru_cache(maxsize=8)
def _cards(opened: Opened, counted: Counted, level: Level = "complex") -> Cards | None:
    """The cards with the inspections that count; inspections are never changed."""
    day = opened.city.manifest.created
    recorded = _recorded(counted.last)
    city = with_inspections(opened.city, recorded) if len(recorded) else opened.city
    try:
        figures = raw_figures(city, day=day, level=level, inspected_until=_until(recorded))
    except (AbsentError, InputError):
        return None
    return cards_of(figures, day=day, scoring=scoring())


def _until(recorded: pl.DataFrame) -> date | None:
    last = recorded["period"].max()
    return last if isinstance(last, date) else None


def _recorded(last: int) -> pl.DataFrame:
    """The inspections of whole complexes and of entrances, in the columns of the City."""
    rows = Inspection.objects.filter(id__lte=last).values_list(
        "complex", "entrance", "day", *(f"how_{aspect}" for aspect in ASPECTS)
    )
    return pl.DataFrame(
        [
            ("entrance" if entrance else "complex", entrance or number, day, "staff", *marks)
            for number, entrance, day, *marks in rows
        ],
        schema={
            "level": pl.String,
            "unit": pl.String,
            "period": pl.Date,
            "by": pl.String,
            **dict.fromkeys(ASPECTS, pl.Float64),
        },
        orient="row",
    )


def with_inspections(city: City, recorded: pl.DataFrame) -> City:
    """The City with more inspections; several of one place on one day count as their mean."""
    held = city.table("inspections")
    together = pl.concat([held, recorded.select(held.columns)]).group_by(_KEY, maintain_order=True)
    tables = {name: city.table(name) for name in TABLES if city.has(name)}
    return City.of(
        tables | {"inspections": together.agg(pl.col(ASPECTS).mean()).select(held.columns)}, city.manifest
    )


@dataclass(frozen=True)
class Voices:
    """What people say of one complex, also what holds no longer: views, and grades and words of residents."""

    views: tuple[Overrule, ...]
    grades: tuple[ResidentsGrade, ...]
    words: tuple[ResidentsWords, ...]


def voices_of(unit: str, today: date) -> Voices:
    """What people say of one complex up to a day; words that were taken back are not among it."""
    return Voices(
        tuple(Overrule.objects.filter(unit=unit)),
        tuple(ResidentsGrade.objects.filter(unit=unit, day__lte=today)),
        tuple(ResidentsWords.objects.filter(unit=unit, taken_back_at__isnull=True)),
    )


def holds(one: Overrule, today: date) -> bool:
    """Whether a view holds today."""
    return one.ended_at is None and one.from_day <= today <= one.until


def views_of(unit: str, said: Voices, today: date) -> Views:
    """What stands beside its card: professionals as of today, residents with their newest grade."""
    held = [one for one in said.views if holds(one, today)]
    grade = said.grades[0] if said.grades else None
    words = [one.words for one in said.words]
    unquoted = sum(1 for one in words if not one)
    return Views(
        tuple(_view(one) for one in held),
        (Grade(unit, float(grade.grade), grade.answers, grade.day),) if grade else (),
        tuple(Quote(unit, one) for one in words if one),
        ((unit, unquoted),) if unquoted else (),
    )


def _view(one: Overrule) -> View:
    return View(one.unit, one.theme, float(one.score), one.reason, one.until)  # type: ignore[arg-type]
