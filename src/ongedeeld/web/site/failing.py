"""The pages of what may not be, is not there, or went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template

from ongedeeld.errors import Sayable
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.speaking import speech

_UNREACHABLE = (OperationalError, InterfaceError)
"""What a database says that is away, starting, full or too busy: nothing is wrong with what was asked."""
_WAIT_SECONDS = 30


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why somebody may not do this."""
    decision = exception.decision if isinstance(exception, Refused) else None
    return render(request, "403.html", {"decision": decision}, status=403)


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without the token that it was given."""
    return render(request, "403_csrf.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, in the words of ``Http404(error)`` where it was given any."""
    told = exception.args[0] if exception.args else None
    words = told if isinstance(told, str | Sayable) else None
    return render(request, "404.html", {"missing": words}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """That something went wrong, and what is safe; asks neither the database nor the session."""
    if isinstance(sys.exception(), _UNREACHABLE):
        page = get_template("503.html").render({"speech": speech()})
        return HttpResponse(page, status=503, headers={"Retry-After": str(_WAIT_SECONDS)})
    page = get_template("500.html").render({"speech": speech()})
    return HttpResponse(page, status=500)


class FormsAlone:
    """Middleware: an address that only takes what a form sends tells so to who opens it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page."""
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method != "GET":
            return answer
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = answer.headers["Allow"]
        return page
