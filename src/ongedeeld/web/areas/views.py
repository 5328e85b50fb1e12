"""Pages: start."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ongedeeld.web.accounts.checks import require
from ongedeeld.web.cities.queries import current


def start(request: HttpRequest) -> HttpResponse:
    """What changed in my areas, what asks for me, what I follow."""
    person = require(request.user, "areas.see_start")
    return render(request, "areas/start.html", {"opened": current(person)})
