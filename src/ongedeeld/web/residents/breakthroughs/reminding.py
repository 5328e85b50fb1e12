"""Let nobody wait unnoticed: what was not answered in time goes to a director, by letters without content."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import write_to
from ongedeeld.web.residents.breakthroughs.asking import escalate, overdue
from ongedeeld.web.residents.models import Breakthrough
from ongedeeld.web.working_days import is_working_day

_SUBJECT = N_("Something waits for you in Ongedeeld")
_ASKED = N_("Something was asked of you.")
_ANSWERED = N_("Something that you asked was answered.")
_LATE = N_("Something that you asked was not answered in time. It now lies with a director.")
_STILL = N_("Something that was asked of you was not answered in time.")


def escalate_overdue(today: date) -> int:
    """On working days, put what was not answered in time before a director; how many requests that were."""
    if not is_working_day(today):
        return 0
    moved = 0
    for one in overdue(today).filter(escalated_on__isnull=True).select_related("share__vault"):
        asked, before = escalate(one, today=today), one.asked_of
        page = reverse("breakthrough", args=[one.key])
        for person, line in ((asked, _ASKED), (one.asked_by, _LATE), (None if asked else before, _STILL)):
            if person is not None:
                write_to(person, _SUBJECT, line, page)
        moved += 1
    return moved


def tell_asked(one: Breakthrough) -> bool:
    """Write to who is asked that there is something to answer; whether it was sent."""
    return write_to(one.asked_of, _SUBJECT, _ASKED, reverse("breakthrough", args=[one.key]))


def tell_answered(one: Breakthrough) -> bool:
    """Write to the colleague who asked that there is an answer; a resident sees it on their own page."""
    if one.asked_by is None:
        return False
    return write_to(one.asked_by, _SUBJECT, _ANSWERED, reverse("breakthrough", args=[one.key]))
