"""The types of households that seek and live in a simulation, read from `household_types.csv`.

A type says what the rules of a round ask of a seeker, and nothing more: no diagnosis, no origin, no name.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ongedeeld.rules.codes import Codes
from ongedeeld.vocabulary import CHOICES, Both

FILE = "household_types.csv"
AGES = tuple(CHOICES["age_class"])
MOMENTS = ("arrivals", "listed", "sitting")
"""Where types have a share: among new seekers, on the list at the start, and among tenants at the start."""

KINDS: Codes = MappingProxyType(
    {
        "regular": Both("gewoon", "regular"),
        "student": Both("student", "student"),
        "urgent": Both("met urgentie", "urgent"),
        "proposed": Both("voor te dragen door een partner", "to be proposed by a partner"),
        "permit_holder": Both("vergunninghouder", "permit holder"),
    }
)
"""How a type seeks; assumptions differ by it."""


@dataclass(frozen=True, slots=True)
class HouseholdType:
    """What the rules of a round ask of a household, and how often it is met.

    Parameters
    ----------
    code, kind, label
        Its name, a code of `KINDS`, and what people see.
    household_size, minors, income_class, target_group, urgency
        As in the table of seekers of a round; empty where there is none.
    years_in_municipality
        Whole years without a break, also in the region.
    situation_points, start_points
        Of a model of points, as far as its limits let them count.
    rooms_least, rent_most_cents
        What it wishes at least and at most; none is no wish.
    step_free
        The share that needs a home without steps, where that of its age is lower.
    settles_as
        The code of the type as which it seeks once it lives in a home of the association: urgency and a
        proposal end with the letting.
    shares
        Of its kind, in each of `MOMENTS`.
    ages
        The share of each of `AGES`, of the eldest.
    """

    code: str
    kind: str
    label: Both
    household_size: int
    minors: int
    income_class: str
    target_group: str
    urgency: str
    years_in_municipality: int
    situation_points: int
    start_points: int
    rooms_least: int
    rent_most_cents: int | None
    step_free: Fraction
    settles_as: str
    shares: Mapping[str, Fraction]
    ages: tuple[Fraction, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes by which an agreement with a partner can name it."""
        return tuple(code for code in (self.target_group, self.urgency) if code)


@cache
def household_types() -> tuple[HouseholdType, ...]:
    """The types in the order of the file.

    >>> household_types()[0].code, sum(household_types()[0].ages)
    ('one_low', Fraction(1, 1))
    """
    text = (files("ongedeeld.simulation.assuming") / FILE).read_text(encoding="utf-8")
    return tuple(map(_type, csv.DictReader(text.splitlines())))


def even_by(weights: tuple[Fraction, ...], factor: Fraction) -> tuple[Fraction, ...]:
    """Weights as shares, with `factor` times their distance from even.

    What has no weight keeps none; none becomes less than nothing.

    >>> even_by((Fraction(3), Fraction(1), Fraction(0)), Fraction(0))
    (Fraction(1, 2), Fraction(1, 2), Fraction(0, 1))
    """
    if not any(weights):
        return weights
    mean = sum(weights) / Fraction(sum(weight > 0 for weight in weights))
    moved = [max(mean + factor * (weight - mean), Fraction(0)) if weight else weight for weight in weights]
    return tuple(weight / sum(moved) for weight in moved)


def _type(row: Mapping[str, str]) -> HouseholdType:
    ages = tuple(Fraction(row[age]) for age in AGES)
    return HouseholdType(
        code=row["type"],
        kind=row["kind"],
        label=Both(row["label_nl"], row["label_en"]),
        household_size=int(row["household_size"]),
        minors=int(row["minors"]),
        income_class=row["income_class"],
        target_group=row["target_group"],
        urgency=row["urgency"],
        years_in_municipality=int(row["years_in_municipality"]),
        situation_points=int(row["situation_points"]),
        start_points=int(row["start_points"]),
        rooms_least=int(row["rooms_least"]),
        rent_most_cents=int(row["rent_most_cents"]) if row["rent_most_cents"] else None,
        step_free=Fraction(row["step_free"]),
        settles_as=row["settles_as"],
        shares=MappingProxyType({moment: Fraction(row[moment]) for moment in MOMENTS}),
        ages=tuple(age / sum(ages) for age in ages),
    )
