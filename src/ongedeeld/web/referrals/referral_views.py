"""Pages of referrals for colleagues: the list, one referral, and what they do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.referrals import following, queries
from ongedeeld.web.referrals.answering import links
from ongedeeld.web.referrals.asked import version_of
from ongedeeld.web.referrals.colleagues import able
from ongedeeld.web.referrals.contents import address_of, agreed_of, answer_of
from ongedeeld.web.referrals.events import Side
from ongedeeld.web.referrals.forms import HandOverForm, TellMoreForm
from ongedeeld.web.referrals.grants import read
from ongedeeld.web.referrals.letters import link_address
from ongedeeld.web.referrals.letters import send_link as send
from ongedeeld.web.referrals.models import RUNNING, AnswerLink, Referral, ReferralItem
from ongedeeld.web.referrals.sending import ending, referring
from ongedeeld.web.referrals.sending.receivers import receiver_of
from ongedeeld.web.referrals.standing import standing_of
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.request_marks import beside
from ongedeeld.web.speaking import speech, told

PAGE = 25
State = Referral.State
SHOWN_ONCE = dict.fromkeys(("shown_link", "why_shown", "shown_code", "shown_follow_code"), "")
"""What a page tells this one time alone."""
MAILED = {
    AnswerLink.Mailed.SENT: N_("It was sent. The letter with the link is on its way."),
    AnswerLink.Mailed.FAILED: N_(
        "The letter with the link could not be sent. Try it again below, or call the partner."
    ),
    AnswerLink.Mailed.NO_ADDRESS: N_(
        "No e-mail address of this partner is known. Who signs in for it sees the referral; else call them."
    ),
    AnswerLink.Mailed.NO_MAIL: N_(
        "This workbench sends no mail. Who signs in for the partner sees the referral; else call them."
    ),
}


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """The referrals in reach, those whose term ends first before; who works at a partner goes to theirs."""
    person = require(request.user, "referrals.see_referrals")
    if not may(person, queries.REFER):
        return HttpResponseRedirect(reverse("received_referrals"), status=303)
    today = timezone.localdate()
    state = request.GET.get("stand", "")
    found = queries.referrals_for(person, today=today)
    found = found.filter(state=state) if state in State.values else found.filter(state__in=RUNNING)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    with seeing("referrals.list_referrals", of=queries.PURPOSE) as doing:
        record(person, "referrals.list_referrals", "referrals", person.key, ["address"])
        addresses = {}
        for one in page:
            doing.about(one.home)
            addresses[one.pk] = address_of(one)
    shown = {
        "page": page,
        "state": state,
        "states": State,
        "addresses": addresses,
        "names": names_of(one.owner for one in page),
        "standing": standing_of(page, today),
        "today": today,
    }
    return render(request, "referrals/referrals.html", shown)


@require_GET
def referral(request: HttpRequest, key: UUID) -> HttpResponse:
    """One: what was told on which ground, where it stands, and what is done next."""
    person = require(request.user, queries.REFER)
    return _page(request, person, queries.referral_for(person, key, today=timezone.localdate()))


def _page(
    request: HttpRequest,
    person: Person,
    one: Referral,
    wrong: dict[str, forms.Form] | None = None,
    **more: object,
) -> HttpResponse:
    """The page, with what was typed wrongly in one of its forms, or a code that is shown once."""
    today = timezone.localdate()
    with seeing("referrals.see_referral", of=queries.PURPOSE, subject=one.home):
        record(person, "referrals.see_referral", "referral", one.key, place=one.complex)
        items = read(one, today)
        answer = answer_of(one)
        agreed = [(item.meeting, agreed_of(item)) for item in one.meetings.select_related("meeting")]
    filled = wrong or {}
    events = list(one.events.all())
    told_kinds = {item.kind for item in one.items.all() if item.withdrawn_at is None}
    version = {"version": one.version}
    link = one.links.last()
    shown = {
        "one": one,
        "items": items,
        "address": address_of(one),
        "answer": answer,
        "agreed": agreed,
        "events": events,
        "names": names_of([one.owner, one.made_by, *(event.actor for event in events)]),
        "kinds": dict(ReferralItem.Kind.choices),
        "link": link,
        "link_works": link is not None and links.works(link, timezone.now()),
        "reached": receiver_of(one),
        "more_form": filled.get("more") or _more_form(one, told_kinds, today),
        "over_form": filled.get("over") or _over_form(one, version),
        "wrong": filled,
        "beside": beside(queries.PURPOSE, one.key),
        "runs": one.is_running,
        "day_of": timezone.localdate,
        "today": today,
        "now": timezone.now(),
        "late": one.state == State.SENT and one.respond_by < today,
        "standing": standing_of([one], today)[one.pk],
        **SHOWN_ONCE,
        **more,
    }
    return render(request, "referrals/referral.html", shown, status=422 if wrong else 200)


def _more_form(one: Referral, told_kinds: set[str], today: date) -> TellMoreForm | None:
    kinds = [kind for kind in ReferralItem.Kind.values if kind not in told_kinds]
    if not kinds or not one.is_running:
        return None
    initial = {
        "asked_on": today,
        "until": one.items.order_by("until_day").values_list("until_day", flat=True).last(),
    }
    return TellMoreForm(prefix="more", agreement=one.agreement, kinds=kinds, initial=initial)


def _over_form(one: Referral, version: dict[str, int]) -> HandOverForm:
    colleagues = [person for person in able(one.area_codes) if person.key != one.owner]
    return HandOverForm(prefix="over", colleagues=colleagues, initial=version)


@require_POST
def tell_more(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell the partner one thing more, on its own ground."""
    person, one = _mine(request, key)
    kinds = ReferralItem.Kind.values
    form = TellMoreForm(request.POST, prefix="more", agreement=one.agreement, kinds=kinds)
    if form.is_valid():
        try:
            referring.tell_more(one, form.item, actor=person, now=timezone.now(), today=timezone.localdate())
        except OngedeeldError as error:
            form.add_error(referring.part_of(error), told(error))
        else:
            return _back(
                request, one, N_("That can be read from now on. What was told before stays as it was.")
            )
    return _page(request, person, one, {"more": form})


