"""Every error of the API as a problem of RFC 9457, and the version on every answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ongedeeld.errors import N_
from ongedeeld.web.speaking import speech

BASE = "/api/v1/"
VERSION = "1.0.0"
PROBLEM = "application/problem+json"
TITLES = {
    400: N_("The question is not right"),
    401: N_("Who asks is not known"),
    403: N_("This may not be read"),
    404: N_("This is not there"),
    405: N_("This cannot be done here"),
    406: N_("This form is not there"),
    429: N_("This was asked too often"),
    500: N_("Something went wrong here"),
    503: N_("The data cannot be reached just now"),
}
DETAILS = {
    401: N_("Send the header Authorization: Bearer, followed by a token that holds."),
    404: N_("Nothing has this address; see openapi.json for what there is."),
    405: N_("The API is for reading: only GET is answered."),
    429: N_("Wait a minute and ask again."),
    500: N_("What was asked was not answered. It is written down; ask again later."),
    503: N_("Nothing is wrong with what was asked. Ask again in half a minute."),
}


def problem(status: int, detail: str = "", **more: object) -> HttpResponse:
    """An answer that tells what is the matter, and how to go on.

    Parameters
    ----------
    status
        The status of HTTP.
    detail
        What is the matter here; else what is usually so with this status.
    more
        Members that belong to this problem alone.
    """
    say = speech().say
    title = say(TITLES[status]) if status in TITLES else HTTPStatus(status).phrase
    told = detail or (say(DETAILS[status]) if status in DETAILS else title)
    content = {"type": "about:blank", "status": status, "title": title, "detail": told, **more}
    answer = HttpResponse(json.dumps(content, ensure_ascii=False), content_type=PROBLEM, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


class ApiAnswers:
    """Middleware: what goes wrong below the API's address is a problem as well, whoever noticed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        answer = self.get_response(request)
        if not request.path_info.startswith(BASE):
            return answer
        if answer.status_code >= 400 and answer.headers.get("Content-Type") != PROBLEM:
            kept = {name: answer.headers[name] for name in ("Allow", "Retry-After") if name in answer.headers}
            answer = problem(answer.status_code)
            for name, value in kept.items():
                answer.headers[name] = value
        answer.headers["API-Version"] = VERSION
        return answer
