"""The addresses of the workbench, and a bare page beside them that asks nothing but who is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.api import access
from ongedeeld.web.site.urls import handler403, handler404, handler500
from ongedeeld.web.site.urls import urlpatterns as pages

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

access.RATE = "100000/m/key"  # one person asks here in a minute what others ask in a day


def bare(request: HttpRequest) -> HttpResponse:
    """The same session, person and base template as every page, and nothing more."""
    require(request.user, "areas.see_start")
    return render(request, "base.html")


urlpatterns = [path("kaal/", bare), *pages]
