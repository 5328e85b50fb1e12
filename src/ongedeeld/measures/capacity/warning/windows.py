"""Which periods are compared: the last twelve months with the three years before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.errors import N_, AbsentError, InputError, Place
from ongedeeld.measures.capacity.warning.watched import Watched

NOW_MONTHS, BEFORE_MONTHS = 12, 36
_QUARTERS = (1, 4, 7, 10)
# Of the months of counts, so many before the last twelve make a comparison: one year of quarters.
_LEAST_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Windows:
    """The places of the periods in a list of periods: those of now, and those of before."""

    now: tuple[int, ...]
    before: tuple[int, ...]


def month_of(day: date) -> int:
    """The number of a month, so that subtracting two gives how many lie between."""
    return 12 * day.year + day.month - 1


def windows(periods: Sequence[date]) -> Windows:
    """Split periods, in order, in the last twelve months and the three years before those.

    Where those three years hold nothing, as between surveys held once in five years, the round before counts.
    """
    ago = [month_of(periods[-1]) - month_of(period) for period in periods]
    now = tuple(place for place, months in enumerate(ago) if months < NOW_MONTHS)
    reach = NOW_MONTHS + BEFORE_MONTHS
    before = tuple(place for place, months in enumerate(ago) if NOW_MONTHS <= months < reach)
    return Windows(now, before or tuple(range(max(now[0] - 1, 0), now[0])))


def length_in_months(counts: pl.DataFrame, each: Watched) -> int:
    """Whether an observation is counted per quarter (3) or per year (12).

    Parameters
    ----------
    counts
        Rows of one observation, with `complex` and `period`.
    each
        The observation, to name it in an error.

    Raises
    ------
    InputError
        When a period begins on another day, or some complexes have years and others quarters.
    """
    days = counts["period"].unique().sort()
    strange = [day for day in days if day.day != 1 or day.month not in _QUARTERS]
    if strange:
        raise InputError(
            N_("{observation} has a period that begins on {day}"),
            place=Place("observations", column="period", value=strange[0].isoformat()),
            expected=N_("the first day of a quarter or of a year"),
            remedy=N_("count per quarter or per year before you compare periods"),
            observation=each.key,
            day=strange[0].isoformat(),
        )
    if all(day.month == 1 for day in days):
        return 12
    _refuse_mixed(counts, each)
    return 3


def _refuse_mixed(counts: pl.DataFrame, each: Watched) -> None:
    yearly = (
        counts.group_by("complex")
        .agg(only_january=(pl.col("period").dt.month() == 1).all(), years=pl.col("period").n_unique())
        .filter(pl.col("only_january") & (pl.col("years") > 1))
        .sort("complex")
    )
    if len(yearly):
        raise InputError(
            N_("{observation} is counted per year in complex {complex} and per quarter in others"),
            place=Place("observations", column="period"),
            expected=N_("periods of one length for one observation"),
            remedy=N_("give all complexes per quarter, or all per year"),
            observation=each.key,
            complex=yearly["complex"][0],
        )


def too_few_periods(each: Watched, periods: Sequence[date], months: int) -> AbsentError | None:
    """What to say when the periods do not reach far enough back to compare; None when they do.

    `months` is the length of a period, or 0 where figures come when they come.
    """
    reach = month_of(periods[-1]) - month_of(periods[0]) + months if periods else 0
    if reach >= NOW_MONTHS + (_LEAST_BEFORE if months else 0) and len(periods) > 1:
        return None
    needed = {
        3: N_("at least 8 quarters: the last year and a year before it"),
        12: N_("at least 2 years: the last and one before it"),
    }.get(months, N_("at least 2 rounds, a year or more apart"))
    return AbsentError(
        N_("{what}: {count} periods are known, too few to see a change"),
        expected=needed,
        remedy=N_("add earlier periods, or leave this indicator out"),
        what=each.label,
        count=len(periods),
    )
