"""Remind the privacy officers of requests whose term nears its end; the letter says nothing of them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.accounts.models import RoleHeld
from ongedeeld.web.safeguards.request_models import Request
from ongedeeld.web.safeguards.rules import OFFICER

DAYS_BEFORE = timedelta(days=7)
"""How long before the end of a term the letters begin; they come every day until there is an answer."""

_SUBJECT = N_("Ongedeeld: a request of a resident waits for you")
_SOON = N_("The month of a request of a resident is nearly over.")
_LATE = N_("The term of a request of a resident has passed. Whoever asked still waits for an answer.")


def remind(today: date) -> int:
    """Write to every privacy officer where a request waits that is late or soon will be; how many letters."""
    waits = Request.objects.filter(state=Request.State.OPEN)
    if waits.filter(due__lt=today).exists():
        line = _LATE
    elif waits.filter(due__lte=today + DAYS_BEFORE).exists():
        line = _SOON
    else:
        return 0
    return sum(write_to(key, _SUBJECT, line, reverse("requests")) for key in _officers(today))


def _officers(today: date) -> list[UUID]:
    """Who holds a role in which requests are answered today."""
    held = RoleHeld.objects.on(today).filter(role__in=OFFICER)
    return list(held.order_by("person__name").values_list("person__key", flat=True).distinct())
