"""Limits to how often somebody may ask for what is heavy to make."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

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
            if not consume(request, app="ongedeeld", action=name, config={name: rate}, limit_get=True):
                refused: HttpResponseBase = respond_429(request)
                return refused
            return view(request, *args, **kwargs)

        return answer

    return limiting
