"""Checks of the association's own stock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.city.checks.finding import Finding, names
from ongedeeld.errors import N_
from ongedeeld.vocabulary import TABLES

if TYPE_CHECKING:
    from ongedeeld.city.city import City


def value_out_of_range(city: City) -> Iterator[Finding]:
    """A value lies outside what its column can hold."""
    for table in TABLES.values():
        for column in table.columns:
            if column.minimum is None or column.maximum is None or not city.has(table.name):
                continue
            inside = pl.col(column.name).is_between(column.minimum, column.maximum)
            outside = city.table(table.name).filter(~inside)
            if len(outside):
                yield Finding(
                    "value_out_of_range",
                    "error",
                    table.name,
                    N_("{table}: rows with a {column} outside {minimum} to {maximum}: {count}"),
                    names(outside.select(*dict.fromkeys((*table.key, column.name)))),
                    {"column": column.name, "minimum": column.minimum, "maximum": column.maximum},
                )


def overlapping_tenancies(city: City) -> Iterator[Finding]:
    """Two tenancies of one dwelling run at the same time."""
    ordered = city.table("tenancies").sort("dwelling", "start", "tenancy")
    previous = ordered.select(
        "tenancy",
        "dwelling",
        "start",
        before=pl.col("tenancy").shift().over("dwelling"),
        # An open end runs on: no later tenancy fits behind it.
        until=pl.col("end").fill_null(pl.date(9999, 12, 31)).cum_max().shift().over("dwelling"),
    )
    overlap = previous.filter(pl.col("start") <= pl.col("until"))
    if len(overlap):
        yield Finding(
            "overlapping_tenancies",
            "error",
            "tenancies",
            N_("tenancies that begin before the one before them in that dwelling has ended: {count}"),
            names(overlap.select("dwelling", "before", "tenancy")),
        )


def tenancy_ends_before_it_starts(city: City) -> Iterator[Finding]:
    """A tenancy ends before its first day."""
    wrong = city.table("tenancies").filter(pl.col("end") < pl.col("start"))
    if len(wrong):
        yield Finding(
            "tenancy_ends_before_it_starts",
            "error",
            "tenancies",
            N_("tenancies that end before they start: {count}"),
            names(wrong.select("tenancy", "start", "end")),
        )


def rent_above_maximum(city: City) -> Iterator[Finding]:
    """The rent of a home in the social sector is higher than the points system allows."""
    above = city.table("dwellings").filter(
        (pl.col("sector") == "social") & (pl.col("rent_cents") > pl.col("maximum_rent_cents"))
    )
    if len(above):
        yield Finding(
            "rent_above_maximum",
            "warning",
            "dwellings",
            N_("social homes with a rent above the maximum of the points system: {count}"),
            names(above.select("dwelling", "rent_cents", "maximum_rent_cents")),
        )


def count_exceeds_homes(city: City) -> Iterator[Finding]:
    """More households are counted in a complex than it has homes."""
    homes = city.table("dwellings").drop_nulls("complex").group_by("complex").agg(homes=pl.len())
    counted = ("support_present", "arrears_households", "nuisance_households")
    above = (
        city.table("observations")
        .filter(pl.col("observation").is_in(counted))
        .join(homes, on="complex")
        .filter(pl.col("count") > pl.col("homes"))
        .sort("complex", "period", "observation")
    )
    if len(above):
        yield Finding(
            "count_exceeds_homes",
            "warning",
            "observations",
            N_("counts of households above the number of homes in the complex: {count}"),
            names(above.select("complex", "period", "observation", "count", "homes")),
        )
