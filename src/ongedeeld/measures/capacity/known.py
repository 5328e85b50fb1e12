"""The indicators that a card knows: what each counts, at which levels, and from which table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from ongedeeld.errors import N_

Level = Literal["complex", "neighbourhood", "district", "entrance"]
Kind = Literal["share", "rate", "mean", "exact"]
Counted = Literal["homes", "vacancies", "answers", "inspections"]

LEVELS: tuple[Level, ...] = get_args(Level)
ABOVE_ENTRANCE: tuple[Level, ...] = ("complex", "neighbourhood", "district")
INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class CardIndicator:
    """An indicator of a card.

    Parameters
    ----------
    name, label
        Its name, and what people see.
    kind
        `share` (so many of so many), `rate` (so many in so much), `mean` (a mean of answers or inspections)
        or `exact` (what is known without chance: hours, places, published figures).
    counted
        What an estimate rests on, for the rule on too few.
    table
        The table of the City that it comes from.
    least, most
        Between what it lies.
    part_of
        Another indicator that it is a part of, so that the two cannot both count.
    levels
        The levels at which it can be told.
    """

    name: str
    label: str
    kind: Kind
    counted: Counted
    table: str
    least: float = 0.0
    most: float = INFINITE
    part_of: str | None = None
    levels: tuple[Level, ...] = ABOVE_ENTRANCE


def _share(name: str, label: str, table: str) -> CardIndicator:
    return CardIndicator(name, label, "share", "homes", table, most=1.0)


def _rate(name: str, label: str) -> CardIndicator:
    return CardIndicator(name, label, "rate", "homes", "observations")


def _grade(question: str, label: str) -> CardIndicator:
    return CardIndicator(f"view_{question}", label, "mean", "answers", "surveys", 1.0, 10.0)


def _yes(question: str, label: str) -> CardIndicator:
    return CardIndicator(f"view_{question}", label, "share", "answers", "surveys", most=1.0)


def _inspected(aspect: str, label: str) -> CardIndicator:
    return CardIndicator(
        f"inspection_{aspect}", label, "mean", "inspections", "inspections", 1.0, 5.0, levels=LEVELS
    )


def _published(name: str, label: str, most: float = 1.0, part_of: str | None = None) -> CardIndicator:
    least = 0.0 if most == 1.0 else -INFINITE
    return CardIndicator(name, label, "exact", "homes", "indicators", least, most, part_of)


_ALL = (
    _inspected("clean", N_("inspection: clean")),
    _inspected("whole", N_("inspection: whole")),
    _inspected("safe", N_("inspection: safe")),
    _grade("clean", N_("residents find it clean and tidy")),
    _grade("effort", N_("residents see the association make an effort")),
    CardIndicator(
        "caretaker_hours", N_("hours of caretakers a home and year"), "exact", "homes", "caretaker_hours"
    ),
    _rate("nuisance_cases", N_("open nuisance cases a home")),
    _share("nuisance_households", N_("households that nuisance cases concern, of homes"), "observations"),
    _grade("nuisance", N_("residents meet little nuisance")),
    _share("arrears", N_("households with rent arrears, of homes"), "observations"),
    _rate("evictions", N_("evictions a home and year")),
    _published("social_assistance", N_("people on social assistance, of residents aged 15 to 64")),
    _published("in_work", N_("residents in paid work")),
    _rate("turnover", N_("turnover: vacancies a home and year")),
    CardIndicator("residence_years", N_("length of residence in years"), "mean", "homes", "tenancies"),
    _share("mediated", N_("homes let by mediation"), "tenancies"),
    _share("support", N_("households with a support agreement, of homes"), "observations"),
    _share("young_tenants", N_("homes let to a tenant under 23 in the last five years"), "tenancies"),
    _grade("knows_neighbours", N_("residents know their neighbours")),
    _grade("greeted", N_("residents are greeted")),
    _grade("someone_to_turn_to", N_("residents have someone to turn to")),
    _yes("volunteers", N_("residents who volunteer")),
    _yes("gives_care", N_("residents who give care to family or neighbours")),
    CardIndicator(
        "meeting_places", N_("meeting places and community centres within 500 m"), "exact", "homes", "places"
    ),
    CardIndicator("reactions", N_("reactions to a vacancy"), "mean", "vacancies", "observations"),
    _grade("safe", N_("residents feel safe in the neighbourhood")),
    _grade("home", N_("residents feel at home")),
    _published("livability", N_("livability (Leefbaarometer)"), INFINITE),
    _published("livability_physical", N_("physical environment (Leefbaarometer)"), INFINITE, "livability"),
    _published("livability_nuisance", N_("nuisance and unsafety (Leefbaarometer)"), INFINITE, "livability"),
    _published("livability_cohesion", N_("social cohesion (Leefbaarometer)"), INFINITE, "livability"),
    _published("livability_amenities", N_("amenities (Leefbaarometer)"), INFINITE, "livability"),
    _published("livability_housing", N_("housing stock (Leefbaarometer)"), INFINITE, "livability"),
)
CARD_INDICATORS: Mapping[str, CardIndicator] = MappingProxyType({one.name: one for one in _ALL})
"""The indicators that a card knows, by name."""
