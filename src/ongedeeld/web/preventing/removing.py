"""Remove what is past its term, or what a resident asked to be removed; the counts stay true."""

from __future__ import annotations

from django.db.models import F, QuerySet

from ongedeeld.web.preventing.counting import quarter_of
from ongedeeld.web.preventing.models import Arrears, Case, Tally
from ongedeeld.web.safeguards.request_marks import forget


def remove_cases(cases: QuerySet[Case]) -> int:
    """Remove cases with all that was tried; how many. One that ended is counted in the tally first."""
    going = list(cases)
    for case in going:
        if case.outcome and case.ended_on and case.complex:
            tally, _ = Tally.objects.get_or_create(
                complex=case.complex, period=quarter_of(case.ended_on), outcome=case.outcome
            )
            Tally.objects.filter(pk=tally.pk).update(count=F("count") + 1)
        forget("preventing.eviction", case.key)
    _remove(Case.objects.filter(pk__in=[case.pk for case in going]))
    return len(going)


def remove_arrears(arrears: QuerySet[Arrears]) -> int:
    """Remove arrears with their conditions and their log; how many."""
    going = list(arrears)
    for one in going:
        forget("preventing.arrears", one.key)
    _remove(Arrears.objects.filter(pk__in=[one.pk for one in going]))
    return len(going)


def _remove(rows: QuerySet[Case] | QuerySet[Arrears]) -> None:
    """What happened goes with its whole record alone, which is emptied first (see `guarding`)."""
    rows.update(sealed="")
    rows.delete()
