"""Limits to how often somebody may ask for what is heavy to make."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

# Allauth counts for others nowhere else and promises nothing about `internal`, so nothing but this file
# leans on it; tests/web/accounts/test_limits.py tells when it has changed.
from allauth.core.internal.ratelimit import consume, respond_429
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def limited(name: str, rate: str = "30/m/user") -> Callable[[View], View]:
    """Answer "too often, wait a little" above a rate; for exports, documents, searches and uploads.

    Parameters
    ----------
    name
        What is limited; views that share a name share the limit.
    rate
        How often, as allauth writes it: times, per how long, and of whom: `user` or `ip`.
    """

    def limiting(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            # Who is not signed in is turned away by the view itself.
            if not request.user.is_authenticated and rate.endswith("/user"):
                return view(request, *args, **kwargs)
            if not within(request, name, rate):
                return too_often(request)
            return view(request, *args, **kwargs)

        return answer

    return limiting


def within(request: HttpRequest, name: str, rate: str, key: str | None = None) -> bool:
    """Count a request, and tell whether it is within a rate.

    Parameters
    ----------
    request
        What is asked.
    name
        What is limited.
    rate
        How often, as for `limited`, or per `key`.
    key
        Who asks, where the rate is per `key`.
    """
    return bool(consume(request, app="ongedeeld", action=name, key=key, config={name: rate}, limit_get=True))


def too_often(request: HttpRequest) -> HttpResponseBase:
    """The page that says "too often, wait a little"."""
    refused: HttpResponseBase = respond_429(request)
    return refused
