"""For what each kind of data is kept, on which ground, and for how long: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ongedeeld.errors import N_


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
        How long it is kept after it came, or after it ended where `after_end`.
    after_end
        Whether the term runs from the end.
    """

    name: str
    text: str
    purpose: str
    ground: str
    days: int
    after_end: bool = False


_TABLE = (
    Purpose(
        "signals.signal",
        N_("a signal: what was seen at a home or place, and what was done"),
        N_("everything seen gets an answer, and help in time"),
        N_("legitimate interest of a landlord in tenants who can stay (GDPR 6(1)f)"),
        730,
    ),
)


def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its name."""
    return {one.name: one for one in _TABLE}


def removed_after(name: str, day: date) -> date:
    """The day after which data that came on a day is removed.

    Raises
    ------
    KeyError
        When nothing is said of this kind of data: without a purpose nothing is stored.
    """
    return day + timedelta(days=purposes()[name].days)
