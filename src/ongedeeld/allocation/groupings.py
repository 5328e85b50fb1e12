"""The groups of which a round tells the chance: four tables of all, and every code that a policy looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import polars as pl

from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.effects import Condition
from ongedeeld.rules.codes import INCOME_CLASSES, TARGET_GROUPS, Codes
from ongedeeld.rules.wbmgp import OUTCOMES
from ongedeeld.vocabulary import CHOICES, Both

GROUPINGS = ("route", "household_type", "age_class", "income_class")
UNKNOWN = "unknown"
ROUTES: Codes = {
    "regular": Both("gewoon", "regular"),
    "urgent": Both("urgent", "urgent"),
    "mediated": Both("voorgedragen door een partner", "proposed by a partner"),
    "internal": Both("doorstromer", "moving inside the stock"),
    "re_housing": Both("herhuisvesting", "re-housing"),
}
HOUSEHOLD_TYPES: Codes = {
    "one_person": Both("één persoon", "one person"),
    "with_minors": Both("met minderjarigen", "with minors"),
    "without_minors": Both("twee of meer, zonder minderjarigen", "two or more, without minors"),
}
LABELS: dict[str, Codes] = {
    "route": ROUTES,
    "household_type": HOUSEHOLD_TYPES,
    "age_class": {code: Both(one.label_nl, one.label_en) for code, one in CHOICES["age_class"].items()},
    "income_class": INCOME_CLASSES,
}
"""The groups of the four tables, in words."""

NEITHER = "none"
YES_OR_NO: Codes = {"yes": Both("ja", "yes"), "no": Both("nee", "no")}
SIX_YEARS = 6
_SIZES: Codes = {
    **{str(size): Both(f"{size}", f"{size}") for size in range(1, 6)},
    "6": Both("6 of meer", "6 or more"),
}
_YEARS: Codes = {
    "long": Both(f"{SIX_YEARS} jaar of meer", f"{SIX_YEARS} years or more"),
    "short": Both(f"korter dan {SIX_YEARS} jaar", f"less than {SIX_YEARS} years"),
}
_FLAGS = (
    "pension_age", "assets_exception", "bound", "motivation", "neighbourly_work", "support",
    "granted_priority", "step_free_needed",
)  # fmt: skip
_HAS_ONE = ("contingent", "profession", "free_space_ground")
_SPANS = ("region_years", "municipality_years")
_ALWAYS_NO = frozenset(_FLAGS) - {"pension_age", "support"}
"""Where an empty value is no; of the others it is not known."""

LOOKED_AT: Mapping[str, Codes] = MappingProxyType(
    {
        "target_group": {**TARGET_GROUPS, NEITHER: Both("geen", "none")},
        "permit": {**OUTCOMES, NEITHER: Both("nog geen uitkomst", "no outcome yet")},
        "household_size": _SIZES,
        **dict.fromkeys(_SPANS, _YEARS),
        **dict.fromkeys((*_FLAGS, *_HAS_ONE), YES_OR_NO),
    }
)
"""The groups by each column that a policy may look at, in words."""

BY_HOME = {"rooms": "household_size", "step_free": "step_free_needed"}
"""Of whom a condition that looks at this column of a home may shut out."""


def groupings(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The groupings of a round: the four tables, and those by what the conditions of a policy look at."""
    held = list(conditions)
    seen = {name for one in held for name in one.of_seeker}
    seen |= {BY_HOME[name] for one in held for name in one.of_vacancy if name in BY_HOME}
    return (*GROUPINGS, *(name for name in LOOKED_AT if name in seen))


def grouping_label(grouping: str) -> Both:
    """What people call a grouping."""
    own = {
        "route": Both("route", "route"),
        "household_type": Both("huishouden", "household"),
        "age_class": Both("leeftijdsklasse", "age class"),
        "income_class": Both("inkomensklasse", "income class"),
    }
    return own.get(grouping) or INPUTS["seekers"][grouping].label


def group_label(grouping: str, group: str) -> Both:
    """What people call a group of a grouping."""
    if group == UNKNOWN:
        return Both("onbekend", "not known")
    return (LABELS.get(grouping) or LOOKED_AT[grouping])[group]


def members(seekers: pl.DataFrame, grouping: str) -> pl.Series:
    """The group of each seeker in a grouping."""
    column = seekers[grouping]
    if grouping in GROUPINGS:
        return column.fill_null(UNKNOWN)
    if grouping in ("target_group", "permit"):
        return column.fill_null(NEITHER)
    told = pl.col(grouping)
    if grouping == "household_size":
        group = told.clip(upper_bound=len(_SIZES)).cast(pl.String)
    elif grouping in _SPANS:
        group = _said(told >= SIX_YEARS, "long", "short")
    elif grouping in _HAS_ONE:
        group = _said(told.is_not_null(), "yes", "no")
    else:
        group = _said(told.fill_null(value=False) if grouping in _ALWAYS_NO else told, "yes", "no")
    return seekers.select(group.fill_null(UNKNOWN).alias(grouping)).to_series()


def _said(held: pl.Expr, yes: str, no: str) -> pl.Expr:
    return pl.when(held.is_null()).then(None).when(held).then(pl.lit(yes)).otherwise(pl.lit(no))
