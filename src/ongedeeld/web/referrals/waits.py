"""How long those waited who were referred: of referrals that a person may see, and of no others."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.partners.models import FRESH
from ongedeeld.web.partners.waits import Waited, knows_waits
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import REFER, referrals_for

_TAKEN_ON = (Referral.State.ACCEPTED, Referral.State.DONE)


@knows_waits
def waited_last(person: Person, today: date) -> dict[int, Waited]:
    """By offer how long the last one waited for the day of contact that the partner told, of half a year."""
    if not may(person, REFER):
        return {}
    came = referrals_for(person, today=today).filter(
        offer__isnull=False, state__in=_TAKEN_ON, contact_on__gte=today - FRESH, contact_on__lte=today
    )
    told = came.order_by("contact_on", "pk").values_list("offer", "sent_at", "contact_on")
    return {
        offer: Waited((day - timezone.localdate(sent)).days, day)
        for offer, sent, day in told
        if offer and day
    }
