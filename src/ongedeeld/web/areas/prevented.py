"""Evictions of a complex and those that were prevented, for who keeps the cases there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.areas.places import Place
from ongedeeld.web.preventing.counting import ended_counts

SHOWN = 8


@dataclass(frozen=True)
class Ended:
    """What came of the cases that ended in a quarter."""

    quarter: date
    evicted: int
    prevented: int


def ended_in(person: Person, place: Place) -> tuple[Ended, ...]:
    """The last quarters in which a case ended, the newest first; none for who may not see their counts.

    Others see them in no form: of evictions there are too few in any area for a table that may be told.
    """
    if not may(person, "preventing.see_counts", place):
        return ()
    here = ended_counts(place.code)
    found: dict[date, dict[str, int]] = {}
    for quarter, name, count in here.select("period", "observation", "count").iter_rows():
        found.setdefault(quarter, {})[name] = count
    return tuple(
        Ended(quarter, found[quarter].get("evictions", 0), found[quarter].get("evictions_prevented", 0))
        for quarter in sorted(found, reverse=True)[:SHOWN]
    )
