"""Requests that a rule gives way, for who asked and who is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.breakthroughs import asking as actions
from ongedeeld.web.residents.breakthroughs.forms import AnswerForm
from ongedeeld.web.residents.breakthroughs.queries import (
    breakthrough_for,
    breakthroughs_for,
    read_breakthrough,
)
from ongedeeld.web.residents.breakthroughs.reminding import tell_answered
from ongedeeld.web.residents.models import Breakthrough
from ongedeeld.web.residents.sharing.receivers import names_of
from ongedeeld.web.residents.sharing.rules import ANSWER, ASK, SEE
from ongedeeld.web.speaking import speech, told

PAGE = 25


@require_GET
def breakthroughs(request: HttpRequest) -> HttpResponse:
    """What was asked of me and what I asked, the first due first; what it says stands on its own page."""
    person = require(request.user, SEE)
    today = timezone.localdate()
    page = Paginator(breakthroughs_for(person, today), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "names": _names(*page.object_list), "today": today}
    return render(request, "residents/breakthroughs.html", shown)


@require_GET
def breakthrough(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them."""
    return _page(request, require(request.user, SEE), key)


def _page(request: HttpRequest, person: Person, key: UUID, wrong: AnswerForm | None = None) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    one, plea, copy = read_breakthrough(person, key, now=now, today=today)
    answers = one.asked_of == person.key and one.state == Breakthrough.State.ASKED
    shown = {
        "one": one,
        "plea": plea,
        "copy": copy,
        "names": _names(one),
        "mine": one.asked_by == person.key,
        "is_late": one.state == Breakthrough.State.ASKED and one.respond_by < today,
        "form": (wrong or AnswerForm(initial={"version": one.version}, prefix="answer")) if answers else None,
    }
    return render(request, "residents/breakthrough.html", shown, status=422 if wrong else 200)


@require_POST
def answer_breakthrough(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer it, with a reason."""
    person = require(request.user, ANSWER)
    today = timezone.localdate()
    one = breakthrough_for(person, key, today)
    form = AnswerForm(request.POST, prefix="answer")
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.answer(
                person,
                one,
                agreed=chosen["answer"] == "agreed",
                reason=chosen["reason"],
                version=chosen["version"],
                now=timezone.now(),
                today=today,
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            tell_answered(one)
            messages.success(
                request, speech().say(N_("Answered. Who asked reads it, and so does the resident."))
            )
            return HttpResponseRedirect(reverse("breakthrough", args=[one.key]), status=303)
    return _page(request, person, key, form)


@require_POST
def take_back_breakthrough(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what one asked oneself."""
    person = require(request.user, ASK)
    one = breakthrough_for(person, key, timezone.localdate())
    try:
        actions.take_back(person, one, version=int(request.POST.get("version", "0") or 0))
    except ValueError:
        messages.error(request, told(InputError(N_("open the page again"))))
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(N_("You took it back.")))
        return HttpResponseRedirect(reverse("shared_thing", args=[one.share.key]), status=303)
    return HttpResponseRedirect(reverse("breakthrough", args=[one.key]), status=303)


def _names(*asked: Breakthrough) -> dict[UUID, str]:
    keys = {key for one in asked for key in (one.asked_of, one.asked_by) if key is not None}
    return names_of(("person", key) for key in keys)
