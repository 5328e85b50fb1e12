"""Answers and inspections of all neighbourhoods of a region, put together as one heap."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from ongedeeld.city import City
from ongedeeld.measures.inclusion import ASPECTS, YES_OR_NO, inclusion_assumptions
from ongedeeld.measures.inclusion.answers import SCALE, with_areas
from ongedeeld.measures.inclusion.intervals import Grades, Interval, of_mean, together, wilson

Row = dict[str, Any]
_INSPECTED = (1.0, 5.0)
_UNIT = ["level", "unit"]


def answers_of_region(city: City, of_neighbourhoods: pl.DataFrame) -> list[Row]:
    """The mean grade or share of yes of each question in the region, in the latest year of asking.

    Every answer counts once: the heap has the rows that the figures of the neighbourhoods rest on in that
    year, and its interval is made as theirs are.

    Parameters
    ----------
    city
        With `surveys`.
    of_neighbourhoods
        `area`, `question`, `period` and `level`, as `answers_of_residents` gives them.

    Returns
    -------
    list of dict
        A row per question, with `area` (the region), `question`, `period`, `answers`, `value`, `low`, `high`
        and `outcome`.
    """
    last = of_neighbourhoods.filter(pl.col("period") == pl.col("period").max().over("question"))
    answered = pl.when(pl.col("question").is_in(YES_OR_NO)).then("answered_yes").otherwise("mean")
    rows = with_areas(city, city.table("surveys").filter(answered.is_not_null()))
    rows = rows.with_columns(period=pl.col("period").dt.truncate("1y"))
    heap = rows.join(last, on=["area", "question", "period", "level"], how="semi", maintain_order="left")
    heap = heap.join(_homes_per_unit(city), on=_UNIT, how="left", maintain_order="left")
    fewest = inclusion_assumptions()["fewest_answers"].value
    return [
        {
            "area": city.manifest.region,
            "question": question,
            "period": period,
            "answers": part["answers"].sum(),
            **_told(_of_answers(str(question), part.to_dicts()), enough=part["answers"].sum() >= fewest),
        }
        for (question, period), part in heap.group_by("question", "period", maintain_order=True)
    ]


def inspections_of_region(city: City, start: date, end: date) -> list[Row]:
    """The mean grade of each aspect in the region, of all inspections from one day up to, without, another.

    Returns
    -------
    list of dict
        A row per level of place, inspector and aspect, with `area` (the region), `inspections`, `value`,
        `low`, `high` and `outcome`.
    """
    then = city.table("inspections").filter(pl.col("period").is_between(start, end, closed="left"))
    graded = (
        with_areas(city, then)
        .drop_nulls("area")
        .unpivot(ASPECTS, index=["level", "by"], variable_name="aspect", value_name="grade")
        .drop_nulls("grade")
    )
    grade = pl.col("grade")
    heaps = graded.group_by("level", "by", "aspect", maintain_order=True).agg(
        mean=grade.mean(), spread=grade.std(), inspections=pl.len().cast(pl.Int64)
    )
    fewest = inclusion_assumptions()["fewest_inspections"].value
    return [
        {
            "area": city.manifest.region,
            **{name: row[name] for name in ("level", "by", "aspect", "inspections")},
            **_told(_of_grades(Grades(mean, spread, count), _INSPECTED), enough=count >= fewest),
        }
        for row in heaps.iter_rows(named=True)
        for mean, spread, count in [(row["mean"], row["spread"], row["inspections"])]
    ]


def _of_answers(question: str, rows: list[Row]) -> tuple[float, Interval | None]:
    if question in YES_OR_NO:
        yes, answers = (sum(row[name] for row in rows) for name in ("answered_yes", "answers"))
        return yes / answers, wilson(yes, answers)
    parts = (Grades(row["mean"], row["spread"], row["answers"], row["population"]) for row in rows)
    return _of_grades(together(parts), SCALE)


def _of_grades(grades: Grades, bounds: tuple[float, float]) -> tuple[float, Interval | None]:
    return grades.mean, of_mean(grades, bounds)


def _told(found: tuple[float, Interval | None], *, enough: bool) -> Row:
    value, limits = found
    low, high = limits or (None, None)
    if not enough:
        return {"value": None, "low": None, "high": None, "outcome": "too_few"}
    return {"value": value, "low": low, "high": high, "outcome": "known"}


def _homes_per_unit(city: City) -> pl.DataFrame:
    """How many homes of the association could have answered; nothing of a stock that was drawn."""
    homes = city.table("dwellings").filter(pl.col("tenure") == "association")
    if city.manifest.stock == "drawn":
        homes = homes.clear()
    return pl.concat(
        homes.drop_nulls(level)
        .group_by(unit=level)
        .agg(population=pl.len().cast(pl.Int64))
        .select("unit", "population", level=pl.lit(level))
        for level in ("complex", "entrance")
    )
