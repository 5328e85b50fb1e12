"""Count given lives once a quarter is over, and publish what may be known: once, and never otherwise.

Lives are counted in groups: those given since the last publication, once there are enough of them. No life is
in two groups, so that what two publications differ in is a whole group, which is protected by itself; a group
that was counted does not change when somebody takes a life back. Over all groups added up, a count that no
group tells is told nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import transaction

from ongedeeld.measures.disclosure import Ledger, Publication, protect
from ongedeeld.web.residents.giving.copy import Copy
from ongedeeld.web.residents.giving.gifts import copies_between, mark_counted
from ongedeeld.web.residents.learning.traits import LIVES, bounds, counted, every_trait
from ongedeeld.web.residents.models import Donation
from ongedeeld.web.signals.counting.quarters import after, name, quarter_of

FEWEST, ROUNDING = 10, 5
"""Below how many lives a count is hidden, and to what others are rounded."""
FEWEST_LIVES = 3 * FEWEST
"""How many lives a group has at least: with fewer, what may be told leaves too few others."""
TITLE = "Lives given until {quarter}"
_FAR = 10**6
"""More lives than there will ever be."""


@dataclass(frozen=True)
class Group:
    """What may be known of a group of lives.

    Parameters
    ----------
    until
        The quarter until which they were given.
    shown
        Of how many each trait is true, rounded; none where that is not told. `lives` is how many they are.
    """

    until: str
    shown: dict[str, int | None]


def ledger() -> Ledger:
    """What was published; it lies with the ledgers of signals and goes into a backup with them."""
    return Ledger.open(Path(settings.DATA_FOLDER) / "published" / "lives.json")


def groups_in(held: Ledger) -> list[Group]:
    """Every group that was published, the oldest first."""
    return [Group(_until(one), dict(one.table.select("trait", "count").iter_rows())) for one in held]


def publish_what_is_due(held: Ledger, today: date) -> Publication | None:
    """Publish the lives given since the last time and before this quarter, where they are enough.

    Raises
    ------
    OngedeeldError
        When the ledger was damaged or taken away; nothing is published then.
    """
    until = after(quarter_of(today), -1)
    since = max((_quarter(_until(one)) for one in held), default=date.min)
    if Donation.objects.filter(quarter__gt=since, quarter__lte=until).count() < FEWEST_LIVES:
        return None
    with transaction.atomic():
        # Whoever gave since this quarter began is marked with them, and is counted with the next group.
        mark_counted()
        return publish(list(copies_between(since, until)), name(until), held)


def publish(copies: Sequence[Copy], until: str, held: Ledger) -> Publication:
    """Count a group of lives, and note down what may be known of it.

    Parameters
    ----------
    copies
        The lives; none of them was in a group before.
    until
        The name of the quarter until which they were given.
    held
        What was published before.
    """
    traits = (LIVES, *every_trait())
    rows = [(until, trait, count) for trait, count in counted(copies).items()]
    # No trait is the total of others: a life can have several, or none.
    apart = pl.DataFrame({"code": traits, "parent": pl.Series([None] * len(traits), dtype=pl.String)})
    result = protect(
        pl.DataFrame(rows, schema=["group", "trait", "count"], orient="row"),
        FEWEST,
        ROUNDING,
        nested={"trait": apart},
        relations=pl.DataFrame(list(_ties(until)), schema=_COLUMNS, orient="row"),
        ledger=held,
    )
    result.publish(TITLE.format(quarter=until))
    return result.publication


_COLUMNS = ["relation", "coefficient", "group", "trait", "constant", "margin"]
_Row = tuple[str, int, str, str, int, int]


def _ties(group: str) -> Iterator[_Row]:
    """What everybody knows of the counts: who has a trait and who has not are all lives; and the bounds."""
    for trait in every_trait():
        for cell, by in ((trait, 1), (f"not {trait}", 1), (LIVES, -1)):
            yield (f"{group}: {trait} or not", by, group, cell, 0, 0)
    for number, bound in enumerate(bounds()):
        # A sum that is not below zero: somewhere between that and far beyond.
        for trait, by in bound.items():
            yield (f"{group}: {number}", by, group, trait, _FAR, _FAR)


def _until(publication: Publication) -> str:
    return str(publication.table["group"][0])


def _quarter(name: str) -> date:
    year, number = name.split("-Q")
    return date(int(year), 3 * int(number) - 2, 1)
