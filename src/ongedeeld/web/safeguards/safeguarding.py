"""What this app removes and seals itself; and how what the apps below it keep of people is removed."""

from __future__ import annotations

from datetime import date

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.functions import Coalesce

from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.processing import bound_to
from ongedeeld.web.safeguards.purposes import kept_since
from ongedeeld.web.safeguards.removing import beginning_of, remove_past, remove_some, removes
from ongedeeld.web.safeguards.request_contents import (
    answer_bound_to,
    finding_bound_to,
    mark_bound_to,
    request_bound_to,
    step_bound_to,
)
from ongedeeld.web.safeguards.request_models import Finding, Mark, Request, RequestStep
from ongedeeld.web.safeguards.resealing import sealed

sealed(Processed, "subject", lambda line: bound_to(line.operation))
sealed(Request, "sealed", lambda one: request_bound_to(one.key))
sealed(Request, "answer", lambda one: answer_bound_to(one.key))
sealed(RequestStep, "sealed", lambda step: step_bound_to(step.request.key))
sealed(Finding, "sealed", lambda one: finding_bound_to(one.key))
sealed(Mark, "sealed", lambda mark: mark_bound_to(mark.kind, mark.thing))


@removes("safeguards.processing")
def remove_lines(today: date, most: int) -> int:
    """The lines of the processing log that are past their term."""
    since = beginning_of(kept_since("safeguards.processing", today))
    return remove_some(most, Processed.objects.filter(start__lt=since))


@removes("safeguards.request")
def remove_requests(today: date, most: int) -> int:
    """Requests that were answered longer ago than the term, and marks of records past theirs."""
    return remove_past(Request, today, most) + remove_past(Mark, today, most)


@removes("accounts.person")
def remove_people(today: date, most: int) -> int:
    """People whose last role ended longer ago than the term; what they did stays under their key.

    Of somebody whose access was closed, it is not known when; the term runs from when they last signed in.
    """
    since = kept_since("accounts.person", today)
    holding = RoleHeld.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=since)).values("person")
    people = Person.objects.filter(is_demo=False)
    ended = people.filter(roles_held__isnull=False).exclude(pk__in=holding).values("pk")
    seen = Coalesce("last_login", "joined")
    closed = people.filter(is_active=False).alias(seen=seen).filter(seen__lt=beginning_of(since)).values("pk")
    return remove_some(most, people.filter(Q(pk__in=ended) | Q(pk__in=closed)))


@removes("accounts.session")
def remove_sessions(today: date, most: int) -> int:
    """Sessions that ended, and from where they were used."""
    ended = Session.objects.filter(expire_date__lt=beginning_of(today))
    used = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return remove_some(most, ended, used)
