"""Tell what one saw: a form that works on a poor connection, and without a script."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import Refused, require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import seen as record_seen
from ongedeeld.web.cities.queries import current
from ongedeeld.web.safeguards.sealing import blind
from ongedeeld.web.signals.answering.visits import manners_at
from ongedeeld.web.signals.models import Signal
from ongedeeld.web.signals.reporting.checklist import facts_of
from ongedeeld.web.signals.reporting.forms import ReportForm
from ongedeeld.web.signals.reporting.photo_uploading import photos_in_memory, refuse_left_out
from ongedeeld.web.signals.reporting.receiving import report
from ongedeeld.web.signals.reporting.spots import (
    MOST,
    Spot,
    complex_at,
    complexes_for,
    find_spots,
    spot_at,
)
from ongedeeld.web.speaking import speech, spoken, told

WORKER = Path(settings.HERE) / "static" / "built" / "signals-worker.js"
OWNER_LENGTH = 32
LOOKS = {
    "door": N_("At the door"),
    "told": N_("What the resident tells"),
    "inside": N_("In the home"),
    "people": N_("How it goes"),
    "clean": N_("Clean"),
    "whole": N_("Whole"),
    "safe": N_("Safe"),
}
"""The parts of the list; public space has those by which inspections judge."""


@photos_in_memory
@require_http_methods(["GET", "POST"])
def new_signal(request: HttpRequest) -> HttpResponseBase:
    """Report something; what is searched and told is posted, so that no address stands in an address."""
    if request.method == "POST":
        return _posted(request)
    person = require(request.user, "signals.report")
    return _page(request, person, ReportForm(today=timezone.localdate()))


@limited("report", "120/m/user")
def _posted(request: HttpRequest) -> HttpResponse:
    """Search an address, or take a signal in."""
    person, today = require(request.user, "signals.report"), timezone.localdate()
    if request.POST.get("do") == "search":
        form = ReportForm.typed(request.POST, today)
        found = _found(person, str(form["search"].value() or ""))
        return _page(request, person, form, found, searched=True)
    form, found = ReportForm(request.POST, request.FILES, today=today), []
    spot = _spot(person, form, found) if _is_whole(request, form) else None
    signal = _reported(person, form, spot) if spot else None
    if signal is None:
        return _refused(request, person, form, found)
    messages.success(request, _thanks(signal))
    if _for_a_device(request):
        return JsonResponse({"key": str(signal.key)}, status=201)
    return HttpResponseRedirect(reverse("new_signal"), status=303)


@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Who is signed in, as a device knows them, and what a form needs to be taken in."""
    person = require(request.user, "signals.report")
    return JsonResponse({"owner": owner_of(person), "token": get_token(request)})


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The form for where there is no connection: the device keeps this page, which tells of nobody."""
    person = require(request.user, "signals.report")
    form = ReportForm(initial={"key": "", "seen_on": "", "told_by": ""}, today=timezone.localdate())
    return render(request, "signals/report_shell.html", _told(person, form, []))


@require_GET
def worker(_: HttpRequest) -> HttpResponse:
    """The script that works behind the pages of signals: it keeps the form at hand, and sends what waits."""
    if not WORKER.exists():
        raise Http404(N_("This was not built."))
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def owner_of(person: Person) -> str:
    """How a device knows whose reports wait there: equal for one person, and nobody reads who it is."""
    return blind(f"device:{person.key}")[:OWNER_LENGTH]


def _found(person: Person, text: str) -> list[Spot]:
    found = find_spots(person, text) if text else []
    if found:
        record_seen(person, "addresses", "search", ["street", "number", "addition", "postcode"])
    return found


def _is_whole(request: HttpRequest, form: ReportForm) -> bool:
    """Whether all of the form came, and can be taken in."""
    whole = form.is_valid()
    try:
        refuse_left_out(request)
    except InputError as error:
        form.add_error("photos", told(error))
        return False
    return whole


def _spot(person: Person, form: ReportForm, found: list[Spot]) -> Spot | None:
    """Where it was; what could be meant is put in `found`, and what is wrong beside its field."""
    given = form.cleaned_data
    try:
        fitting = _found(person, given["search"]) if given["search"] else []
        # What was typed after an address was chosen is what somebody means.
        is_of_the_list = not given["search"] or given["address"] in {spot.address for spot in fitting}
        if given["address"] is not None and is_of_the_list:
            spot = spot_at(person, given["address"])
        elif given["search"]:
            return _called(form, given["search"], fitting, found)
        else:
            spot = complex_at(person, given["complex"]) if given["complex"] else None
    except Refused as refused:
        form.add_error("search", speech().told(refused.decision))
        return None
    if spot is None:
        form.add_error("search", N_("Say where it was: an address, or a complex."))
    return spot


def _called(form: ReportForm, text: str, fitting: list[Spot], found: list[Spot]) -> Spot | None:
    """The home at an address that was typed whole: what only resembles it is for a person to choose."""
    exact = [one for one in fitting if one.is_called(text)]
    if len(exact) == 1:
        return exact[0]
    found += exact or fitting
    form.add_error(
        "search", N_("Choose the address.") if fitting else N_("No address in your areas fits this.")
    )
    return None


def _reported(person: Person, form: ReportForm, spot: Spot) -> Signal | None:
    try:
        return report(
            form.seen_at(spot),
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
            photos=form.cleaned_data["photos"],
        )
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return None


def _refused(request: HttpRequest, person: Person, form: ReportForm, found: list[Spot]) -> HttpResponse:
    if _for_a_device(request):
        return JsonResponse({"wrong": sorted(form.errors)}, status=422)
    text = str(form["search"].value() or "")
    return _page(request, person, form, found or _found(person, text), status=422)


def _page(
    request: HttpRequest,
    person: Person,
    form: ReportForm,
    found: list[Spot] | None = None,
    *,
    searched: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = _told(person, form, found or []) | {"searched": searched, "opened": current(person)}
    return render(request, "signals/report.html", shown, status=status)


def _told(person: Person, form: ReportForm, found: list[Spot]) -> dict[str, object]:
    return {
        "form": form,
        "found": found,
        "most": MOST,
        "searched": False,
        "complexes": complexes_for(person),
        "kinds": dict(Signal.Kind.choices),
        "looks": LOOKS,
        "manners": manners_at(person, [spot.blind for spot in found], timezone.localdate()) if found else {},
        "worker_scope": reverse("signals_worker").rpartition("/")[0] + "/",
        "facts": {kind: facts_of(kind) for kind in Signal.Kind.values},
        "language": spoken(),
        "owner": owner_of(person),
    }


def _thanks(signal: Signal) -> str:
    return speech().say(
        N_("Received. {team} answers it; you hear by {day} what is done."),
        team=signal.team.name,
        day=speech().day(signal.due),
    )


def _for_a_device(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
