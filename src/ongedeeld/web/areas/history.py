"""A complex over the years, from the City: inspections by staff, what residents say, and its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from ongedeeld.web.areas.places import Place
from ongedeeld.web.cities.opened import Opened

FEWEST = 5
"""Counts below this are not told as a number."""
SHOWN = 6
"""How many years stand on the page."""


@dataclass(frozen=True)
class Year:
    """One year of a complex; none is not known, and 0 is fewer than five for the counts."""

    year: int
    clean: float | None
    whole: float | None
    safe: float | None
    feels_safe: float | None
    nuisance: int | None
    let: int | None


def years_of(opened: Opened, place: Place) -> tuple[Year, ...]:
    """The last years of which anything is known, newest first."""
    marks = _marks(opened).get(place.code, {})
    answers = _answers(opened).get(place.code, {})
    counts = _counts(opened).get(place.code, {})
    years = sorted({*marks, *answers, *counts}, reverse=True)[:SHOWN]
    told = []
    for year in years:
        clean, whole, safe = marks.get(year, (None, None, None))
        nuisance, let = counts.get(year, (None, None))
        told.append(Year(year, clean, whole, safe, answers.get(year), nuisance, let))
    return tuple(told)


@lru_cache(maxsize=2)
def inspected_before(opened: Opened) -> Mapping[str, date]:
    """When each complex, or an entrance of it, was last inspected by staff, as the City tells."""
    last = _staff(opened).group_by("complex").agg(pl.col("period").max())
    return dict(last.iter_rows())


def _staff(opened: Opened) -> pl.DataFrame:
    entrances = opened.city.table("entrances").select(unit="entrance", of="complex")
    rows = opened.city.table("inspections").filter(pl.col("by") == "staff")
    placed = rows.filter(pl.col("level").is_in(["complex", "entrance"])).join(
        entrances, on="unit", how="left"
    )
    return placed.with_columns(complex=pl.coalesce("of", "unit"))


@lru_cache(maxsize=2)
def _marks(opened: Opened) -> Mapping[str, Mapping[int, tuple[float, float, float]]]:
    """The mean of clean, whole and safe of each complex and year."""
    aspects = ("clean", "whole", "safe")
    means = _staff(opened).group_by("complex", pl.col("period").dt.year()).agg(pl.col(aspects).mean())
    found: dict[str, dict[int, tuple[float, float, float]]] = {}
    for complex_, year, *marks in means.iter_rows():
        found.setdefault(complex_, {})[year] = (marks[0], marks[1], marks[2])
    return found


@lru_cache(maxsize=2)
def _answers(opened: Opened) -> Mapping[str, Mapping[int, float]]:
    """How safe residents of each complex feel, by year, from 1 to 10."""
    rows = opened.city.table("surveys").filter(
        (pl.col("level") == "complex") & (pl.col("question") == "safe") & (pl.col("answers") >= FEWEST)
    )
    found: dict[str, dict[int, float]] = {}
    for unit, period, mean in rows.drop_nulls("mean").select("unit", "period", "mean").iter_rows():
        found.setdefault(unit, {})[period.year] = mean
    return found


@lru_cache(maxsize=2)
def _counts(opened: Opened) -> Mapping[str, Mapping[int, tuple[int | None, int | None]]]:
    """New nuisance cases and homes let in each complex and year; none where a period was not counted."""
    let = ("lettings_regular", "lettings_mediated", "lettings_internal", "lettings_re_housing")
    rows = opened.city.table("observations").with_columns(year=pl.col("period").dt.year())

    def counted(names: tuple[str, ...]) -> pl.Expr:
        of_these = pl.col("count").filter(pl.col("observation").is_in(names))
        whole = (of_these.len() > 0) & (of_these.null_count() == 0)
        total = of_these.sum()
        return pl.when(whole).then(pl.when(total < FEWEST).then(0).otherwise(total))

    summed = rows.group_by("complex", "year").agg(nuisance=counted(("nuisance_new",)), let=counted(let))
    found: dict[str, dict[int, tuple[int | None, int | None]]] = {}
    for complex_, year, nuisance, lettings in summed.iter_rows():
        found.setdefault(complex_, {})[year] = (nuisance, lettings)
    return found
