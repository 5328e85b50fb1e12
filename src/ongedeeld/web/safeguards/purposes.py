"""For what each kind of data is kept, on which ground, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from django.conf import settings

from ongedeeld.errors import N_, InputError

LONGEST_DAYS = 20 * 365


@dataclass(frozen=True)
class Purpose:
    """Why one kind of data is kept.

    Parameters
    ----------
    name
        The app, a dot and the kind of data.
    text
        What is kept.
    purpose
        What it is for.
    ground
        The legal ground, with its article.
    days
        How long it is kept.
    begins
        From when that runs.
    holds
        The models that hold it, as `app.Model`.
    """

    name: str
    text: str
    purpose: str
    ground: str
    days: int
    begins: str = N_("after it came")
    holds: tuple[str, ...] = ()


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its name, in the order of the table; `settings.TERM_DAYS` comes before its terms.

    Raises
    ------
    InputError
        When the settings name a purpose that is not there, or a term that is none.
    """
    from ongedeeld.web.safeguards.purpose_table import TABLE

    given: Mapping[str, str] = settings.TERM_DAYS
    known = {one.name: one for one in TABLE}
    for name, days in given.items():
        if name not in known or not days.isdecimal() or not 0 < int(days) <= LONGEST_DAYS:
            raise InputError(
                N_("ONGEDEELD_TERM_DAYS holds '{given}'"),
                expected=N_("one of {names}, with a number of days from 1 to {longest}"),
                given=f"{name}={days}",
                names=", ".join(known),
                longest=LONGEST_DAYS,
            )
    return {name: replace(one, days=int(given.get(name, one.days))) for name, one in known.items()}


def removed_after(name: str, day: date, *of_sources: date) -> date:
    """The day after which data that came on a day is removed; a copy goes no later than what it was made of.

    Parameters
    ----------
    name
        The purpose.
    day
        When the data came, or ended where its term runs from the end.
    of_sources
        The same days of what it is a copy of.

    Raises
    ------
    KeyError
        When nothing is said of this kind of data: without a purpose nothing is stored.

    Examples
    --------
    >>> removed_after("signals.signal", date(2026, 1, 1), date(2026, 6, 1))
    datetime.date(2026, 6, 1)
    """
    return min(day + timedelta(days=purposes()[name].days), *of_sources, date.max)


def kept_since(name: str, today: date) -> date:
    """The first day of which data are still kept; what came before it is past its term."""
    return today - timedelta(days=purposes()[name].days)
