"""What the script of a resident's pages asks of a vault: JSON below `/mijn/kluis/`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.residents import items as contents
from ongedeeld.web.residents import openings, vaults
from ongedeeld.web.residents.bodies import (
    body_of,
    items_in,
    key_in,
    lock_in,
    showing_in,
    text_in,
    unreadable,
    yes_in,
)
from ongedeeld.web.residents.openings import require_open
from ongedeeld.web.residents.problems import telling

NUMBER_LETTERS = 10


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


@limited("vault_items", "300/m/ip")
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


@limited("vault_items", "300/m/ip")
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
    """Renew a code: the old one opens nothing from now on, and every other device is closed."""
    vault, body = require_open(request), body_of(request)
    vaults.renew(vault, lock_in(body), showing_in(body.get("by")), now=timezone.now())
    openings.end_others(vault, request)
    return JsonResponse({"renewed": True}, status=201)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close it here; also where nothing is open, so that a page can send it while it goes away."""
    answer = HttpResponse(status=204)
    if openings.is_meant(request):
        openings.end(request)
        openings.drop_cookie(answer)
    return answer


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def block(request: HttpRequest) -> HttpResponse:
    """Block a lost card with the second code."""
    vaults.block(showing_in(body_of(request)))
    return JsonResponse({"blocked": True})


@limited("vault_open", "30/m/ip")
@require_POST
@telling
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the vault that is open here, with all that was shared from it."""
    vault = require_open(request)
    vaults.delete(vault, showing_in(body_of(request)), today=timezone.localdate())
    answer = JsonResponse({"deleted": True})
    openings.drop_cookie(answer)
    return answer


def _opened(
    request: HttpRequest, told: dict[str, str], token: str, *, elsewhere: bool, status: int = 200
) -> JsonResponse:
    """The answer that opens a vault here; what was open here before is closed."""
    openings.end(request)
    answer = JsonResponse(told, status=status)
    openings.set_cookie(answer, token, elsewhere=elsewhere)
    return answer
