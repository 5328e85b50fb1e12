"""The instruments with which a policy can steer a round: one file for each in `catalogue/`.

What an instrument does, what may be set, which rules of the register bind it, who must agree and what is
known of its effect is data. What it does to a round stands in :mod:`ongedeeld.allocation.families`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from ongedeeld.errors import N_, AbsentError
from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, TEMPORARY_GROUNDS, URGENCY_GROUPS
from ongedeeld.vocabulary import CHOICES, Both

Kind = Literal["whole", "number", "flag", "text", "texts", "areas", "homes_by_place"]

FAMILIES: Mapping[str, Both] = MappingProxyType(
    {
        "rent_policy": Both("huurprijsbeleid", "rent policy"),
        "targeted_allocation": Both("gericht toewijzen", "targeted allocation"),
        "vital_communities": Both("vitale gemeenschappen", "vital communities"),
        "outflow": Both("uitstroom uit instellingen", "outflow from institutions"),
        "flow": Both("doorstroming", "flow"),
        "offer_model": Both("aanbodmodel", "offer model"),
    }
)
"""The four families of De Vernieuwde Stad's Stadspaper 2, and two that any allotment has."""

PARTIES: Mapping[str, Both] = MappingProxyType(
    {
        "association": Both("corporatie", "association"),
        "council": Both("gemeenteraad", "municipal council"),
        "municipality": Both("gemeente", "municipality"),
        "minister": Both("minister", "minister"),
        "tenants": Both("huurdersorganisatie", "tenants' organisation"),
        "partner": Both("zorgpartij of andere partner", "care provider or other partner"),
        "region": Both("regio: gemeenten en corporaties", "region: municipalities and associations"),
    }
)
"""Who must agree before an instrument may be used."""

BY_DECISION = frozenset({"council", "minister"})
"""Parties whose agreement is the decision on which the instrument rests: an ordinance or a designation."""

OWN = "association"
"""The party whose policy it is."""

WORDS_OF_CONDITIONS: Mapping[str, Both] = MappingProxyType(
    {
        "place": Both("op genoemde plaatsen", "on named places"),
        "ordinance": Both("met de verordening als bron", "with the ordinance as its source"),
        "published": Both("met gepubliceerd beleid als bron", "with published policy as its source"),
        "agreement": Both("met een vastgelegde afspraak", "with a recorded agreement"),
        "temporary": Both("tijdelijk", "temporary"),
        "regional_total": Both("het totaal in de regio blijft gelijk", "the regional total stays the same"),
        "agreed_contingent": Both(
            "niet meer dan het contingent in het lokale beleid", "no more than the contingent in local policy"
        ),
        "permit_holders": Both(
            "geen verbod op voorrang, als het om vergunninghouders gaat",
            "no ban on priority, where it is for permit holders",
        ),
    }
)
"""The conditions that instruments have beside the rules of the register, in words."""

UNITS: Mapping[str, Both] = MappingProxyType(
    {
        "share": Both("aandeel van 0 tot 1", "share from 0 to 1"),
        "homes": Both("woningen", "homes"),
        "rooms": Both("kamers", "rooms"),
        "people": Both("personen", "people"),
        "months": Both("maanden", "months"),
        "hours_a_week": Both("uur per week", "hours a week"),
        "cents_a_month": Both("cent per maand", "cents a month"),
        "points": Both("punten", "points"),
        "points_a_year": Both("punten per jaar", "points a year"),
    }
)
"""The units of parameters."""


def _age_classes(*codes: str) -> Mapping[str, Both]:
    """These classes of ages, with their words."""
    return {
        code: Both(CHOICES["age_class"][code].label_nl, CHOICES["age_class"][code].label_en) for code in codes
    }


CODES: Mapping[str, Mapping[str, Both]] = MappingProxyType(
    {
        "age_class": _age_classes(*CHOICES["age_class"]),
        "older_age_class": _age_classes("55_66", "67_and_over"),
        "young_age_class": _age_classes("under_23", "23_34"),
        "label_goes": {
            "first": Both("gaan voor", "go first"),
            "only": Both("alleen zij", "they alone"),
        },
        "income_class": INCOME_CLASSES,
        "group": {**TARGET_GROUPS, **URGENCY_GROUPS},
        "temporary_ground": TEMPORARY_GROUNDS,
        "bound_to": {
            "region": Both("regio", "region"),
            "municipality": Both("gemeente", "municipality"),
        },
        "rent_limit": {
            "kwaliteitskorting": Both("kwaliteitskortingsgrens", "quality-discount limit"),
            "aftopping_low": Both("lage aftoppingsgrens", "low cap"),
            "aftopping_high": Both("hoge aftoppingsgrens", "high cap"),
        },
        "youth_contract": {"youth": Both("jongerencontract", "youth contract")},
        "student_contract": {"campus": Both("campuscontract", "campus contract")},
        "mixed_group": {
            "youth": Both("jongeren tot en met 22 jaar", "young people up to 22"),
            "seniors": Both("67 jaar en ouder", "67 and over"),
            "motivated": Both("na intake op motivatie", "after an intake on motivation"),
            "with_support": Both("met begeleiding", "with support arranged"),
        },
    }
)
"""The closed lists from which parameters take codes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may or must be set for an instrument.

    Parameters
    ----------
    name, label
        Its key in a policy file, and its words.
    kind
        `whole`, `number`, `flag`, `text`, `texts` (a list), `areas` (a list of their codes) or
        `homes_by_place` (a number of homes for each complex).
    unit
        A key of `UNITS`; empty where it has none.
    minimum, maximum
        Its range; None where there is no bound.
    codes
        A key of `CODES`; empty where it is free.
    default
        What holds when it is left out; None where nothing does.
    required
        Whether it may not be left out.
    basis
        Names of the rules in the register that bind the instrument as soon as this is set.
    """

    name: str
    label: Both
    kind: Kind
    unit: str
    minimum: float | None
    maximum: float | None
    codes: str
    default: Any
    required: bool
    basis: tuple[str, ...]

    @property
    def code_list(self) -> Mapping[str, Both]:
        """The codes that it takes; empty where it is free."""
        return CODES[self.codes] if self.codes else {}


