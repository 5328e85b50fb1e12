"""Publish the counts of a quarter once it is over: once, and never otherwise.

What is published of a quarter does not change, whatever happens to its signals later: a figure that moved
would tell that one was removed. It stands in a ledger (see `measures.disclosure`), a file for each quarter,
as quarters have no signal in common. A quarter of which the ledger tells already is taken from there, also
where the database is that of an older backup.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ongedeeld.measures.disclosure import Ledger, Publication
from ongedeeld.web.signals.counting.areas import CountedAreas, Counts
from ongedeeld.web.signals.counting.protecting import Reach, hidden_from, hidden_in, protected
from ongedeeld.web.signals.counting.quarters import ended, name, quarter_of
from ongedeeld.web.signals.counting.readers import digest_of, reaches_known
from ongedeeld.web.signals.counting.tallying import KINDS, came, keep, kept
from ongedeeld.web.signals.models import KnownReach, PublishedCount, Signal

TITLE = "Signals, {quarter}"
REACHES_KEPT = 8
"""For how many quarters it is found out whether somebody who is new may see their counts in full."""


def folder() -> Path:
    """Where the ledgers lie; they belong to the database, and go into a backup with it."""
    return Path(settings.DATA_FOLDER) / "published"


def ledger_of(quarter: date) -> Ledger:
    """What was published of a quarter."""
    return Ledger.open(folder() / f"signals-{name(quarter)}.json")


def to_publish(today: date) -> list[date]:
    """The quarters that are over and were not published yet, the oldest first."""
    first = Signal.objects.aggregate(first=Min("received_at"))["first"]
    if first is None:
        return []
    done = set(PublishedCount.objects.order_by().values_list("quarter", flat=True).distinct())
    return [quarter for quarter in ended(timezone.localdate(first), today) if quarter not in done]


def publish(quarter: date, areas: CountedAreas, neighbourhoods: frozenset[str], today: date) -> Publication:
    """Count a quarter that is over, and publish what may be known of it.

    Parameters
    ----------
    quarter
        Its first day.
    areas
        Over which is counted.
    neighbourhoods
        The codes of all neighbourhoods, also those in which the association has no homes.
    today
        Whoever sees counts in full by now is reckoned with.

    Raises
    ------
    OngedeeldError
        When the ledger was damaged or taken away; nothing is published then.
    """
    counts = came(quarter, neighbourhoods)
    ledger = ledger_of(quarter)
    known = reaches_known(today)
    before = next(iter(ledger), None)
    publication = before or protected(areas, counts, KINDS, known, ledger)
    with transaction.atomic():
        keep(quarter, counts)
        PublishedCount.objects.bulk_create(
            PublishedCount(quarter=quarter, area=area, kind=kind, shown=shown)
            for area, kind, shown in publication.table.select("area", "kind", "count").iter_rows()
        )
        _reckon(quarter, areas, counts, known, publication)
        # Last, so that what is not noted is not shown; noted and not kept, it is found there next time.
        ledger.publish(_titled(publication, quarter))
    return publication


def reckon_with_new(quarter: date, areas: CountedAreas, today: date) -> int:
    """Find out whether a quarter tells of others to who came to see counts in full since; how many."""
    held = set(KnownReach.objects.filter(quarter=quarter).values_list("digest", flat=True))
    new = {reach for reach in reaches_known(today) if digest_of(reach) not in held}
    publication = next(iter(ledger_of(quarter)), None)
    if new and publication is not None:
        _reckon(quarter, areas, kept(quarter), new, publication)
    return len(new)


def published_quarters(today: date) -> list[date]:
    """The last quarters that were published, the newest first."""
    found = PublishedCount.objects.filter(quarter__lt=quarter_of(today)).order_by("-quarter")
    return list(found.values_list("quarter", flat=True).distinct()[:REACHES_KEPT])


def _reckon(
    quarter: date, areas: CountedAreas, counts: Counts, known: set[Reach], publication: Publication
) -> None:
    hidden = hidden_in(publication)
    KnownReach.objects.bulk_create(
        KnownReach(
            quarter=quarter,
            digest=digest_of(reach),
            codes=sorted(reach),
            is_safe=hidden_from(areas, counts, KINDS, reach) <= hidden,
        )
        for reach in known
    )


def _titled(publication: Publication, quarter: date) -> Publication:
    return replace(publication, title=TITLE.format(quarter=name(quarter)))
