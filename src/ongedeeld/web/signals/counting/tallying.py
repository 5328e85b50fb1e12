"""Count signals by area, complex and kind, in the quarter in which they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from ongedeeld.web.safeguards.purposes import removed_after
from ongedeeld.web.safeguards.request_marks import stopped
from ongedeeld.web.signals.counting.areas import Counts
from ongedeeld.web.signals.counting.quarters import after, span
from ongedeeld.web.signals.models import Signal, SignalCount, SignalPlace

KINDS = tuple(str(kind) for kind in Signal.Kind)


def came(quarter: date, neighbourhoods: Collection[str], within: Collection[str] | None = None) -> Counts:
    """How many signals came in a quarter, as they are held now.

    Parameters
    ----------
    quarter
        Its first day.
    neighbourhoods
        The codes of all neighbourhoods: what lies in none of them is not counted.
    within
        Only what lies in one of these areas or complexes.
    """
    begin, end = span(quarter)
    signals = Signal.objects.filter(received_at__gte=begin, received_at__lt=end)
    signals = signals.exclude(key__in=stopped("signals.signal"))
    if within is not None:
        signals = signals.filter(pk__in=SignalPlace.objects.filter(code__in=list(within)).values("signal_id"))
    rows = (
        SignalPlace.objects.filter(code__in=list(neighbourhoods), signal__in=signals)
        .order_by()
        .values_list("code", "signal__complex", "signal__kind")
        .annotate(count=Count("signal", distinct=True))
    )
    return {(area, complex_, kind): count for area, complex_, kind, count in rows}


def kept(quarter: date) -> Counts:
    """How many came in a quarter that is over, as it was counted when it ended."""
    rows = SignalCount.objects.filter(quarter=quarter)
    return {(one.area, one.complex, one.kind): one.count for one in rows}


def keep(quarter: date, counts: Counts) -> None:
    """Write down how many came in a quarter that is over."""
    last = removed_after("signals.count", after(quarter))
    SignalCount.objects.bulk_create(
        SignalCount(quarter=quarter, area=area, complex=complex_, kind=kind, count=count, remove_after=last)
        for (area, complex_, kind), count in counts.items()
    )


def by_kind(counts: Counts) -> Counter[str]:
    """The counts of every kind together."""
    found: Counter[str] = Counter()
    for (_, _, kind), count in counts.items():
        found[kind] += count
    return found


def kept_within(
    quarters: Collection[date], areas: Collection[str], complexes: Collection[str]
) -> dict[date, Counts]:
    """The counts of quarters that are over, in some neighbourhoods and complexes."""
    within = Q(area__in=list(areas)) | Q(complex__in=list(complexes))
    found: dict[date, dict[tuple[str, str, str], int]] = {quarter: {} for quarter in quarters}
    for one in SignalCount.objects.filter(within, quarter__in=list(quarters)):
        found[one.quarter][one.area, one.complex, one.kind] = one.count
    return dict(found)
