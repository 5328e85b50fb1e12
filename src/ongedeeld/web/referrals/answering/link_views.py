"""Pages of a partner without an account: the link, its code, and the answer."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.referrals.answering.answers import Partner, by_link
from ongedeeld.web.referrals.answering.links import OPEN_LASTS, LinkEndedError, link_of, open_with
from ongedeeld.web.referrals.answering.pages import answer_page, answered
from ongedeeld.web.referrals.forms import CodeForm
from ongedeeld.web.referrals.letters import send_code
from ongedeeld.web.referrals.models import AnswerLink
from ongedeeld.web.referrals.sending.receivers import receiver_of
from ongedeeld.web.speaking import speech, told

COOKIE = "ongedeeld_antwoord"


@require_http_methods(["GET", "POST"])
@limited("answer_link", "30/m/ip")
def door(request: HttpRequest, token: str) -> HttpResponse:
    """What a link tells by itself: that somebody asks something. Its code opens the rest.

    Opening the page does nothing: what looks at the links in a letter uses none of them up.
    """
    now = timezone.now()
    try:
        link = link_of(token, now=now, today=timezone.localdate())
        form = CodeForm(request.POST if "code" in request.POST else None)
        if "send" in request.POST:
            _send(request, link)
            return HttpResponseRedirect(request.path, status=303)
        if form.is_valid():
            return _open(link, form.cleaned_data["code"])
    except LinkEndedError as error:
        raise Http404(error) from None
    except OngedeeldError as error:
        form.add_error("code", told(error))
    shown = {
        "form": form,
        "organisation": link.referral.organisation,
        "until": link.referral.respond_by,
        "mails_codes": bool(settings.EMAIL_HOST and receiver_of(link.referral).code_address),
    }
    return render(request, "referrals/door.html", shown, status=422 if form.errors else 200)


def _send(request: HttpRequest, link: AnswerLink) -> None:
    try:
        sent = send_code(link, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
        return
    if sent:
        messages.success(
            request,
            speech().say(N_("The code was sent to the address that your organisation gave beforehand.")),
        )
    else:
        messages.error(
            request,
            speech().say(
                N_("The code could not be sent. Call whoever asked you: they read a code out to you.")
            ),
        )


def _open(link: AnswerLink, code: str) -> HttpResponse:
    secret = open_with(link, code, now=timezone.now())
    page = reverse("answer_read", args=[link.key])
    response = HttpResponseRedirect(page, status=303)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=OPEN_LASTS,
        path=page,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _partner(request: HttpRequest, key: UUID) -> Partner:
    try:
        secret = request.COOKIES.get(COOKIE, "")
        return by_link(key, secret, now=timezone.now(), today=timezone.localdate())
    except LinkEndedError as error:
        raise Http404(error) from None


@require_GET
@limited("answer_read", "120/m/ip")
def read(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is asked, and the answer."""
    return answer_page(request, _partner(request, key))


@require_POST
@limited("answer_read", "120/m/ip")
def answer(request: HttpRequest, key: UUID, answer: str) -> HttpResponse:
    """The answer: `ja`, `nee` or `klaar`."""
    return answered(request, _partner(request, key), answer)
