"""Who reacted to which home, and what came of an offer."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ongedeeld.allocation.reading import ROW, checked
from ongedeeld.errors import N_, InputError, Place


def read_reactions(
    frame: pl.DataFrame, vacancies: pl.DataFrame, seekers: pl.DataFrame, place: Place | None = None
) -> pl.DataFrame:
    """The reactions of a round, checked.

    Parameters
    ----------
    frame
        A row per seeker and vacancy, with the columns of `INPUTS["reactions"]`.
    vacancies, seekers
        As they were read.
    place
        The file it was read from, for messages.

    Raises
    ------
    InputError
        For what :func:`ongedeeld.allocation.reading.checked` refuses; a seeker or vacancy that is not in the
        round; a decline without its reason, or a reason without a decline.
    """
    where = place or Place("reactions")
    rows = checked("reactions", frame, where)
    for column, known in (("seeker", seekers), ("vacancy", vacancies)):
        strange = rows.filter(~pl.col(column).is_in(known[column].implode()))
        _refuse(strange, column, where, N_("one that stands in the other tables of this round"))
    without = rows.filter((pl.col("answer") == "declined") & pl.col("reason").is_null())
    _refuse(without, "reason", where, N_("the reason of the decline: its side and consequence hang on it"))
    needless = rows.filter(
        pl.col("reason").is_not_null()
        & ~pl.col("answer").is_in(["declined", "no_show"]).fill_null(value=False)
    )
    _refuse(needless, "reason", where, N_("a reason only beside an answer that declines"))
    return rows.sort("vacancy", "seeker")


def _refuse(wrong: pl.DataFrame, column: str, where: Place, expected: str) -> None:
    if len(wrong):
        first = wrong.row(0, named=True)
        raise InputError(
            N_("this cannot be read as a reaction of this round"),
            place=replace(where, row=first[ROW], column=column, value=first[column]),
            expected=expected,
            remedy=N_("correct the row, or leave it out"),
        )
