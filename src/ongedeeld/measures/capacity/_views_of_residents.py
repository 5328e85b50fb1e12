"""What residents answer in surveys, as figures of a card."""

from __future__ import annotations

from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.measures.capacity._grouping import Grouping, covered

YES_OR_NO = ("volunteers", "gives_care")
GRADED = ("clean", "effort", "nuisance", "knows_neighbours", "greeted", "someone_to_turn_to", "safe", "home")


def of_surveys(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Grades and shares of yes, of the latest calendar year with a survey of each question.

    Answers of a complex, or of several in an area, are taken together as one heap; surveys held among a whole
    neighbourhood count for that neighbourhood where its complexes have none of their own.
    """
    questions = _latest(city, grouping, day).group_by("unit", "question", "year")
    homes = pl.struct("complex", "homes").unique().struct.field("homes").sum()
    graded = questions.agg(*_together(), homes=homes).filter(pl.col("question").is_in(GRADED))
    yes = questions.agg(
        count=pl.col("answered_yes").sum(), exposure=pl.col("answers").sum(), homes=homes
    ).filter(pl.col("question").is_in(YES_OR_NO))
    return covered(pl.concat([graded, yes], how="diagonal_relaxed"), grouping).with_columns(
        indicator=pl.format("view_{}", "question"),
        of="unit",
        period_start=pl.date("year", 1, 1),
        period_end=pl.date("year", 12, 31),
    )


def _latest(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Answers of the latest year of each question, by unit, with the homes they are of."""
    levels = ["complex", "neighbourhood"] if grouping.level == "neighbourhood" else ["complex"]
    told = pl.col("mean").is_not_null() | pl.col("answered_yes").is_not_null()
    held = pl.col("level").is_in(levels) & (pl.col("period") <= day)
    rows = city.table("surveys").filter(held & told & (pl.col("answers") > 0))
    year = pl.col("period").dt.year()
    rows = rows.with_columns(year=year).filter(year == year.max().over("question"))
    of_complexes = rows.filter(pl.col("level") == "complex").rename({"unit": "complex"})
    placed = of_complexes.join(grouping.complexes.select("complex", "unit", "homes"), on="complex")
    if grouping.level != "neighbourhood":
        return placed
    whole = rows.filter(pl.col("level") == "neighbourhood")
    others = whole.join(placed, on=["unit", "question"], how="anti")
    everywhere = others.join(grouping.units.select("unit", "homes"), on="unit")
    return pl.concat([placed, everywhere], how="diagonal_relaxed")


def _together() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Mean, standard deviation and number of all answers: ``S² = (Σ (n-1) s² + Σ n (m-M)²) / (Σ n - 1)``.

    The standard deviation is unknown where that of a part with more than one answer is.
    """
    answers, grade, spread = pl.col("answers"), pl.col("mean"), pl.col("spread")
    total = answers.sum()
    mean = (answers * grade).sum() / total
    within = ((answers - 1) * spread.fill_null(0.0) ** 2).sum()
    squares = within + (answers * (grade - mean) ** 2).sum()
    known = (spread.is_not_null() | (answers <= 1)).all() & (total > 1)
    return (
        mean.alias("mean"),
        pl.when(known).then((squares / (total - 1)).sqrt()).alias("spread"),
        total.cast(pl.Float64).alias("answers"),
    )
