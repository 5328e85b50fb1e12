"""What runs and asks for whoever keeps it: it stands still, nobody there reads it, or it goes soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import BooleanField, ExpressionWrapper, Q

from ongedeeld.web.partners.models import Agreement
from ongedeeld.web.partners.queries import running
from ongedeeld.web.referrals.models import RUNNING, Referral, ReferralEvent
from ongedeeld.web.safeguards.removing import beginning_of

Step = ReferralEvent.Step
QUIET = timedelta(days=14)
"""So long after a yes without a day of contact, the owner hears that nothing is known."""
KEPT_YET = timedelta(weeks=4)
"""So long before a referral that runs is removed, its owner hears of it."""


def conditions(today: date) -> Mapping[ReferralEvent.Step, Q]:
    """Which referrals stand in which way, by the step that is written when the owner is told of it."""
    runs = Q(state__in=RUNNING)
    gone = Q(organisation__ended_on__isnull=False, organisation__ended_on__lte=today)
    held = Agreement.objects.filter(running(today)).values("pk")
    over = Q(agreement__isnull=False) & ~Q(agreement__in=held)
    return {
        Step.PARTNER_GONE: runs & gone,
        Step.AGREEMENT_OVER: runs & over & ~gone,
        Step.CONTACT_DUE: _quiet(today) & ~gone & ~over,
        Step.GOES_SOON: runs & Q(remove_after__lt=today + KEPT_YET),
    }


def asks(today: date) -> Q:
    """Which referrals ask for who keeps them."""
    return reduce(or_, conditions(today).values())


def standing_of(referrals: Iterable[Referral], today: date) -> dict[int, list[ReferralEvent.Step]]:
    """How referrals stand, by their primary key; those that ask for somebody alone."""
    which = conditions(today)
    marks = {str(step): ExpressionWrapper(one, BooleanField()) for step, one in which.items()}
    found = Referral.objects.filter(pk__in=[one.pk for one in referrals]).order_by()
    rows = found.annotate(**marks).values_list("pk", *marks)
    return {pk: [step for step, holds in zip(which, told, strict=True) if holds] for pk, *told in rows}


def _quiet(day: date) -> Q:
    """Accepted, the day of contact passed or was not told for two weeks, and nobody heard that they came."""
    untold = Q(contact_on__isnull=True, answered_at__lt=beginning_of(day - QUIET))
    heard = ReferralEvent.objects.filter(step=Step.CONTACTED).values("referral")
    return Q(state=Referral.State.ACCEPTED) & (Q(contact_on__lt=day) | untold) & ~Q(pk__in=heard)
