"""How long an answer to a resident may take.

Within one month of the request, which may be made longer by two months where that is necessary; who asked is
then told so, and why, within the first month (GDPR 12(3)). A month ends on the day of the same number, and
where there is none on the last day of the month (Regulation 1182/71, 3(2)c). That a last day in a weekend
moves to the next working day is left unused: the answer is then early.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = 1
MONTHS_LONGER = 2


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month.

    Examples
    --------
    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_after(received_on: date, *, longer: bool = False) -> date:
    """The last day on which a request is answered in time."""
    return months_after(received_on, MONTHS + (MONTHS_LONGER if longer else 0))
