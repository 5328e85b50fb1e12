"""Remind people of what a municipality or the City still has to receive, by letters that do not tell what."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.preventing.counting import quarter_of
from ongedeeld.web.preventing.models import Arrears, Delivery
from ongedeeld.web.preventing.queries import day_of
from ongedeeld.web.preventing.taking_along import RIGHT, quarters_waiting
from ongedeeld.web.safeguards.request_marks import stopped
from ongedeeld.web.working_days import begins_week, is_working_day, working_days_after

KEPT_YET = timedelta(weeks=8)
"""So long before a signal that was sent is removed somebody hears, every week, that it has not ended."""
WAITS_DAYS = 2
"""After how many working days people are reminded; a choice of this project."""
_SUBJECT = N_("Something waits for you in Ongedeeld")
_LINE = N_("Something that you began has waited for some days to be sent or told.")
_GOES = N_(
    "Something that you sent has not ended and will be removed soon, as it may not be kept longer. Look "
    "whether it has ended, so that whoever received it hears."
)
ASKED_WITHIN = timedelta(days=60)
"""So long after the end of a quarter its counts are asked for, once: that it was asked is known as long."""
_COUNTS = N_("Counts of a quarter wait to be taken along into the City. Look whether they are right.")


def remind(today: date) -> int:
    """Write to everybody of whom something waits, on working days; how many letters went."""
    if not is_working_day(today):
        return 0
    waiting, running = reverse("deliveries"), reverse("arrears_list")
    letters = [(person, _LINE, waiting) for person in sorted(waits_of(today))]
    letters += [(person, _GOES, running) for person in sorted(runs_out_for(today))]
    return sum(write_to(person, _SUBJECT, line, page) for person, line, page in letters)


def runs_out_for(today: date) -> set[UUID]:
    """Who began something that was sent, has not ended and will be removed soon; looked for once a week."""
    if not begins_week(today):
        return set()
    kept = Arrears.objects.filter(state=Arrears.State.SENT, remove_after__gte=today)
    soon = kept.filter(remove_after__lt=today + KEPT_YET).exclude(key__in=stopped("preventing.arrears"))
    return set(soon.values_list("made_by", flat=True))


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


def asks_for_counts(today: date) -> bool:
    """Whether counts of a quarter wait and somebody is to be asked for them, on working days."""
    is_soon = today - quarter_of(today) < ASKED_WITHIN
    return is_soon and is_working_day(today) and bool(quarters_waiting(today))


def ask_for_counts(today: date) -> int:
    """Write to everybody who may take counts along; how many letters went."""
    page = reverse("eviction_counts")
    roles = [str(role) for role in table()[RIGHT].roles]
    held = RoleHeld.objects.on(today).filter(role__in=roles)
    people = held.order_by("person__name").values_list("person__key", flat=True).distinct()
    return sum(write_to(person, _SUBJECT, _COUNTS, page) for person in people)
