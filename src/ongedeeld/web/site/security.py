"""Headers that tell a browser what these pages may do: nothing that does not come from here."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

DIRECTIVES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
MAP_PAGES = {"map"}
"""The names of the pages that draw a map, which is done in a worker and with pictures made on the spot."""
SIGNED_OUT = "account_logout"
_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture")
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def content_policy(page: str = "") -> str:
    """The content security policy of a page, by the name of its address."""
    allowed = dict(DIRECTIVES)
    allowed["form-action"] = " ".join(("'self'", *_organisation()))
    if page in MAP_PAGES:
        allowed |= {"worker-src": "'self' blob:", "img-src": "'self' data: blob:"}
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def _organisation() -> tuple[str, ...]:
    """Where the form of signing in at the organisation leads."""
    if not settings.OIDC_ISSUER:
        return ()
    at = urlsplit(settings.OIDC_ISSUER)
    return (f"{at.scheme}://{at.netloc}",)


class SecurityHeaders:
    """Middleware that adds them to every answer; an answer that has one of its own keeps that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers."""
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        response.headers.setdefault("Content-Security-Policy", content_policy(page))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if page == SIGNED_OUT and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"storage"'  # what pages of signals kept on the device
        return response
