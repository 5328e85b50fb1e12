"""Stretches of time as the rules count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_later(start: date, years: int) -> date:
    """The same day some years later; 28 February for a leap day.

    >>> years_later(date(2024, 2, 29), 4), years_later(date(2024, 2, 29), 1)
    (datetime.date(2028, 2, 29), datetime.date(2025, 2, 28))
    """
    year = start.year + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (start.month, start.day) == (2, 29) and not leap:
        return date(year, 2, 28)
    return start.replace(year=year)


def calendar_years(day: date, years: int = 1) -> tuple[date, date]:
    """First and last day of the calendar year of a day, and of the years before it when more are asked.

    >>> calendar_years(date(2026, 7, 1), 2)
    (datetime.date(2025, 1, 1), datetime.date(2026, 12, 31))
    """
    return date(day.year - years + 1, 1, 1), date(day.year, 12, 31)


def half_year(day: date) -> tuple[date, date]:
    """First and last day of the half year of a day.

    >>> half_year(date(2026, 7, 1))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    """
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def months_earlier(day: date, months: int) -> date:
    """The same day some months before; the last of the month where it is shorter.

    >>> months_earlier(date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
