"""All that can be measured of a City, side by side: livability, undividedness and inclusion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures import inclusion
from ongedeeld.measures.livability import livability
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.overview._of_region import answers_of_region, inspections_of_region
from ongedeeld.measures.undividedness import Options, dissimilarity
from ongedeeld.measures.undividedness.group_sets import GROUP_SETS, GroupSet, Scale
from ongedeeld.measures.undividedness.groups import counts_by_group

LEVELS = ("municipality", "district", "neighbourhood")
SCALES: tuple[tuple[Scale, bool], ...] = (
    ("district", False),
    ("neighbourhood", False),
    ("complex", True),
    ("entrance", True),
)
INCLUSION = (
    "published_reach",
    "places",
    "meeting_places",
    "participation",
    "residents",
    "inspections",
    "room",
)
Row = dict[str, Any]
_SCHEMA: dict[str, type[pl.DataType]] = {
    "theme": pl.String,
    "measure": pl.String,
    "subject": pl.String,
    "scale": pl.String,
    "period": pl.Date,
    "unit": pl.String,
    "value": pl.Float64,
    "expected_by_chance": pl.Float64,
    "adjusted": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p_value": pl.Float64,
    "lowest": pl.Float64,
    "highest": pl.Float64,
    "areas": pl.Int64,
    "people": pl.Int64,
    "left_out": pl.Int64,
    "outcome": pl.String,
}


@dataclass(frozen=True, eq=False)
class Overview:
    """What is measured of a City, and what is not known.

    `table` has a row per figure: `theme` (livability, undividedness, inclusion), `measure`, `subject` (a
    group, amenity, question and so on), `scale`, `period`, `unit`, `value` (of the region as a
    whole; for livability the mean of the areas),
    `expected_by_chance`, `adjusted`, `low` and `high` (95% interval), `p_value`, `lowest` and `highest` (of
    the areas at that scale), `areas` (how many are known), `people` (or answers or inspections that a
    figure of the region rests on), `left_out` (tenancies that are not among
    them, as their group or their unit at that scale is not known) and `outcome` (known, too_few, not_known).
    What does not hold for a row is null. `missing` says what the City does not tell.
    """

    table: pl.DataFrame
    missing: tuple[Note, ...]


@dataclass(frozen=True)
class Given:
    """What the measures of inclusion take besides a City."""

    day: date
    households: inclusion.PublishedHouseholds | None
    ways: inclusion.Ways | None


def overview(
    city: City,
    day: date,
    *,
    households: inclusion.PublishedHouseholds | None = None,
    ways: inclusion.Ways | None = None,
    **options: Unpack[Options],
) -> Overview:
    """Everything that can be measured of a City, a figure a row.

    Figures stand side by side: they are never added up into one.

    Parameters
    ----------
    city
        Any City.
    day
        The day of which rule values hold, for the room there is for groups.
    households
        Published numbers of households of the region by type, for the same; types that are absent then do
        not count.
    ways
        A walking network, for the homes near places; straight lines by default.
    **options
        Of the measures of undividedness; see `Options`.

    Returns
    -------
    Overview

    Examples
    --------
    >>> from ongedeeld.sources.model_city import model_city
    >>> found = overview(model_city(seed=1, scale=0.1), date(2026, 1, 1), draws=19)
    >>> found.table["theme"].unique(maintain_order=True).to_list()
    ['livability', 'undividedness', 'inclusion']
    """
    missing: dict[str, Note] = {}
    given = Given(day, households, ways)

    def tried(work: Callable[[], Iterator[Row]]) -> list[Row]:
        try:
            return list(work())
        except AbsentError as error:
            for said in (note(error.problem, **error.fields), note(error.remedy, **error.fields)):
                missing.setdefault(str(said), said)
            return []

    rows = tried(lambda: _livability(city))
    for groups in GROUP_SETS.values():
        for scale, of_tenants in SCALES:
            if groups.default and of_tenants == (groups.column is not None):
                rows += tried(lambda g=groups, s=scale: _undividedness(city, g, s, **options))  # type: ignore[misc]
    for name in INCLUSION:
        rows += tried(lambda n=name: _BY_NAME[n](city, given))  # type: ignore[misc]
    table = pl.DataFrame([{**dict.fromkeys(_SCHEMA), **row} for row in rows], schema=_SCHEMA)
    return Overview(table, tuple(missing.values()))


def _livability(city: City) -> Iterator[Row]:
    """The mean, lowest and highest score of the areas of each level, in the newest period of all."""
    version, period = livability(city).newest()
    for level in LEVELS:
        scores = livability(city, level).scores.filter(
            (pl.col("version") == version) & (pl.col("period") == period)
        )
        if scores.height:
            yield {
                "theme": "livability",
                "measure": "livability",
                "subject": scores["indicator"][0],
                "scale": level,
                "period": period,
                "unit": "score",
                "value": scores["score"].mean(),
                "lowest": scores["score"].min(),
                "highest": scores["score"].max(),
                "areas": scores.height,
                "outcome": "known",
            }


def _undividedness(city: City, groups: GroupSet, scale: Scale, **options: Unpack[Options]) -> Iterator[Row]:
    counts = counts_by_group(city, groups, scale)
    group = groups.names[0] if len(groups.names) == 2 else None
    found = dissimilarity(counts.counts, group, **options)
    low, high = found.interval or (None, None)
    yield {
        "theme": "undividedness",
        "measure": found.index,
        "subject": groups.name,
        "scale": scale,
        "period": counts.period,
        "unit": "index",
        "value": found.value,
        "expected_by_chance": found.expected_by_chance,
        "adjusted": found.adjusted,
        "low": low,
        "high": high,
        "p_value": found.p_value,
        "areas": found.areas,
        "people": found.people,
        "left_out": counts.left_out if groups.column else None,
        "outcome": "not_known" if found.value is None else "known" if found.enough else "too_few",
    }


def _side_by_side(
    city: City, measure: str, table: pl.DataFrame, subject: str, value: str, unit: str, people: str = "people"
) -> Iterator[Row]:
    """A row per subject: the figure of the region, and the lowest and highest of the neighbourhoods."""
    levels = city.table("areas").select(area="code", level_="level")
    placed = table.join(levels, on="area", how="left", maintain_order="left")
    for (name,), rows in placed.group_by(subject, maintain_order=True):
        of_region = rows.filter(pl.col("area") == city.manifest.region)
        whole = of_region.row(0, named=True) if of_region.height else {}
        parts = rows.filter(pl.col("level_") == "neighbourhood")
        known = parts[value].drop_nulls()
        outcomes = {*rows["outcome"]}
        yield {
            "theme": "inclusion",
            "measure": measure,
            "subject": name,
            "scale": "neighbourhood",
            "period": rows["period"].max() if "period" in rows.columns else None,
            "unit": unit,
            "value": whole.get(value),
            "low": whole.get("low"),
            "high": whole.get("high"),
            "lowest": known.min(),
            "highest": known.max(),
            "areas": len(known),
            "people": None if whole.get(people) is None else round(whole[people]),
            "outcome": next(each for each in ("known", "too_few", "not_known") if each in outcomes),
        }


def _published_reach(city: City, given: Given) -> Iterator[Row]:
    table = inclusion.published_reach(city).table
    yield from _side_by_side(city, "published_distance", table, "amenity", "distance_m", "metres")


def _places(city: City, given: Given) -> Iterator[Row]:
    table = inclusion.reach_of_places(city, ways=given.ways, radii_m=[_middle()]).table
    yield from _side_by_side(city, "homes_near", table, "kind", f"share_within_{_middle():g}_m", "share")


def _meeting_places(city: City, given: Given) -> Iterator[Row]:
    table = inclusion.meeting_places(city, ways=given.ways, within_m=_middle()).reach.table
    yield from _side_by_side(
        city, "homes_near_meeting_place", table, "kind", f"share_within_{_middle():g}_m", "share"
    )


def _middle() -> float:
    radii = sorted(inclusion.inclusion_assumptions()["radii_m"].value)
    return float(radii[len(radii) // 2])


def _participation(city: City, given: Given) -> Iterator[Row]:
    parts = [inclusion.participation(city, "neighbourhood").table]
    asked = sorted({*parts[0]["figure"]} & {*inclusion.YES_OR_NO})
    if asked:
        answers = answers_of_region(city, inclusion.answers_of_residents(city, asked).table)
        parts.append(
            _like(parts[0], [{**row, "figure": row["question"], "people": row["answers"]} for row in answers])
        )
    # Where only the neighbourhoods are known, the row has no value of the whole.
    with suppress(AbsentError):
        parts.append(inclusion.participation(city, "municipality").table)
    yield from _side_by_side(city, "taking_part", pl.concat(parts), "figure", "value", "share")


def _residents(city: City, given: Given) -> Iterator[Row]:
    asked = (*inclusion.AEDES_QUESTIONS, *inclusion.RECOGNITION_QUESTIONS)
    table = inclusion.answers_of_residents(city, asked).table
    both = pl.concat([table, _like(table, answers_of_region(city, table))])
    yield from _side_by_side(city, "answers_of_residents", both, "question", "value", "grade_10", "answers")


def _inspections(city: City, given: Given) -> Iterator[Row]:
    last = city.table("inspections")["period"].max()
    if not isinstance(last, date):
        raise AbsentError(
            N_("this City has nothing in its table {table}"),
            remedy=N_("give it with --{table}; `ongedeeld template {table}` makes an empty file"),
            table="inspections",
        )
    start, end = date(last.year, 1, 1), date(last.year + 1, 1, 1)
    table = inclusion.inspected(city, start, end).table
    both = pl.concat([table, _like(table, inspections_of_region(city, start, end))])
    named = both.with_columns(
        subject=pl.concat_str("aspect", "by", "level", separator=":"), period=pl.lit(start)
    )
    yield from _side_by_side(city, "inspections", named, "subject", "value", "grade_5", "inspections")


def _like(table: pl.DataFrame, rows: list[Row]) -> pl.DataFrame:
    """Rows of the region as rows of this table; what does not hold for the region is null."""
    return pl.DataFrame(
        [{name: row.get(name) for name in table.columns} for row in rows], schema=table.schema
    )


def _room(city: City, given: Given) -> Iterator[Row]:
    room = inclusion.room_for_groups(city, given.day, households=given.households)
    for subject, number in (
        ("types_without_home", room.types_without_home().height),
        ("homes_for_nobody", room.homes_for_nobody.height),
    ):
        yield {
            "theme": "inclusion",
            "measure": "room",
            "subject": subject,
            "scale": "municipality",
            "period": room.day,
            "unit": "count",
            "value": number,
            "outcome": "known",
        }


_BY_NAME: dict[str, Callable[[City, Given], Iterator[Row]]] = {
    "published_reach": _published_reach,
    "places": _places,
    "meeting_places": _meeting_places,
    "participation": _participation,
    "residents": _residents,
    "inspections": _inspections,
    "room": _room,
}
