"""What the resident does with sharing, from an open map: choose whom, share, look who looked, take back."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, AbsentError, InputError, OngedeeldError
from ongedeeld.web.residents.breakthroughs.asking import ask_as_resident
from ongedeeld.web.residents.breakthroughs.contents import Plea, check
from ongedeeld.web.residents.breakthroughs.reminding import tell_asked
from ongedeeld.web.residents.models import Share, Vault
from ongedeeld.web.residents.own.shares import given, shares_told
from ongedeeld.web.residents.saying import moment, moments
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import LONGEST_NAME, taken
from ongedeeld.web.residents.sharing.letters import tell_receivers
from ongedeeld.web.residents.sharing.receivers import Receiver, receivers_for
from ongedeeld.web.residents.vault.limits import limited_by_map
from ongedeeld.web.residents.vault.openings import require_open
from ongedeeld.web.residents.vault.problems import telling
from ongedeeld.web.speaking import speech, told
from ongedeeld.web.written import writable

LONGEST_BODY = 64_000
_REASONS = ("rule", "law", "involvement", "gain")


@limited_by_map("receivers", "30/m")
@require_http_methods(["GET", "POST"])
@telling
def receivers(request: HttpRequest) -> HttpResponse:
    """Whom one can share with: who is known, who is called so, partners, and who decides.

    A name is posted, so that it stands in no address.
    """
    vault = require_open(request)
    name = _text(_body(request), "name")[:LONGEST_NAME] if request.method == "POST" else ""
    found = receivers_for(vault, name, timezone.localdate())
    return JsonResponse(
        {
            "people": [_told_of(one) for one in found.people],
            "organisations": [_told_of(one) for one in found.organisations],
            "deciders": [_told_of(one) for one in found.deciders],
        }
    )


def _told_of(one: Receiver) -> dict[str, str]:
    return {"kind": one.kind, "key": str(one.key), "name": one.name, "what": speech().say(one.what)}


@limited_by_map("share")
@require_http_methods(["GET", "POST"])
@telling
def shares(request: HttpRequest) -> HttpResponse:
    """What is shared now; or share one thing, and where it is for that ask who decides at once."""
    vault = require_open(request)
    now, today = timezone.now(), timezone.localdate()
    if request.method == "GET":
        return JsonResponse({"shares": shares_told(vault, today)})
    body = _body(request)
    copy = taken(_text(body, "kind"), body.get("content"), body.get("from"))
    plea = _plea(body.get("plea"))
    if plea is not None:
        check(plea, of_resident=True)
    made = copies.share(vault, _key(body, "item"), copy, _grant(body), now=now, today=today)
    if plea is not None:
        _ask(vault, made, plea, now, today)
    else:
        tell_receivers(made, today)
    return JsonResponse({"key": str(made.key)}, status=201)


def _ask(vault: Vault, made: Share, plea: Plea, now: datetime, today: date) -> None:
    """Ask who decides; where that cannot be asked nothing was shared with them either."""
    try:
        one = ask_as_resident(vault, made.key, made.receiver, plea, now=now, today=today)
    except OngedeeldError:
        copies.withdraw(vault, made.key, now=now, today=today)
        raise
    tell_asked(one)


@limited_by_map("share")
@require_POST
@telling
def send_anew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put what the thing says now in place of the copy: same receiver, purpose and end."""
    vault = require_open(request)
    copies.live_share_of(vault, key, timezone.localdate())
    body = _body(request)
    copy = taken(_text(body, "kind"), body.get("content"), body.get("from"))
    copies.send_anew(vault, key, copy, today=timezone.localdate())
    return JsonResponse({"key": str(key)})


@limited_by_map("own_shares")
@require_GET
def own_shares(request: HttpRequest) -> HttpResponse:
    """Who may see what, who looked when, and what was answered; each can be taken back."""
    return _given(request, require_open(request))


@limited_by_map("withdraw")
@require_POST
def withdraw_share(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one copy back."""
    vault = require_open(request)
    if not vault.shares.filter(key=key).exists():
        raise Http404(N_("You did not share this."))
    try:
        copies.withdraw(vault, key, now=timezone.now(), today=timezone.localdate())
    except AbsentError as error:
        return _done(request, vault, told(error), messages.WARNING)
    return _done(request, vault, speech().say(N_("You took it back. Nobody can read it any more.")))


@limited_by_map("withdraw")
@require_POST
def withdraw_all_shares(request: HttpRequest) -> HttpResponse:
    """Take everything back."""
    vault = require_open(request)
    copies.withdraw_all(vault, now=timezone.now(), today=timezone.localdate())
    return _done(request, vault, speech().say(N_("You took everything back. Nobody can read it any more.")))


def _done(request: HttpRequest, vault: Vault, words: str, level: int = messages.SUCCESS) -> HttpResponse:
    """The page again; in the open map the part of it that changed, with its words."""
    if request.headers.get("HX-Request"):
        answer = _given(request, vault, words)
        answer.headers["HX-Trigger"] = "teruggenomen"
        return answer
    messages.add_message(request, level, words)
    return HttpResponseRedirect(reverse("own_shares"), status=303)


def _given(request: HttpRequest, vault: Vault, words: str = "") -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    shown = {
        "given": given(vault, timezone.localdate()),
        "words": words,
        "moment": moment,
        "moments": moments,
    }
    return render(request, f"residents/{'parts/given' if part else 'given'}.html", shown)


def _body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise InputError(N_("this is too much at once"), remedy=N_("make it shorter"))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise _unreadable()
    return body


def _grant(body: dict[str, Any]) -> copies.Grant:
    try:
        until = date.fromisoformat(_text(body, "until"))
    except ValueError:
        raise InputError(N_("until when is not told"), remedy=N_("choose a last day")) from None
    return copies.Grant(_text(body, "receiver_kind"), _key(body, "receiver"), _text(body, "purpose"), until)


def _plea(given: object) -> Plea | None:
    """Why a rule should give way; costs are for colleagues, who can name where they know them from."""
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) - set(_REASONS):
        raise _unreadable()
    rule, law, involvement, gain = (writable(_text({name: ""} | given, name)).strip() for name in _REASONS)
    return Plea(rule, law, involvement, gain)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _key(body: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(_text(body, name))
    except ValueError:
        raise _unreadable() from None


def _unreadable() -> InputError:
    return InputError(N_("what was sent cannot be read"), remedy=N_("open the page again"))
