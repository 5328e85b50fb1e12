"""Read referrals: who fetches one may see it, as a colleague in reach or as who works at the partner."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.partners.queries import organisations_of
from ongedeeld.web.referrals.models import Referral, ReferralPlace
from ongedeeld.web.safeguards.request_marks import stopped

PURPOSE = "referrals.referral"
REFER, ANSWER = "referrals.refer", "referrals.answer"
NONE_SUCH = N_("There is no such referral, or it is not open to you.")


def kept(today: date) -> QuerySet[Referral]:
    """Referrals that people may use: their term has not ended, and no resident stopped their use."""
    found = Referral.objects.filter(remove_after__gte=today).exclude(key__in=stopped(PURPOSE))
    return found.select_related("organisation", "offer", "agreement")


def referrals_for(person: Person, *, today: date) -> QuerySet[Referral]:
    """The referrals in the reach of a colleague."""
    require(person, REFER)
    extent = extent_of(person, REFER)
    if extent.everywhere:
        return kept(today)
    inside = ReferralPlace.objects.filter(code__in=extent.codes).values("referral")
    return kept(today).filter(pk__in=inside)


def referral_for(person: Person, key: UUID, *, today: date) -> Referral:
    """One of them, with all that hangs on it.

    Raises
    ------
    Http404
        When there is none such in reach.
    """
    return _one(referrals_for(person, today=today), key)


def received_for(person: Person, *, today: date) -> QuerySet[Referral]:
    """The referrals to the partners for which somebody works; those of no other."""
    require(person, ANSWER)
    return kept(today).filter(organisation__in=organisations_of(person, today))


def received_of_key(person: Person, key: UUID, *, today: date) -> Referral:
    """One of them.

    Raises
    ------
    Http404
        When there is none such to a partner of theirs.
    """
    return _one(received_for(person, today=today), key)


def whole(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with what is needed to judge what may be read of them."""
    return referrals.prefetch_related("items", "places", "agreement__parties", "agreement__places")


def _one(referrals: QuerySet[Referral], key: UUID) -> Referral:
    found = whole(referrals).filter(key=key).first()
    if found is None:
        raise Http404(NONE_SUCH)
    return found
