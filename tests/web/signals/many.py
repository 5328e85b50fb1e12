"""Many signals at once, as they would stand in the database after some quarters of work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.signals.counting.areas import Counts, neighbourhoods_of
from ongedeeld.web.signals.models import Signal, SignalPlace, Team


def lay(opened: Opened, team: Team, quarter: date, counts: Counts) -> None:
    """Signals that came in a quarter: so many in every area and complex, of every kind."""
    around = neighbourhoods_of(opened)
    at = timezone.make_aware(datetime.combine(quarter, time(12))) + timedelta(days=40)
    made, codes = [], []
    for (area, complex_, kind), count in sorted(counts.items()):
        for _ in range(count):
            made.append(
                Signal(
                    kind=kind,
                    sealed="1.1.",
                    complex=complex_,
                    seen_on=at.date(),
                    received_at=at,
                    team=team,
                    owner=uuid4(),
                    due=at.date(),
                    remove_after=at.date() + timedelta(days=730),
                )
            )
            codes.append({*around[area], *([complex_] if complex_ else [])})
    Signal.objects.bulk_create(made)
    held = {one.key: one for one in Signal.objects.filter(key__in=[one.key for one in made])}
    SignalPlace.objects.bulk_create(
        SignalPlace(signal=held[one.key], code=code)
        for one, its in zip(made, codes, strict=True)
        for code in sorted(its)
    )
