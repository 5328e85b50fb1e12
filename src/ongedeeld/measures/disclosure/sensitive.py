"""Which cells of a table may not be shown, and how vague each must stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.problem import FREE, Flags, Targets
from ongedeeld.measures.disclosure.publication import dimensions, text_dimensions
from ongedeeld.measures.disclosure.rounding import Counts

UNKNOWN = -1
"""A count that the supplier had hidden already."""
LARGEST = 10**9
"""Counts up to this are exact in linear programmes."""


@dataclass(frozen=True)
class Table:
    """A table to publish: the names of its cells, and what is known of each row.

    `cells` has the codes and, if known, `most`. `counts` is UNKNOWN where the supplier hid it. `households`
    and `largest` (the count due to the household that causes most) are None where the table does not tell.
    """

    cells: pl.DataFrame
    counts: Counts
    households: Counts | None
    largest: Counts | None


@dataclass(frozen=True)
class Sensitive:
    """Rows that may not be shown, by the first rule that says so, with their targets."""

    small: Flags
    few_households: Flags
    dominated: Flags
    targets: Targets

    def by_name(self) -> dict[str, Flags]:
        """The rows that each rule forbids to show."""
        return {"small": self.small, "few_households": self.few_households, "dominated": self.dominated}

    def any(self) -> Flags:
        """The rows that may not be shown."""
        return self.small | self.few_households | self.dominated


def read_table(frame: pl.DataFrame, rounded_to: int) -> Table:
    """A frame of dimensions, `count` and, if wanted, `status`, `households`, `largest` and `most`, checked.

    Raises
    ------
    InputError
        For a count that is negative, fractional, too large, not rounded as stated, missing without the status
        'suppressed' or there with it; for contributions that do not fit their count.
    """
    named = text_dimensions(frame)
    supplied = frame["status"].cast(pl.String) if "status" in frame.columns else pl.Series([""] * len(frame))
    suppressed = (supplied == "suppressed").fill_null(value=False)
    hidden = named["count"].is_null() & suppressed
    _refuse(
        named,
        named["count"].is_null() & ~hidden,
        N_("the count of {cell} is missing"),
        N_("a count in every row; status suppressed where the supplier hid it"),
    )
    _refuse(
        named,
        named["count"].is_not_null() & suppressed,
        N_("the count of {cell} is given, though its status is suppressed"),
        N_("an empty count where the supplier hid it"),
    )
    counts = named["count"].fill_null(UNKNOWN).to_numpy().astype(np.int64)
    _refuse(named, (named["count"] < 0).fill_null(value=False), N_("the count of {cell} is negative"))
    _refuse(
        named,
        (named["count"] % rounded_to != 0).fill_null(value=False),
        N_("the count of {cell} is not a multiple of rounded_to"),
        N_("counts rounded as stated in rounded_to, or rounded_to=1"),
    )
    _refuse(
        named,
        (named["count"] > LARGEST).fill_null(value=False),
        N_("the count of {cell} is larger than what can be reckoned with"),
        N_("counts up to a thousand million"),
    )
    if "most" in named.columns:
        _refuse(
            named,
            (named["count"] - rounded_to // 2 > named["most"]).fill_null(value=False) | (named["most"] < 0),
            N_("the count of {cell} is more than it can be"),
            N_("a column most that no count exceeds, empty where nobody knows"),
        )
    contributions = [_contribution(frame, named, column) for column in ("households", "largest")]
    return Table(named.drop("count"), counts, *contributions)


def _contribution(frame: pl.DataFrame, named: pl.DataFrame, column: str) -> Counts | None:
    if column not in frame.columns:
        return None
    values = frame[column]
    if not values.dtype.is_integer():
        raise InputError(
            N_("column {column} holds something else than whole numbers"),
            expected=N_("whole numbers from 0"),
            column=column,
        )
    known = named["count"].is_not_null()
    wrong = (
        values.is_null() | (values < 0) | (values > named["count"]) | ((values == 0) & (named["count"] > 0))
    )
    _refuse(
        named,
        wrong.fill_null(value=True) & known,
        N_("column {column} does not fit the count of {cell}"),
        N_("from 1 to the count, and 0 where the count is 0"),
        column=column,
    )
    return values.fill_null(0).to_numpy().astype(np.int64)


def _refuse(
    named: pl.DataFrame, wrong: pl.Series, problem: str, expected: str = "", column: str = ""
) -> None:
    if wrong.any():
        cell = ", ".join(named.select(dimensions(named)).filter(wrong).row(0))
        raise InputError(problem, expected=expected or N_("whole numbers from 0"), cell=cell, column=column)


def find_sensitive(table: Table, min_count: Counts, dominance: float) -> Sensitive:
    """The rows that may not be shown by themselves, with `min_count` by row.

    A count below `min_count` is small, zero included: a zero tells of everybody in the row that they are
    not in the column. A larger count is not shown either when fewer than `min_count` households cause it,
    or when one household causes more than the share `dominance` of it (the (1, k) dominance rule).

    The targets: a small count may be anything from 0 to `min_count`. Of any other sensitive count X the
    bounds lie at least w = max(`min_count`, largest / `dominance` - X) to either side, as far as 0 allows:
    nobody can exclude a total of which the largest household would cause no more than the share allowed.
    """
    counts = table.counts
    known = counts != UNKNOWN
    small = known & (counts < min_count)
    nothing = np.zeros(len(counts), bool)
    few = nothing if table.households is None else known & ~small & (table.households < min_count)
    dominated = nothing
    apart = min_count
    if table.largest is not None:
        dominated = known & ~small & ~few & (table.largest > dominance * counts)
        enough = np.ceil(table.largest / dominance).astype(np.int64)
        apart = np.where(few | dominated, np.maximum(apart, enough - counts), apart)
    targets = Targets.none(len(counts))
    targets.lower[small], targets.upper[small] = 0, min_count[small]
    large = few | dominated
    targets.lower[large] = np.maximum(counts - apart, 0)[large]
    targets.upper[large] = (counts + apart)[large]
    assert FREE not in targets.upper[small | large]  # noqa: S101 - every sensitive cell has a target
    return Sensitive(small, few, dominated, targets)
