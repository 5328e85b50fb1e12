"""Counts from published shares: what the owner of the figures rounded away stays part of the uncertainty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.undividedness.cells import Cells
from ongedeeld.measures.undividedness.counts import Counts, Floats, Table, counts_of, read_table

REST = "rest"


def counts_of_shares(
    shares: Table, people: ArrayLike | pl.Series, *, unit: float = 0.01, rest: bool = False
) -> Counts:
    """Counts from the published shares of groups in every area and the number of people they are shares of.

    Each share times the number of people, rounded to whole people. Whatever measures these counts takes the
    rounding of the shares into its value by chance, adjusted value and interval: what it draws is made into
    shares and rounded to the unit in the same way.

    Parameters
    ----------
    shares
        From 0 to 1: an array of shape (areas, groups), or a frame with a column per group and at most one
        text column, which names the areas.
    people
        Whole numbers, shape (areas,), in the same order.
    unit
        What the shares were rounded to: 0.01 for whole percents.
    rest
        Whether everybody else is a group as well, called `rest`. Without it the shares of an area add up to
        1, as far as rounding lets them.

    Returns
    -------
    Counts
        For every measure of undividedness.

    Raises
    ------
    InputError
        When a share is missing or not between 0 and 1, shares add up to more or less than they can, or
        numbers of people are not one per area.

    Examples
    --------
    >>> counts_of_shares([[0.12], [0.31]], [250, 400], rest=True).table.tolist()
    [[30, 220], [124, 276]]
    """
    if not 0.0 < unit < 1.0:
        raise InputError(N_("unit is {value}"), expected=N_("a share between 0 and 1"), value=unit)
    values, areas, groups = read_table(shares)
    sizes = _sizes(people, len(areas))
    Cells(values, areas, groups).refuse_all_but_shares()
    _check_sums(values.sum(axis=1), areas, unit * len(groups) / 2.0, rest=rest)
    counts = np.floor(values * sizes[:, None] + 0.5)
    if rest:
        counts = np.column_stack([counts, np.maximum(sizes - counts.sum(axis=1), 0.0)])
    titles = (*groups, REST) if rest else groups
    checked = counts_of(pl.DataFrame(counts, schema=list(titles)).insert_column(0, pl.Series("", areas)))
    return replace(checked, share_unit=unit, rest=REST if rest else None)


def _sizes(people: ArrayLike | pl.Series, areas: int) -> Floats:
    try:
        sizes = np.asarray(people, dtype=np.float64)
    except (TypeError, ValueError):
        sizes = np.array([])
    if sizes.shape != (areas,) or not (np.isfinite(sizes) & (sizes >= 0) & (sizes == np.floor(sizes))).all():
        raise InputError(
            N_("people is not a number of people for each of {areas} areas"),
            expected=N_("whole numbers of people, 0 or more"),
            areas=areas,
        )
    return sizes


def _check_sums(sums: Floats, areas: tuple[str, ...], slack: float, *, rest: bool) -> None:
    wrong = (sums > 1.0 + slack + 1e-9) | (not rest) & (sums < 1.0 - slack - 1e-9)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            N_("area {area}: the shares add up to {sum}"),
            expected=N_("1, as far as rounding lets them"),
            remedy=N_("give every group once; with rest=True what is left is a group as well"),
            area=areas[row],
            sum=f"{sums[row]:g}",
        )
