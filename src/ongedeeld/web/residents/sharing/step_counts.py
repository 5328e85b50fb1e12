"""With how many residents steps are taken in each life domain, as everybody may know it.

Counted are the residents who share a step at the end of a quarter, once in each domain, by how far they are:
the domain, the state and the dates of shared steps are all that this is made of. Nobody sees the counts
themselves: a quarter is counted once, protected and written into a ledger (see `measures.disclosure`), from
which the page reads. A colleague knows what was shared with them; a count of which one receiver knows more
than half is hidden as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings

from ongedeeld.measures.disclosure import Ledger, Publication, protect
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.models import Share
from ongedeeld.web.residents.sharing.contents import DOMAIN_CODES, STEP_STATES
from ongedeeld.web.residents.sharing.copies import live
from ongedeeld.web.residents.sharing.rules import SEE_COUNTS
from ongedeeld.web.signals.counting.quarters import after, last, name, quarter_of, span

ALL = "all"
STATES = tuple(STEP_STATES)
FEWEST, ROUNDING = 10, 5
"""Below how many a count is hidden, and to what others are rounded."""
SHOWN = 8
"""How many quarters are shown."""
_TITLE = "Shared steps, {quarter}"


@dataclass(frozen=True)
class Step:
    """What stands in columns of a shared step: whose it is, with whom, and how it stands."""

    vault: int
    receiver: UUID
    domain: str
    state: str


def how_far(states: Iterable[str]) -> str:
    """How far a resident is in a domain, from the states of their steps there.

    Examples
    --------
    >>> how_far(["done", "to_do"]), how_far(["done", "dropped"]), how_far(["to_do"])
    ('doing', 'done', 'to_do')
    """
    found = set(states)
    if "doing" in found or {"done", "to_do"} <= found:
        return "doing"
    return next(state for state in ("to_do", "done", "dropped") if state in found)


def table_of(steps: Iterable[Step]) -> pl.DataFrame:
    """Every domain and state with its count, zeros as well, and how much of it one receiver knows at most."""
    states: dict[tuple[int, str], set[str]] = defaultdict(set)
    known: dict[tuple[int, str], set[UUID]] = defaultdict(set)
    for step in steps:
        states[step.vault, step.domain].add(step.state)
        known[step.vault, step.domain].add(step.receiver)
    counts: Counter[tuple[str, str]] = Counter()
    by_receiver: dict[tuple[str, str], Counter[UUID]] = defaultdict(Counter)
    for (vault, domain), found in states.items():
        for state in (how_far(found), ALL):
            counts[domain, state] += 1
            by_receiver[domain, state].update(known[vault, domain])
    rows = [
        (
            "residents with shared steps",
            domain,
            state,
            counts[domain, state],
            _most(by_receiver[domain, state]),
        )
        for domain in DOMAIN_CODES
        for state in (*STATES, ALL)
    ]
    return pl.DataFrame(rows, schema=["counted", "domain", "state", "count", "largest"], orient="row")


def _most(known: Counter[UUID]) -> int:
    return max(known.values(), default=0)


def shared_steps(quarter: date, today: date) -> list[Step]:
    """What is shared now of steps that were shared before the end of a quarter."""
    rows = Share.objects.filter(live(today), kind=Share.Kind.STEP, made_at__lt=span(quarter)[1])
    return [Step(*row) for row in rows.values_list("vault_id", "receiver", "domain", "state")]


def publish_ended(today: date) -> int:
    """Count the quarter that ended last and publish what may be known of it, once; how many that were."""
    quarter = after(quarter_of(today), -1)
    ledger = _ledger(quarter)
    if len(ledger):
        return 0
    steps = shared_steps(quarter, today)
    if not steps:
        return 0
    made = protect(table_of(steps), FEWEST, ROUNDING, nested={"state": ALL}, ledger=ledger).publication
    ledger.publish(replace(made, title=_TITLE.format(quarter=name(quarter))))
    return 1


@dataclass(frozen=True)
class Counted:
    """A quarter that was published: for every domain the counts by state; none where that is not told."""

    quarter: date
    counts: dict[str, dict[str, int | None]]

    @property
    def counted_on(self) -> date:
        """The last day of the quarter."""
        return after(self.quarter) - timedelta(days=1)


def counted(person: Person, today: date) -> list[Counted]:
    """The last quarters that were published, the newest first.

    Raises
    ------
    Refused
        When the person may not see them.
    """
    require(person, SEE_COUNTS)
    found = ((quarter, next(iter(_ledger(quarter)), None)) for quarter in reversed(last(today, SHOWN)))
    return [Counted(quarter, _counts(made)) for quarter, made in found if made is not None]


def _counts(made: Publication) -> dict[str, dict[str, int | None]]:
    rows: dict[str, dict[str, int | None]] = {domain: {} for domain in DOMAIN_CODES}
    for domain, state, count in made.table.select("domain", "state", "count").iter_rows():
        rows[domain][state] = count
    return rows


def _ledger(quarter: date) -> Ledger:
    """What was published of a quarter; it belongs to the database, and goes into a backup with it."""
    return Ledger.open(Path(settings.DATA_FOLDER) / "published" / f"shared-steps-{name(quarter)}.json")
