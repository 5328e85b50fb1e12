"""Cards as they are now: the City's figures with the inspections recorded here, and the views of people.

The folder of the City stays as it is. Inspections count among those of the City; views of professionals and
residents stand beside the figures and change none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import polars as pl
from django.db.models import Max, Q

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


@cache
def scoring() -> Scoring:
    """The table of scoring, read once."""
    return load_scoring()


def cards_now(opened: Opened) -> Cards | None:
    """The cards of all complexes with every inspection so far; none where the City tells too little."""
    last = Inspection.objects.aggregate(last=Max("id"))["last"]
    return _cards(opened, last or 0)


def last_counted(here: Iterable[Place], today: date) -> int:
    """The last inspection that counts in a portrait, 0 for none.

    Those of its own complexes count at once, those elsewhere from the next day: they move the cards here a
    little, as scores are positions, and every portrait would have to be drawn anew for each of them.
    """
    before = Q(made_at__date__lt=today) | Q(complex__in=[one.code for one in here])
    return Inspection.objects.filter(before).aggregate(last=Max("id"))["last"] or 0


@lru_cache(maxsize=4)
def ground_with(opened: Opened, last: int, own: OwnEvidence) -> Ground:
    """What portraits share, with the inspections up to this one and evidence of the association's own."""
    levels: tuple[Level, ...] = ("complex", "neighbourhood")
    made = {level: _cards(opened, last, level) for level in levels} if last else {}
    known = {level: found for level, found in made.items() if found is not None}
    return opened.ground.with_cards(known, own.evidence)


@lru_cache(maxsize=8)
def _cards(opened: Opened, last: int, level: Level = "complex") -> Cards | None:
    """The cards with the inspections up to this one; inspections are never changed."""
    day = opened.city.manifest.created
    recorded = _recorded(last)
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


def views_of(unit: str, today: date) -> Views:
    """What people say of one complex: professionals as of today, residents with their newest grade."""
    held = Overrule.objects.filter(unit=unit, ended_at__isnull=True, from_day__lte=today, until__gte=today)
    grade = ResidentsGrade.objects.filter(unit=unit, day__lte=today).first()
    said = ResidentsWords.objects.filter(unit=unit, taken_back_at__isnull=True)
    words = list(said.values_list("words", flat=True))
    unquoted = sum(1 for one in words if not one)
    return Views(
        tuple(_view(one) for one in held),
        (Grade(unit, float(grade.grade), grade.answers, grade.day),) if grade else (),
        tuple(Quote(unit, one) for one in words if one),
        ((unit, unquoted),) if unquoted else (),
    )


def _view(one: Overrule) -> View:
    return View(one.unit, one.theme, float(one.score), one.reason, one.until)  # type: ignore[arg-type]
