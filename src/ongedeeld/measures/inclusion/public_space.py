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
from ongedeeld.measures.notes import Note, note

ASPECTS = ("clean", "whole", "safe")
# The questions of the Aedes benchmark on livability, each from 1 to 10.
AEDES_QUESTIONS = ("safe", "nuisance", "clean", "effort")
_SCALE = (1.0, 5.0)
_GROUP = ["area", "level", "by", "aspect"]
_VALUE: dict[str, type[pl.DataType]] = {
    "start": pl.Date,
    "end": pl.Date,
    "places": pl.Int64,
    "inspections": pl.Int64,
    "value": pl.Float64,
}
_NOTES = (
    note(
        N_(
            "Inspections by staff and by residents, and of complexes and of entrances, stand apart: they "
            "look at other things with other eyes"
        )
    ),
    note(
        N_(
            "The interval (95%) takes the inspections for independent of each other: repeated ones of one "
            "place tell less than it says"
        )
    ),
)
_TWICE = note(N_("Only places inspected at both times are compared"))


def inspected(city: City, start: date, end: date) -> Measured:
    """How clean, whole and safe the places of each neighbourhood were found, from 1 to 5.

    The mean of the inspections with its t-interval, ``m ± t(n - 1) s / √n``, or where all grades are alike
    that of :func:`~ongedeeld.measures.inclusion.intervals.of_mean`.

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
    return _measured(_found(city, start, end), _VALUE, city)


def inspections_by_year(city: City) -> Measured:
    """How the grades of inspections developed: the same of every calendar year with inspections.

    Parameters
    ----------
    city
        With `inspections`.

    Returns
    -------
    Measured
        A row per neighbourhood, level of place, inspector, aspect and year, as :func:`inspected` gives them.
        Whether two years differ is told by :func:`change_of_inspections`.

    Raises
    ------
    AbsentError
        For a City without inspections of known places.
    """
    placed = with_areas(city, filled(city, "inspections")).drop_nulls("area")
    years = [(date(year, 1, 1), date(year + 1, 1, 1)) for year in placed["period"].dt.year().unique().sort()]
    if not years:
        raise AbsentError(
            N_("this City has no inspections of a place in a known neighbourhood"),
            remedy=N_(
                "give the complexes and entrances that were inspected with --complexes and --entrances"
            ),
        )
    return _measured([row for year in years for row in _found(city, *year)], _VALUE, city)


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
        A row per neighbourhood, level, inspector and aspect of which a place was inspected in both: `area`,
        `level`, `by`, `aspect`, `start` and `end` (the first days of the two times), `inspections_start`,
        `inspections_end` (of the places inspected in both), `change` with `low` and `high`, and `outcome`. An
        interval that contains 0 does not show a change.

    Raises
    ------
    AbsentError, InputError
        As :func:`inspected` does, of either time; or when the times overlap.
    """
    if second[0] < first[1]:
        raise InputError(
            N_("the second time begins before the first has ended"), remedy=N_("choose times that follow")
        )
    parts = [_graded(city, *time) for time in (first, second)]
    both = [
        part.join(other, on=[*_GROUP, "unit"], how="semi", maintain_order="left")
        for part, other in (parts, reversed(parts))
    ]
    before = {group: grades for group, _, grades in _grades(both[0])}
    fewest = inclusion_assumptions()["fewest_inspections"].value
    rows: list[tuple[object, ...]] = []
    for group, _, after in _grades(both[1]):
        earlier = before[group]
        enough = min(earlier.answers, after.answers) >= fewest
        low, high = (of_difference(earlier, after, _SCALE) if enough else None) or (None, None)
        change = after.mean - earlier.mean if enough else None
        said = (change, low, high, "known" if enough else "too_few")
        rows.append((*group, first[0], second[0], earlier.answers, after.answers, *said))
    counts = {"inspections_start": pl.Int64, "inspections_end": pl.Int64}
    own = {"start": pl.Date, "end": pl.Date, **counts, "change": pl.Float64}
    return _measured(rows, own, city, _TWICE)


def _graded(city: City, start: date, end: date) -> pl.DataFrame:
    """Every grade of the time: its group, `unit` and `grade`."""
    if end <= start:
        raise InputError(
            N_("the end of a period comes after its start"), start=start.isoformat(), end=end.isoformat()
        )
    rows = filled(city, "inspections")
    then = with_areas(city, rows.filter(pl.col("period").is_between(start, end, closed="left")))
    long = then.drop_nulls("area").unpivot(
        ASPECTS, index=["area", "level", "by", "unit"], variable_name="aspect", value_name="grade"
    )
    graded = long.drop_nulls("grade")
    if graded.is_empty():
        raise AbsentError(
            N_("this City has no inspections from {start} to {end}"),
            remedy=N_("choose another period"),
            start=start.isoformat(),
            end=end.isoformat(),
        )
    return graded


def _grades(graded: pl.DataFrame) -> Iterator[tuple[tuple[str, ...], int, Grades]]:
    """Each group with its number of places and its grades."""
    grade = pl.col("grade")
    groups = graded.group_by(_GROUP).agg(
        places=pl.col("unit").n_unique(), mean=grade.mean(), spread=grade.std(), count=pl.len()
    )
    for row in groups.sort(_GROUP).iter_rows(named=True):
        grades = Grades(row["mean"], row["spread"], row["count"])
        yield tuple(row[name] for name in _GROUP), row["places"], grades


def _found(city: City, start: date, end: date) -> list[tuple[object, ...]]:
    return [
        (*group, start, end, places, grades.answers, *_told(grades))
        for group, places, grades in _grades(_graded(city, start, end))
    ]


def _told(grades: Grades) -> tuple[float | None, float | None, float | None, str]:
    if grades.answers < inclusion_assumptions()["fewest_inspections"].value:
        return None, None, None, "too_few"
    low, high = of_mean(grades, _SCALE) or (None, None)
    return grades.mean, low, high, "known"


def _measured(
    rows: list[tuple[object, ...]], own: dict[str, type[pl.DataType]], city: City, *more: Note
) -> Measured:
    schema = dict.fromkeys(_GROUP, pl.String) | own
    schema |= {"low": pl.Float64, "high": pl.Float64, "outcome": pl.String}
    unplaced = with_areas(city, city.table("inspections"))["area"].null_count()
    missing = (
        [note(N_("{count} inspections belong to no known neighbourhood"), count=unplaced)] if unplaced else []
    )
    return Measured(
        pl.DataFrame(rows, schema=schema, orient="row").sort(*_GROUP, "start"),
        (*_NOTES, *more),
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
