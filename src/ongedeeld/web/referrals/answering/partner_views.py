"""Pages of who signs in for a partner: the referrals to it, the answer, and meetings that concern it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.partners.queries import organisations_of
from ongedeeld.web.referrals import queries
from ongedeeld.web.referrals.answering.answers import signed_in
from ongedeeld.web.referrals.answering.pages import answer_page, answered
from ongedeeld.web.referrals.meetings import holding
from ongedeeld.web.referrals.models import RUNNING

PAGE = 25


@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """The referrals to one's own organisation, without a word of what they tell."""
    person = require(request.user, queries.ANSWER)
    today = timezone.localdate()
    found = queries.received_for(person, today=today)
    ended = request.GET.get("stand") == "geweest"
    found = found.exclude(state__in=RUNNING) if ended else found.filter(state__in=RUNNING)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    record(person, "referrals.list_received", "referrals", person.key, ["state"])
    shown = {
        "page": page,
        "ended": ended,
        "organisations": organisations_of(person, today),
        "meetings": holding.meetings_of_partner(person, today=today),
        "names": names_of(one.owner for one in page),
        "today": today,
        "day_of": timezone.localdate,
    }
    return render(request, "referrals/received.html", shown)


@require_GET
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is asked, and the answer."""
    person = require(request.user, queries.ANSWER)
    return answer_page(request, signed_in(person, key, today=timezone.localdate()))


@require_POST
def answer(request: HttpRequest, key: UUID, answer: str) -> HttpResponse:
    """The answer: `ja`, `nee` or `klaar`."""
    person = require(request.user, queries.ANSWER)
    return answered(request, signed_in(person, key, today=timezone.localdate()), answer)


@require_GET
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """A case meeting: the items that concern one's own organisation, and nothing of the others."""
    person = require(request.user, queries.ANSWER)
    held, items = holding.items_of_partner(person, key, today=timezone.localdate())
    return render(
        request,
        "referrals/received_meeting.html",
        {"meeting": held, "items": items, "day_of": timezone.localdate},
    )
