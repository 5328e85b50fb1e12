"""Remind people of what a municipality still has to receive, by letters that do not tell what it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.preventing.models import Arrears, Delivery
from ongedeeld.web.preventing.queries import day_of
from ongedeeld.web.safeguards.request_marks import stopped
from ongedeeld.web.signals.terms import is_working_day, working_days_after

WAITS_DAYS = 2
"""After how many working days people are reminded; a choice of this project."""
_SUBJECT = N_("Something waits for you in Ongedeeld")
_LINE = N_("Something that you began has waited for some days to be sent or told.")


def remind(today: date) -> int:
    """Write to everybody of whom something waits, on working days; how many letters went."""
    if not is_working_day(today):
        return 0
    page = reverse("deliveries")
    return sum(write_to(person, _SUBJECT, _LINE, page) for person in sorted(waits_of(today)))


def waits_of(today: date) -> set[UUID]:
    """Who began something that has waited too long: an ending to be told of, or a delivery to be sent."""
    ended = Arrears.objects.filter(
        state=Arrears.State.ENDED,
        sent_on__isnull=False,
        stop_told_on__isnull=True,
        remove_after__gte=today,
    ).exclude(key__in=stopped("preventing.arrears"))
    waiting = [(one.made_by, one.ended_on) for one in ended if one.ended_on]
    unsent = Delivery.objects.filter(sent_on__isnull=True, remove_after__gte=today)
    waiting += [(one.made_by, day_of(one.made_at)) for one in unsent]
    return {person for person, since in waiting if working_days_after(since, WAITS_DAYS) < today}
