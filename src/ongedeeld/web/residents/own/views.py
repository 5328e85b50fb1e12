"""Pages that the server draws for a resident whose map is open; none of them needs the key."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, InputError
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.own.data import copy_of, data_of
from ongedeeld.web.residents.own.forms import RIGHTS, AskForm
from ongedeeld.web.residents.own.looks import looks_at
from ongedeeld.web.residents.own.requests import ask, asked_by
from ongedeeld.web.residents.own.signals import signals_of
from ongedeeld.web.residents.vault import openings, vaults
from ongedeeld.web.residents.vault.limits import limited_by_map
from ongedeeld.web.residents.vault.openings import require_open
from ongedeeld.web.speaking import speech, told

FILE, ASK = "levenskaart.json", "ask"


@limited_by_map("own_pages")
@require_GET
def own_signals(request: HttpRequest) -> HttpResponse:
    """What was reported about my home, as far as I was told."""
    vault = require_open(request)
    signals = signals_of(vault)
    looks = looks_at(one.key for one in signals)
    shown = {"signals": signals, "looks": looks, "is_linked": bool(vault.home)}
    return _drawn(request, "signals", shown)


@limited_by_map("own_pages")
@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Where my map is open, and what I can do with all of it."""
    return _data(request, require_open(request))


@limited_by_map("vault_download", "30/h")
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


@limited_by_map("ask_about_data", "20/h")
@require_POST
def ask_about_data(request: HttpRequest) -> HttpResponse:
    """Ask something about my data: to see, correct, stop or remove it."""
    vault = require_open(request)
    form = AskForm(request.POST, prefix=ASK)
    if form.is_valid():
        filled = form.cleaned_data
        try:
            ask(
                vault,
                filled["right"],
                form.contents,
                key=filled["once"],
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except InputError as error:
            form.add_error(None, told(error))
        else:
            return _done(request, vault, N_("Your question is sent. You read here what comes of it."))
    return _data(request, vault, form=form)


def _data(request: HttpRequest, vault: Vault, words: str = "", form: AskForm | None = None) -> HttpResponse:
    stands = data_of(vault, openings.current(request), timezone.now())
    shown = {
        "stands": stands,
        "words": words,
        "asked": asked_by(vault),
        "form": form or AskForm(prefix=ASK),
        "rights": dict(RIGHTS),
    }
    is_wrong = form is not None and not request.headers.get("HX-Request")
    return _drawn(request, "data", shown, status=422 if is_wrong else 200)


def _drawn(request: HttpRequest, name: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    """A page of its own; or the part of it that the open map shows."""
    part = bool(request.headers.get("HX-Request"))
    page = f"residents/{'parts/' if part else ''}own_{name}.html"
    return render(request, page, shown, status=status)


def _done(request: HttpRequest, vault: Vault, words: str) -> HttpResponse:
    said = speech().say(words)
    if request.headers.get("HX-Request"):
        return _data(request, vault, said)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("own_data"), status=303)
