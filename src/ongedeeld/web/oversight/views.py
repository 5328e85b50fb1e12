"""Pages for who watches over the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import Holder, names_of, rights_by_role, who_may
from ongedeeld.web.accounts.roles import ROLE_LABELS
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.jobs.models import Job
from ongedeeld.web.oversight import actions, queries
from ongedeeld.web.oversight.field_words import field_text
from ongedeeld.web.oversight.forms import SearchForm
from ongedeeld.web.speaking import speech, told

STATES = {
    "waiting": N_("waits"),
    "running": N_("runs"),
    "done": N_("done"),
    "failed": N_("did not work"),
    "cancelled": N_("stopped"),
}


class Steering(Protocol):
    """Something that is done to a job."""

    def __call__(self, job: Job, *, actor: Person) -> None:
        """Do it."""


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to watch over."""
    require(request.user, "oversight.see_overview")
    return _shown(request, "overview", {})


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Search who did and who saw what."""
    person = require(request.user, "oversight.search_audit")
    form = SearchForm(request.GET)
    found = queries.search_audit(person, form.wanted, _page(request))
    asked = request.GET.copy()
    asked.pop("page", None)
    told = {"form": form, "found": found, "asked": asked.urlencode()}
    texts = {
        "verb_text": queries.verb_text,
        "named": queries.named,
        "thing_text": queries.thing_text,
        "field_text": field_text,
        "unsigned_text": queries.unsigned_text,
    }
    return _shown(request, "audit", told | texts)


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Long work: my own, or everybody's."""
    person = require(request.user, "oversight.see_job")
    found = queries.jobs_of(person, _page(request))
    return _shown(request, "jobs", {"found": found, "states": STATES, "kind_text": queries.kind_text})


@require_GET
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far one piece of work is, and how it ended; htmx asks for its middle alone."""
    person = require(request.user, "oversight.see_job")
    found = _job(person, key)
    names = names_of([found.asked_by])
    told = {"job": found, "states": STATES, "what": queries.kind_text(found), "names": names}
    return _shown(request, "job_state" if request.headers.get("HX-Request") else "job", told)


@require_POST
def cancel_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop it."""
    person = require(request.user, "oversight.steer_job")
    return _steered(request, _job(person, key), actions.cancel, N_("It stops after the step it is at."))


@require_POST
def retry_job(request: HttpRequest, key: UUID) -> HttpResponse:
    """Try it again."""
    person = require(request.user, "oversight.steer_job")
    return _steered(request, _job(person, key), actions.retry, N_("It is tried again."))


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the City that there was."""
    person = require(request.user, "oversight.see_versions")
    found = queries.versions(person)
    names = names_of(version.made_by for version in found)
    return _shown(
        request, "versions", {"versions": found, "states": dict(CityVersion.State.choices), "names": names}
    )


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Who may do what, by which role and how far."""
    person = require(request.user, "accounts.see_rights")
    table = rights_by_role(person)
    action = request.GET.get("action", "")
    holders: list[Holder] = []
    if action:
        try:
            holders = who_may(person, action)
        except KeyError as error:
            raise Http404 from error
    told = {"table": table, "action": action, "holders": holders, "roles": ROLE_LABELS}
    return _shown(request, "rights", told)


def _job(person: Person, key: UUID) -> Job:
    try:
        return queries.job_of(person, key)
    except AbsentError as error:
        raise Http404(error) from error


def _steered(request: HttpRequest, found: Job, action: Steering, done: str) -> HttpResponse:
    person = require(request.user, "oversight.steer_job", found)
    try:
        action(found, actor=person)
        messages.success(request, done)
    except InputError as error:
        messages.error(request, told(error))
    return HttpResponseRedirect(reverse("job", args=[found.key]), status=303)


def moment(at: datetime) -> str:
    """A day and the time of that day, as the clock in Amsterdam told it."""
    local = timezone.localtime(at)
    return f"{speech().day(local.date())} {local:%H:%M}"


def _shown(request: HttpRequest, page: str, told: Mapping[str, object]) -> HttpResponse:
    return render(request, f"oversight/{page}.html", {**told, "moment": moment})


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isdecimal() and len(given) < 7 else 1
