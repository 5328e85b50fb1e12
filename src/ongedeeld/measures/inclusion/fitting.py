"""Which homes fit which type of household, and what stands in the way of those that serve nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from ongedeeld.city import City
from ongedeeld.measures.inclusion.answer import inclusion_assumptions
from ongedeeld.measures.inclusion.homes import own_homes
from ongedeeld.measures.inclusion.households import HouseholdType

Limits = Mapping[str, float | None]
# What can stand between a home and everybody who seeks one.
OBSTACLES = ("rooms", "rent", "sector", "label", "step_free")


def prepared(city: City, purpose: str, social_limit: float | None) -> pl.DataFrame:
    """The homes that count, with the rent at which each would be let and whether that is social."""
    homes = own_homes(city, purpose).filter(pl.col("label").ne_missing("care"))
    asked = pl.coalesce("target_rent_cents", "rent_cents")
    by_rent = asked <= pl.lit(social_limit, pl.Float64)
    social = pl.coalesce(pl.col("sector") == "social", by_rent)
    return homes.with_columns(asked_cents=asked, social=social, label=pl.col("label").fill_null("none"))


def conditions(kind: HouseholdType, limits: Limits) -> dict[str, pl.Expr]:
    """What a home must meet to fit a type: each true, false, or null where the fact is not known."""
    told = inclusion_assumptions()
    rule = kind.rent_rule()
    social = kind.income in ("below_passend", "below_daeb")
    found = {
        "rooms": pl.col("rooms") >= told["minimum_rooms"].value[kind.size],
        "sector": pl.col("social") if social else ~pl.col("social"),
        "label": _admitted(kind),
    }
    if rule is not None:
        found["rent"] = pl.col("asked_cents") <= pl.lit(limits[rule], pl.Float64)
    if kind.age in told["accessible_for"].value:
        found["step_free"] = pl.col("step_free")
    return found


def fit(kind: HouseholdType, limits: Limits) -> pl.Expr:
    """Whether a home fits a type: true, false, or null where a fact that decides is not known."""
    return pl.all_horizontal(conditions(kind, limits).values())


def _admitted(kind: HouseholdType) -> pl.Expr:
    labels = inclusion_assumptions()["labels"].value
    closed = [
        label
        for label, group in labels.items()
        if kind.age not in group.get("ages", [kind.age]) or kind.size not in group.get("sizes", [kind.size])
    ]
    return ~pl.col("label").is_in(closed)


def serving(homes: pl.DataFrame, sought: Sequence[HouseholdType], limits: Limits) -> pl.DataFrame:
    """The homes with `serves` (fits one of the types sought; null where not known) and `obstacles`.

    The obstacles of a home that serves nobody are the conditions of which each by itself keeps it from
    serving somebody (some of `OBSTACLES`), or `several` where no single one does. Null of all other homes,
    and where nobody seeks.
    """
    asked = [conditions(kind, limits) for kind in sought]
    without = [
        pl.when(_meets_any(_lifted(each, name) for each in asked)).then(pl.lit(name)) for name in OBSTACLES
    ]
    named = pl.concat_str(without, separator=", ", ignore_nulls=True).replace("", "several")
    return homes.with_columns(serves=_meets_any(each.values() for each in asked)).with_columns(
        obstacles=pl.when(~pl.col("serves") & bool(sought)).then(named)
    )


def _lifted(tests: Mapping[str, pl.Expr], obstacle: str) -> list[pl.Expr]:
    return [test for name, test in tests.items() if name != obstacle]


def _meets_any(alternatives: Iterable[Iterable[pl.Expr]]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(pl.all_horizontal(each) for each in alternatives))
