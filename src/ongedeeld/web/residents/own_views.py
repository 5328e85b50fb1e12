"""Pages that the server draws for a resident whose map is open; none of them needs the key."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.residents import openings, vaults
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.openings import require_open
from ongedeeld.web.residents.own_data import copy_of, data_of
from ongedeeld.web.residents.own_signals import signals_of
from ongedeeld.web.speaking import speech

FILE = "levenskaart.json"


@require_GET
def own_signals(request: HttpRequest) -> HttpResponse:
    """What was reported about my home, as far as I was told."""
    vault = require_open(request)
    shown = {"signals": signals_of(vault), "is_linked": bool(vault.home)}
    return _drawn(request, "signals", shown)


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Where my map is open, and what I can do with all of it."""
    return _data(request, require_open(request))


@limited("vault_download", "30/h/ip")
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, as a file; what is sealed in it opens with the code of a card."""
    vault = require_open(request)
    content = json.dumps(copy_of(vault, timezone.localdate()), ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close my map here, and go to the door."""
    openings.end(request)
    answer = HttpResponseRedirect(f"{reverse('door')}#closed", status=303)
    openings.drop_cookie(answer)
    return answer


@require_POST
def close_elsewhere(request: HttpRequest) -> HttpResponse:
    """Close my map on every other device."""
    vault = require_open(request)
    openings.end_others(vault, request)
    return _done(request, vault, N_("Your map is closed on every other device."))


@require_POST
def unlink_home(request: HttpRequest) -> HttpResponse:
    """Let nothing link my map with my home any more."""
    vault = require_open(request)
    vaults.unlink_home(vault)
    vault.refresh_from_db()
    return _done(request, vault, N_("Your map is not linked with your home any more."))


def _data(request: HttpRequest, vault: Vault, words: str = "") -> HttpResponse:
    stands = data_of(vault, openings.current(request), timezone.now())
    return _drawn(request, "data", {"stands": stands, "words": words})


def _drawn(request: HttpRequest, name: str, shown: dict[str, object]) -> HttpResponse:
    """A page of its own; or the part of it that the open map shows."""
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"residents/{'parts/' if part else ''}own_{name}.html", shown)


def _done(request: HttpRequest, vault: Vault, words: str) -> HttpResponse:
    said = speech().say(words)
    if request.headers.get("HX-Request"):
        return _data(request, vault, said)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("own_data"), status=303)
