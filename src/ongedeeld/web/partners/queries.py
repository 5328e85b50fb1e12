"""Read partners, what they offer, and what was agreed: who fetches one may see it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.partners.around import Areas
from ongedeeld.web.partners.models import (
    Agreement,
    Offer,
    Organisation,
    SupportAgreement,
    SupportPlace,
)
from ongedeeld.web.partners.supporting import KEEP as KEEP_SUPPORT
from ongedeeld.web.partners.supporting import PURPOSE as SUPPORT
from ongedeeld.web.safeguards.request_marks import stopped

SEE = "partners.see"


def organisations_for(
    person: Person, areas: Areas, *, domain: str = "", place: str = ""
) -> QuerySet[Organisation]:
    """The partners that are there now, with what they offer; only those that offer what is asked for.

    Parameters
    ----------
    person
        Who asks.
    areas
        How areas lie in each other.
    domain, place
        A life domain, and the code of an area, in which something is to be offered; empty is any.
    """
    require(person, SEE)
    offers = offered_now(areas, domain=domain, place=place)
    found = Organisation.objects.filter(ended_on__isnull=True)
    if domain or place:
        found = found.filter(pk__in=offers.values("organisation"))
    ordered = offers.order_by("domain", "name").prefetch_related("places")
    return found.prefetch_related(Prefetch("offers", ordered, to_attr="offered"))


def offered_now(areas: Areas, *, domain: str = "", place: str = "") -> QuerySet[Offer]:
    """What is offered now, in a domain and in or around an area."""
    offers = Offer.objects.filter(ended_on__isnull=True, organisation__ended_on__isnull=True)
    if domain:
        offers = offers.filter(domain=domain)
    if place:
        # As a subquery: a join would tell an offer once for each of its areas.
        here = Offer.objects.filter(places__code__in=areas.touching(place))
        offers = offers.filter(Q(everywhere=True) | Q(pk__in=here.values("pk")))
    return offers


def organisation_for(person: Person, key: UUID) -> Organisation:
    """One partner, also one that has ended.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    require(person, SEE)
    found = Organisation.objects.filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such partner."))
    return found


def offer_for(person: Person, key: UUID) -> Offer:
    """One offer that has not ended.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    require(person, SEE)
    found = Offer.objects.filter(key=key, ended_on__isnull=True).select_related("organisation").first()
    if found is None:
        raise Http404(N_("This is not offered, or not any more."))
    return found


def organisations_of(person: Person, today: date) -> QuerySet[Organisation]:
    """The partners at which somebody works on a day: what is shared with these is open to them."""
    runs = Q(members__until_day__isnull=True) | Q(members__until_day__gte=today)
    mine = Q(members__person=person.key, members__from_day__lte=today)
    return Organisation.objects.filter(mine & runs, ended_on__isnull=True).distinct()


def agreements_for(person: Person) -> QuerySet[Agreement]:
    """All agreements, the ended ones too, those that are to be reviewed first in front."""
    require(person, SEE)
    return Agreement.objects.order_by("review_on", "id").prefetch_related("parties", "places")


def agreement_for(person: Person, key: UUID) -> Agreement:
    """One agreement.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    found = agreements_for(person).filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such agreement."))
    return found


def running(today: date) -> Q:
    """Which agreements hold on a day."""
    ends = Q(until_day__isnull=True) | Q(until_day__gte=today)
    return Q(from_day__lte=today) & ends & (Q(ended_on__isnull=True) | Q(ended_on__gt=today))


def agreements_with(organisation: Organisation, codes: Collection[str], today: date) -> QuerySet[Agreement]:
    """The agreements with a partner that hold on a day, everywhere or in one of these areas."""
    here = Q(places__isnull=True) | Q(places__code__in=codes)
    return Agreement.objects.filter(running(today) & here, parties=organisation).distinct()


def supports_for(person: Person, today: date) -> QuerySet[SupportAgreement]:
    """Support in the reach of a person, what ends first in front, but what a resident stopped the use of."""
    require(person, KEEP_SUPPORT)
    found = SupportAgreement.objects.filter(remove_after__gte=today).select_related("organisation")
    extent = extent_of(person, KEEP_SUPPORT)
    if not extent.everywhere:
        inside = SupportPlace.objects.filter(code__in=extent.codes)
        found = found.filter(pk__in=inside.values("support"))
    return found.exclude(key__in=stopped(SUPPORT)).prefetch_related("places")


def support_for(person: Person, key: UUID, today: date) -> SupportAgreement:
    """Support of one home.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    found = supports_for(person, today).filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such support, or it is not open to you."))
    return found
