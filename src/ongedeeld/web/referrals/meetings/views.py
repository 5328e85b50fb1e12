"""Pages of case meetings for colleagues."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.partners.models import Organisation
from ongedeeld.web.referrals.asked import key_of, version_of
from ongedeeld.web.referrals.contents import address_of
from ongedeeld.web.referrals.forms import AgreedForm, ConcernForm, MeetingForm
from ongedeeld.web.referrals.meetings import holding as actions
from ongedeeld.web.referrals.models import RUNNING, Meeting, MeetingItem, Referral
from ongedeeld.web.referrals.queries import PURPOSE, REFER, referrals_for
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.speaking import speech, told

RECENT = 50


@require_http_methods(["GET", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings with something of one's own on them; plan one."""
    person = require(request.user, REFER)
    today = timezone.localdate()
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.begin(form.cleaned_data["on_day"], actor=person, now=timezone.now(), today=today)
        except OngedeeldError as error:
            form.add_error("on_day", told(error))
        else:
            return HttpResponseRedirect(reverse("meeting", args=[made.key]), status=303)
    found = actions.meetings_for(person, today=today)[:RECENT]
    shown = {"form": form, "meetings": found, "names": names_of(one.made_by for one in found)}
    return render(request, "referrals/meetings.html", shown, status=422 if form.errors else 200)


@require_GET
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """One meeting: each item, whom it concerns, and what was agreed."""
    person = require(request.user, REFER)
    return _page(request, person, actions.meeting_for(person, key, today=timezone.localdate()))


def _page(
    request: HttpRequest, person: Person, held: Meeting, wrong: dict[UUID, forms.Form] | None = None
) -> HttpResponse:
    today, filled = timezone.localdate(), wrong or {}
    items = actions.items_for(person, held, today=today)
    on_it = {one.referral.pk for one in items}
    could = actions.could_concern_each([one.referral for one in items], today)
    could_be = [] if held.closed_at else _could_be(person, on_it)
    shown = {
        "meeting": held,
        "rows": [(one, *_forms_of(one, filled, could[one.referral.pk], today)) for one in items],
        "addresses": {one.referral.pk: address_of(one.referral) for one in items},
        "could_be": could_be,
        "names": names_of([held.made_by]),
        "mine": held.made_by == person.key,
        "wrong": filled,
        "day_of": timezone.localdate,
    }
    return render(request, "referrals/meeting.html", shown, status=422 if wrong else 200)


def _could_be(person: Person, on_it: set[int]) -> list[tuple[Referral, str]]:
    """The running referrals that are not on it yet, each with its address."""
    running = referrals_for(person, today=timezone.localdate()).filter(state__in=RUNNING)
    with seeing("referrals.list_referrals", of=PURPOSE) as doing:
        record(person, "referrals.list_referrals", "referrals", person.key, ["address"])
        found = []
        for one in running.exclude(pk__in=on_it)[:RECENT]:
            doing.about(one.home)
            found.append((one, address_of(one)))
    return found


def _forms_of(
    one: actions.Discussed, filled: dict[UUID, forms.Form], could: list[Organisation], today: object
) -> tuple[forms.Form, forms.Form]:
    """The form of what was agreed and that of who joins in; the one that was wrong as it was typed."""
    item, prefix = one.item, str(one.item.key)
    given = filled.get(item.key)
    agreed = AgreedForm(prefix=f"a{prefix}", initial={"words": one.agreed, "version": item.version})
    who = ConcernForm(
        prefix=f"w{prefix}",
        could=could,
        initial={
            "parties": [str(party.organisation.key) for party in actions.parties_of(item)],
            "asked_on": today,
        },
    )
    if isinstance(given, AgreedForm):
        return given, who
    return agreed, given if isinstance(given, ConcernForm) else who


@require_POST
def put_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a referral on it."""
    person = require(request.user, REFER)
    held = actions.meeting_for(person, key, today=timezone.localdate())
    chosen = request.POST.get("referral", "")
    if not chosen:
        messages.error(request, speech().say(N_("Choose a referral first.")))
        return HttpResponseRedirect(reverse("meeting", args=[held.key]), status=303)
    return _done(
        request,
        held,
        lambda: actions.put_on(
            held, key_of(chosen), actor=person, now=timezone.now(), today=timezone.localdate()
        ),
        N_("It stands on the meeting."),
    )


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close it."""
    person = require(request.user, REFER)
    held = actions.meeting_for(person, key, today=timezone.localdate())
    return _done(
        request,
        held,
        lambda: actions.close_meeting(held, version=version_of(request), actor=person, now=timezone.now()),
        N_("The meeting was closed."),
    )


@require_POST
def agree(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what was agreed of an item."""
    person, item = _item(request, key)
    form = AgreedForm(request.POST, prefix=f"a{item.key}")
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.agree(
                item,
                given["words"],
                version=given["version"],
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _back(request, item.meeting, N_("That was written down."))
    return _page(request, person, item.meeting, {item.key: form})


@require_POST
def concern(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say who else an item concerns."""
    person, item = _item(request, key)
    today = timezone.localdate()
    form = ConcernForm(request.POST, prefix=f"w{item.key}", could=actions.could_concern(item.referral, today))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.concern(
                item,
                given["parties"],
                asked=given["asked"],
                asked_on=given["asked_on"],
                actor=person,
                now=timezone.now(),
                today=today,
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _back(request, item.meeting, N_("That was written down."))
    return _page(request, person, item.meeting, {item.key: form})


def _item(request: HttpRequest, key: UUID) -> tuple[Person, MeetingItem]:
    person = require(request.user, REFER)
    return person, actions.item_for(person, key, today=timezone.localdate())


def _done(request: HttpRequest, held: Meeting, change: Callable[[], object], words: str) -> HttpResponse:
    try:
        change()
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("meeting", args=[held.key]), status=303)
    return _back(request, held, words)


def _back(request: HttpRequest, held: Meeting, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("meeting", args=[held.key]), status=303)
