"""Named checks of a City: all of them run and report together.

Each check is a function that yields findings; its name is the function's. A finding names the rows it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from ongedeeld.city import storage
from ongedeeld.errors import N_, Translate
from ongedeeld.vocabulary import INDICATORS, LIVABILITY, TABLES

if TYPE_CHECKING:
    from ongedeeld.city.city import City

Severity = Literal["error", "warning", "note"]
Check = Callable[["City"], Iterator["Finding"]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: which rows of which table, and what is the matter with them.

    An `error` makes results wrong, a `warning` may, a `note` tells what is not known.
    """

    check: str
    severity: Severity
    table: str
    text: str
    rows: tuple[str, ...]
    fields: dict[str, str | int | float] = field(default_factory=dict)

    def say(self, translate: Translate = str) -> str:
        """The sentence, through `translate`."""
        return translate(self.text).format(count=len(self.rows), **self.fields)


def run(city: City) -> list[Finding]:
    """All findings of all checks, errors first."""
    order: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
    found = [finding for check in CHECKS.values() for finding in check(city)]
    return sorted(found, key=lambda finding: order[finding.severity])


def _names(rows: pl.DataFrame) -> tuple[str, ...]:
    return tuple(" ".join(str(part) for part in row) for row in rows.iter_rows())


def changed_file(city: City) -> Iterator[Finding]:
    """A file of the City is not the one that was written."""
    if city.path is None:
        return
    changed = [
        stored.file
        for stored in city.manifest.tables.values()
        if storage.sha256(city.path / stored.file) != stored.sha256
    ]
    if changed:
        yield Finding(
            "changed_file",
            "error",
            "manifest",
            N_("{count} files differ from what was written"),
            tuple(changed),
        )


def unknown_reference(city: City) -> Iterator[Finding]:
    """A row points at something that is not there.

    The finding is named after what is lost: `unknown_parent` of an area, `orphan_dwelling`, `orphan_tenancy`, …
    """
    names = {
        ("areas", "parent"): "unknown_parent",
        ("dwellings", "complex"): "orphan_dwelling",
        ("dwellings", "entrance"): "orphan_dwelling",
        ("tenancies", "dwelling"): "orphan_tenancy",
        ("entrances", "complex"): "orphan_entrance",
    }
    for table in TABLES.values():
        for column in table.columns:
            if not column.references or not city.has(table.name):
                continue
            target, key = column.references.split(".")
            lost = (
                city.table(table.name)
                .filter(pl.col(column.name).is_not_null())
                .join(city.table(target), left_on=column.name, right_on=key, how="anti")
            )
            if len(lost):
                yield Finding(
                    names.get((table.name, column.name), f"unknown_{column.name}"),
                    "error",
                    table.name,
                    N_("{count} rows name a {column} that is not among the {target}"),
                    _names(lost.select(dict.fromkeys((*table.key, column.name)))),
                    {"column": column.name, "target": target},
                )


def unknown_indicator(city: City) -> Iterator[Finding]:
    """An indicator is not in the vocabulary."""
    held = city.table("indicators")["indicator"].unique().sort()
    if strange := [name for name in held if name not in INDICATORS]:
        yield Finding(
            "unknown_indicator",
            "warning",
            "indicators",
            N_("{count} indicators are not in the vocabulary"),
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
        .filter((pl.col("value") < pl.col("minimum")) | (pl.col("value") > pl.col("maximum")))
    )
    if len(outside):
        yield Finding(
            "indicator_out_of_range",
            "error",
            "indicators",
            N_("{count} figures lie outside what their indicator can be"),
            _names(outside.select("area", "indicator", "period", "value")),
        )


def value_out_of_range(city: City) -> Iterator[Finding]:
    """A value of the stock lies outside what its column can hold."""
    for table in TABLES.values():
        for column in table.columns:
            if (column.minimum is None and column.maximum is None) or not city.has(table.name):
                continue
            value = pl.col(column.name)
            inside = value.is_between(
                column.minimum if column.minimum is not None else float("-inf"),
                column.maximum if column.maximum is not None else float("inf"),
            )
            outside = city.table(table.name).filter(value.is_not_null() & ~inside)
            if len(outside):
                yield Finding(
                    "value_out_of_range",
                    "error",
                    table.name,
                    N_("{count} rows have a {column} outside {minimum} to {maximum}"),
                    _names(outside.select(dict.fromkeys((*table.key, column.name)))),
                    {"column": column.name, "minimum": column.minimum or 0, "maximum": column.maximum or 0},
                )


