"""The areas over which signals are counted: neighbourhoods with homes of the association, districts, and all.

What lies elsewhere is in no total that leaves the team. Which areas there are follows from the City alone,
never from the signals: a row that is there, or is not, tells nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ongedeeld.web.cities.opened import Opened

ALL = "all"
Counts = Mapping[tuple[str, str, str], int]
"""How many signals came, by area, complex and kind; what is not there is zero."""


@dataclass(frozen=True)
class CountedAreas:
    """How the areas lie in each other.

    Parameters
    ----------
    parents
        The area above each; none for `all`.
    around
        For every smallest area: its own code and those of all areas around it, as roles name them.
    names
        What districts and neighbourhoods are called.
    """

    parents: Mapping[str, str | None]
    around: Mapping[str, frozenset[str]]
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The smallest areas that each area is made of."""
        found: dict[str, list[str]] = {code: [] for code in self.parents}
        for smallest in self.around:
            at: str | None = smallest
            while at is not None:
                found[at].append(smallest)
                at = self.parents[at]
        return {code: tuple(parts) for code, parts in found.items()}

    def knows(self, reach: Collection[str], area: str, complex_: str = "") -> bool:
        """Whether somebody who sees everything in `reach` sees what lies there."""
        return not self.around[area].isdisjoint(reach) or (complex_ != "" and complex_ in reach)


@lru_cache(maxsize=4)
def neighbourhoods_of(opened: Opened) -> Mapping[str, frozenset[str]]:
    """Every neighbourhood of a version of the City, with its own code and those of all areas around it."""
    above = dict(opened.city.table("areas").select("code", "parent").iter_rows())
    levels = opened.city.table("areas").select("code", "level")
    found = {}
    for code in sorted(code for code, level in levels.iter_rows() if level == "neighbourhood"):
        line = [code]
        while (parent := above.get(line[-1])) is not None and parent not in line:
            line.append(parent)
        found[code] = frozenset(line)
    return found


@lru_cache(maxsize=4)
def counted_areas(opened: Opened) -> CountedAreas:
    """The areas of a version of the City over which is published."""
    areas = opened.city.table("areas")
    districts = set(areas.filter(areas["level"] == "district")["code"])
    homes = set(opened.city.table("complexes")["area"])
    around = {code: line for code, line in neighbourhoods_of(opened).items() if code in homes}
    parents: dict[str, str | None] = {ALL: None}
    for code, line in around.items():
        district = next(iter(line & districts), ALL)
        parents[code] = district
        parents.setdefault(district, ALL)
    called = dict(areas.select("code", "name").iter_rows())
    return CountedAreas(parents, around, {code: called[code] for code in parents if code != ALL})
