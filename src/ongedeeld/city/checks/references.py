"""Checks of what points at what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ongedeeld.city import storage
from ongedeeld.city.checks.finding import Finding, names
from ongedeeld.errors import N_
from ongedeeld.vocabulary import TABLES

if TYPE_CHECKING:
    from ongedeeld.city.city import City


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
            N_("files that differ from what was written: {count}"),
            tuple(changed),
        )


def unknown_reference(city: City) -> Iterator[Finding]:
    """A row points at something that is not there.

    The finding is named after what is lost: `unknown_parent` of an area, `orphan_dwelling`, `orphan_tenancy`.
    """
    lost_as = {
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
                    lost_as.get((table.name, column.name), f"unknown_{column.name}"),
                    "error",
                    table.name,
                    N_("{table}: rows whose {column} is not among the {target}: {count}"),
                    names(lost.select(*dict.fromkeys((*table.key, column.name)))),
                    {"column": column.name, "target": target},
                )


def unknown_unit(city: City) -> Iterator[Finding]:
    """A survey or inspection is about a neighbourhood, complex or entrance that is not there."""
    targets = {
        "neighbourhood": ("areas", "code"),
        "complex": ("complexes", "complex"),
        "entrance": ("entrances", "entrance"),
    }
    for name in ("surveys", "inspections"):
        for level, (target, key) in targets.items():
            lost = (
                city.table(name)
                .filter(pl.col("level") == level)
                .join(city.table(target), left_on="unit", right_on=key, how="anti")
            )
            if len(lost):
                yield Finding(
                    "unknown_unit",
                    "error",
                    name,
                    N_("{table}: rows whose {column} is not among the {target}: {count}"),
                    names(lost.select(TABLES[name].key)),
                    {"column": level, "target": target},
                )


def unknown_source(city: City) -> Iterator[Finding]:
    """A figure names a source that the manifest does not tell of."""
    known = [source.key for source in city.manifest.sources]
    strange = city.table("indicators")["source"].unique().sort()
    strange = strange.filter(~strange.is_in(known))
    if len(strange):
        yield Finding(
            "unknown_source",
            "error",
            "indicators",
            N_("sources of figures that are not in the manifest: {count}"),
            tuple(strange),
        )


def parent_of_wrong_level(city: City) -> Iterator[Finding]:
    """A neighbourhood does not lie in a district, or a district not in a municipality."""
    within = pl.DataFrame({"level": ["neighbourhood", "district"], "whole": ["district", "municipality"]})
    areas = city.table("areas")
    wrong = (
        areas.join(areas.select(parent="code", found="level"), on="parent")
        .join(within, on="level", how="left")
        .filter(pl.col("found").ne_missing(pl.col("whole")))
        .sort("code")
    )
    if len(wrong):
        yield Finding(
            "parent_of_wrong_level",
            "error",
            "areas",
            N_("areas in an area that is not one level up: {count}"),
            names(wrong.select("code", "parent")),
        )
