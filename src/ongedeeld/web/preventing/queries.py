"""Read arrears, deliveries and cases: who fetches one may see it. No list is ordered by how much is owed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.preventing.models import Arrears, Case, Delivery
from ongedeeld.web.preventing.readiness import may_be_sent
from ongedeeld.web.preventing.where import name_of_municipality
from ongedeeld.web.safeguards.request_marks import stopped

Listed = TypeVar("Listed", Arrears, Case, Delivery)
STILL_OPEN = ~Q(state=Arrears.State.ENDED) | Q(sent_on__isnull=False, stop_told_on__isnull=True)
"""Arrears with which something is still to be done, if only telling the municipality that they ended."""
SEE_ARREARS, SEE_CASES = "preventing.see_arrears", "preventing.see_cases"


def day_of(moment: datetime) -> date:
    """The legal day of a moment."""
    return timezone.localdate(moment)


def arrears_for(person: Person, *, today: date) -> QuerySet[Arrears]:
    """The arrears in the reach of a person, but those of which a resident stopped the use."""
    require(person, SEE_ARREARS)
    kept = Arrears.objects.filter(remove_after__gte=today)
    return _within(kept, person, SEE_ARREARS).exclude(key__in=stopped("preventing.arrears"))


def arrears_of_key(person: Person, key: UUID, *, today: date) -> Arrears:
    """One of them.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    found = arrears_for(person, today=today).filter(key=key).prefetch_related("conditions", "places").first()
    if found is None:
        raise Http404(N_("There is no such record, or it is not open to you."))
    return found


def waiting_for(person: Person, kind: Delivery.Kind, *, today: date) -> list[Arrears]:
    """What waits to be put into a delivery: signals that may be sent, or ended ones to be told of."""
    held = arrears_for(person, today=today).prefetch_related("places", "conditions")
    if kind == Delivery.Kind.STOPS:
        return list(
            held.filter(
                state=Arrears.State.ENDED,
                sent_on__isnull=False,
                stop_told_on__isnull=True,
                stop__isnull=True,
            )
        )
    return [
        one
        for one in held.filter(state=Arrears.State.OPEN).exclude(municipality="")
        if may_be_sent(one.conditions.all(), one.counted_on, today)
    ]


@dataclass(frozen=True)
class Waiting:
    """How many signals of a municipality may go, or have ended and were not told of."""

    kind: Delivery.Kind
    receiver: str
    name: str
    count: int


def deliverable(person: Person, *, today: date) -> list[Waiting]:
    """What waits to be put into a delivery, for each municipality."""
    found = []
    for kind in Delivery.Kind:
        counted = Counter(one.municipality for one in waiting_for(person, kind, today=today))
        found += [
            Waiting(kind, code, name_of_municipality(person, code), count)
            for code, count in sorted(counted.items())
        ]
    return found


def deliveries_for(person: Person, *, today: date) -> QuerySet[Delivery]:
    """The deliveries of which a person may see all that is in them."""
    require(person, SEE_ARREARS)
    return _within(Delivery.objects.filter(remove_after__gte=today), person, SEE_ARREARS)


def delivery_for(person: Person, key: UUID, *, today: date) -> Delivery:
    """One delivery.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    found = deliveries_for(person, today=today).filter(key=key).prefetch_related("places").first()
    if found is None:
        raise Http404(N_("There is no such delivery, or it is not open to you."))
    return found


def cases_for(person: Person, *, today: date) -> QuerySet[Case]:
    """The cases in the reach of a person, but those of which a resident stopped the use."""
    require(person, SEE_CASES)
    kept = Case.objects.filter(remove_after__gte=today)
    return _within(kept, person, SEE_CASES).exclude(key__in=stopped("preventing.eviction"))


def case_for(person: Person, key: UUID, *, today: date) -> Case:
    """One case.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    found = cases_for(person, today=today).filter(key=key).prefetch_related("tries", "places").first()
    if found is None:
        raise Http404(N_("There is no such record, or it is not open to you."))
    return found


def open_case_of(person: Person, home: str, *, today: date) -> Case | None:
    """The case of a home that is going on, where there is one in the reach of a person."""
    if not may(person, SEE_CASES):
        return None
    return cases_for(person, today=today).filter(home=home).exclude(state=Case.State.ENDED).first()


def _within(found: QuerySet[Listed], person: Person, right: str) -> QuerySet[Listed]:
    extent = extent_of(person, right)
    if extent.everywhere:
        return found
    places = found.model._meta.get_field("places").related_model._default_manager
    field = found.model._meta.get_field("places").field.name
    inside = places.filter(code__in=extent.codes).values(field)
    return found.filter(Q(pk__in=inside))
