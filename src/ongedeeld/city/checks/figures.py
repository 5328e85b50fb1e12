"""Checks of the figures of areas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.city.checks.finding import Finding, names
from ongedeeld.errors import N_
from ongedeeld.vocabulary import INDICATORS, LIVABILITY, TABLES

if TYPE_CHECKING:
    from ongedeeld.city.city import City


def unknown_indicator(city: City) -> Iterator[Finding]:
    """An indicator is not in the vocabulary."""
    held = city.table("indicators")["indicator"].unique().sort()
    if strange := [name for name in held if name not in INDICATORS]:
        yield Finding(
            "unknown_indicator",
            "warning",
            "indicators",
            N_("indicators that are not in the vocabulary: {count}"),
            tuple(strange),
        )


def indicator_out_of_range(city: City) -> Iterator[Finding]:
    """A figure lies outside what its indicator can be."""
    limits = pl.DataFrame(
        [(i.name, i.minimum, i.maximum) for i in INDICATORS.values()],
        schema={"indicator": pl.String, "minimum": pl.Float64, "maximum": pl.Float64},
        orient="row",
    )
    outside = (
        city.table("indicators")
        .join(limits, on="indicator")
        .filter(
            (pl.col("value") < pl.col("minimum"))
            | (pl.col("value") > pl.col("maximum"))
            | ~pl.col("value").is_finite()
        )
    )
    if len(outside):
        yield Finding(
            "indicator_out_of_range",
            "error",
            "indicators",
            N_("figures outside what their indicator can be: {count}"),
            names(outside.select("area", "indicator", "period", "value")),
        )


def sum_of_parts(city: City) -> Iterator[Finding]:
    """The parts of an area do not add up to the whole, beyond the rounding of published counts.

    Each part, and the whole, may be off by half of what it was rounded to; parts without a figure leave the
    whole out of the comparison.
    """
    rounding = pl.DataFrame(
        [(name, indicator.rounded_to / 2) for name, indicator in INDICATORS.items() if indicator.rounded_to],
        schema={"indicator": pl.String, "slack": pl.Float64},
        orient="row",
    )
    figures = city.table("indicators").join(rounding, on="indicator")
    parents = city.table("areas").select(area="code", parent="parent").drop_nulls()
    key = ["parent", "indicator", "period"]
    parts = (
        figures.join(parents, on="area")
        .group_by(key)
        .agg(total=pl.col("value").sum(), parts=pl.len(), known=pl.col("value").is_not_null().all())
        .filter("known")
    )
    off = (
        parts.join(figures, left_on=key, right_on=["area", "indicator", "period"])
        .filter((pl.col("total") - pl.col("value")).abs() > pl.col("slack") * (pl.col("parts") + 1))
        .sort(key)
    )
    if len(off):
        yield Finding(
            "sum_of_parts",
            "warning",
            "indicators",
            N_(
                "figures that differ from the sum of their parts by more than rounding (figure, sum): {count}"
            ),
            names(off.select(*key, "value", "total")),
        )


def dimensions_do_not_add_up(city: City) -> Iterator[Finding]:
    """The dimensions of the Leefbaarometer do not add up to its difference from the Netherlands."""
    figures = city.table("indicators").drop_nulls("value")
    for version in LIVABILITY:
        total = figures.filter(pl.col("indicator") == version.deviation)
        parts = (
            figures.filter(pl.col("indicator").is_in(version.dimensions))
            .group_by("area", "period")
            .agg(parts=pl.col("value").sum(), known=pl.len())
            .filter(pl.col("known") == len(version.dimensions))
        )
        off = total.join(parts, on=["area", "period"]).filter(
            (pl.col("value") - pl.col("parts")).abs() > 1e-4
        )
        if len(off):
            yield Finding(
                "dimensions_do_not_add_up",
                "error",
                "indicators",
                N_("Leefbaarometer {version}: areas whose dimensions do not add up to the total: {count}"),
                names(off.select("area", "period", "value", "parts").sort("area", "period")),
                {"version": version.name},
            )


def shares_do_not_add_up(city: City) -> Iterator[Finding]:
    """Shares that together are everything do not add up to one, beyond rounding to whole percents."""
    wholes = (
        ("share_owner_occupied", "share_rented", "share_tenure_unknown"),
        ("share_single_family", "share_multi_family"),
        ("share_occupied", "share_vacant"),
    )
    figures = city.table("indicators").drop_nulls("value")
    for whole in wholes:
        off = (
            figures.filter(pl.col("indicator").is_in(whole))
            .group_by("area", "period")
            .agg(total=pl.col("value").sum(), known=pl.len())
            .filter(
                (pl.col("known") == len(whole)) & ((pl.col("total") - 1).abs() > 0.005 * len(whole) + 1e-9)
            )
            .sort("area", "period")
        )
        if len(off):
            yield Finding(
                "shares_do_not_add_up",
                "warning",
                "indicators",
                N_("{indicators} do not add up to 100%; areas: {count}"),
                names(off.select("area", "period", "total")),
                {"indicators": "; ".join(whole)},
            )


def indicator_incomplete(city: City) -> Iterator[Finding]:
    """Indicators are known for some areas of a level and not for others.

    One note tells of all that lack the same areas in the same period.
    """
    areas = city.table("areas").select(area="code", level="level")
    sizes = areas.group_by("level").agg(size=pl.len())
    known = city.table("indicators").drop_nulls("value").join(areas, on="area")
    partial = (
        known.group_by("indicator", "period", "level")
        .agg(known=pl.len(), present=pl.col("area").sort())
        .join(sizes, on="level")
        .filter(pl.col("known") < pl.col("size"))
        .group_by("level", "period", "present", "known", "size")
        .agg(indicators=pl.col("indicator").sort().str.join("; "))
        .sort("level", "period", "indicators")
    )
    codes = {level: set(of_level["area"]) for (level,), of_level in areas.group_by("level")}
    for row in partial.iter_rows(named=True):
        yield Finding(
            "indicator_incomplete",
            "note",
            "indicators",
            N_("known for {known} of {size} areas, level {level}, {year}: {indicators}"),
            tuple(sorted(codes[row["level"]] - set(row["present"]))),
            {
                "known": row["known"],
                "size": row["size"],
                "level": row["level"],
                "year": _year(row["period"]),
                "indicators": row["indicators"],
            },
        )


def _year(period: date) -> str:
    """A year for 1 January, else the day."""
    return str(period.year) if (period.month, period.day) == (1, 1) else period.isoformat()


def value_contradicts_status(city: City) -> Iterator[Finding]:
    """A figure is there and said to be missing, or the other way round."""
    columns = {"indicators": "value", "observations": "count"}
    for name, column in columns.items():
        absent = pl.col("status").is_in(["missing", "suppressed"])
        wrong = city.table(name).filter(absent != pl.col(column).is_null())
        if len(wrong):
            yield Finding(
                "value_contradicts_status",
                "error",
                name,
                N_("figures there though said to be missing, or missing though said to be there: {count}"),
                names(wrong.select(*TABLES[name].key, "status")),
            )