@require_POST
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a colleague keep it."""
    person, one = _mine(request, key)
    form = HandOverForm(request.POST, prefix="over", colleagues=able(one.area_codes))
    if form.is_valid():
        given = form.cleaned_data
        try:
            referring.hand_over(one, given["to"], version=given["version"], actor=person, now=timezone.now())
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _back(request, one, N_("It was handed over."))
    return _page(request, person, one, {"over": form})


@require_POST
def take_back(request: HttpRequest, key: UUID, item: UUID) -> HttpResponse:
    """Take back one item."""

    def change(person: Person, one: Referral) -> None:
        referring.take_back_item(one, item, actor=person, side=Side.ASSOCIATION, now=timezone.now())

    return _clicked(request, key, change, N_("It was taken back. Nobody reads it here any more."))


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the whole referral back."""

    def change(person: Person, one: Referral) -> None:
        referring.withdraw(
            one,
            version=version_of(request),
            actor=person,
            side=Side.ASSOCIATION,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    return _clicked(request, key, change, N_("The referral was taken back. Nobody reads it here any more."))


@require_POST
def contacted(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down that the resident says that somebody came."""

    def change(person: Person, one: Referral) -> None:
        ending.hear_of_contact(one, actor=person, now=timezone.now())

    return _clicked(request, key, change, N_("That was written down."))


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that it was done, as the resident or the partner told."""

    def change(person: Person, one: Referral) -> None:
        version, today = version_of(request), timezone.localdate()
        ending.close_as_done(one, version=version, actor=person, now=timezone.now(), today=today)

    return _clicked(request, key, change, N_("It was closed. The partner reads nothing of it here any more."))


@require_POST
def end_links(request: HttpRequest, key: UUID) -> HttpResponse:
    """End the link for the answer."""

    def change(person: Person, one: Referral) -> None:
        links.end_links(one, actor=person, now=timezone.now())

    return _clicked(request, key, change, N_("The link was ended and leads nowhere any more."))


@require_POST
@limited("referral_letters", "20/h/user")
def send_link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send another link; the one before ends. Where no letter goes, the link is shown here once."""
    person, one = _mine(request, key)
    return link_sent(request, person, one)


def link_sent(request: HttpRequest, person: Person, one: Referral) -> HttpResponse:
    """Make and send a link, and tell what came of it."""
    now = timezone.now()
    try:
        new = links.make_link(one, actor=person, now=now)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("referral", args=[one.key]), status=303)
    mailed = send(new, actor=person, now=now)
    if mailed == AnswerLink.Mailed.SENT:
        return _back(request, one, MAILED[mailed])
    one = queries.referral_for(person, one.key, today=timezone.localdate())
    shown = link_address(new.token, request.build_absolute_uri("/"))
    return _page(request, person, one, shown_link=shown, why_shown=MAILED[mailed])


@require_POST
@limited("referral_codes", "20/h/user")
def code(request: HttpRequest, key: UUID) -> HttpResponse:
    """A code to read out by telephone, at the number that the organisation gave beforehand; shown once."""
    person, one = _mine(request, key)
    link = links.working_link(one, timezone.now())
    try:
        if link is None:
            raise InputError(N_("there is no link for an answer"), remedy=N_("send one first"))
        shown = links.new_code(link, now=timezone.now(), actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("referral", args=[one.key]), status=303)
    return _page(request, person, one, shown_code=shown)


@require_POST
def follow_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """A code with which the resident follows it; shown once."""
    person, one = _mine(request, key)
    shown = following.follow_code(one, actor=person, now=timezone.now())
    return _page(request, person, one, shown_follow_code=shown)


def _mine(request: HttpRequest, key: UUID) -> tuple[Person, Referral]:
    person = require(request.user, queries.REFER)
    return person, queries.referral_for(person, key, today=timezone.localdate())


def _clicked(
    request: HttpRequest, key: UUID, change: Callable[[Person, Referral], None], words: str
) -> HttpResponse:
    person, one = _mine(request, key)
    try:
        change(person, one)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("referral", args=[one.key]), status=303)
    return _back(request, one, words)


def _back(request: HttpRequest, one: Referral, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("referral", args=[one.key]), status=303)
