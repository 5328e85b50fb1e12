"""Days on which people work in the Netherlands."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether it is neither in a weekend nor a public holiday; Liberation Day is one once in five years."""
    return day.weekday() < SATURDAY and day not in _public(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that comes `count` working days after a day; that day itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def begins_week(day: date) -> bool:
    """Whether it is the first working day of its week, on which what is told once a week is told."""
    monday = day - timedelta(days=day.weekday())
    return day == working_days_after(monday - timedelta(days=1), 1)


@lru_cache(maxsize=32)
def _public(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))
