"""Write what was removed: of which kind, how many, why, and on which day."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.safeguards.models import Removed
from ongedeeld.web.safeguards.purposes import purposes

Ground = Removed.Ground


def write(name: str, count: int, ground: Ground, day: date) -> None:
    """Write that data of one purpose were removed; call it in the transaction of the removal.

    Parameters
    ----------
    name
        The purpose for which they were kept.
    count
        How many; nothing is written of none.
    ground
        Why.
    day
        On which day.
    """
    if count:
        Removed.objects.create(kind=purposes()[name].name, count=count, ground=ground, day=day)
