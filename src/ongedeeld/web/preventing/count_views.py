"""The counts of evictions, and laying them into the City."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.queries import current
from ongedeeld.web.preventing.counting import ended_counts, quarter_of
from ongedeeld.web.preventing.forms import TakeAlongForm
from ongedeeld.web.preventing.taking_along import (
    RIGHT,
    counts_file,
    kept_since,
    last_taken,
    quarters_waiting,
    take_along,
)
from ongedeeld.web.speaking import told

SEE = "preventing.see_counts"


@require_GET
def eviction_counts(request: HttpRequest) -> HttpResponse:
    """How many evictions and evictions prevented, in the complexes of one's own areas."""
    return _page(request, require(request.user, SEE))


def _page(request: HttpRequest, person: Person, form: TakeAlongForm | None = None) -> HttpResponse:
    shown: dict[str, object] = {"opened": current(person), "rows": _rows(person), "form": None}
    if may(person, RIGHT):
        shown["form"] = form or TakeAlongForm(initial={"since": _since()})
        shown |= {"last": last_taken(), "waiting": quarters_waiting(timezone.localdate())}
    return render(request, "preventing/counts.html", shown, status=422 if form else 200)


def _rows(person: Person) -> list[tuple[str, date, int, int]]:
    """The name of a complex, the quarter, evictions and evictions prevented; the last quarter first."""
    known = areas_known(person)
    extent = extent_of(person, SEE)
    wide = (
        ended_counts()
        .group_by("complex", "period")
        .agg(
            pl.col("count").filter(pl.col("observation") == name).sum().alias(name)
            for name in ("evictions", "evictions_prevented")
        )
        .sort("period", "complex", descending=[True, False])
    )
    return [
        (known[number].name, period, evictions, prevented)
        for number, period, evictions, prevented in wide.iter_rows()
        if number in known and extent.covers(known[number])
    ]


def _since() -> date:
    """The first day of the quarter from which evictions are kept here."""
    return quarter_of(kept_since() or timezone.localdate())


@limited("export")
@require_POST
def eviction_counts_file(request: HttpRequest) -> HttpResponse:
    """The counts as the data room takes them."""
    person = require(request.user, RIGHT)
    form = TakeAlongForm(request.POST)
    if form.is_valid():
        try:
            content = counts_file(_opened(person).city, form.cleaned_data["since"], timezone.localdate())
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            record(person, "preventing.export_counts", "counts", "observations")
            answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
            answer["Content-Disposition"] = 'attachment; filename="observations.csv"'
            return answer
    return _page(request, person, form)


@require_POST
def take_counts_along(request: HttpRequest) -> HttpResponse:
    """Lay the counts into a new version of the City."""
    person = require(request.user, RIGHT)
    form = TakeAlongForm(request.POST)
    if form.is_valid():
        try:
            version = take_along(
                _opened(person).city,
                form.cleaned_data["since"],
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return HttpResponseRedirect(reverse("city_version", args=[version.key]), status=303)
    return _page(request, person, form)


def _opened(person: Person) -> Opened:
    opened = current(person)
    if opened is None:
        raise InputError(N_("there is no City yet to lay counts into"), remedy=N_("bring a City in first"))
    return opened
