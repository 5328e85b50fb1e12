"""What is in a City, what is missing and where it comes from, as one table of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import Translate
from ongedeeld.vocabulary import INDICATORS, TABLES, Language


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far an indicator is known: for how many of the areas of a level, over which periods."""

    indicator: str
    label: str
    level: str
    first: str
    last: str
    periods: int
    known: int
    areas: int


@dataclass(frozen=True, slots=True)
class Description:
    """The facts about a City; `coverage` tells of the latest period of each indicator and level."""

    name: str
    region: str
    created: str
    invented: bool
    stock: str
    areas: dict[str, int]
    with_boundary: dict[str, int]
    tables: dict[str, int]
    coverage: tuple[Coverage, ...]
    sources: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...]


def describe(city: City, language: Language = "nl", translate: Translate = str) -> Description:
    """Describe a City.

    Parameters
    ----------
    city
        Any City.
    language
        Of the labels.
    translate
        For the remarks and sources, such as ``translator("nl").gettext``.
    """
    manifest = city.manifest
    levels = (
        city.table("areas")
        .group_by("level")
        .agg(areas=pl.len(), with_boundary=pl.col("geometry").is_not_null().sum())
        .sort("areas")
    )
    sizes = dict(levels.select("level", "areas").iter_rows())
    return Description(
        name=manifest.name,
        region=manifest.region,
        created=manifest.created.isoformat(),
        invented=manifest.invented,
        stock=manifest.stock,
        areas=sizes,
        with_boundary=dict(levels.select("level", "with_boundary").iter_rows()),
        tables={name: city.table(name).height for name in city.tables()},
        coverage=_coverage(city, sizes, language),
        sources=tuple(
            {
                "title": TABLES[source.title].label(language)
                if source.title in TABLES
                else translate(source.title),
                "owner": translate(source.owner),
                "licence": translate(source.licence),
                "file": source.file,
                "date": source.date.isoformat() if source.date else None,
                "sha256": source.sha256,
            }
            for source in manifest.sources
        ),
        remarks=tuple(f"{remark.source}: {remark.say(translate)}" for remark in manifest.remarks),
    )


def _coverage(city: City, sizes: dict[str, int], language: Language) -> tuple[Coverage, ...]:
    levels = city.table("areas").select(area="code", level="level")
    known = city.table("indicators").drop_nulls("value").join(levels, on="area")
    spans = (
        known.group_by("indicator", "level", "period")
        .agg(known=pl.len())
        .sort("period")
        .group_by("indicator", "level", maintain_order=True)
        .agg(
            first=pl.col("period").first().dt.year().cast(pl.String),
            last=pl.col("period").last().dt.year().cast(pl.String),
            periods=pl.len(),
            known=pl.col("known").last(),
        )
        .sort("indicator", "level")
    )
    order = {name: place for place, name in enumerate(INDICATORS)}
    rows = sorted(spans.iter_rows(named=True), key=lambda row: order.get(row["indicator"], len(order)))
    return tuple(
        Coverage(
            label=INDICATORS[row["indicator"]].label(language)
            if row["indicator"] in INDICATORS
            else row["indicator"],
            areas=sizes[row["level"]],
            **row,
        )
        for row in rows
    )
