"""What goes wrong with a vault, as a problem of RFC 9457 in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ongedeeld.errors import N_, AbsentError, InputError, OngedeeldError
from ongedeeld.web.speaking import speech, told

PROBLEM = "application/problem+json"
TITLES = {
    401: N_("Your map is closed."),
    403: N_("The page is too old. Open it again."),
    404: N_("This is not there."),
    405: N_("This cannot be done here."),
    413: N_("This is too much at once."),
    429: N_("That was too often. Wait a minute and try again."),
    500: N_("Something went wrong here. What you wrote is still on this device."),
    503: N_("Your map cannot be reached just now. What you wrote is still on this device."),
}
View = Callable[..., HttpResponseBase]


class FullError(OngedeeldError):
    """A vault that holds as much as it can."""


def problem(status: int, title: str = "", detail: str = "") -> HttpResponse:
    """An answer that tells what is the matter."""
    words = title or (speech().say(TITLES[status]) if status in TITLES else HTTPStatus(status).phrase)
    content = {"type": "about:blank", "status": status, "title": words, "detail": detail or words}
    # As ASCII: what was sent may hold halves of letters, which JSON can tell and UTF-8 cannot.
    return HttpResponse(json.dumps(content), content_type=PROBLEM, status=status)


def telling(view: View) -> View:
    """Answer what a view refuses as a problem: 404 what is not there, 409 what is full, 422 the rest."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except RequestDataTooBig:
            return problem(413)
        except AbsentError as error:
            return _of(error, 404)
        except FullError as error:
            return _of(error, 409)
        except InputError as error:
            return _of(error, 422)

    return answer


def _of(error: OngedeeldError, status: int) -> HttpResponse:
    title, _, detail = told(error).partition("\n")
    return problem(status, title, detail)
