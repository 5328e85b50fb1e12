"""What the API tells to whom: the same queries as the pages, with the rights of whoever reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity import Cards
from ongedeeld.reporting.text import Speech, sign
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.api import forms_of_answers as forms
from ongedeeld.web.areas.carrying import cards_now
from ongedeeld.web.areas.map_figures import AREAS, Figure, Level
from ongedeeld.web.areas.map_queries import Asked, Row, choices, shown_to
from ongedeeld.web.areas.map_signals import SignalFigure
from ongedeeld.web.areas.map_tenants import TenantFigure
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.plans.models import Plan, Step
from ongedeeld.web.plans.queries import plan_for, plans_for, signs_of
from ongedeeld.web.signals.counting.counts import published_rows
from ongedeeld.web.speaking import speech

STANDS = {Plan.State.DRAFT: "concept", Plan.State.AGREED: "vastgesteld", Plan.State.CLOSED: "gesloten"}
STEP_STANDS = {Step.State.OPEN: "open", Step.State.DONE: "gedaan", Step.State.DROPPED: "vervallen"}
OUTCOMES = {"known": "bekend", "too_few": "te-weinig"}
UNITS = {"count": "aantal", "share": "%", "per_100": "per 100", "per_1000": "per 1.000"}


@dataclass(frozen=True)
class Reader:
    """Who reads, of which version, in which language."""

    person: Person
    opened: Opened | None
    speech: Speech

    @property
    def city(self) -> Opened:
        """The version that is read.

        Raises
        ------
        Http404
            When there is none yet.
        """
        if self.opened is None:
            raise Http404(AbsentError(N_("there is no City yet")))
        return self.opened

    @property
    def invented(self) -> bool:
        """Whether the City is invented."""
        return self.city.city.manifest.invented


def reader(request: HttpRequest, resource: str, *, own: bool = False, city: bool = True) -> Reader:
    """Who asks; that they read is written down.

    Parameters
    ----------
    request
        The request, of whom access has found out who asks.
    resource
        What is read, as the address names it.
    own
        Whether it rests on the association's own records.
    city
        Whether it is read from the City.
    """
    person: Person = request.auth  # type: ignore[attr-defined]
    if own:
        require(person, "areas.see_own_figures")
    seen(person, "api", resource, request.resolver_match.kwargs.keys() if request.resolver_match else ())
    return Reader(person, current(person) if city else None, speech())


def cut(found: Any, start: int, size: int) -> tuple[list[Any], int]:
    """A part of a list or of what the database holds, and how much there is in all."""
    if isinstance(found, QuerySet):
        return [_in_short(one) for one in found[start : start + size]], found.count()
    return list(found[start : start + size]), len(found)


def areas(who: Reader, level: str | None, within: str | None) -> list[forms.Gebied]:
    """The areas of a level or within another, by code."""
    require(who.person, "areas.see_map")
    return [
        _area(who.city, code)
        for code in sorted(who.city.ground.areas)
        if _level(who.city, code)
        and (level is None or _level(who.city, code) == level)
        and (within is None or within in {at for at, _ in who.city.ground.line(code)} - {code})
    ]


def area(who: Reader, code: str) -> forms.Gebied:
    """One area.

    Raises
    ------
    Http404
        When there is none of this code.
    """
    require(who.person, "areas.see_map")
    if code not in who.city.ground.areas or not _level(who.city, code):
        raise Http404(AbsentError(N_("there is no area {code} in this City"), code=code))
    return _area(who.city, code)


def _level(opened: Opened, code: str) -> str:
    level = opened.ground.areas[code]["level"]
    return next((str(one) for one in AREAS if one.english == level), "")


def _area(opened: Opened, code: str) -> forms.Gebied:
    row, line = opened.ground.areas[code], opened.ground.line(code)
    parent = row["parent"]
    return forms.Gebied(
        code=code,
        naam=line[-1][1],
        niveau=_level(opened, code),  # type: ignore[arg-type]
        ligt_in=str(parent) if parent else None,
    )


def _chosen(who: Reader, *, measures: bool) -> dict[str, Figure]:
    offered = choices(who.person, who.city).items()
    return {name: one for name, one in offered if (one.own or name.startswith("mix_")) == measures}


def figures(who: Reader, *, measures: bool) -> list[forms.Indicator]:
    """Published indicators, or the measures that follow from them and from cards."""
    return [
        forms.Indicator(
            naam=one.name,
            omschrijving=one.label(who.speech),
            thema=who.speech.say(one.theme),
            eenheid=_unit(one),
            niveaus=[str(level) for level in one.levels],
            perioden=[] if measures else list(one.periods(who.city, one.levels[0])),
            eigen=one.own,
        )
        for one in _chosen(who, measures=measures).values()
    ]


def _unit(figure: Figure) -> str:
    return sign(figure.unit) or UNITS.get(figure.unit, "getal")


def values(
    who: Reader, name: str, level: str | None, period: date | None, *, measures: bool
) -> tuple[list[forms.Waarde], dict[str, object]]:
    """A figure of all places of a level, rounded as it is published.

    Raises
    ------
    Http404
        When there is no such figure among those that may be read.
    InputError
        When it is not known at this level or of this period.
    """
    figure = _chosen(who, measures=measures).get(name)
    if figure is None:
        raise Http404(AbsentError(N_("there is no figure {name} to read"), name=name))
    at = Level(level) if level in set(figure.levels) else figure.levels[0]
    if level is not None and at != level:
        raise InputError(
            N_("{name} is not told at the level {level}"),
            expected=N_("one of {levels}"),
            name=name,
            level=level,
            levels=", ".join(figure.levels),
        )
    asked = Asked(figure, at, _period(who, figure, at, period, measures=measures), None, "naam")
    shown = shown_to(who.person, who.city, asked, who.speech)
    about: dict[str, object] = {
        "indicator": name,
        "niveau": str(at),
        "periode": shown.period,
        "eenheid": _unit(figure),
        "verzonnen": who.invented,
    }
    return [_value(row, figure, who.speech) for row in shown.rows], about


def _period(who: Reader, figure: Figure, level: Level, period: date | None, *, measures: bool) -> date | None:
    known = () if measures else figure.periods(who.city, level)
    if period is None:
        return known[0] if known else None
    if period not in known:
        raise InputError(
            N_("{name} is not known of {period}"),
            expected=N_("one of the periods that the list of indicators names"),
            name=figure.name,
            period=period.isoformat(),
        )
    return period


def _value(row: Row, figure: Figure, told: Speech) -> forms.Waarde:
    state: forms.Toestand = "onbekend"
    if row.style == "few":
        state = "niet-verteld" if isinstance(figure, SignalFigure | TenantFigure) else "te-weinig"
    elif row.is_range:
        state = "bandbreedte"
    elif row.value is not None:
        state = "bekend"
    number = told.rounded(row.value, figure.unit) if state == "bekend" and row.value is not None else None
    return forms.Waarde(
        code=row.code, naam=row.name, ligt_in=row.within, waarde=number, tekst=row.figure, toestand=state
    )


def cards(who: Reader) -> list[forms.Complexkaart]:
    """The cards of the complexes in reach, by number."""
    extent = extent_of(who.person, "areas.see_own_figures")
    found = cards_now(who.city)
    if found is None:
        return []
    places = places_of(who.city).complexes
    numbers = [number for number in sorted(places) if extent.covers(places[number])]
    return _cards(found, [places[number] for number in numbers])


def card(who: Reader, number: str) -> forms.Complexkaart:
    """The card of one complex.

    Raises
    ------
    Http404
        When there is no such complex, or nothing is known of it.
    Refused
        When it lies out of reach.
    """
    try:
        place = places_of(who.city).complex(number)
    except AbsentError as error:
        raise Http404(error) from error
    require(who.person, "areas.see_own_figures", place)
    found = cards_now(who.city)
    told = _cards(found, [place]) if found is not None else []
    if not told:
        raise Http404(AbsentError(N_("there is no card of {number}"), number=number))
    return told[0]


def _cards(found: Cards, places: Sequence[Place]) -> list[forms.Complexkaart]:
    these = pl.col("unit").is_in([place.code for place in places])
    homes = dict(found.units.filter(these).select("unit", "homes").iter_rows())
    sides = {row["unit"]: row for row in found.balance.filter(these).to_dicts()}
    themes: dict[str, list[forms.Themascore]] = {}
    for row in found.themes.filter(these).to_dicts():
        themes.setdefault(row["unit"], []).append(_theme(row))
    return [
        forms.Complexkaart(
            nummer=place.code,
            naam=place.name,
            buurt=place.neighbourhood or None,
            woningen=homes[place.code],
            belasting=_rounded(sides.get(place.code, {}).get("load")),
            draagkracht=_rounded(sides.get(place.code, {}).get("capacity")),
            peildatum=found.day,
            themas=themes.get(place.code, []),
        )
        for place in places
        if place.code in homes
    ]


def _theme(row: dict[str, Any]) -> forms.Themascore:
    is_known = row["outcome"] == "known"
    return forms.Themascore(
        thema=row["theme"],
        score=_rounded(row["score"]),
        laag=_rounded(row["low"]) if is_known else None,
        hoog=_rounded(row["high"]) if is_known else None,
        toestand=OUTCOMES.get(row["outcome"], "onbekend"),  # type: ignore[arg-type]
    )


def _rounded(value: float | None) -> float | None:
    """A score as it is shown; more decimals would tell of the few records behind it."""
    return None if value is None else round(value, 1)


def signal_counts(who: Reader, area: str | None, quarter: date | None) -> list[forms.Signaalaantal]:
    """How many signals came, as it was published: the same for whoever reads."""
    return [
        forms.Signaalaantal(
            kwartaal=one.quarter,
            gebied=one.area,
            soort=one.kind,
            aantal=one.shown,
            toestand="niet-verteld" if one.shown is None else "afgerond",
        )
        for one in published_rows(who.person)
        if area in (None, one.area) and quarter in (None, one.quarter)
    ]


def plans(who: Reader) -> QuerySet[Plan]:
    """The plans that may be read, those to be reviewed first in front."""
    return plans_for(who.person)


def plan(who: Reader, key: UUID) -> forms.Plan:
    """One plan with its steps, and its signs as far as their figures may be read."""
    found = plan_for(who.person, key)
    return forms.Plan(
        **_in_short(found).model_dump(),
        stappenlijst=[
            forms.Stap(wat=one.what, voor=one.due, stand=STEP_STANDS[Step.State(one.state)])  # type: ignore[arg-type]
            for one in found.steps.all()
        ],
        tekens=[
            forms.Teken(
                indicator=one.sign.figure,
                begon_op=one.sign.began_on,
                begon_bij=one.sign.began_at,
                verwacht=one.sign.expected,
                verwacht_op=one.sign.by_day,
            )
            for one in signs_of(who.person, found, None)
        ],
    )


def _in_short(found: Plan) -> forms.PlanInShort:
    return forms.PlanInShort(
        sleutel=found.key,
        titel=found.title,
        plek=found.unit,
        plek_naam=found.unit_name,
        doel=found.goal,
        stand=STANDS[Plan.State(found.state)],  # type: ignore[arg-type]
        terugkijken_op=found.review_on,
        stappen=found.all_steps,  # type: ignore[attr-defined]
        stappen_klaar=found.done_steps,  # type: ignore[attr-defined]
    )
