"""From a history to what a model learns from: what was known at the start of a step, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.measures.capacity.forecast.history import History, at, years_between

TREND = "trend"
_WITH_TREND, _LASTING = 3, 2


@dataclass(frozen=True)
class Form:
    """What the model may hold: the trend as a predictor, and effects that last over steps."""

    trend: bool
    lasting: bool


def form_for(periods: int) -> Form:
    """The largest form that so many periods to learn from can carry.

    A trend needs a step before the first that is learned from; what lasts shows over two steps or more.
    """
    trend = periods >= _WITH_TREND
    return Form(trend=trend, lasting=periods - 1 - trend >= _LASTING)


def predictors(history: History, form: Form) -> tuple[str, ...]:
    """The names of the predictors: the dimensions (or the total, where there are none), and the trend."""
    return (*(history.dimensions or ("total",)), *((TREND,) if form.trend else ()))


def known_at(history: History, start: date, form: Form) -> pl.DataFrame:
    """What is known of each area at a period: `area`, `municipality`, `total` and the predictors.

    The trend is the change a year since the period before; an area without that period is left out where the
    form has a trend.
    """
    now = at(history.table, start)
    if form.trend:
        earlier = max(period for period in history.periods() if period < start)
        before = at(history.table, earlier).select("area", before="total")
        years = years_between(earlier, start)
        now = now.join(before, on="area").with_columns(
            ((pl.col("total") - pl.col("before")) / years).alias(TREND)
        )
    columns = dict.fromkeys(["area", "municipality", "total", *predictors(history, form)])
    return now.select(list(columns)).sort("area")


def changed(history: History, start: date, end: date, form: Form) -> pl.DataFrame:
    """What was known at the start of a step, with `change`, for areas known at both ends."""
    after = at(history.table, end).select("area", after="total")
    both = known_at(history, start, form).join(after, on="area", maintain_order="left")
    return both.with_columns(change=pl.col("after") - pl.col("total")).drop("after")


def steps_of(periods: Sequence[date], form: Form, years: float) -> Iterator[tuple[date, date]]:
    """The steps to learn from: neighbouring periods as far apart as what is to be forecast."""
    for place in range(1 if form.trend else 0, len(periods) - 1):
        if years_between(periods[place], periods[place + 1]) == years:
            yield periods[place], periods[place + 1]


def learnt_from(history: History, periods: Sequence[date], form: Form, years: float) -> pl.DataFrame:
    """All rows to learn from: what was known, the change, and the number of the step (`step`)."""
    parts = [
        changed(history, start, end, form).with_columns(step=pl.lit(number, pl.Int64))
        for number, (start, end) in enumerate(steps_of(periods, form, years))
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema={"change": pl.Float64})
