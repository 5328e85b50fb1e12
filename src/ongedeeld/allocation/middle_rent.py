"""Whether a home is one of middle rent, by its points or else by its rent."""

from __future__ import annotations

from ongedeeld.allocation.effects import Row
from ongedeeld.errors import AbsentError
from ongedeeld.rules.law import LawOfDay

TELL_MIDDLE_RENT = ("sector", "points", "rent_cents")
"""The columns of a home by which it is told."""


def is_middle_rent(home: Row, law: LawOfDay) -> bool | None:
    """Whether a home is in the middle segment, or is let at no more than its rent; None where nobody knows.

    Parameters
    ----------
    home
        With the columns `TELL_MIDDLE_RENT`.
    law
        The law of the day, with the points of the segment; the limit of its rent may come from local policy.
    """
    if home["sector"] == "social":
        return False
    points, rent = home["points"], home["rent_cents"]
    if isinstance(points, int):
        return law.value("middle_segment_min_points") <= points <= law.value("middle_segment_max_points")
    try:
        return isinstance(rent, int) and rent <= law.cents("middle_rent_limit")
    except AbsentError:  # points or the limit have to tell it, and neither is there
        return None
