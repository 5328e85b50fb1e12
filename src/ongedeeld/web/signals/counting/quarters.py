"""Quarters of a year, each by its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech

MONTHS = 3


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def after(quarter: date, count: int = 1) -> date:
    """The quarter so many later; earlier for a negative count.

    Examples
    --------
    >>> after(date(2026, 10, 1))
    datetime.date(2027, 1, 1)
    """
    months = quarter.year * 12 + quarter.month - 1 + count * MONTHS
    return date(months // 12, months % 12 + 1, 1)


def last(today: date, count: int) -> tuple[date, ...]:
    """The last quarters up to the one that runs, the oldest first."""
    return tuple(after(quarter_of(today), -back) for back in range(count - 1, -1, -1))


def span(quarter: date) -> tuple[datetime, datetime]:
    """The moment at which a quarter begins, and that at which the next one does, as clocks here tell it."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (quarter, after(quarter)))
    return begin, end


def ended(first: date, today: date) -> Iterator[date]:
    """The quarters from one on that are over today."""
    quarter = quarter_of(first)
    while after(quarter) <= today:
        yield quarter
        quarter = after(quarter)


def name(quarter: date) -> str:
    """A short name that is put in order as quarters follow each other: 2026-Q3."""
    return f"{quarter.year}-Q{(quarter.month - 1) // MONTHS + 1}"


def told(quarter: date, speech: Speech) -> str:
    """A quarter as people read it."""
    number = (quarter.month - 1) // MONTHS + 1
    return speech.say(N_("quarter {number} of {year}"), number=number, year=str(quarter.year))