def sum_of_parts(city: City) -> Iterator[Finding]:
    """The parts of an area do not add up to the whole, beyond the rounding of published counts.

    Each part, and the whole, may be off by half of what it was rounded to; parts without a figure leave the whole out
    of the comparison.
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
            N_("{count} figures differ from the sum of their parts by more than rounding"),
            _names(off.select(*key, "value", "total")),
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
                N_("Leefbaarometer {version}: in {count} areas the dimensions do not add up to the total"),
                _names(off.select("area", "period", "value", "parts").sort("area", "period")),
                {"version": version.name},
            )


def shares_do_not_add_up(city: City) -> Iterator[Finding]:
    """Shares that together are everything add up to something else than one, beyond rounding to whole percents."""
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
                N_("in {count} areas {shares} do not add up to 100%"),
                _names(off.select("area", "period", "total")),
                {"shares": " + ".join(whole)},
            )


def area_without_geometry(city: City) -> Iterator[Finding]:
    """An area has no boundary."""
    without = city.table("areas").filter(pl.col("geometry").is_null())
    for (level,), areas in without.group_by("level", maintain_order=True):
        yield Finding(
            "area_without_geometry",
            "warning",
            "areas",
            N_("{count} areas of level {level} have no boundary"),
            _names(areas.select("code")),
            {"level": str(level)},
        )


def indicator_incomplete(city: City) -> Iterator[Finding]:
    """An indicator is known for some areas of a level and not for others."""
    areas = city.table("areas").select(area="code", level="level")
    sizes = areas.group_by("level").agg(size=pl.len())
    known = city.table("indicators").drop_nulls("value").join(areas, on="area")
    partial = (
        known.group_by("indicator", "period", "level")
        .agg(known=pl.len())
        .join(sizes, on="level")
        .filter(pl.col("known") < pl.col("size"))
        .sort("level", "indicator", "period")
    )
    have = known.select("indicator", "period", "level", "area").partition_by(
        "indicator", "period", "level", as_dict=True, include_key=False
    )
    codes = areas.partition_by("level", as_dict=True)
    for row in partial.iter_rows(named=True):
        present = have[row["indicator"], row["period"], row["level"]]
        missing = codes[(row["level"],)].join(present, on="area", how="anti").sort("area")
        yield Finding(
            "indicator_incomplete",
            "note",
            "indicators",
            N_("{indicator} of {period} is known for {known} of {size} areas of level {level}"),
            tuple(missing["area"]),
            {key: str(row[key]) for key in ("indicator", "period", "known", "size", "level")},
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
            N_("{count} tenancies begin before the one before them in that dwelling has ended"),
            _names(overlap.select("dwelling", "before", "tenancy")),
        )


def tenancy_ends_before_it_starts(city: City) -> Iterator[Finding]:
    """A tenancy ends before its first day."""
    wrong = city.table("tenancies").filter(pl.col("end") < pl.col("start"))
    if len(wrong):
        yield Finding(
            "tenancy_ends_before_it_starts",
            "error",
            "tenancies",
            N_("{count} tenancies end before they start"),
            _names(wrong.select("tenancy", "start", "end")),
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
            N_("{count} social homes have a rent above the maximum of the points system"),
            _names(above.select("dwelling", "rent_cents", "maximum_rent_cents")),
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
            N_("{count} counts of households are higher than the number of homes in the complex"),
            _names(above.select("complex", "period", "observation", "count", "homes")),
        )


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        changed_file,
        unknown_reference,
        unknown_indicator,
        indicator_out_of_range,
        value_out_of_range,
        sum_of_parts,
        dimensions_do_not_add_up,
        shares_do_not_add_up,
        area_without_geometry,
        indicator_incomplete,
        overlapping_tenancies,
        tenancy_ends_before_it_starts,
        rent_above_maximum,
        count_exceeds_homes,
    )
}
