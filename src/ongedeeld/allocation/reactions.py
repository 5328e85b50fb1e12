"""Who reacted to which home, and what came of an offer."""

from __future__ import annotations

from collections.abc import Mapping
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
        round; a decline without its reason, or a reason without a decline; a home that two accepted, or two
        homes that one seeker accepted.
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
    taken = rows.filter(pl.col("answer") == "accepted")
    for column, expected in (
        ("vacancy", N_("one seeker who accepted each home")),
        ("seeker", N_("one home that each seeker accepted")),
    ):
        again = taken.filter(pl.col(column).is_duplicated()).sort(column, ROW)
        _refuse(again.slice(1), column, where, expected)
    return rows.sort("vacancy", "seeker")


def refuse_passed_over(
    reactions: pl.DataFrame, winners: Mapping[str, str], place: Place | None = None
) -> None:
    """Refuse a home that was accepted by somebody who is not the first in its order.

    The round lets a home to the first who can take it. Where the file says that somebody else took it, an
    answer of who stands before is not in it yet, or the home was offered out of order.

    Parameters
    ----------
    reactions
        As they were read.
    winners
        Who gets each home in the round, by vacancy.
    place
        The file of the reactions, for messages.

    Raises
    ------
    InputError
        With the row, and who stands before.
    """
    for row in reactions.filter(pl.col("answer") == "accepted").iter_rows(named=True):
        first = winners.get(row["vacancy"])
        if first != row["seeker"]:
            raise InputError(
                N_("{seeker} accepted {vacancy}, but by the rules {first} is the first who can take it")
                if first
                else N_("{seeker} accepted {vacancy}, but by the rules cannot get it"),
                place=replace(place or Place("reactions"), row=row[ROW], column="answer", value="accepted"),
                expected=N_("an answer of everybody who stands before who accepted"),
                remedy=N_("fill in those answers, or ask with --why VACANCY who stands before and why"),
                seeker=row["seeker"],
                vacancy=row["vacancy"],
                first=first,
            )


def _refuse(wrong: pl.DataFrame, column: str, where: Place, expected: str) -> None:
    if len(wrong):
        first = wrong.row(0, named=True)
        raise InputError(
            N_("this cannot be read as a reaction of this round"),
            place=replace(where, row=first[ROW], column=column, value=first[column]),
            expected=expected,
            remedy=N_("correct the row, or leave it out"),
        )
