"""Read requests that a rule gives way: who asked, and who is asked, as long as the step is shared."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.audit.actions import record
from ongedeeld.web.residents.breakthroughs.asking import PURPOSE
from ongedeeld.web.residents.breakthroughs.contents import Plea, plea_of
from ongedeeld.web.residents.models import Breakthrough, Share
from ongedeeld.web.residents.sharing.contents import Copy
from ongedeeld.web.residents.sharing.copies import live, subject_of
from ongedeeld.web.residents.sharing.reading import look_at, shared_with
from ongedeeld.web.residents.sharing.receivers import can_decide
from ongedeeld.web.residents.sharing.rules import ANSWER, SEE
from ongedeeld.web.safeguards.processing import processing


def breakthroughs_for(person: Person, today: date) -> QuerySet[Breakthrough]:
    """What was asked of a person, or what they asked on what is shared with them; the first due first.

    Raises
    ------
    Refused
        When nobody of their role reads what residents share.
    """
    require(person, SEE)
    shared = Share.objects.filter(live(today))
    decides = may(person, ANSWER) and can_decide(person.key, today)
    asked = Q(share__in=shared, asked_of=person.key) if decides else Q(pk__in=())
    asking = Q(share__in=shared_with(person, today), asked_by=person.key)
    return Breakthrough.objects.filter(asked | asking).exclude(sealed="").select_related("share__vault")


def breakthrough_for(person: Person, key: UUID, today: date) -> Breakthrough:
    """One of them.

    Raises
    ------
    Http404
        When there is none such, or it cannot be read any more.
    """
    found = breakthroughs_for(person, today).filter(key=key).first()
    if found is None:
        raise Http404(N_("There is no such request, or it is not open to you any more."))
    return found


def read_breakthrough(
    person: Person, key: UUID, *, now: datetime, today: date
) -> tuple[Breakthrough, Plea, Copy]:
    """Open one, with the step that it is about; the resident sees who looked.

    Raises
    ------
    Http404
        When there is none such, or it cannot be read any more.
    """
    found = breakthrough_for(person, key, today)
    with processing("residents.see_breakthrough", of=PURPOSE, subject=subject_of(found.share.vault)):
        copy = look_at(found.share, person, Share.objects.filter(live(today)), now)
        record(person, "residents.see_breakthrough", "breakthrough", found.key, ["sealed"])
        return found, plea_of(found), copy
