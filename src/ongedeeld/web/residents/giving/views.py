"""What an open map asks: give a copy for learning, take it back. And what was learned, for directors."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities.queries import current
from ongedeeld.web.residents.giving import gifts
from ongedeeld.web.residents.learning.groups import groups_in, ledger
from ongedeeld.web.residents.learning.told import page_of
from ongedeeld.web.residents.vault.limits import limited_by_map
from ongedeeld.web.residents.vault.openings import require_open
from ongedeeld.web.residents.vault.problems import telling
from ongedeeld.web.speaking import speech

LONGEST = 128_000
LONGEST_TOKEN = 100


@limited_by_map("give", "20/h")
@require_POST
@telling
def give(request: HttpRequest) -> HttpResponse:
    """Take in a copy."""
    vault = require_open(request)
    body = _body(request)
    gifts.give(vault, str(body.get("digest", "")), body.get("copy"), today=timezone.localdate())
    return JsonResponse({}, status=201)


@limited_by_map("give", "20/h")
@require_POST
@telling
def take_back(request: HttpRequest) -> HttpResponse:
    """Remove what was given with a token; the answer is the same where nothing was."""
    vault = require_open(request)
    token = str(_body(request).get("token", ""))[:LONGEST_TOKEN]
    if token.isascii():
        gifts.take_back(vault, token)
    return JsonResponse({})


@require_safe
def learned(request: HttpRequest) -> HttpResponse:
    """Where systems helped, hindered and held people in, over all lives that were given."""
    person = require(request.user, "residents.see_learned")
    seen(person, "given lives", "all", ("counts",))
    opened = current(person)
    invented = opened is not None and opened.city.manifest.invented
    shown = {"learned": page_of(groups_in(ledger()), speech()), "invented": invented}
    return render(request, "residents/learned.html", shown)


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        if len(request.body) > LONGEST:
            raise ValueError
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise InputError(N_("what was sent could not be read"), remedy=N_("load the page again"))
    return body
