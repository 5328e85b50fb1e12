"""The tables of outcomes that every future leaves behind: what their rows are of, and what they measure.

A row is of a year of the run, counted from 1. A measure that is not known there is null; it is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from ongedeeld.errors import N_

Unit = Literal["count", "share", "months", "years", "cents", "hours", "score", "index"]

EVERYWHERE = "all"
"""The level, and the unit, of all homes together."""

LEVELS = ("complex", "neighbourhood", "district", "municipality", EVERYWHERE)
SURROUNDINGS = "surroundings"
"""The level at which homes lie in weak, middle and strong neighbourhoods by livability."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures.

    Parameters
    ----------
    label, unit
        What people see, and what a figure is in.
    """

    label: str
    unit: Unit = "count"


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """A table of outcomes.

    Parameters
    ----------
    key
        The columns that tell what a row is of.
    measures
        The columns of figures, by name.
    ratios
        Those that are one column of another. Over years together they are what is counted over all of these
        years, not the mean of what was found for each.
    """

    key: tuple[str, ...]
    measures: Mapping[str, Measure]
    ratios: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_PLACES = {
    "homes": Measure(N_("homes at the end of the year")),
    "vacant": Measure(N_("vacant homes at the end of the year")),
    "vacated": Measure(N_("homes that fell vacant")),
    "turnover": Measure(N_("turnover: homes that fell vacant, of all homes"), "share"),
    "residence_years": Measure(N_("mean length of residence"), "years"),
    "support": Measure(N_("households with support at the end of the year")),
    "support_share": Measure(N_("households with support, of households"), "share"),
    "lettings": Measure(N_("lettings")),
    "let_regular": Measure(N_("lettings in the regular way")),
    "let_mediated": Measure(N_("lettings by mediation")),
    "let_internal": Measure(N_("lettings to tenants who moved inside the stock")),
    "let_re_housing": Measure(N_("lettings to tenants who had to be re-housed")),
    "declined": Measure(N_("offers that were declined")),
    "declined_surroundings": Measure(N_("offers declined for the surroundings")),
    "declined_home": Measure(N_("offers declined for the home")),
    "declined_rent": Measure(N_("offers declined for the rent")),
    "declined_other": Measure(N_("offers declined for another reason")),
    "prevented": Measure(N_("evictions that were prevented")),
    "evicted": Measure(N_("evictions")),
    "put_out": Measure(N_("tenants who had no other home at demolition")),
    "built": Measure(N_("homes built")),
    "demolished": Measure(N_("homes demolished")),
    "sold": Measure(N_("homes sold")),
}
_GROUPS = {
    "seekers": Measure(N_("seekers who were there in the year")),
    "arrived": Measure(N_("seekers who came")),
    "stopped": Measure(N_("seekers who stopped without a home")),
    "housed": Measure(N_("seekers who got a home")),
    "lost_home": Measure(N_("seekers who lost the home from which they sought")),
    "on_list": Measure(N_("seekers on the list at the end of the year")),
    "share_housed": Measure(N_("seekers who got a home, of those who were there in the year"), "share"),
    "search_mean": Measure(N_("mean search of who got a home"), "months"),
    "search_median": Measure(N_("median search of who got a home"), "months"),
    "registered_mean": Measure(N_("mean registration of who got a home"), "months"),
    "registered_median": Measure(N_("median registration of who got a home"), "months"),
    "waiting_registered_mean": Measure(
        N_("mean registration so far of who is on the list at the end of the year"), "months"
    ),
}
_MIX = {
    "dissimilarity": Measure(N_("dissimilarity"), "index"),
    "dissimilarity_by_chance": Measure(N_("dissimilarity by chance alone"), "index"),
    "theil_h": Measure(N_("information theory index"), "index"),
    "theil_h_by_chance": Measure(N_("information theory index by chance alone"), "index"),
    "households": Measure(N_("households it rests on")),
    "units": Measure(N_("places it rests on")),
}
_BEARING = {
    "load": Measure(N_("load"), "score"),
    "capacity": Measure(N_("capacity"), "score"),
    "balance": Measure(N_("balance: capacity less load"), "score"),
}
_TALLIES = {
    "done": Measure(N_("counted for it")),
    "of": Measure(N_("of how many")),
    "share": Measure(N_("share"), "share"),
    "asked": Measure(N_("share that is asked"), "share"),
    "agreed": Measure(N_("number that is asked or agreed")),
    "met": Measure(N_("whether it is met"), "share"),
}
_COSTS = {
    "rent_forgone": Measure(N_("rent forgone"), "cents"),
    "support_hours": Measure(N_("hours of support"), "hours"),
}

TABLES: Mapping[str, OutcomeTable] = MappingProxyType(
    {
        "places": OutcomeTable(("year", "level", "unit"), _PLACES),
        "households": OutcomeTable(
            ("year", "level", "unit", "grouping", "group"), {"households": Measure(N_("households"))}
        ),
        "groups": OutcomeTable(
            ("year", "grouping", "group"), _GROUPS, MappingProxyType({"share_housed": ("housed", "seekers")})
        ),
        "where": OutcomeTable(
            ("year", "grouping", "group", "level", "unit"), {"housed": Measure(N_("seekers who got a home"))}
        ),
        "mix": OutcomeTable(("year", "level", "grouping"), _MIX),
        "bearing": OutcomeTable(("year", "level", "unit"), _BEARING),
        "tallies": OutcomeTable(("year", "tally"), _TALLIES),
        "costs": OutcomeTable(("year", "use", "payer"), _COSTS),
    }
)
"""The tables by name; beside them `moves` holds a sample of lettings, which is no table of figures."""
