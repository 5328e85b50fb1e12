"""Remove referrals and meetings that are past their term, or that a resident asked to be removed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ongedeeld.web.referrals.models import Meeting, Referral, ReferralItem
from ongedeeld.web.referrals.queries import PURPOSE
from ongedeeld.web.residents.models import Share
from ongedeeld.web.residents.sharing.copies import live
from ongedeeld.web.safeguards.request_marks import forget


def remove_referrals(referrals: QuerySet[Referral]) -> int:
    """Remove referrals with all that was told and their history; how many."""
    going = list(referrals)
    for one in going:
        forget(PURPOSE, one.key)
    rows = Referral.objects.filter(pk__in=[one.pk for one in going])
    rows.update(home="")  # the database keeps the history of a referral that is not emptied: see `guarding`
    rows.delete()
    return len(going)


def empty_past(today: date) -> int:
    """Empty items that nobody can read any more: past their day, or no longer shared; how many."""
    shared = Share.objects.filter(live(today)).values("key")
    gone = Q(until_day__lt=today) | (Q(share__isnull=False) & ~Q(share__in=shared))
    return ReferralItem.objects.filter(gone).exclude(sealed="").update(sealed="")


def remove_meetings(meetings: QuerySet[Meeting]) -> int:
    """Remove meetings with what was agreed; how many."""
    going = list(meetings.values_list("pk", flat=True))
    rows = Meeting.objects.filter(pk__in=going)
    rows.update(version=0)  # the database keeps who joined a meeting that stays: see `guarding`
    rows.delete()
    return len(going)
