"""Public space that invites: inspections, and the four questions of the Aedes benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.inclusion.answer import Measured, assumed, filled, inclusion_assumptions
from ongedeeld.measures.inclusion.answers import answers_of_residents, change_of_answers, with_areas
from ongedeeld.measures.inclusion.intervals import Grades, of_difference, of_mean
from ongedeeld.measures.notes import note

ASPECTS = ("clean", "whole", "safe")
# The questions of the Aedes benchmark on livability, each from 1 to 10.
AEDES_QUESTIONS = ("safe", "nuisance", "clean", "effort")
_SCALE = (1.0, 5.0)
_GROUP = ["area", "level", "by", "aspect"]
_NOTES = (
    note(
        N_(
            "Inspections by staff and by residents, and of complexes and of entrances, stand apart: they "
            "look at other things with other eyes"
        )
    ),
    note(
        N_(
            "The interval (95%) takes the inspections for independent of each other; not every place need "
            "have been inspected at both times"
        )
    ),
)


def inspected(city: City, start: date, end: date) -> Measured:
    """How clean, whole and safe the places of each neighbourhood were found, from 1 to 5.

    The mean of the inspections with its t-interval, ``m ± t(n - 1) s / √n``.

    Parameters
    ----------
    city
        With `inspections`.
    start, end
        From which day up to, and without, which day.

    Returns
    -------
    Measured
        A row per neighbourhood, level of place, inspector and aspect: `area`, `level`, `by`, `aspect`,
        `start`, `end`, `places` (how many were inspected), `inspections`, `value` with `low` and `high`,
        and `outcome`.

    Raises
    ------
    AbsentError
        For a City without inspections in that time.
    InputError
        When the end is not after the start.
    """
    rows: list[tuple[object, ...]] = [
        (*group, start, end, places, grades.answers, *_told(grades))
        for group, places, grades in _grades(city, start, end)
    ]
    return _measured(
        rows,
        {"start": pl.Date, "end": pl.Date, "places": pl.Int64, "inspections": pl.Int64, "value": pl.Float64},
        city,
    )


def change_of_inspections(city: City, first: tuple[date, date], second: tuple[date, date]) -> Measured:
    """How the grades of inspections changed between two times, with Welch's interval of the change.

    Parameters
    ----------
    city
        With `inspections`.
    first, second
        Each a first day and the day after the last.

    Returns
    -------
    Measured
        A row per neighbourhood, level, inspector and aspect inspected in both: `area`, `level`, `by`,
        `aspect`, `start` and `end` (the first days of the two times), `inspections_start`,
        `inspections_end`, `change` with `low` and `high`, and `outcome`. An interval that contains 0 does
        not show a change.

    Raises
    ------
    AbsentError, InputError
        As :func:`inspected` does, of either time; or when the times overlap.
    """
    if second[0] < first[1]:
        raise InputError(
            N_("the second time begins before the first has ended"), remedy=N_("choose times that follow")
        )
    before = {group: grades for group, _, grades in _grades(city, *first)}
    fewest = inclusion_assumptions()["fewest_inspections"].value
    rows: list[tuple[object, ...]] = []
    for group, _, after in _grades(city, *second):
        if group not in before:
            continue
        earlier = before[group]
        enough = min(earlier.answers, after.answers) >= fewest
        low, high = (of_difference(earlier, after) if enough else None) or (None, None)
        change = after.mean - earlier.mean if enough else None
        said = (change, low, high, "known" if enough else "too_few")
        rows.append((*group, first[0], second[0], earlier.answers, after.answers, *said))
    counts = {"inspections_start": pl.Int64, "inspections_end": pl.Int64}
    return _measured(rows, {"start": pl.Date, "end": pl.Date, **counts, "change": pl.Float64}, city)


def _grades(city: City, start: date, end: date) -> Iterator[tuple[tuple[str, ...], int, Grades]]:
    """Each group with its number of places and its grades."""
    if end <= start:
        raise InputError(
            N_("the end of a period comes after its start"), start=start.isoformat(), end=end.isoformat()
        )
    rows = filled(city, "inspections")
    then = with_areas(city, rows.filter(pl.col("period").is_between(start, end, closed="left")))
    long = then.drop_nulls("area").unpivot(
        ASPECTS, index=["area", "level", "by", "unit"], variable_name="aspect", value_name="grade"
    )
    groups = (
        long.drop_nulls("grade")
        .group_by(_GROUP)
        .agg(
            places=pl.col("unit").n_unique(),
            mean=pl.col("grade").mean(),
            spread=pl.col("grade").std(),
            count=pl.len(),
        )
        .sort(_GROUP)
    )
    if groups.is_empty():
        raise AbsentError(
            N_("this City has no inspections from {start} to {end}"),
            remedy=N_("choose another period"),
            start=start.isoformat(),
            end=end.isoformat(),
        )
    for row in groups.iter_rows(named=True):
        grades = Grades(row["mean"], row["spread"], row["count"])
        yield tuple(row[name] for name in _GROUP), row["places"], grades


def _told(grades: Grades) -> tuple[float | None, float | None, float | None, str]:
    if grades.answers < inclusion_assumptions()["fewest_inspections"].value:
        return None, None, None, "too_few"
    low, high = of_mean(grades, _SCALE) or (None, None)
    return grades.mean, low, high, "known"


def _measured(rows: list[tuple[object, ...]], own: dict[str, type[pl.DataType]], city: City) -> Measured:
    schema = dict.fromkeys(_GROUP, pl.String) | own
    schema |= {"low": pl.Float64, "high": pl.Float64, "outcome": pl.String}
    unplaced = with_areas(city, city.table("inspections"))["area"].null_count()
    missing = (
        [note(N_("{count} inspections belong to no known neighbourhood"), count=unplaced)] if unplaced else []
    )
    return Measured(
        pl.DataFrame(rows, schema=schema, orient="row"),
        _NOTES,
        tuple(missing),
        ("inspections",),
        assumed("fewest_inspections"),
    )


def liked_by_residents(city: City, year: int | None = None) -> Measured:
    """The four questions of the Aedes benchmark: safe, nuisance (10 is very little), clean and effort.

    As :func:`~ongedeeld.measures.inclusion.answers.answers_of_residents`.
    """
    return answers_of_residents(city, AEDES_QUESTIONS, year)


def change_in_liking(city: City, start: int, end: int) -> Measured:
    """The four questions of the Aedes benchmark in two years.

    As :func:`~ongedeeld.measures.inclusion.answers.change_of_answers`.
    """
    return change_of_answers(city, start, end, AEDES_QUESTIONS)
