"""The groups that are measured when nobody asks for others, and where their numbers come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary import CHOICES, INDICATORS, Both, Language

Scale = Literal["district", "neighbourhood", "complex", "entrance"]
SCALES: tuple[Scale, ...] = ("district", "neighbourhood", "complex", "entrance")
PUBLISHED: tuple[Scale, ...] = ("district", "neighbourhood")
WORKING_AGE = N_(
    "Everybody else is taken from the residents aged 15 to 64, the nearest published number; benefits run to "
    "the pension age and work is published of those aged 15 to 74."
)
DESCRIBES_ONLY = N_("Origin describes areas and feeds nothing else: no card, room, scenario or advice.")
AT_START = N_("What is known of tenants is as it was at the start of their tenancy.")
OWN_TENANTS = N_("Only tenants of the association are counted.")


@dataclass(frozen=True)
class GroupSet:
    """Groups that together are everybody, and where their numbers come from.

    Parameters
    ----------
    name, title
        What it is called in code and on screen.
    groups
        By group the indicator it comes from, or for tenants of the association the text that people see.
    of
        Indicators that add up to everybody, where groups are shares or leave a rest.
    rest
        The text for everybody else, where there is such a group; it is called `rest`.
    column
        The column of tenancies that tells groups apart; None for published figures.
    default
        Whether it is measured when nobody asks.
    notes
        What the reader must know.
    """

    name: str
    title: str
    groups: Mapping[str, str]
    of: tuple[str, ...] = ()
    rest: str | None = None
    column: str | None = None
    default: bool = True
    notes: tuple[Note, ...] = ()

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The scales at which it can be counted."""
        return PUBLISHED if self.column is None else SCALES

    @property
    def names(self) -> tuple[str, ...]:
        """The groups, the rest last."""
        return (*self.groups, *(("rest",) if self.rest else ()))

    def label(self, group: str, language: Language) -> str:
        """What people see for a group; a text marked with `N_` is still to be translated."""
        if group == "rest" and self.rest:
            return self.rest
        held = self.groups[group]
        if self.column is None:
            return INDICATORS[held].label(language)
        codes = CHOICES.get(self.column, {})
        return codes[group].label(language) if group in codes else held


_WORKING_AGE = ("residents_15_24", "residents_25_44", "residents_45_64")
_AGES = ("0_14", "15_24", "25_44", "45_64", "65_and_over")
_ELSE = N_("everybody else")


def _benefit(name: str, title: str, indicator: str) -> GroupSet:
    return GroupSet(name, title, {name: indicator}, _WORKING_AGE, _ELSE, notes=(note(WORKING_AGE),))


def _tenants(name: str, title: str, column: str, groups: Mapping[str, str]) -> GroupSet:
    return GroupSet(name, title, groups, column=column, notes=(note(OWN_TENANTS), note(AT_START)))


_SETS = (
    GroupSet(
        "income",
        N_("income class of households"),
        {"low_income": "share_households_low_income", "high_income": "share_households_high_income"},
        ("households",),
        N_("households in between"),
    ),
    GroupSet(
        "tenure",
        N_("tenure of homes"),
        {name: f"share_{name}" for name in ("association", "private_rent", "owner_occupied")},
        ("dwellings",),
    ),
    GroupSet("age", N_("age of residents"), {f"age_{age}": f"residents_{age}" for age in _AGES}),
    GroupSet(
        "household",
        N_("type of household"),
        {name: f"households_{name}" for name in ("one_person", "without_children", "with_children")},
    ),
    GroupSet(
        "work",
        N_("paid work"),
        {"in_work": "share_in_work"},
        _WORKING_AGE,
        N_("not in paid work"),
        notes=(note(WORKING_AGE),),
    ),
    _benefit("social_assistance", N_("social assistance"), "benefits_social_assistance"),
    _benefit("disability_benefit", N_("disability benefit"), "benefits_disability"),
    _benefit("unemployment_benefit", N_("unemployment benefit"), "benefits_unemployment"),
    GroupSet(
        "origin",
        N_("origin, as published for areas"),
        {name: f"origin_{name}" for name in ("netherlands", "europe", "outside_europe")},
        default=False,
        notes=(note(DESCRIBES_ONLY),),
    ),
    _tenants(
        "tenant_age", N_("age of tenants"), "age_class", dict.fromkeys(CHOICES["age_class"], "age_class")
    ),
    _tenants(
        "household_size",
        N_("size of tenants' households"),
        "household_size",
        {
            "one_person": N_("1 person"),
            "two_people": N_("2 people"),
            "three_four": N_("3 or 4 people"),
            "five_or_more": N_("5 or more people"),
        },
    ),
    _tenants("route", N_("route to the home"), "route", dict.fromkeys(CHOICES["route"], "route")),
)
GROUP_SETS: Mapping[str, GroupSet] = MappingProxyType({each.name: each for each in _SETS})
"""The sets of groups by name: from published figures of areas, and from the tenancies of the association."""


def level_in_words(level: str) -> Both | str:
    """What people call a level of areas or of the stock, in the language in which it is said.

    >>> level_in_words("neighbourhood")
    Both(nl='buurt', en='neighbourhood')
    """
    choice = CHOICES["level"].get(level) or CHOICES["place_level"].get(level)
    return Both(choice.label_nl, choice.label_en) if choice else level


def day_in_words(day: date) -> Both:
    """A day as people write it: a year where that is meant.

    >>> day_in_words(date(2024, 1, 1)).nl, day_in_words(date(2025, 12, 28)).nl
    ('2024', '28-12-2025')
    """
    year = (day.month, day.day) == (1, 1)
    return Both(str(day.year) if year else f"{day.day}-{day.month}-{day.year}", day.isoformat())


def group_set(name: str) -> tuple[GroupSet, str | None]:
    """A set of groups, and the one group of it that was asked as `set:group`.

    Raises
    ------
    InputError
        When there is no such set or group, with those that there are.

    Examples
    --------
    >>> found, group = group_set("tenure:association")
    >>> found.name, group
    ('tenure', 'association')
    """
    first, _, group = name.partition(":")
    if first not in GROUP_SETS:
        raise InputError(
            N_("there are no groups {group}"),
            expected=N_("one of: {known}"),
            group=first,
            known=", ".join(GROUP_SETS),
        )
    found = GROUP_SETS[first]
    if group and group not in found.names:
        raise InputError(
            N_("{set} has no group {group}"),
            expected=N_("one of: {known}"),
            set=first,
            group=group,
            known=", ".join(found.names),
        )
    return found, group or None
