"""What every page of a resident has: its own language, its way to the door, and the camera at the door."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation

from ongedeeld.web.residents.saying import OwnMessages
from ongedeeld.web.residents.vault.openings import PATH, ClosedError
from ongedeeld.web.residents.vault.problems import PROBLEM, problem

LANGUAGE_COOKIE = "ongedeeld_kaart_taal"
VAULTS = f"{PATH}kluis/"
CAMERA_PAGES = frozenset({"door", "begin_vault", "own_map", "own_map_shell"})
"""Where a card is read with the camera."""
_NEVER = ("microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture")
CAMERA = ", ".join(("camera=(self)", *(f"{feature}=()" for feature in _NEVER)))


class Door:
    """Middleware for the pages below `/mijn/`, which never mix with the session of a colleague."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        request._messages = OwnMessages(request)  # type: ignore[attr-defined]
        language = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
        answer = self.get_response(request)
        if request.path_info.startswith(VAULTS):
            answer = _as_problem(answer)
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in CAMERA_PAGES:
            answer.headers["Permissions-Policy"] = CAMERA
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """To the door, where no vault is open."""
        if not isinstance(exception, ClosedError):
            return None
        if _is_asked_by_script(request):
            return problem(401)
        door = resolve_url("door")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": door})
        return HttpResponse(status=303, headers={"Location": door})


def _is_asked_by_script(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path_info.startswith(VAULTS) or accepted.startswith("application/json")


def _as_problem(answer: HttpResponseBase) -> HttpResponseBase:
    """A problem in place of a page that tells of an error, with the headers that tell how to go on."""
    if answer.status_code < 400 or answer.headers.get("Content-Type") == PROBLEM:
        return answer
    told = problem(answer.status_code)
    for name in ("Allow", "Retry-After"):
        if name in answer.headers:
            told.headers[name] = answer.headers[name]
    return told
