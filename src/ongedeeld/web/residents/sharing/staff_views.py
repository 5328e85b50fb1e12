"""What residents share with whoever is signed in, and how many steps are shared."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.residents.breakthroughs.asking import ask
from ongedeeld.web.residents.breakthroughs.forms import AskForm
from ongedeeld.web.residents.breakthroughs.reminding import tell_asked
from ongedeeld.web.residents.models import DOMAINS
from ongedeeld.web.residents.sharing.contents import DOMAIN_CODES, STEP_STATES, states_of
from ongedeeld.web.residents.sharing.forms import ReplyForm
from ongedeeld.web.residents.sharing.reading import (
    asked_on,
    listed,
    live_share,
    may_pass_on,
    read_share,
    shared_with,
)
from ongedeeld.web.residents.sharing.receivers import deciders
from ongedeeld.web.residents.sharing.replies import may_reply, reply, words_of
from ongedeeld.web.residents.sharing.rules import ASK, SEE, SEE_COUNTS
from ongedeeld.web.residents.sharing.step_counts import ALL, STATES, counted
from ongedeeld.web.speaking import speech, told

PAGE = 25


@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """What is shared with me: from whom, for what and until when; what it says stands on its own page."""
    person = require(request.user, SEE)
    found = shared_with(person, timezone.localdate()).order_by("-made_at", "-id")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": listed(person, page.object_list), "states_of": states_of}
    return render(request, "residents/shared.html", shown)


@require_GET
def shared_thing(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them; the resident sees that it was opened."""
    return _thing(request, require(request.user, SEE), key)


def _thing(
    request: HttpRequest,
    person: Person,
    key: UUID,
    wrong: AskForm | None = None,
    wrong_reply: ReplyForm | None = None,
) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    share, copy = read_share(person, key, now=now, today=today)
    can_ask = may_pass_on(share) and bool(may(person, ASK))
    others = [one for one in deciders(today) if one.key != person.key] if can_ask else []
    start = {"rule": copy.told.get("obstacle", "")}
    shown = {
        "share": share,
        "copy": copy,
        "asked": list(asked_on(share).filter(asked_by=person.key)),
        "form": wrong or (AskForm(deciders=others, initial=start, prefix="ask") if can_ask else None),
        "wrong": wrong is not None,
        "reply_form": wrong_reply or (ReplyForm(prefix="reply") if may_reply(share) else None),
        "replies": [(one, words_of(one)) for one in share.replies.filter(person=person.key)],
    }
    return render(request, "residents/shared_thing.html", shown, status=422 if wrong or wrong_reply else 200)


@require_POST
def reply_to_share(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell the resident how far it is."""
    person = require(request.user, SEE)
    now, today = timezone.now(), timezone.localdate()
    live_share(person, key, today)
    form = ReplyForm(request.POST, prefix="reply")
    if form.is_valid():
        given = form.cleaned_data
        try:
            reply(person, key, given["state"], given["words"], now=now, today=today)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The resident sees it from now on.")))
            return HttpResponseRedirect(reverse("shared_thing", args=[key]), status=303)
    return _thing(request, person, key, wrong_reply=form)


@require_POST
def ask_breakthrough(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whoever decides that a rule gives way for a step."""
    person = require(request.user, ASK)
    now, today = timezone.now(), timezone.localdate()
    live_share(person, key, today)
    others = [one for one in deciders(today) if one.key != person.key]
    form = AskForm(request.POST, deciders=others, prefix="ask")
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            made = ask(person, key, chosen["asked_of"], form.plea, now=now, today=today, once=chosen["once"])
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            tell_asked(made)
            return HttpResponseRedirect(reverse("breakthrough", args=[made.key]), status=303)
    return _thing(request, person, key, form)


@require_GET
def step_counts(request: HttpRequest) -> HttpResponse:
    """With how many residents steps are taken in each life domain, as it was published."""
    person = require(request.user, SEE_COUNTS)
    quarters = counted(person, timezone.localdate())
    say = speech().say
    shown = {
        "quarters": quarters,
        "domains": DOMAIN_CODES,
        "domain_labels": dict(DOMAINS),
        "states": [(state, STEP_STATES[state]) for state in STATES] + [(ALL, N_("all together"))],
        "said_of": lambda count: (
            say(N_("not told")) if count is None else say(N_("about {count}"), count=count)
        ),
    }
    return render(request, "residents/step_counts.html", shown)
