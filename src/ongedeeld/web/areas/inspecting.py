"""Read which complexes are due for an inspection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, own_codes
from ongedeeld.web.areas.places import Place, places_of
from ongedeeld.web.areas.queries import last_inspected
from ongedeeld.web.cities.opened import Opened

COUNTS_FOR = timedelta(days=365)
WARN_BEFORE = timedelta(days=60)
"""An inspection counts on a card for a year; it is due sixty days before it no longer does."""
Due = tuple[Place, date | None]


def due_among(person: Person, here: Iterable[Place], last: Mapping[str, date], today: date) -> list[Due]:
    """The complexes of these that the person may inspect and that are due, longest ago first.

    Parameters
    ----------
    person
        Who inspects.
    here
        The complexes.
    last
        When each was last inspected, by its number.
    today
        The day from which is counted back.
    """
    extent = extent_of(person, "areas.inspect")
    inspectable = [one for one in here if extent.covers(one)]
    before = today - COUNTS_FOR + WARN_BEFORE
    due = [(one, last.get(one.code)) for one in inspectable if last.get(one.code, date.min) < before]
    return sorted(due, key=lambda pair: (pair[1] or date.min, pair[0].name))


def inspections_due(person: Person, opened: Opened, today: date) -> list[tuple[Place | None, list[Due]]]:
    """Every inspection that is due in somebody's areas, by neighbourhood, to plan a round with.

    Returns
    -------
    Neighbourhoods with their complexes that are due, longest ago first; none is the neighbourhood of
    complexes of which only a larger area is known.

    Raises
    ------
    Refused
        When the person may not inspect.
    """
    require(person, "areas.inspect")
    places = places_of(opened)
    mine = [one for one in places.within(own_codes(person)) if one.kind == "complex"]
    due = due_among(person, mine, last_inspected(opened, mine), today)
    by_place = groupby(sorted(due, key=_lies_in), key=_lies_in)
    told = [(places.neighbourhoods.get(code), list(here)) for code, here in by_place]
    return sorted(told, key=lambda one: (one[0] is None, one[0].name if one[0] else ""))


def _lies_in(due: Due) -> str:
    return due[0].neighbourhood
