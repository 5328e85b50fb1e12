"""What a measure answers: a value, what chance alone gives, how sure it is, and what to bear in mind."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from ongedeeld.errors import N_
from ongedeeld.measures.notes import Note

TOO_FEW = N_(
    "Too few homes to say: random allotment alone gives a dissimilarity of {chance} with areas and groups "
    "of this size, and this value is within what chance does (p = {p_value})."
)


@dataclass(frozen=True)
class Result:
    """One index of one table of counts.

    Parameters
    ----------
    index
        The name of the index.
    value
        As the formula of its paper gives it from the counts; None where it has no meaning, which a note then
        explains.
    expected_by_chance
        The mean of `value` when everybody is allotted to an area at random, with the sizes of areas and
        groups as they are.
    adjusted
        The value freed of chance: that of the shares from which the counts were drawn; equal to its value
        without any division when the counts are as even as chance makes them, and never beyond the bounds of
        the index.
    interval
        Lower and upper limit for that same quantity at the level that was asked.
    p_value
        The share of random allotments as divided as these counts, (1 + k) / (1 + n).
    areas, people
        How many areas with people, and how many people, the value rests on.
    notes
        What the reader must know.
    enough
        False when there are too few homes to say anything, one area, or no value; no alarm may rest on
        `value` then.
    interval_error
        How far the limits of the interval differ from one seed to another, as a standard error: it falls with
        the root of the number of draws.
    """

    index: str
    value: float | None
    expected_by_chance: float | None
    adjusted: float | None
    interval: tuple[float, float] | None
    p_value: float | None
    areas: int
    people: int
    notes: tuple[Note, ...] = ()
    enough: bool = True
    interval_error: float | None = None


@dataclass(frozen=True, eq=False)
class AreaResult:
    """A figure of every area.

    Parameters
    ----------
    index
        The name of the figure.
    table
        A row per area, in the order given: `area`, `people`, `value`, `expected_by_chance` (its mean when
        everybody is allotted at random), `adjusted` (an empirical-Bayes estimate of the figure behind
        the counts, pulled to the whole; on screen it is called estimate), `low`, `high` (its limits by the
        counts of the area alone) and `p_value`; an area without people has nulls.
    average
        The mean over areas by people, with all that a `Result` tells.
    whole
        The figure of all areas taken as one.
    notes
        What the reader must know of the figures of areas.
    """

    index: str
    table: pl.DataFrame
    average: Result
    whole: float | None
    notes: tuple[Note, ...] = ()
