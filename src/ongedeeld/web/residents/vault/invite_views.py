"""A colleague lets a resident begin: a link for the resident's phone, or this tablet."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import Refused, require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.vault.invitations import HOLDS, RIGHT, invite
from ongedeeld.web.signals.reporting.spots import Spot, find_spots, spot_at
from ongedeeld.web.speaking import speech
from ongedeeld.web.written import Written


class InvitationForm(forms.Form):
    """Whether the map is linked with a home, and that the resident wants so."""

    search = Written(
        label=N_("Address"),
        required=False,
        max_length=120,
        help_text=N_("Only if the resident wants the map to be linked with the home."),
    )
    address = forms.IntegerField(required=False, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=N_("The resident wants this link, and knows that it can be removed at any time."),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """A home is linked only where the resident wants it."""
        given = super().clean() or {}
        if (given.get("search") or given.get("address")) and not given.get("agreed"):
            self.add_error("agreed", N_("Without this the map is made without an address."))
        return given


@limited("invite_resident", "60/h/user")
@require_http_methods(["GET", "POST"])
def invite_resident(request: HttpRequest) -> HttpResponse:
    """Give an invitation; its link is shown once. What is searched is posted, and in no address."""
    person = require(request.user, RIGHT)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        spot, found = _home(person, form)
        if form.is_valid():
            return _given(request, invite(spot, actor=person, now=timezone.now()), spot)
        return _page(request, form, found)
    return _page(request, form, [])


@require_POST
def begin_here(request: HttpRequest) -> HttpResponse:
    """Let the resident begin on this device: the colleague is signed out here first.

    The invitation is behind the # of the address to which the form is sent, and the browser takes it along.
    """
    require(request.user, RIGHT)
    logout(request)
    return HttpResponseRedirect(reverse("begin_vault"), status=303)


def _page(request: HttpRequest, form: InvitationForm, found: list[Spot]) -> HttpResponse:
    status = 422 if form.errors else 200
    shown = {"form": form, "found": found, "hours": int(HOLDS.total_seconds() // 3600)}
    return render(request, "residents/invite.html", shown, status=status)


def _given(request: HttpRequest, token: str, spot: Spot | None) -> HttpResponse:
    address = f"{request.build_absolute_uri(reverse('begin_vault'))}#{token}"
    until = timezone.localtime(timezone.now() + HOLDS)
    here = f"{reverse('begin_here')}#{token}"
    shown = {
        "address": address,
        "here": here,
        "spot": spot,
        "until": f"{speech().day(until.date())}, {until:%H:%M}",
    }
    return render(request, "residents/invited.html", shown)


def _home(person: Person, form: InvitationForm) -> tuple[Spot | None, list[Spot]]:
    """The home that was meant; where it is not clear which, those that could be, and what is wrong."""
    text, number = form.cleaned_data["search"], form.cleaned_data["address"]
    found = find_spots(person, text) if text else []
    try:
        if number is not None and (not text or number in {one.address for one in found}):
            return spot_at(person, number), found
    except Refused as refused:
        form.add_error("search", speech().told(refused.decision))
        return None, []
    if not text:
        return None, []
    exact = [one for one in found if one.is_called(text)]
    if len(exact) == 1:
        return exact[0], found
    form.add_error(
        "search", N_("Choose the address.") if found else N_("No address in your areas fits this.")
    )
    return None, exact or found
