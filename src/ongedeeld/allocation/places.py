"""Where an instrument is used: on which homes, told by their area, complex and label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ongedeeld.city import City

COLUMNS = ("area", "complex", "label")
"""The columns of a vacancy that tell whether it lies in a scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The homes that an instrument is used on.

    Parameters
    ----------
    areas
        Codes of areas, with all areas that lie in them.
    complexes
        Numbers of complexes, with all that lie in the areas.
    labels
        Labels of homes; with none the label plays no part.
    everywhere
        Whether neither an area nor a complex was named, so that all homes count.
    without
        Codes of areas, with all areas and complexes that lie in them, that are left out.
    """

    areas: frozenset[str]
    complexes: frozenset[str]
    labels: frozenset[str]
    everywhere: bool
    without: frozenset[str] = frozenset()

    def covers(self, home: Mapping[str, object]) -> bool:
        """Whether a home, by the columns `COLUMNS`, lies in it."""
        if self.without and (home["area"] in self.without or home["complex"] in self.without):
            return False
        here = self.everywhere or home["area"] in self.areas or home["complex"] in self.complexes
        return here and (not self.labels or home["label"] in self.labels)

    def meets(self, other: Scope) -> bool:
        """Whether a home can lie in both."""
        if self.labels and other.labels and not self.labels & other.labels:
            return False
        mine, theirs = self.areas | self.complexes, other.areas | other.complexes
        without = self.without | other.without
        if self.everywhere and other.everywhere:
            return True
        shared = theirs if self.everywhere else mine if other.everywhere else mine & theirs
        return bool(shared - without)


def scope_of(
    areas: Iterable[str],
    complexes: Iterable[str],
    labels: Iterable[str],
    city: City,
    without: Iterable[str] = (),
) -> Scope:
    """The scope of the areas, complexes and labels that a policy names, without some areas."""
    named, chosen = set(areas), set(complexes)
    within, inside = _within(named, city)
    left_out = frozenset().union(*_within(set(without), city))
    everywhere = not named and not chosen
    return Scope(within, frozenset(chosen | inside), frozenset(labels), everywhere, left_out)


def _within(named: set[str], city: City) -> tuple[frozenset[str], frozenset[str]]:
    """All areas that lie in these, and all complexes."""
    if not named:
        return frozenset(), frozenset()
    parents = parents_of(city)
    within = frozenset(code for code in {*parents, *named} if named & set(ancestry(code, parents)))
    lies_in = city.table("complexes").select("complex", "area").iter_rows()
    return within, frozenset(name for name, area in lies_in if area in within)


def parents_of(city: City) -> dict[str, str | None]:
    """For every area of a City the code of the area in which it lies."""
    return dict(city.table("areas").select("code", "parent").iter_rows())


def ancestry(place: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """An area and every area in which it lies, from small to large.

    >>> ancestry("BU01", {"BU01": "WK01", "WK01": "GM01"})
    ('BU01', 'WK01', 'GM01')
    """
    chain: list[str] = []
    at: str | None = place
    while at is not None and at not in chain:
        chain.append(at)
        at = parents.get(at)
    return tuple(chain)


def municipality_of(area: object, parents: Mapping[str, str | None]) -> str:
    """The code of the municipality in which an area lies; empty where it lies in none."""
    return next((code for code in ancestry(str(area), parents) if code.startswith("GM")), "")
