"""Households as attributes in whole numbers, and as the rows of seekers that a round reads.

What a round looks at in a seeker follows from its attributes alone, except the time of registration and
points of searching. So a condition is a small table over the attributes on which its columns hang.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from types import MappingProxyType

import numpy as np
import polars as pl

from ongedeeld.allocation.columns import INPUTS
from ongedeeld.simulation.assuming.household_types import AGES, HouseholdType
from ongedeeld.simulation.kernel._state import ATTRIBUTES, FLAGS, Longs

HANGS_ON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "household_size": ("type",),
        "minors": ("type",),
        "age_class": ("age",),
        "pension_age": ("age",),
        "urgency": ("type", "re_housing"),
        "target_group": ("type",),
        "income_class": ("type",),
        "assets_exception": (),
        "free_space_ground": ("type",),
        "region_years": ("type",),
        "municipality_years": ("type",),
        "municipality_earlier_years": (),
        "part": (),
        "part_years": (),
        "bound": ("bound",),
        "profession": ("profession",),
        "motivation": ("motivation",),
        "neighbourly_work": ("neighbourly_work",),
        "contingent": ("contingent",),
        "support": ("contingent",),
        "permit": ("refused",),
        "granted_priority": ("priority",),
        "current_dwelling": ("leaves",),
        "re_housing": ("re_housing",),
    }
)
"""The attributes on which each column of a seeker hangs that a condition may look at."""

PENSION_AGE = AGES[-1]

RE_HOUSING = "re_housing"
"""The urgency of who must leave for demolition: a group of its own in the schemes of municipalities."""


@dataclass(frozen=True, slots=True)
class Partnership:
    """An agreement under which a partner proposes seekers.

    Parameters
    ----------
    name
        As the policy names it, and the column `contingent` of a seeker.
    groups
        The groups that it is for; empty for one that names none.
    with_support
        Whether those who are proposed under it have their support arranged.
    """

    name: str
    groups: frozenset[str]
    with_support: bool

    def takes(self, type_: HouseholdType) -> bool:
        """Whether a type of household can be proposed under it."""
        if not self.groups:
            return type_.kind in ("proposed", "permit_holder")
        return any(group in self.groups for group in type_.groups)


@dataclass(frozen=True)
class People:
    """What the attributes of households mean in a setting.

    Parameters
    ----------
    types
        The types of households, in the order of the attribute `type`.
    partnerships
        The agreements of the policy; the attribute `contingent` is 1 + the place of one, or 0.
    left
        A dwelling of each class of home that can come free by a move; the attribute `leaves` is 1 + the place
        of the class, or 0.
    profession
        The vital profession of those who have one: a name from the ordinance or the policy.
    """

    types: tuple[HouseholdType, ...]
    partnerships: tuple[Partnership, ...] = ()
    left: tuple[str, ...] = ()
    profession: str | None = None

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many values each of `ATTRIBUTES` has."""
        many = {
            "type": len(self.types),
            "age": len(AGES),
            "contingent": 1 + len(self.partnerships),
            "leaves": 1 + len(self.left),
        }
        return tuple(many.get(name, 2) for name in ATTRIBUTES)

    def row_of(self, attributes: Mapping[str, int]) -> dict[str, object]:
        """The columns of a seeker that conditions may look at.

        Parameters
        ----------
        attributes
            A value for each of `ATTRIBUTES`.
        """
        type_ = self.types[attributes["type"]]
        held = {name: bool(attributes[name]) for name in (*FLAGS, "re_housing")}
        contingent, leaves = attributes["contingent"], attributes["leaves"]
        partner = self.partnerships[contingent - 1] if contingent else None
        return {
            "household_size": type_.household_size,
            "minors": type_.minors,
            "age_class": AGES[attributes["age"]],
            "pension_age": AGES[attributes["age"]] == PENSION_AGE,
            "urgency": RE_HOUSING if held["re_housing"] else type_.urgency or None,
            "target_group": type_.target_group or None,
            "income_class": type_.income_class,
            "assets_exception": False,
            "free_space_ground": "urgent" if type_.urgency else None,
            "region_years": type_.years_in_municipality,
            "municipality_years": type_.years_in_municipality,
            "municipality_earlier_years": 0,
            "part": None,
            "part_years": None,
            "bound": held["bound"],
            "profession": self.profession if held["profession"] else None,
            "motivation": held["motivation"],
            "neighbourly_work": held["neighbourly_work"],
            "contingent": partner.name if partner else None,
            "support": True if partner and partner.with_support else None,
            "permit": "refused" if held["refused"] else "granted",
            "granted_priority": held["priority"],
            "current_dwelling": self.left[leaves - 1] if leaves else None,
            "re_housing": held["re_housing"],
        }

    def looked_at(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The attributes on which columns hang, in the order of `ATTRIBUTES`."""
        found = {name for column in columns for name in HANGS_ON[column]}
        return tuple(name for name in ATTRIBUTES if name in found)

    def stride(self, columns: Sequence[str]) -> Longs:
        """The step of each of `ATTRIBUTES` in a table over those on which columns hang, 0 for the others."""
        looked_at = self.looked_at(columns)
        step = {
            name: prod(self._size[later] for later in looked_at[at + 1 :])
            for at, name in enumerate(looked_at)
        }
        return np.array([step.get(name, 0) for name in ATTRIBUTES], np.int64)

    def frame(self, columns: Sequence[str]) -> pl.DataFrame:
        """Columns of every combination of the attributes on which they hang, in the order of `stride`.

        Without columns there is one row, of nobody in particular.
        """
        if not columns:
            return pl.DataFrame({"nobody": [0]})
        looked_at = self.looked_at(columns)
        values = np.indices([self._size[name] for name in looked_at]).reshape(len(looked_at), -1)
        everybody = np.zeros((values.shape[1], len(ATTRIBUTES)), np.int64)
        everybody[:, [ATTRIBUTES.index(name) for name in looked_at]] = values.T
        return pl.DataFrame([self._told(name).gather(everybody @ self.stride([name])) for name in columns])

    def _told(self, column: str) -> pl.Series:
        """A column for every combination of what it hangs on itself, which are few."""
        hangs_on = self.looked_at([column])
        none = dict.fromkeys(ATTRIBUTES, 0)
        told = [
            self.row_of({**none, **dict(zip(hangs_on, values, strict=True))})[column]
            for values in product(*(range(self._size[name]) for name in hangs_on))
        ]
        return pl.Series(column, told, INPUTS["seekers"][column].dtype)

    @cached_property
    def _size(self) -> Mapping[str, int]:
        return dict(zip(ATTRIBUTES, self.sizes, strict=True))
