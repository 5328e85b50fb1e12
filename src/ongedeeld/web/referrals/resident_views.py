"""The resident's own page of referrals. It needs the open vault and no key: nothing of the vault is in it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.referrals import following
from ongedeeld.web.referrals.asked import version_of
from ongedeeld.web.referrals.forms import FollowForm
from ongedeeld.web.residents.models import Vault
from ongedeeld.web.residents.vault.openings import require_open
from ongedeeld.web.speaking import speech, told


@require_GET
def followed(request: HttpRequest) -> HttpResponse:
    """The referrals that the resident follows: what was told, what came of it, and how to take it back."""
    return _page(request, require_open(request), FollowForm())


def _page(request: HttpRequest, vault: Vault, form: FollowForm) -> HttpResponse:
    """The page, or the part of it that the map takes in when it asks."""
    inside = request.headers.get("HX-Request") == "true"
    shown = {
        "followed": following.followed_by(vault, today=timezone.localdate()),
        "form": form,
        "inside": inside,
        "day_of": timezone.localdate,
    }
    page = "residents/referrals_inside.html" if inside else "residents/referrals.html"
    return render(request, page, shown, status=422 if form.errors and not inside else 200)


@require_POST
@limited("follow_referral", "10/m/ip")
def follow(request: HttpRequest) -> HttpResponse:
    """Follow the referral of a code."""
    vault = require_open(request)
    form = FollowForm(request.POST)
    if form.is_valid():
        try:
            following.follow(vault, form.cleaned_data["code"], now=timezone.now(), today=timezone.localdate())
        except OngedeeldError as error:
            form.add_error("code", told(error))
        else:
            return _done(request, vault, N_("You can follow this referral from now on."))
    return _page(request, vault, form)


@require_POST
def take_back(request: HttpRequest, key: UUID, item: UUID) -> HttpResponse:
    """Take back one thing that was told."""
    vault = require_open(request)
    return _change(
        request,
        vault,
        lambda: following.take_back(vault, key, item, now=timezone.now(), today=timezone.localdate()),
        N_("You took it back. Nobody reads it here any more."),
    )


@require_POST
def take_all_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a whole referral back."""
    vault = require_open(request)
    return _change(
        request,
        vault,
        lambda: following.take_all_back(
            vault, key, version=version_of(request), now=timezone.now(), today=timezone.localdate()
        ),
        N_("You took it back. Nobody reads it here any more."),
    )


def _change(request: HttpRequest, vault: Vault, change: Callable[[], None], words: str) -> HttpResponse:
    try:
        change()
    except OngedeeldError as error:
        messages.error(request, told(error))
        return _shown(request, vault)
    return _done(request, vault, words)


def _done(request: HttpRequest, vault: Vault, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return _shown(request, vault)


def _shown(request: HttpRequest, vault: Vault) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return _page(request, vault, FollowForm())
    return HttpResponseRedirect(reverse("my_referrals"), status=303)
