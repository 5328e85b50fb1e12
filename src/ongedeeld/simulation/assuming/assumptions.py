"""What a simulation assumes beyond the facts of a City: values with a range, a source and a grade.

Those of this project stand in `assumptions.toml` and `household_types.csv`; a file of a user goes before
them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from ongedeeld.simulation.assuming._assumption_file import own_values, shipped_values, unknown
from ongedeeld.simulation.assuming.household_types import (
    KINDS,
    MOMENTS,
    HouseholdType,
    even_by,
    household_types,
)
from ongedeeld.simulation.assuming.records import HALF, Assumption, Value

FILE = "assumptions.toml"

DWELLINGS = ("house", "flat", "room")
"""The kinds of dwelling by which turnover differs."""

STAYS = (("under_2", 24), ("2_to_5", 60), ("5_to_10", 120), ("10_and_over", None))
"""The classes of length of stay, with the month of a tenancy before which each ends."""

POPULARITY = ("low", "middle", "high")
SURROUNDINGS = ("weak", "middle", "strong")


class Assumptions(Mapping[str, Assumption]):
    """All assumptions of a simulation by name, with the types of households.

    Examples
    --------
    >>> assumed = load_assumptions()
    >>> assumed.number("eviction.prevented")
    Fraction(3, 4)
    >>> assumed.drawn({"eviction.prevented": Fraction(1)}).number("eviction.prevented")
    Fraction(17, 20)
    """

    def __init__(self, assumptions: Mapping[str, Assumption]) -> None:
        self._assumptions = MappingProxyType(dict(assumptions))

    def __getitem__(self, name: str) -> Assumption:
        if name not in self._assumptions:
            raise unknown(name, self._assumptions)
        return self._assumptions[name]

    def __contains__(self, name: object) -> bool:
        return name in self._assumptions

    def __iter__(self) -> Iterator[str]:
        return iter(self._assumptions)

    def __len__(self) -> int:
        return len(self._assumptions)

    def number(self, name: str) -> Fraction:
        """An assumption that is a single number."""
        value = self[name].value
        if not isinstance(value, Fraction):
            raise TypeError(f"{name} is a table")
        return value

    def whole(self, name: str) -> int:
        """A single number of months, to the nearest whole one."""
        return int(self.number(name) + HALF)

    def numbers(self, name: str) -> Mapping[str, Fraction]:
        """An assumption that is a table of numbers by code; weights are shares that add up to 1."""
        value = self[name].value
        if isinstance(value, Fraction):
            raise TypeError(f"{name} is a single number")
        numbers = {code: one for code, one in value.items() if isinstance(one, Fraction)}
        if self[name].unit != "weight":
            return MappingProxyType(numbers)
        total = sum(numbers.values())
        return MappingProxyType({code: one / total for code, one in numbers.items()})

    def values_of(self, name: str) -> Mapping[str, tuple[Fraction, ...]]:
        """An assumption that is a table of equally likely values by code."""
        value = self[name].value
        if isinstance(value, Fraction):
            raise TypeError(f"{name} is a single number")
        return MappingProxyType({code: one for code, one in value.items() if isinstance(one, tuple)})

    @property
    def types(self) -> tuple[HouseholdType, ...]:
        """The types of households; their shares add up to 1 in each of `MOMENTS`, over all kinds together."""
        types = household_types()
        shares: list[dict[str, Fraction]] = [{} for _ in types]
        spread = self.number("types.spread")
        for moment in MOMENTS:
            of_kinds = self.numbers(f"{moment}.kinds")
            for kind in KINDS:
                places = [at for at, one in enumerate(types) if one.kind == kind]
                within = even_by(tuple(types[at].shares[moment] for at in places), spread)
                for at, share in zip(places, within, strict=True):
                    shares[at][moment] = share * of_kinds.get(kind, Fraction(0))
        ages = self.number("ages.spread")
        return tuple(
            replace(one, shares=MappingProxyType(share), ages=even_by(one.ages, ages))
            for one, share in zip(types, shares, strict=True)
        )

    def drawn(self, quantiles: Mapping[str, Fraction]) -> Assumptions:
        """These assumptions with some of them at a quantile of their range, from 0 to 1."""
        at = {
            name: replace(self[name], value=self[name].at(quantile)) for name, quantile in quantiles.items()
        }
        return Assumptions({**self._assumptions, **at})

    def checksum(self) -> str:
        """The SHA-256 of all values and ranges and of the types, in hexadecimal."""
        lines = [f"{one.name} {_plain(one.value)} {one.low} {one.high}" for one in self.values()]
        return sha256("\n".join([*lines, repr(self.types)]).encode()).hexdigest()


def load_assumptions(*own: Path) -> Assumptions:
    """The assumptions of this project, with those of files of a user before them.

    Parameters
    ----------
    own
        TOML files with a table for each assumption to replace: `value`, `low`, `high` and `source`, and as
        wanted `grade`. Later files go before earlier ones.

    Raises
    ------
    InputError
        With the line: when a file cannot be read, names an assumption that is not there, lacks a range or a
        source, or has a value that is not of the form and unit of the one that it replaces.
    """
    found = dict(_shipped())
    for file in own:
        found |= own_values(file, found)
    return Assumptions(found)


@cache
def _shipped() -> Mapping[str, Assumption]:
    text = (files("ongedeeld.simulation.assuming") / FILE).read_text(encoding="utf-8")
    return MappingProxyType(shipped_values(tomllib.loads(text, parse_float=Fraction)))


def _plain(value: Value) -> str:
    if isinstance(value, Fraction):
        return str(value)
    return " ".join(f"{code}={one}" for code, one in value.items())
