"""Figures from tenancies, hours of caretakers, inspections and places."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from scipy.spatial import cKDTree

from ongedeeld.city import City
from ongedeeld.measures.capacity._grouping import Grouping, Period, covered, named, nothing, year_to

WALK_M = 500.0
MEETING = ("meeting_place", "community_centre")
YOUNG_YEARS = 5
EMPTY_AT_MOST = timedelta(days=365)
DAYS_IN_A_YEAR = 365.25
ASPECTS = ("clean", "whole", "safe")
DAY = timedelta(days=1)


def of_tenancies(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Length of residence, homes let by mediation and young tenants, of the tenancies that run on the day."""
    of_complexes = city.table("dwellings").select("dwelling", "complex").drop_nulls("complex")
    homes = of_complexes.join(grouping.complexes.select("complex", "unit"), on="complex")
    begun = city.table("tenancies").filter(pl.col("start") <= day).join(homes, on="dwelling")
    running = begun.filter(pl.col("end").is_null() | (pl.col("end") >= day)).with_columns(
        years=(pl.lit(day) - pl.col("start")).dt.total_days() / DAYS_IN_A_YEAR
    )
    let = _let(homes, begun, day)
    moment = Period(day, day)
    mean = {"mean": pl.col("years").mean(), "spread": pl.col("years").std(), "answers": pl.len()}
    young = (pl.col("age_class") == "under_23") & (pl.col("years") < YOUNG_YEARS)
    return pl.concat(
        [
            named(_known(running, let, "start", **mean), "residence_years", moment),
            named(_share(running, let, "route", pl.col("route") == "mediated"), "mediated", moment),
            named(_share(running, let, "age_class", young), "young_tenants", moment),
        ],
        how="diagonal_relaxed",
    )


def _let(homes: pl.DataFrame, begun: pl.DataFrame, day: date) -> pl.DataFrame:
    """How many homes of a unit have a tenant, as far as is known: all but those that stand empty.

    A home stands empty when its last tenant left in the year before; of one without any tenant for longer
    the file more likely lacks the tenancy, so that its tenant is not known.
    """
    last = begun.group_by("dwelling").agg(left=pl.col("end").fill_null(day).max())
    empty = last.filter((pl.col("left") < day) & (pl.col("left") >= day - EMPTY_AT_MOST))
    return homes.join(empty, on="dwelling", how="anti").group_by("unit").agg(let=pl.len())


def _known(running: pl.DataFrame, let: pl.DataFrame, known: str, **figures: pl.Expr) -> pl.DataFrame:
    """Figures of the tenancies of which something is known, with the share of let homes that they are of."""
    told = running.drop_nulls(known).group_by("unit").agg(homes=pl.col("dwelling").n_unique(), **figures)
    share = pl.col("homes") / pl.col("let")
    return told.join(let, on="unit").with_columns(coverage=share).drop("homes", "let")


def _share(running: pl.DataFrame, let: pl.DataFrame, known: str, which: pl.Expr) -> pl.DataFrame:
    return _known(running, let, known, count=which.sum(), exposure=pl.len())


def of_caretakers(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Hours of caretakers a home and year, over the last twelve months recorded."""
    months = city.table("caretaker_hours").drop_nulls("hours")
    months = months.filter(pl.col("period").dt.offset_by("1mo") <= day)
    if months.is_empty():
        return nothing()
    last = months.select(pl.col("period").dt.offset_by("1mo").dt.offset_by("-1d").max()).item()
    window = year_to(last)
    per_complex = (
        months.filter(pl.col("period") >= window.start)
        .join(grouping.complexes, on="complex")
        .group_by("complex", "unit", "homes")
        .agg(hours=pl.col("hours").sum(), years=pl.len() / 12.0)
    )
    home_years = pl.col("homes") * pl.col("years")
    summed = per_complex.group_by("unit").agg(
        mean=pl.col("hours").sum() / home_years.sum(), homes=pl.col("homes").sum()
    )
    return named(covered(summed, grouping), "caretaker_hours", window)


def of_inspections(
    city: City, grouping: Grouping, day: date, inspected_until: date | None = None
) -> pl.DataFrame:
    """Clean, whole and safe, of the inspections of complexes by staff in the year before, and later ones."""
    window = _inspected(day, inspected_until)
    of_complexes = _inspections(city, "complex", window).rename({"unit": "complex"})
    placed = of_complexes.join(grouping.complexes.select("complex", "unit", "homes"), on="complex")
    homes = pl.struct("complex", "homes").unique().struct.field("homes").sum()
    return covered(_judged(placed, window, homes=homes), grouping)


def of_entrances(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Clean, whole and safe, of the inspections of entrances by staff in the year before."""
    window = _inspected(day, None)
    return _judged(_inspections(city, "entrance", window), window).with_columns(coverage=pl.lit(1.0))


def _inspected(day: date, until: date | None) -> Period:
    """The year before a day, and the time after it up to and including another."""
    window = year_to(day - DAY)
    return Period(window.start, max(window.end, until)) if until else window


def _inspections(city: City, level: str, window: Period) -> pl.DataFrame:
    return city.table("inspections").filter(
        (pl.col("level") == level)
        & (pl.col("by") == "staff")
        & pl.col("period").is_between(window.start, window.end)
    )


def _judged(rows: pl.DataFrame, window: Period, **more: pl.Expr) -> pl.DataFrame:
    """Grades with the spread of the inspections of a unit around its own mean."""
    parts = []
    for aspect in ASPECTS:
        known = rows.drop_nulls(aspect)
        grade = pl.col(aspect)
        summed = known.group_by("unit").agg(mean=grade.mean(), spread=grade.std(), answers=pl.len(), **more)
        parts.append(named(summed, f"inspection_{aspect}", window))
    return pl.concat(parts, how="diagonal_relaxed")


def of_places(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Meeting places within walking distance, straight; for an area the mean over its homes."""
    places = city.table("places").drop_nulls(["x_m", "y_m"])
    near = grouping.complexes.drop_nulls(["x_m", "y_m"])
    meeting = places.filter(pl.col("kind").is_in(MEETING)).select("x_m", "y_m").to_numpy()
    # Where no place of the kind is known at all, the file may simply not hold them.
    if not len(meeting) or near.is_empty():
        return nothing()
    points = near.select("x_m", "y_m").to_numpy()
    found = cKDTree(meeting).query_ball_point(points, WALK_M, return_length=True)
    counted = near.with_columns(places=pl.Series(found).cast(pl.Float64))
    weighed = (pl.col("places") * pl.col("homes")).sum() / pl.col("homes").sum()
    summed = counted.group_by("unit").agg(mean=weighed, homes=pl.col("homes").sum())
    return named(covered(summed, grouping), "meeting_places", Period(day, day))
