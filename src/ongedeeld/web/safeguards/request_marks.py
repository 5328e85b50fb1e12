"""What residents had laid at records: pages that use a record ask here first.

A list leaves out what was stopped: `Signal.objects.exclude(key__in=stopped("signals.signal"))`; the page of
one record shows :func:`beside`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ongedeeld.web.safeguards.request_contents import mark_bound_to
from ongedeeld.web.safeguards.request_models import Mark, Request
from ongedeeld.web.safeguards.sealing import seal, unseal


@dataclass(frozen=True)
class Beside:
    """What a resident says against a record, and since when it lies there."""

    day: date
    words: str


def stopped(kind: str) -> QuerySet[Mark, UUID]:
    """The keys of the records of a kind that nobody uses any more, for use in another query."""
    return _standing(kind, Mark.Manner.STOP).values_list("thing", flat=True)


def is_stopped(kind: str, thing: UUID) -> bool:
    """Whether nobody uses this record any more."""
    return _standing(kind, Mark.Manner.STOP).filter(thing=thing).exists()


def beside(kind: str, thing: UUID) -> list[Beside]:
    """What residents say against a record, the first first."""
    bound = mark_bound_to(kind, thing)
    return [
        Beside(timezone.localdate(one.made_at), unseal(one.sealed, bound))
        for one in _standing(kind, Mark.Manner.BESIDE).filter(thing=thing)
    ]


def stop(request: Request, kind: str, thing: UUID, *, until: date | None, now: datetime) -> None:
    """Stop the use of a record, once; `until` is the last day on which the record is kept."""
    Mark.objects.get_or_create(
        kind=kind,
        thing=thing,
        manner=Mark.Manner.STOP,
        request=request,
        ended_at=None,
        defaults={"made_at": now, "remove_after": until},
    )


def lay_beside(
    request: Request, kind: str, thing: UUID, words: str, *, until: date | None, now: datetime
) -> None:
    """Lay beside a record what a resident says, in place of what they said of it before in this request."""
    lift(request, kind, thing, now=now)
    Mark.objects.create(
        kind=kind,
        thing=thing,
        manner=Mark.Manner.BESIDE,
        request=request,
        sealed=seal(words, mark_bound_to(kind, thing)),
        made_at=now,
        remove_after=until,
    )


def lift(request: Request, kind: str, thing: UUID, *, now: datetime) -> None:
    """End what a request laid at a record."""
    request.marks.filter(kind=kind, thing=thing, ended_at__isnull=True).update(ended_at=now)


def forget(kind: str, thing: UUID) -> None:
    """Remove every mark of a record that is removed itself."""
    Mark.objects.filter(kind=kind, thing=thing).delete()


def _standing(kind: str, manner: Mark.Manner) -> QuerySet[Mark]:
    return Mark.objects.filter(kind=kind, manner=manner, ended_at__isnull=True)
