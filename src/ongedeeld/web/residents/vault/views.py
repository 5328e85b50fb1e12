"""What the script of a resident's pages asks of a vault: JSON below `/mijn/kluis/`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.residents.models import Pending, Vault
from ongedeeld.web.residents.saying import moment
from ongedeeld.web.residents.vault import delaying, openings, vaults
from ongedeeld.web.residents.vault import items as contents
from ongedeeld.web.residents.vault.bodies import (
    body_of,
    items_in,
    key_in,
    lock_in,
    showing_in,
    text_in,
    unreadable,
    yes_in,
)
from ongedeeld.web.residents.vault.limits import limited_by_map
from ongedeeld.web.residents.vault.openings import require_open
from ongedeeld.web.residents.vault.problems import telling

NUMBER_LETTERS = 10


@limited("vault_stand", "600/m/ip")
@require_GET
def stand(request: HttpRequest) -> JsonResponse:
    """Whether a vault is open on this device, and what a change has to carry; asking is no use of it."""
    opening = openings.current(request, using=False)
    return JsonResponse(
        {
            "open": opening is not None,
            "vault": str(opening.vault.key) if opening else None,
            "elsewhere": opening.elsewhere if opening else None,
            "token": get_token(request),
        }
    )


@limited("vault_begin", "20/h/ip")
@require_POST
@telling
def begin(request: HttpRequest) -> HttpResponse:
    """Make a vault with leave of an invitation; it is then open here."""
    body = body_of(request)
    locks, elsewhere = body.get("locks"), yes_in(body, "elsewhere")
    if not isinstance(locks, list):
        raise unreadable()
    key = key_in(body, "vault")
    token = vaults.begin(
        text_in(body, "invitation"),
        key,
        [lock_in(one) for one in locks],
        elsewhere=elsewhere,
        now=timezone.now(),
        today=timezone.localdate(),
    )
    return _opened(request, {"vault": str(key)}, token, elsewhere=elsewhere, status=201)


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def open_vault(request: HttpRequest) -> HttpResponse:
    """Open the vault of a code; the wrapped key, which the code itself opens in the page."""
    body = body_of(request)
    elsewhere = yes_in(body, "elsewhere")
    lock, token = vaults.open_with(
        showing_in(body), elsewhere=elsewhere, now=timezone.now(), today=timezone.localdate()
    )
    found = {"vault": str(lock.vault.key), "wrapped": lock.wrapped, "kind": lock.kind}
    return _opened(request, found, token, elsewhere=elsewhere)


@limited_by_map("vault_items", "300/m")
@require_http_methods(["GET", "PUT"])
@telling
def items(request: HttpRequest) -> HttpResponse:
    """What is new since a number; or keep what a device wrote."""
    vault = require_open(request)
    if request.method == "PUT":
        done = contents.put(vault, items_in(body_of(request)), timezone.now())
        conflicts = [
            {"id": str(one.key), "version": one.version, "ciphertext": one.ciphertext or None}
            for one in done.conflicts
        ]
        kept = [str(key) for key in done.kept]
        return JsonResponse({"sequence": done.sequence, "kept": kept, "conflicts": conflicts})
    number = request.GET.get("since", "0")
    if not (number.isascii() and number.isdecimal() and len(number) <= NUMBER_LETTERS):
        raise unreadable()
    page = contents.since(vault, int(number))
    told = [contents.told(one) for one in page.items]
    return JsonResponse({"sequence": page.sequence, "items": told, "more": page.more})


@limited_by_map("vault_items", "300/m")
@require_GET
@telling
def versions(request: HttpRequest, key: UUID) -> HttpResponse:
    """The earlier versions of one item, newest first."""
    vault = require_open(request)
    return JsonResponse({"items": [contents.told(one) for one in contents.versions_of(vault, key)]})


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def locks(request: HttpRequest) -> HttpResponse:
    """Renew a code: the old one opens nothing from now on, and every other device is closed; or it waits."""
    vault, body = require_open(request), body_of(request)
    waits = vaults.renew(vault, lock_in(body), showing_in(body.get("by")), now=timezone.now())
    if waits:
        return _waits(waits)
    openings.end_others(vault, request)
    return JsonResponse({"renewed": True}, status=201)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close it here; also where nothing is open. A page that goes away sends along what was not sent yet."""
    answer = HttpResponse(status=204)
    if openings.is_meant(request):
        _keep_last(request)
        openings.end(request)
        openings.drop_cookie(answer)
    return answer


def _keep_last(request: HttpRequest) -> None:
    opening = openings.current(request, using=False)
    if opening is None or not request.body:
        return
    try:
        contents.put(opening.vault, items_in(body_of(request)), timezone.now())
    except (OngedeeldError, openings.ClosedError):
        return  # nobody is there any more to be told; it closes whatever else happens


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def block(request: HttpRequest) -> HttpResponse:
    """Block a lost card with the second code."""
    vaults.block(showing_in(body_of(request)), now=timezone.now())
    return JsonResponse({"blocked": True})


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the vault that is open here, with all that was shared from it; or let that wait."""
    vault = require_open(request)
    by = showing_in(body_of(request))
    waits = vaults.delete(vault, by, now=timezone.now(), today=timezone.localdate())
    if waits:
        return _waits(waits)
    answer = JsonResponse({"deleted": True})
    openings.drop_cookie(answer)
    return answer


@limited_by_map("pending")
@require_GET
def pending(request: HttpRequest) -> HttpResponse:
    """What was asked with the card and waits, for the open map to show."""
    vault = require_open(request)
    return _pending(request, vault)


@limited_by_map("pending")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what waits."""
    vault = require_open(request)
    delaying.undo(vault)
    return _pending(request, vault, is_undone=True)


def _pending(request: HttpRequest, vault: Vault, *, is_undone: bool = False) -> HttpResponse:
    shown = {"pending": vault.pending.all(), "is_undone": is_undone, "moment": moment}
    return render(request, "residents/parts/pending.html", shown)


def _waits(pending: Pending) -> JsonResponse:
    """It takes effect later: when, in the words of the page."""
    until = pending.takes_effect_at
    told = {"waits": pending.change, "until": until.isoformat(), "said": moment(until)}
    return JsonResponse(told, status=202)


def _opened(
    request: HttpRequest, told: dict[str, str], token: str, *, elsewhere: bool, status: int = 200
) -> JsonResponse:
    """The answer that opens a vault here; what was open here before is closed."""
    openings.end(request)
    answer = JsonResponse(told, status=status)
    openings.set_cookie(answer, token, elsewhere=elsewhere)
    return answer
