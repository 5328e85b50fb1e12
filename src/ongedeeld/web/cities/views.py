"""Pages of the data room, and the search for addresses."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.sources import write_template
from ongedeeld.sources.headers import OWN_TABLES
from ongedeeld.vocabulary import TABLES
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import seen
from ongedeeld.web.cities import actions, queries
from ongedeeld.web.cities.address_file import ADDRESSES, address_template
from ongedeeld.web.cities.addresses import MOST, addresses_for
from ongedeeld.web.cities.beside import beside
from ongedeeld.web.cities.dropping import laid, take
from ongedeeld.web.cities.forms import AcceptForm, AddressForm, BringForm, FetchForm
from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened
from ongedeeld.web.cities.told import goes_on, report_of
from ongedeeld.web.cities.uploading import refuse_stopped
from ongedeeld.web.speaking import speech, spoken, told

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Every version of the City: the one in use, those that wait, and those of before."""
    person = require(request.user, "cities.renew")
    versions = list(queries.versions_for(person))
    of = CityVersion.State
    shown = {
        "in_use": [one for one in versions if one.state == of.CURRENT],
        "waiting": [one for one in versions if one.state in (of.WAITING, of.CHECKED, of.REFUSED)],
        "earlier": [one for one in versions if one.state == of.RETIRED],
        "names": queries.names_of(person, versions),
        "opened": queries.current(person),
        "waits_in_drop": len(laid()),
    }
    return render(request, "cities/data.html", shown | _WORDS)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring files in."""
    person = require(request.user, "cities.renew")
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST":
        valid = form.is_valid()
        try:
            refuse_stopped(request)
            if valid:
                asked = form.cleaned_data
                version = actions.bring_in(
                    asked["uploads"], actor=person, region=asked["region"], anew=asked["anew"]
                )
                return _to(version)
        except OngedeeldError as error:
            form.errors.clear()
            form.add_error(None, told(error))
    return _bringing(request, person, form, FetchForm(prefix="fetch"))


@require_POST
def fetch_city(request: HttpRequest) -> HttpResponse:
    """Fetch the open data of a municipality."""
    person = require(request.user, "cities.renew")
    form = FetchForm(request.POST, prefix="fetch")
    if form.is_valid():
        return _to(actions.fetch(form.cleaned_data["region"], actor=person, anew=form.cleaned_data["anew"]))
    return _bringing(request, person, BringForm(), form)


def _bringing(request: HttpRequest, person: Person, form: forms.Form, fetch_form: forms.Form) -> HttpResponse:
    opened = queries.current(person)
    shown = {
        "form": form,
        "fetch_form": fetch_form,
        "opened": opened,
        "tables": [(name, TABLES[name].label(spoken())) for name in OWN_TABLES],
    }
    wrong = form.errors or fetch_form.errors
    return render(request, "cities/bring_in.html", shown, status=422 if wrong else 200)


@require_POST
def take_drop(request: HttpRequest) -> HttpResponse:
    """Take what lies in the drop folder now, rather than tonight."""
    person = require(request.user, "cities.renew")
    version = take(actor=person)
    if version is not None:
        return _to(version)
    messages.info(request, speech().say(N_("There is nothing new in the drop folder.")))
    return HttpResponseRedirect(reverse("data"), status=303)


@require_GET
def own_template(request: HttpRequest, table: str) -> HttpResponse:
    """An empty file for a table of one's own, with its columns explained."""
    require(request.user, "cities.renew")
    if table == ADDRESSES:
        return _file(address_template(spoken()).encode("utf-8-sig"), f"{table}.csv", "text/csv")
    if table not in OWN_TABLES:
        raise Http404(N_("There is no such table."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table}.xlsx"
        write_template(table, path, spoken())
        return _file(path.read_bytes(), path.name, XLSX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def city_version(request: HttpRequest, key: UUID) -> HttpResponse:
    """One version: how far its check is, or what it found and changes."""
    person = require(request.user, "cities.renew")
    return _version_page(request, person, queries.version_for(person, key))


def _version_page(
    request: HttpRequest, person: Person, version: CityVersion, form: forms.Form | None = None
) -> HttpResponse:
    shown = {
        "held": version,
        "job": queries.job_of(person, version),
        "report": report_of(version, speech()),
        "names": queries.names_of(person, [version]),
        "form": form or AcceptForm(),
    }
    return render(request, "cities/version.html", shown | _WORDS, status=422 if form else 200)


@require_POST
def accept_version(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a checked version into use."""
    person = require(request.user, "cities.renew")
    version = queries.version_for(person, key)
    form = AcceptForm(request.POST)
    form.full_clean()
    try:
        actions.accept(version, actor=person, **form.cleaned_data)
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return _version_page(request, person, version, form)
    messages.success(request, speech().say(N_("This version is in use now, for everybody.")))
    return HttpResponseRedirect(reverse("data"), status=303)


@require_POST
def roll_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an earlier version into use again."""
    return _changed(
        request, key, actions.roll_back, N_("The earlier version is in use again, for everybody."), "data"
    )


@require_POST
def discard_version(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away what was brought in."""
    return _changed(request, key, actions.discard, N_("What was brought in was thrown away."), "data")


@require_POST
def check_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Check what was brought in once more."""
    return _changed(request, key, actions.check_again, N_("It is checked again."))


@require_POST
def stop_check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop the check."""
    return _changed(request, key, actions.stop_check, N_("It stops after the step it is at."))


def _changed(
    request: HttpRequest, key: UUID, change: Callable[..., None], words: str, page: str = ""
) -> HttpResponse:
    person = require(request.user, "cities.renew")
    version = queries.version_for(person, key)
    try:
        change(version, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(words))
        if page:
            return HttpResponseRedirect(reverse(page), status=303)
    return _to(version)


def _to(version: CityVersion) -> HttpResponse:
    return HttpResponseRedirect(reverse("city_version", args=[version.key]), status=303)


@require_GET
def addresses(request: HttpRequest) -> HttpResponse:
    """Find an address, and through it a complex or neighbourhood."""
    person = require(request.user, "cities.find_address")
    form = AddressForm(request.GET)
    form.full_clean()
    text = form.cleaned_data.get("zoek", "")
    found = addresses_for(person, text) if text else []
    if found:
        seen(person, "addresses", "search", ["street", "number", "addition", "postcode"])
    opened = queries.current(person)
    shown = {
        "form": form,
        "text": text,
        "found": found,
        "most": MOST,
        "opened": opened,
        "complexes": _complexes(opened, {one.complex for one in found}),
        "areas": dict(opened.city.table("areas").select("code", "name").iter_rows()) if opened else {},
        "beside": beside(person, found, timezone.localdate()),
    }
    return render(request, "cities/addresses.html", shown)


def _complexes(opened: Opened | None, numbers: set[str]) -> dict[str, str]:
    """The names of complexes that the City has, by number."""
    if opened is None:
        return {}
    table = opened.city.table("complexes").select("complex", "name")
    return {number: name or number for number, name in table.iter_rows() if number in numbers}


def moment(at: datetime) -> str:
    """A day and the time of that day, as the clock in Amsterdam told it."""
    local = timezone.localtime(at)
    return f"{speech().day(local.date())} {local:%H:%M}"


_WORDS = {"moment": moment, "goes_on": goes_on}
