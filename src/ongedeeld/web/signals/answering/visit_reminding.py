"""Remind who sets how to go to an address that its day comes: unless somebody looks again, it ends unseen.

Then people would go alone to where they were to go together. The letter does not tell what it is about.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.accounts.permissions import table
from ongedeeld.web.signals.answering.visits import NEAR, holding
from ongedeeld.web.signals.models import VisitNote
from ongedeeld.web.working_days import begins_week

SET = "signals.set_visit_note"
_SUBJECT = N_("Something waits for you in Ongedeeld")
_ENDS = N_("Something that holds in your area ends soon. Look whether it has to go on.")


def to_look_again(today: date) -> set[UUID]:
    """The keys of who can look again at what ends within four weeks; nobody but once a week."""
    if not begins_week(today):
        return set()
    near = holding(today).filter(review_on__lte=today + NEAR)
    return {person for note in near for person in _who_sets(note, today)}


def remind_to_look_again(today: date) -> int:
    """Write to each of them, once however many there are; how many letters went."""
    page = reverse("visit_notes")
    return sum(write_to(person, _SUBJECT, _ENDS, page) for person in sorted(to_look_again(today)))


def _who_sets(note: VisitNote, today: date) -> set[UUID]:
    here = Q(everywhere=True) | Q(areas__code__in=[*note.areas, note.complex])
    roles = [str(role) for role in table()[SET].roles]
    return set(RoleHeld.objects.on(today).filter(here, role__in=roles).values_list("person__key", flat=True))