@dataclass(frozen=True, slots=True)
class Instrument:
    """One lever.

    Parameters
    ----------
    name, label, family
        What it is called, and the key of its family in `FAMILIES`.
    does
        What it does to a round.
    parameters
        By name.
    basis
        Names of the rules in the register that carry and bind it.
    conditions
        Keys of `WORDS_OF_CONDITIONS`, tested in :mod:`ongedeeld.allocation.conditions_met`.
    evidence
        The name of the record that tells what is known of its effect.
    agree
        Keys of `PARTIES`: who must agree.
    vera
        Codes in VERA, as list and code; none where VERA has none, and `no_vera` says why.
    order
        Where it gives priority, its place among the priorities; None elsewhere.
    mediates
        Whether it keeps homes for those whom a partner proposes.
    one_of
        What a home has one of on a day: two instruments with the same may not meet. Its own name by default.
    labels
        The labels of the homes that it is used on where a policy names no place; none where that is all.
    """

    name: str
    label: Both
    family: str
    does: Both
    parameters: Mapping[str, Parameter]
    basis: tuple[str, ...]
    conditions: tuple[str, ...]
    evidence: str
    agree: tuple[str, ...]
    vera: tuple[str, ...]
    no_vera: Both | None
    order: int | None
    mediates: bool
    one_of: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All instruments by name."""

    by_name: Mapping[str, Instrument]

    def __getitem__(self, name: str) -> Instrument:
        if name not in self.by_name:
            near = get_close_matches(name, self.by_name, n=3)
            raise AbsentError(
                N_("there is no instrument {name}"),
                expected=N_("one of: {known}"),
                remedy=N_("did you mean {near}?") if near else N_("take a name from the catalogue"),
                name=name,
                known=", ".join(near or sorted(self.by_name)),
                near=", ".join(near[:1]),
            )
        return self.by_name[name]

    def of(self, family: str) -> tuple[Instrument, ...]:
        """The instruments of a family, in order of the alphabet."""
        return tuple(one for one in self.by_name.values() if one.family == family)


@cache
def load_catalogue() -> Catalogue:
    """The instruments that ship with this version.

    Examples
    --------
    >>> load_catalogue()["two_rents"].label.en
    'two rents for one home'
    """
    entries = sorted((files("ongedeeld.allocation") / "catalogue").iterdir(), key=lambda entry: entry.name)
    return Catalogue(
        {
            name: _instrument(name, tomllib.loads(entry.read_text(encoding="utf-8")))
            for entry in entries
            if (name := entry.name.removesuffix(".toml"))
        }
    )


def _instrument(name: str, table: Mapping[str, Any]) -> Instrument:
    return Instrument(
        name=name,
        label=_both(table, "label"),
        family=table["family"],
        does=_both(table, "does"),
        parameters={row["name"]: _parameter(row) for row in table.get("parameters", ())},
        basis=tuple(table["basis"]),
        conditions=tuple(table.get("conditions", ())),
        evidence=table["evidence"],
        agree=tuple(table["agree"]),
        vera=tuple(table["vera"]),
        no_vera=None if table["vera"] else _both(table, "no_vera"),
        order=table.get("order"),
        mediates=table.get("mediates", False),
        one_of=table.get("one_of", name),
        labels=tuple(table.get("labels", ())),
    )


def _parameter(row: Mapping[str, Any]) -> Parameter:
    default = row.get("default")
    return Parameter(
        name=row["name"],
        label=_both(row, "label"),
        kind=row["kind"],
        unit=row.get("unit", ""),
        minimum=row.get("minimum", 0 if "unit" in row else None),
        maximum=row.get("maximum", 1 if row.get("unit") == "share" else None),
        codes=row.get("codes", ""),
        default=tuple(default) if isinstance(default, list) else default,
        required=row.get("required", False),
        basis=tuple(row.get("basis", ())),
    )


def _both(table: Mapping[str, Any], key: str) -> Both:
    return Both(table[f"{key}_nl"], table[f"{key}_en"])
