"""Pages on what is kept of people: for what, what was done with it, and what was removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from ongedeeld.errors import AbsentError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.safeguards import queries
from ongedeeld.web.safeguards.forms import LogForm
from ongedeeld.web.safeguards.models import Processed
from ongedeeld.web.safeguards.purposes import purposes
from ongedeeld.web.safeguards.sections import SECTIONS
from ongedeeld.web.speaking import speech

LATELY = timedelta(days=30)
"""How far the log is shown when nothing is asked: all of it may be millions of lines."""


@require_GET
def protection(request: HttpRequest) -> HttpResponse:
    """For what data are kept, on which ground and for how long: for everybody."""
    person = require(request.user, "safeguards.see_purposes")
    told = {
        "purposes": queries.purposes_for(person),
        "sections": [one for one in SECTIONS if may(person, one.action)],
    }
    return render(request, "safeguards/purposes.html", told)


@require_GET
def processed(request: HttpRequest) -> HttpResponse:
    """Search what was done with data of people."""
    person = require(request.user, queries.SEE)
    form = LogForm(request.GET or {"from_day": timezone.localdate() - LATELY})
    logged = queries.processed_for(person, form.wanted, _page(request))
    asked = {name: value for name, value in form.data.items() if name != "page"}
    return _shown(request, "processed", {"form": form, "logged": logged, "asked": urlencode(asked)})


@require_GET
def operation(request: HttpRequest, operation: str) -> HttpResponse:
    """One operation, and who did it."""
    person = require(request.user, queries.SEE)
    try:
        found = queries.operation_for(person, operation)
    except AbsentError as error:
        raise Http404(error) from error
    return _shown(request, "operation", {"found": found})


@require_GET
def export_processed(request: HttpRequest) -> HttpResponseBase:
    """The lines that were searched, as JSON in the form of the standard."""
    person = require(request.user, queries.SEE)
    register = request.build_absolute_uri(reverse("protection"))
    lines = queries.exported(person, LogForm(request.GET).wanted, register)
    day = timezone.localdate().isoformat()
    return StreamingHttpResponse(
        _as_json(lines),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="verwerkingen-{day}.json"'},
    )


@require_GET
def removed(request: HttpRequest) -> HttpResponse:
    """What was removed, and which keys seal."""
    person = require(request.user, queries.SEE)
    page = queries.removed_for(person, _page(request))
    return _shown(request, "removed", {"page": page, "keys": queries.keys_for(person)})


def _as_json(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A list of JSON, a line at a time: the log may be longer than what fits in memory."""
    before = "[\n"
    for line in lines:
        yield before + json.dumps(line, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def moment(at: datetime) -> str:
    """A day and the time of that day, as the clock in Amsterdam told it."""
    local = timezone.localtime(at)
    return f"{speech().day(local.date())} {local:%H:%M:%S}"


def _shown(request: HttpRequest, page: str, told: dict[str, object]) -> HttpResponse:
    words = {
        "moment": moment,
        "words_of": import_string(settings.RECORD_WORDS),
        "statuses": dict(Processed.Status.choices),
        "known": purposes(),
    }
    return render(request, f"safeguards/{page}.html", {**told, **words})


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isdecimal() and len(given) < 7 else 1
