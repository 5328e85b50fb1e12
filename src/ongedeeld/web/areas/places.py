"""Neighbourhoods and complexes of the City that is read, as things of which may() can judge the reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reporting.placed import line_of
from ongedeeld.web.cities.opened import Opened


@dataclass(frozen=True)
class Place:
    """A neighbourhood or complex and the areas in which it lies.

    Parameters
    ----------
    kind
        What it is.
    code
        The code of the neighbourhood, or the number of the complex.
    line
        The areas around it from large to small, itself last: code and name.
    entrances
        The entrances of a complex: number and name.
    lies_in
        The code of the neighbourhood of a complex; empty where only a larger area is known.
    """

    kind: Literal["neighbourhood", "complex"]
    code: str
    line: tuple[tuple[str, str], ...]
    entrances: tuple[tuple[str, str], ...] = ()
    lies_in: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.line[-1][1]

    @property
    def area_codes(self) -> frozenset[str]:
        """Its own code and those of all areas around it."""
        return frozenset(code for code, _ in self.line)

    @property
    def neighbourhood(self) -> str:
        """The code of the neighbourhood it is or lies in; empty where that is not known."""
        return self.code if self.kind == "neighbourhood" else self.lies_in


@dataclass(frozen=True)
class Places:
    """Every neighbourhood and complex of one version, by its code or number."""

    neighbourhoods: Mapping[str, Place]
    complexes: Mapping[str, Place]

    def neighbourhood(self, code: str) -> Place:
        """The neighbourhood of this code.

        Raises
        ------
        AbsentError
            When the City has none.
        """
        if code not in self.neighbourhoods:
            raise AbsentError(N_("there is no neighbourhood {code} in this City"), code=code)
        return self.neighbourhoods[code]

    def complex(self, number: str) -> Place:
        """The complex of this number.

        Raises
        ------
        AbsentError
            When the City has none.
        """
        if number not in self.complexes:
            raise AbsentError(N_("there is no complex {number} in this City"), number=number)
        return self.complexes[number]

    def any(self, unit: str) -> Place | None:
        """The neighbourhood or complex that is called so, or none."""
        return self.neighbourhoods.get(unit) or self.complexes.get(unit)

    def of(self, neighbourhood: str) -> list[Place]:
        """The complexes in a neighbourhood, by name: the second before the tenth."""
        here = (one for one in self.complexes.values() if one.neighbourhood == neighbourhood)
        return sorted(here, key=lambda one: (as_counted(one.name), one.code))

    def within(self, codes: frozenset[str] | None) -> Iterator[Place]:
        """The neighbourhoods and complexes in areas of these codes; all of them without codes."""
        for place in (*self.neighbourhoods.values(), *self.complexes.values()):
            if codes is None or not codes.isdisjoint(place.area_codes):
                yield place


def as_counted(name: str) -> list[tuple[int, str]]:
    """The words and numbers of a name, to put names in order as people count: the second before the tenth."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


@lru_cache(maxsize=2)
def places_of(opened: Opened) -> Places:
    """The places of a version, put together once."""
    areas = opened.ground.areas
    neighbourhoods = {
        code: Place("neighbourhood", code, tuple(line_of(code, areas))) for code in opened.ground.codes
    }
    entrances: dict[str, list[tuple[str, str]]] = {}
    for number, entrance, name in (
        opened.city.table("entrances").select("complex", "entrance", "name").sort("entrance").iter_rows()
    ):
        entrances.setdefault(number, []).append((entrance, name or entrance))
    complexes = {
        number: Place(
            "complex",
            number,
            (*(line_of(area, areas) if area in areas else ()), (number, name)),
            tuple(entrances.get(number, ())),
            area if area in neighbourhoods else "",
        )
        for number, name, area in opened.city.table("complexes").select("complex", "name", "area").iter_rows()
    }
    return Places(neighbourhoods, complexes)
