"""What residents answered: mean grades and shares of yes, each with its interval, and how they changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.inclusion.answer import Measured, assumed, filled, inclusion_assumptions
from ongedeeld.measures.inclusion.intervals import (
    Grades,
    Interval,
    of_difference,
    of_mean,
    of_share_difference,
    together,
    wilson,
)
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary import CHOICES

# Questions of yes or no; all others are graded from 1 to 10.
YES_OR_NO = ("volunteers", "gives_care")
SCALE = (1.0, 10.0)
# Of one area, answers of one level only are put together: the same answers may stand in the table at more
# levels.
_LEVELS = ("neighbourhood", "complex", "entrance")
_ROW = {
    "area": pl.String,
    "question": pl.String,
    "period": pl.Date,
    "level": pl.String,
    "units": pl.Int64,
    "answers": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "outcome": pl.String,
}
_CHANGE = {
    "area": pl.String,
    "question": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "answers_start": pl.Int64,
    "answers_end": pl.Int64,
    "change": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "outcome": pl.String,
}
_NOTES = (
    note(
        N_(
            "The interval tells how far chance in who answered may have moved the figure (95%); it does "
            "not tell whether those who answered are like those who did not"
        )
    ),
    note(
        N_(
            "Answers of one calendar year and of several complexes are put together as one heap, "
            "each counting once"
        )
    ),
)


def answers_of_residents(
    city: City, questions: Collection[str] | None = None, year: int | None = None
) -> Measured:
    """The mean grade (1 to 10) or share of yes (0 to 1) of each question in each neighbourhood.

    The interval of a grade is ``m ± t s √((1 - n/N) / n)`` (Cochran 1977) and that of a share Wilson's
    (1927). N is the number of the association's homes in the complexes or entrances asked, one answer a
    home; where it is not known, or answers are of a whole neighbourhood, the factor is 1.

    Parameters
    ----------
    city
        With `surveys`.
    questions
        Which; all by default.
    year
        In which calendar year they answered; by default the latest of each neighbourhood and question.

    Returns
    -------
    Measured
        A row per neighbourhood and question: `area`, `question`, `period` (1 January), `level` (of the rows
        put together), `units` (how many), `answers`, `value` with `low` and `high`, and `outcome`. Too few
        answers give no value; without a spread there is a value without limits.

    Raises
    ------
    AbsentError
        For a City without surveys, or without answers to these questions.
    InputError
        For a question that does not exist, or rows that cannot be: a mean or a number of yes without
        answers, or more yes than answers.
    """
    rows, unplaced = _placed(city, questions, year)
    latest = rows.filter(pl.col("period") == pl.col("period").max().over("area", "question"))
    return _measured(_estimates(latest), _NOTES, unplaced)


def answers_by_year(city: City, questions: Collection[str] | None = None) -> Measured:
    """The same of every year in which residents were asked: how the answers developed.

    Parameters
    ----------
    city
        With `surveys`.
    questions
        Which; all by default.

    Returns
    -------
    Measured
        A row per neighbourhood, question and year, as :func:`answers_of_residents` gives them. Which places
        were asked can differ from year to year; :func:`change_of_answers` compares those asked twice.

    Raises
    ------
    AbsentError, InputError
        As :func:`answers_of_residents` does.
    """
    rows, unplaced = _placed(city, questions, None)
    text = N_("Other places may have been asked in another year; a change compares only those asked in both")
    return _measured(_estimates(rows), (*_NOTES, note(text)), unplaced)


def change_of_answers(city: City, start: int, end: int, questions: Collection[str] | None = None) -> Measured:
    """How the answers changed between two years, with the interval of the change.

    Of grades Welch's (1947), of shares Newcombe's method 10 (1998); both take the two surveys for separate
    samples, so that the interval is wider than need be where the same people answered twice.

    Parameters
    ----------
    city
        With `surveys`.
    start, end
        The two calendar years.
    questions
        Which; all by default.

    Returns
    -------
    Measured
        A row per neighbourhood and question asked in both: `area`, `question`, `start`, `end`,
        `answers_start`, `answers_end` (of the places asked in both), `change` with `low` and `high`, and
        `outcome` (not_known where no place was asked twice). An interval that contains 0 does not show a
        change.

    Raises
    ------
    AbsentError, InputError
        As :func:`answers_of_residents` does, of either year; or when the second is not after the first.
    """
    if end <= start:
        raise InputError(
            N_("a change runs from an earlier to a later year, not from {start} to {end}"),
            start=start,
            end=end,
        )
    fewest = inclusion_assumptions()["fewest_answers"].value
    (before, unplaced), (after, _) = (_placed(city, questions, year) for year in (start, end))
    first = {(area, question): parts for area, question, _, _, parts in _heaps(before)}
    periods = (date(start, 1, 1), date(end, 1, 1))
    rows = [
        _changed(area, question, periods, _asked_twice(first[area, question], parts), fewest)
        for area, question, _, _, parts in _heaps(after)
        if (area, question) in first
    ]
    text = N_(
        "Only places asked in both years are compared, as separate samples; where the interval holds 0, "
        "no change is shown"
    )
    return _measured(pl.DataFrame(rows, schema=_CHANGE, orient="row"), (*_NOTES, note(text)), unplaced)


def _measured(table: pl.DataFrame, notes: tuple[Note, ...], unplaced: int) -> Measured:
    missing = []
    if unplaced:
        missing.append(note(N_("{count} rows of surveys belong to no known neighbourhood"), count=unplaced))
    ordered = table.sort("area", "question", "period" if "period" in table.columns else "start")
    return Measured(ordered, notes, tuple(missing), ("surveys",), assumed("fewest_answers"))


def _placed(city: City, questions: Collection[str] | None, year: int | None) -> tuple[pl.DataFrame, int]:
    """The rows of a year, or all, with their neighbourhood; and how many rows have none."""
    rows = _checked(filled(city, "surveys"), questions)
    rows = rows.with_columns(period=pl.col("period").dt.truncate("1y"))
    if year is not None:
        rows = rows.filter(pl.col("period").dt.year() == year)
    placed = with_areas(city, rows)
    if placed.is_empty():
        raise AbsentError(
            N_("this City has no answers to these questions{when}"),
            expected=N_("one of the questions asked: {asked}"),
            remedy=N_("choose another question or year"),
            when=f" ({year})" if year else "",
            asked=", ".join(city.table("surveys")["question"].unique().sort()),
        )
    homes = _homes_per_unit(city)
    known = placed.drop_nulls("area").join(homes, on=["level", "unit"], how="left", maintain_order="left")
    return known, placed["area"].null_count()


def _heaps(rows: pl.DataFrame) -> list[tuple[str, str, date, str, list[dict[str, Any]]]]:
    """The rows to put together: area, question, period, level and rows."""
    rank = pl.col("level").replace_strict(
        {level: place for place, level in enumerate(_LEVELS)}, return_dtype=pl.Int64
    )
    one_level = rows.filter(rank == rank.min().over("area", "question", "period"))
    key = ["area", "question", "period", "level"]
    return [
        (area, question, day, level, part.to_dicts())
        for (area, question, day, level), part in one_level.group_by(key, maintain_order=True)
    ]


def _estimates(rows: pl.DataFrame) -> pl.DataFrame:
    fewest = inclusion_assumptions()["fewest_answers"].value
    return pl.DataFrame(
        [_estimated(*heap, fewest) for heap in _heaps(rows)],
        schema=_ROW,
        orient="row",
    )


def _checked(surveys: pl.DataFrame, questions: Collection[str] | None) -> pl.DataFrame:
    """The rows of the questions, refused where they cannot be; those without any answer are left out."""
    for question in questions or ():
        if question not in CHOICES["question"]:
            raise InputError(
                N_("there is no question {question}"),
                expected=N_("one of: {known}"),
                question=question,
                known=", ".join(CHOICES["question"]),
            )
    rows = surveys if questions is None else surveys.filter(pl.col("question").is_in(list(questions)))
    some = pl.col("mean").is_not_null() | pl.col("answered_yes").is_not_null()
    for wrong, problem in (
        (
            some & (pl.col("answers").fill_null(0) == 0),
            N_("survey of {unit}, {question}, {period}: a result without a number of answers"),
        ),
        (
            pl.col("answered_yes") > pl.col("answers"),
            N_("survey of {unit}, {question}, {period}: more answered yes than answered"),
        ),
    ):
        broken = rows.filter(wrong)
        if len(broken):
            row = broken.row(0, named=True)
            raise InputError(
                problem,
                expected=N_("with every mean, and every number of yes, the number of answers it rests on"),
                remedy=N_("add the number of answers to the file of surveys; {count} rows are like this one"),
                unit=row["unit"],
                question=row["question"],
                period=row["period"].isoformat(),
                count=len(broken),
            )
    answered = pl.when(pl.col("question").is_in(YES_OR_NO)).then("answered_yes").otherwise("mean")
    return rows.filter(answered.is_not_null())


def with_areas(city: City, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `level` and `unit` with the neighbourhood (`area`) of each; null where that is not known."""
    complexes = city.table("complexes").select("complex", "area")
    entrances = (
        city.table("entrances").select("entrance", "complex").join(complexes, on="complex", how="left")
    )
    areas = city.table("areas").filter(pl.col("level") == "neighbourhood")
    units = pl.concat(
        [
            complexes.select(level=pl.lit("complex"), unit="complex", area="area"),
            entrances.select(level=pl.lit("entrance"), unit="entrance", area="area"),
            areas.select(level=pl.lit("neighbourhood"), unit="code", area="code"),
        ]
    )
    return rows.join(units, on=["level", "unit"], how="left", maintain_order="left")


