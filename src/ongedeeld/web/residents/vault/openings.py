"""A vault that is open on a device: a cookie with a random token, beside whatever session a colleague has.

It says which vault the server may give ciphertext of. The key that opens the contents is in the page alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from ongedeeld.web.residents.models import Opening, Vault

COOKIE, PATH = "ongedeeld_kaart", "/mijn/"
VAULT_HEADER = "X-Vault"
"""In which a page tells of which vault it holds the key."""
TOKEN_BYTES = 32
NOTICED = timedelta(seconds=30)
"""The moment of last use is kept this closely, so that most requests write nothing."""


@dataclass(frozen=True)
class Term:
    """After how long without use, and after how long in any case, a vault closes."""

    idle: timedelta
    whole: timedelta


ELSEWHERE = Term(timedelta(minutes=10), timedelta(hours=1))
OWN_DEVICE = Term(timedelta(minutes=30), timedelta(hours=12))


class ClosedError(Exception):
    """No vault is open on this device: the middleware leads to the door (see `middleware`)."""


def begin(vault: Vault, *, elsewhere: bool, now: datetime) -> str:
    """Open a vault on a device; the token that its cookie carries."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ends_at = now + term_of(elsewhere=elsewhere).whole
    Opening.objects.create(
        vault=vault,
        token_hash=hash_of(token),
        elsewhere=elsewhere,
        began_at=now,
        seen_at=now,
        ends_at=ends_at,
    )
    return token


def current(request: HttpRequest, *, using: bool = True) -> Opening | None:
    """The opening of this device, where it has not ended.

    Parameters
    ----------
    request
        What asks.
    using
        Whether asking is use, which keeps the vault open; a page that only looks how things stand is not.
    """
    if not hasattr(request, "_opening"):
        request._opening = _found(request.COOKIES.get(COOKIE, ""), timezone.now())  # type: ignore[attr-defined]
    opening: Opening | None = request._opening  # type: ignore[attr-defined]
    if opening is not None and using:
        _notice(opening, timezone.now())
    return opening


def require_open(request: HttpRequest) -> Vault:
    """The vault that is open on this device.

    Raises
    ------
    ClosedError
        When none is, or another than that of the page which asks; the middleware leads to the door.
    """
    opening = current(request) if is_meant(request) else None
    if opening is None:
        raise ClosedError
    return opening.vault


def is_meant(request: HttpRequest) -> bool:
    """Whether what is open on this device is of the page that asks; a page that tells of no vault means any.

    Of two maps that were opened in one browser the cookie is of the last: what the page of the first would
    share or keep must not come to stand with somebody else.
    """
    told, opening = request.headers.get(VAULT_HEADER, ""), current(request, using=False)
    return not told or opening is None or told == str(opening.vault.key)


def end(request: HttpRequest) -> None:
    """Close the vault on this device."""
    token = request.COOKIES.get(COOKIE, "")
    Opening.objects.filter(token_hash=hash_of(token)).delete()
    request._opening = None  # type: ignore[attr-defined]


def end_others(vault: Vault, request: HttpRequest) -> int:
    """Close a vault on every device but this one; on how many it was open."""
    here = hash_of(request.COOKIES.get(COOKIE, ""))
    return Opening.objects.filter(vault=vault).exclude(token_hash=here).delete()[0]


def end_all(vault: Vault) -> None:
    """Close a vault on every device."""
    Opening.objects.filter(vault=vault).delete()


def set_cookie(answer: HttpResponseBase, token: str, *, elsewhere: bool) -> None:
    """Let a device carry its token: to the pages of residents alone, and out of reach of every script."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=term_of(elsewhere=elsewhere).whole,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop_cookie(answer: HttpResponseBase) -> None:
    """Let a device forget its token, and what its browser kept of pages.

    What pages stored stays: on a colleague's tablet that holds what the colleague reported and still has to
    be sent. The script of these pages removes its own.
    """
    answer.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    answer.headers["Clear-Site-Data"] = '"cache"'


def term_of(*, elsewhere: bool) -> Term:
    """For how long a vault stays open, on somebody else's device or on one's own."""
    return ELSEWHERE if elsewhere else OWN_DEVICE


def hash_of(token: str) -> str:
    """What is kept of a token: nobody who reads it can open anything with it."""
    return sha256(token.encode()).hexdigest()


def _found(token: str, now: datetime) -> Opening | None:
    if not token:
        return None
    opening = Opening.objects.select_related("vault").filter(token_hash=hash_of(token)).first()
    if opening is None or is_over(opening, now):
        return None
    return opening


def is_over(opening: Opening, now: datetime) -> bool:
    """Whether an opening ended by itself, although it is not removed yet."""
    return now >= opening.ends_at or now - opening.seen_at >= term_of(elsewhere=opening.elsewhere).idle


def _notice(opening: Opening, now: datetime) -> None:
    if now - opening.seen_at >= NOTICED:
        opening.seen_at = now
        Opening.objects.filter(pk=opening.pk).update(seen_at=now)
