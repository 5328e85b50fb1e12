"""The pages on which the manager gives and ends tokens, and the description of the API."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.queries import givable
from ongedeeld.web.api.actions import end_token, give_token
from ongedeeld.web.api.explaining import ANSWERS, PROBLEMS, STATES
from ongedeeld.web.api.forms import TokenForm
from ongedeeld.web.api.interface import described
from ongedeeld.web.api.problems import BASE
from ongedeeld.web.api.queries import tokens
from ongedeeld.web.api.questions import MOST_PER_PAGE
from ongedeeld.web.speaking import told


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document; public, and readable from every page on the web."""
    answer = JsonResponse(described(request), json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Which organisations read by way of the API."""
    person = require(request.user, "api.see_tokens")
    context = {"tokens": tokens(person), "now": timezone.now()}
    return render(request, "api/tokens.html", context)


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What the API answers, and how it is asked, for people."""
    require(request.user, "api.read")
    context = {
        "base": request.build_absolute_uri(BASE).rstrip("/"),
        "answers": ANSWERS,
        "states": STATES,
        "problems": PROBLEMS,
        "most": MOST_PER_PAGE,
    }
    return render(request, "api/explained.html", context)


def give(request: HttpRequest) -> HttpResponse:
    """Give a token; its secret is shown once, on the answer itself."""
    person = require(request.user, "api.give_token")
    today = timezone.localdate()
    start = {"from_day": today, "until_day": today + timedelta(days=365)}
    form = TokenForm(request.POST or None, givable=givable(person), initial=start)
    if form.is_valid():
        post = form.post()
        try:
            token, secret = give_token(
                form.cleaned_data["organisation"], post, form.cleaned_data["until_day"], actor=person
            )
        except InputError as error:
            form.add_error(None, told(error))
        else:
            return render(request, "api/given.html", {"token": token, "secret": secret})
    return render(request, "api/give.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a token."""
    person = require(request.user, "api.give_token")
    try:
        end_token(key, actor=person)
    except AbsentError as error:
        raise Http404(error) from error
    messages.success(request, N_("The token has ended: nothing is read with it any more."))
    return HttpResponseRedirect(reverse("api_tokens"), status=303)
