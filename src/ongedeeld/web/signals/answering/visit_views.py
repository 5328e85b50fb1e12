"""Pages on how to go to an address."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.audit.actions import record
from ongedeeld.web.signals.answering import visits
from ongedeeld.web.signals.answering.forms import FindForm, LookAgainForm, VisitForm, a_quarter_later
from ongedeeld.web.signals.models import VisitNote
from ongedeeld.web.signals.reporting.spots import find_spots, spot_at
from ongedeeld.web.speaking import speech, told


@require_http_methods(["GET", "POST"])
def visit_notes(request: HttpRequest) -> HttpResponse:
    """Look up how to go to an address; who sets it also sees what has to be looked at again."""
    person = require(request.user, "signals.see_visit_notes")
    form = FindForm(request.POST or None)
    found = []
    if form.is_valid():
        spots = find_spots(person, form.cleaned_data["search"])
        held = visits.manners_at(person, [one.blind for one in spots], timezone.localdate())
        found = [(one, held.get(one.blind)) for one in spots]
        record(person, "signals.see_visit_notes", "addresses", "search", ["manner"])
    return _page(request, person, form, found=found, searched=form.is_valid())


def _page(request: HttpRequest, person: Person, form: FindForm, **more: object) -> HttpResponse:
    today = timezone.localdate()
    near = visits.notes_to_review(person, today) if may(person, "signals.set_visit_note") else []
    initial = {"review_on": a_quarter_later(today)}
    again = [
        (one, LookAgainForm(auto_id=f"id_{one.note.key}_%s", initial=initial | {"version": one.note.version}))
        for one in near
    ]
    return render(request, "signals/visit_notes.html", {"form": form, "again": again, **more})


@require_POST
def set_visit_note(request: HttpRequest) -> HttpResponse:
    """Set how to go to the address that was chosen; what held there ends."""
    person = require(request.user, "signals.set_visit_note")
    chosen = request.POST.get("address", "")
    spot = spot_at(person, int(chosen)) if chosen.isdecimal() else None
    if spot is None:
        messages.error(request, speech().say(N_("Choose an address first.")))
        return HttpResponseRedirect(reverse("visit_notes"), status=303)
    require(person, "signals.set_visit_note", spot)
    today = timezone.localdate()
    filled_in = request.POST if "review_on" in request.POST else None
    form = VisitForm(filled_in, initial={"review_on": a_quarter_later(today)})
    if form.is_valid():
        try:
            visits.set_note(
                spot,
                form.cleaned_data["manner"],
                form.cleaned_data["review_on"],
                actor=person,
                now=timezone.now(),
                today=today,
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("Who has to go there sees it from now on.")))
            return HttpResponseRedirect(reverse("visit_notes"), status=303)
    shown = {"form": form, "spot": spot, "held": visits.note_at(person, spot.blind, today)}
    return render(request, "signals/visit_note.html", shown, status=422 if form.errors else 200)


@require_POST
def look_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let it hold until another day."""
    person = require(request.user, "signals.set_visit_note")
    note = visits.note_for(person, key, timezone.localdate())
    form = LookAgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, speech().say(N_("Choose a day to come, at most half a year ahead.")))
        return HttpResponseRedirect(reverse("visit_notes"), status=303)
    day, version = form.cleaned_data["review_on"], form.cleaned_data["version"]
    try:
        now = timezone.now()
        visits.look_again(note, day, version=version, actor=person, now=now, today=timezone.localdate(now))
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("It holds until {day}."), day=speech().day(day)))
    return HttpResponseRedirect(reverse("visit_notes"), status=303)


@require_POST
def end_visit_note(request: HttpRequest, key: UUID) -> HttpResponse:
    """End it before its day."""
    person = require(request.user, "signals.set_visit_note")
    note: VisitNote = visits.note_for(person, key, timezone.localdate())
    try:
        visits.end_note(note, version=note.version, actor=person, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("It ended: people go there as everywhere.")))
    return HttpResponseRedirect(reverse("visit_notes"), status=303)
