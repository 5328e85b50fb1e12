"""What every page asks first: whether the session still runs, and what a refusal means."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.permissions import SECOND_FACTOR

BEGAN, SEEN = "session_began", "session_seen"
OF_RESIDENTS = "/mijn/"
"""Pages that a resident uses with a card: what is done on them is no use of a colleague's session."""


def begin_session(request: HttpRequest) -> None:
    """Let the clock of a session run from now."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionEnds:
    """Signs somebody out who did nothing for a while, or who signed in too long ago.

    The moment of last use is kept to a twentieth of the term, so that most pages write nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, as nobody when the session has ended."""
        if SESSION_KEY in request.session:
            self._judge(request)
        return self.get_response(request)

    def _judge(self, request: HttpRequest) -> None:
        now = int(time.time())
        if BEGAN not in request.session:
            begin_session(request)
        unused = now - request.session[SEEN]
        if (
            unused > settings.SESSION_IDLE_SECONDS
            or now - request.session[BEGAN] > settings.SESSION_COOKIE_AGE
        ):
            logout(request)
            messages.info(request, N_("You were signed out, because you did nothing for a while."))
        elif unused > settings.SESSION_IDLE_SECONDS / 20 and not request.path_info.startswith(OF_RESIDENTS):
            request.session[SEEN] = now


class TurnAway:
    """Sends who is refused to where that can be mended: signing in, or adding a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Where to go; nothing where the refusal is final."""
        if not isinstance(exception, Refused):
            return None
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else resolve_url("start")
            return _go(request, redirect_to_login(back).url)
        if any(reason.rule == SECOND_FACTOR for reason in exception.decision.reasons):
            messages.warning(
                request, N_("Your role asks for a second step when you sign in. Set it up here first.")
            )
            return _go(request, resolve_url("mfa_index"))
        return None


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also where htmx asked for a piece of one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
