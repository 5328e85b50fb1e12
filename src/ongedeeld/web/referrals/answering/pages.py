"""The page on which a partner reads and answers, the same by link and signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.referrals.answering import answers
from ongedeeld.web.referrals.answering.answers import Partner
from ongedeeld.web.referrals.contents import answer_of
from ongedeeld.web.referrals.forms import AcceptForm, FinishForm, OnceForm, RefuseForm
from ongedeeld.web.referrals.meetings.holding import items_of_link
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import NONE_SUCH
from ongedeeld.web.speaking import speech, told


@dataclass(frozen=True)
class Way:
    """One way to answer: its form, what it does, and what is said then."""

    form: type[OnceForm]
    do: Callable[[Partner, OnceForm], None]
    words: str


def _accept(partner: Partner, form: OnceForm) -> None:
    given = form.cleaned_data
    answers.accept(
        partner,
        version=given["version"],
        now=timezone.now(),
        today=timezone.localdate(),
        contact_on=given["contact_on"],
        words=given["words"],
    )


def _refuse(partner: Partner, form: OnceForm) -> None:
    given = form.cleaned_data
    answers.refuse(
        partner,
        given["refusal"],
        version=given["version"],
        now=timezone.now(),
        today=timezone.localdate(),
        words=given["words"],
    )


def _finish(partner: Partner, form: OnceForm) -> None:
    given = form.cleaned_data
    answers.finish(
        partner,
        version=given["version"],
        now=timezone.now(),
        today=timezone.localdate(),
        words=given["words"],
    )


WAYS = {
    "ja": Way(AcceptForm, _accept, N_("Thank you. The housing association knows that you accept.")),
    "nee": Way(
        RefuseForm, _refuse, N_("Thank you. The housing association knows your answer and the reason.")
    ),
    "klaar": Way(FinishForm, _finish, N_("Thank you. The housing association knows that it was done.")),
}


def answer_page(
    request: HttpRequest, partner: Partner, wrong: dict[str, OnceForm] | None = None
) -> HttpResponse:
    """What is asked, with what was typed wrongly in one of the forms."""
    one = partner.referral
    items = answers.look(partner, now=timezone.now(), today=timezone.localdate())
    filled, seen = wrong or {}, {"version": one.version}
    shown = {
        "one": one,
        "items": items,
        "by_link": partner.link is not None,
        "owner": names_of([one.owner]).get(one.owner, ""),
        "answer": answer_of(one),
        "forms_of": {
            name: filled.get(name) or way.form(prefix=name, initial=seen) for name, way in WAYS.items()
        },
        "addresses": {name: _address(partner, name) for name in WAYS},
        "wrong": filled,
        "waits": one.state == Referral.State.SENT,
        "runs": one.is_running,
        "discussed": items_of_link(one, today=timezone.localdate()) if partner.link else [],
        "day_of": timezone.localdate,
    }
    return render(request, "referrals/received_referral.html", shown, status=422 if wrong else 200)


def answered(request: HttpRequest, partner: Partner, name: str) -> HttpResponse:
    """Take an answer; what cannot be is told beside the form."""
    way = WAYS.get(name)
    if way is None:
        raise Http404(NONE_SUCH)
    form = way.form(request.POST, prefix=name)
    if form.is_valid():
        try:
            way.do(partner, form)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _thanked(request, partner, way)
    return answer_page(request, partner, {name: form})


def _thanked(request: HttpRequest, partner: Partner, way: Way) -> HttpResponse:
    one = partner.referral
    if partner.link is None:
        messages.success(request, speech().say(way.words))
        return HttpResponseRedirect(reverse("received_referral", args=[one.key]), status=303)
    if one.is_running:
        messages.success(request, speech().say(way.words))
        return HttpResponseRedirect(reverse("answer_read", args=[partner.link.key]), status=303)
    return render(request, "referrals/answered.html", {"words": way.words})


def _address(partner: Partner, name: str) -> str:
    if partner.link is not None:
        return reverse("answer_by_link", args=[partner.link.key, name])
    return reverse("answer_received", args=[partner.referral.key, name])
