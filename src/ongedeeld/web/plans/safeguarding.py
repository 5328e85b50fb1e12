"""How what this app holds of people is removed."""

from __future__ import annotations

from datetime import date

from ongedeeld.web.plans.models import Plan
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import beginning_of, remove_some, removes


@removes("plans.plan")
def remove_plans(today: date, most: int) -> int:
    """Plans that were closed, and drafts that were begun, longer ago than the term."""
    since = kept_since("plans.plan", today)
    closed = Plan.objects.filter(closed_on__lt=since)
    drafts = Plan.objects.filter(state=Plan.State.DRAFT, made_at__lt=beginning_of(since))
    return remove_some(most, closed, drafts)