def _homes_per_unit(city: City) -> pl.DataFrame:
    """How many homes the association has in each complex and entrance; nothing of a stock that was drawn."""
    schema = {"level": pl.String, "unit": pl.String, "population": pl.Int64}
    if city.manifest.stock == "drawn":
        return pl.DataFrame(schema=schema)
    homes = city.table("dwellings").filter(pl.col("tenure") == "association")
    counts = [
        homes.drop_nulls(level).group_by(level).agg(population=pl.len().cast(pl.Int64))
        .select(level=pl.lit(level), unit=level, population="population")
        for level in ("complex", "entrance")
    ]  # fmt: skip
    return pl.concat(counts)


def _grades(rows: list[dict[str, Any]]) -> Grades:
    return together(Grades(row["mean"], row["spread"], row["answers"], row["population"]) for row in rows)


def _said_yes(rows: list[dict[str, Any]]) -> tuple[int, int]:
    return sum(row["answered_yes"] for row in rows), sum(row["answers"] for row in rows)


def _estimated(
    area: str, question: str, period: date, level: str, rows: list[dict[str, Any]], fewest: int
) -> tuple[object, ...]:
    answers = sum(row["answers"] for row in rows)
    value: float | None = None
    limits: Interval | None = None
    outcome = "too_few"
    if answers >= fewest:
        outcome = "known"
        if question in YES_OR_NO:
            yes, answers = _said_yes(rows)
            value, limits = yes / answers, wilson(yes, answers)
        else:
            grades = _grades(rows)
            value, limits = grades.mean, of_mean(grades, SCALE)
    low, high = limits or (None, None)
    units = len({row["unit"] for row in rows})
    return area, question, period, level, units, answers, value, low, high, outcome


def _asked_twice(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the places that stand in both: what else changed is who was asked."""
    places = [{(row["level"], row["unit"]) for row in part} for part in (before, after)]
    both = places[0] & places[1]
    kept = [[row for row in part if (row["level"], row["unit"]) in both] for part in (before, after)]
    return kept[0], kept[1]


def _changed(
    area: str,
    question: str,
    periods: tuple[date, date],
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    fewest: int,
) -> tuple[object, ...]:
    counts = [sum(row["answers"] for row in part) for part in rows]
    if min(counts) < fewest:
        outcome = "too_few" if min(counts) else "not_known"
        return area, question, *periods, *counts, None, None, None, outcome
    limits: Interval | None
    if question in YES_OR_NO:
        before, after = (_said_yes(part) for part in rows)
        change = after[0] / after[1] - before[0] / before[1]
        limits = of_share_difference(before, after)
    else:
        first, second = (_grades(part) for part in rows)
        change = second.mean - first.mean
        limits = of_difference(first, second, SCALE)
    low, high = limits or (None, None)
    return area, question, *periods, *counts, change, low, high, "known"
