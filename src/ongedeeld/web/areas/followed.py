"""What happened at the places that somebody follows: figures that moved, and what people added lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.areas.changes import Change, Told, alarms_of
from ongedeeld.web.areas.models import Followed, Inspection, Note, Overrule, ResidentsGrade, ResidentsWords
from ongedeeld.web.areas.places import Place, Places, places_of
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.plans.queries import plans_for

LATELY = timedelta(days=60)

INSIDE: tuple[tuple[type[Model], str, str, str], ...] = (
    (Inspection, "complex", N_("one inspection"), N_("{count} inspections")),
    (Overrule, "unit", N_("one view on a card"), N_("{count} views on cards")),
    (Note, "area", N_("one note"), N_("{count} notes")),
)
"""What the association adds: by which column it is placed, one of it and many; shown where rights reach."""

SAID: tuple[tuple[type[Model], str, str, str], ...] = (
    (ResidentsGrade, "unit", N_("one grade of residents"), N_("{count} grades of residents")),
    (ResidentsWords, "unit", N_("the words of one resident"), N_("the words of {count} residents")),
)
"""What residents said there, in the same form; shown to everybody who sees the place."""

PLANS = (N_("one plan"), N_("{count} plans"))


@dataclass(frozen=True)
class FollowedPlace:
    """A place that somebody follows.

    Parameters
    ----------
    place
        Which.
    changes
        The figures of a neighbourhood that moved most since the period before.
    alarm
        What it rests on that a complex worsens by more than chance; empty where it does not.
    added
        What people added in the last sixty days, each as a part of a sentence.
    """

    place: Place
    changes: tuple[Change, ...] = ()
    alarm: str = ""
    added: tuple[str, ...] = ()


def followed_of(
    person: Person, opened: Opened, told: Mapping[str, Told], speech: Speech, today: date
) -> tuple[FollowedPlace, ...]:
    """What somebody follows; a complex outside the reach of their rights is left out.

    Parameters
    ----------
    person
        Who follows.
    opened
        The version that is read.
    told
        What moved in each of its neighbourhoods.
    speech, today
        The language of the reader, and the day from which is counted back.
    """
    units = Followed.objects.filter(person=person.key).values_list("unit", flat=True)
    here = [place for unit in units if (place := places_of(opened).any(unit)) is not None]
    figures = extent_of(person, "areas.see_own_figures")
    inside = {one.code for one in here if figures.covers(one)}
    seen = [one for one in here if one.kind == "neighbourhood" or one.code in inside]
    if not seen:
        return ()
    alarms = alarms_of(opened, speech) if any(one.kind == "complex" for one in seen) else {}
    added = _added(person, opened, seen, inside, today - LATELY)
    return tuple(
        FollowedPlace(
            one,
            told[one.code].changes if one.code in told else (),
            alarms.get(one.code, ""),
            tuple(_said(speech, *counted) for counted in added[one.code]),
        )
        for one in seen
    )


def _said(speech: Speech, one: str, many: str, count: int) -> str:
    return speech.say(one if count == 1 else many, count=speech.number(count))


def _added(
    person: Person, opened: Opened, seen: list[Place], inside: set[str], since: date
) -> dict[str, list[tuple[str, str, int]]]:
    """What was added lately to each place: one of it, many of it, and how many."""
    holders = _holders(places_of(opened), seen, inside)
    counts = [(few, many, _counted(model, column, holders, since)) for model, column, few, many in INSIDE]
    for _, _, counted in counts:
        for code in set(counted) - inside:
            del counted[code]
    counts += [(few, many, _counted(model, column, holders, since)) for model, column, few, many in SAID]
    counts.append((*PLANS, _plans(person, seen, since)))
    return {
        one.code: [(few, many, count[one.code]) for few, many, count in counts if count[one.code]]
        for one in seen
    }


def _holders(places: Places, seen: Iterable[Place], inside: set[str]) -> dict[str, list[str]]:
    """Every unit with the places it counts for: a complex also for its neighbourhood, to who sees inside."""
    found: dict[str, list[str]] = {}
    for place in seen:
        inner = places.of(place.code) if place.kind == "neighbourhood" and place.code in inside else ()
        for unit in (place.code, *(one.code for one in inner)):
            found.setdefault(unit, []).append(place.code)
    return found


def _counted(model: type[Model], column: str, holders: Mapping[str, list[str]], since: date) -> Counter[str]:
    """How many of a kind were added since a day to each place, and not taken back."""
    rows = model._default_manager.filter(**{f"{column}__in": list(holders), "made_at__date__gte": since})
    if any(each.name == "taken_back_at" for each in model._meta.get_fields()):
        rows = rows.filter(taken_back_at__isnull=True)
    return Counter(code for unit in rows.order_by().values_list(column, flat=True) for code in holders[unit])


def _plans(person: Person, seen: Iterable[Place], since: date) -> Counter[str]:
    """How many plans were begun since a day for each place, and for what lies in it."""
    if not may(person, "plans.see_plans"):
        return Counter()
    codes = [one.code for one in seen]
    begun = plans_for(person, codes=codes).filter(made_at__date__gte=since).prefetch_related("places")
    return Counter(code for plan in begun for code in plan.area_codes if code in codes)
