"""How long people in fact waited for what a partner offers, as an app above this one knows it.

A wait that a partner told grows old. What is known of those who were referred stands beside it, of what the
reader may see anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.partners.models import FRESH, Offer


@dataclass(frozen=True)
class Waited:
    """How long somebody waited for an offer.

    Parameters
    ----------
    days
        From being referred to the day of contact.
    day
        That day of contact.
    """

    days: int
    day: date


Knows = Callable[[Person, date], Mapping[int, Waited]]
"""Of whom it is told and on which day; by the primary key of an offer."""
_known: list[Knows] = []


def knows_waits(knows: Knows) -> Knows:
    """Let an app tell how long people waited; of what the person may see, and of nothing else."""
    _known.append(knows)
    return knows


def waits_as_they_were(person: Person, today: date) -> dict[int, Waited]:
    """How long the last one waited, by the primary key of the offer; of offers of which that is known."""
    found: dict[int, Waited] = {}
    for knows in _known:
        found |= knows(person, today)
    return found


def wait_known_last(offer: Offer, was: Waited | None, today: date) -> int | None:
    """The wait as it was or as it was told, whichever is of the later day; none where none is of late."""
    known = [(was.day, was.days)] if was and was.day >= today - FRESH else []
    if offer.wait_days is not None and offer.wait_known_on and not offer.wait_is_old(today):
        known.append((offer.wait_known_on, offer.wait_days))
    return max(known)[1] if known else None
