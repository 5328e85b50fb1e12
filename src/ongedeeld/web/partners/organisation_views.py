"""Pages of partners and what they offer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.vocabulary import LIFE_DOMAIN_LABELS
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.partners import offers as offer_actions
from ongedeeld.web.partners import organisations as actions
from ongedeeld.web.partners import queries
from ongedeeld.web.partners.around import areas_now
from ongedeeld.web.partners.forms import (
    MemberForm,
    OfferForm,
    OrganisationForm,
    SentForm,
    WaitForm,
    areas_by_level,
)
from ongedeeld.web.partners.models import Offer, Organisation
from ongedeeld.web.partners.waits import waits_as_they_were
from ongedeeld.web.speaking import speech, told


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The partners, by life domain and place."""
    person, today = require(request.user, queries.SEE), timezone.localdate()
    areas = areas_now()
    domain, place = request.GET.get("domein", ""), request.GET.get("plaats", "")
    domain = domain if domain in LIFE_DOMAIN_LABELS else ""
    place = place if place in areas.names else ""
    shown = {
        "found": list(queries.organisations_for(person, areas, domain=domain, place=place)),
        "domain": domain,
        "place": place,
        "domains": LIFE_DOMAIN_LABELS,
        "areas": areas,
        "places": areas_by_level(areas),
        "waited": waits_as_they_were(person, today),
        "today": today,
    }
    return render(request, "partners/partners.html", shown)


@require_GET
def partner(request: HttpRequest, key: UUID) -> HttpResponse:
    """One partner: what it offers, what was agreed with it, and who works there."""
    person = require(request.user, queries.SEE)
    return _page(request, person, queries.organisation_for(person, key))


def _page(
    request: HttpRequest,
    person: Person,
    found: Organisation,
    wrong: WaitForm | None = None,
    of: UUID | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    working = actions.professionals(today)
    members = list(found.members.filter(until_day__isnull=True))
    inside = {member.person for member in members}
    offered = list(found.offers.filter(ended_on__isnull=True).prefetch_related("places"))
    shown = {
        "one": found,
        "offered": [(one, _wait_form(one, wrong if of == one.key else None)) for one in offered],
        "wrong": of if wrong else None,
        "agreements": queries.agreements_for(person).filter(parties=found),
        "members": [(member, working.get(member.person)) for member in members],
        "member_form": MemberForm(people={key: name for key, name in working.items() if key not in inside}),
        "areas": areas_now(),
        "domains": LIFE_DOMAIN_LABELS,
        "waited": waits_as_they_were(person, today),
        "today": today,
    }
    return render(request, "partners/partner.html", shown, status=422 if wrong else 200)


def _wait_form(offer: Offer, wrong: WaitForm | None) -> WaitForm:
    return wrong or WaitForm(initial={"wait_days": offer.wait_days}, prefix=f"wait-{offer.pk}")


@require_http_methods(["GET", "POST"])
def new_partner(request: HttpRequest) -> HttpResponse:
    """Take a partner into the register."""
    person = require(request.user, actions.KEEP)
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.make_organisation(
                form.about, actor=person, now=timezone.now(), once=form.cleaned_data["once"]
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, made, N_("The partner is there. Write down what it offers."))
    return _form(
        request, form, {"heading": N_("A new partner"), "back": reverse("partners"), "partner": None}
    )


@require_http_methods(["GET", "POST"])
def change_partner(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what is told of a partner."""
    person = require(request.user, actions.KEEP)
    found = queries.organisation_for(person, key)
    begun = {name: getattr(found, name) for name in (*actions.About.__dataclass_fields__, "version")}
    form = OrganisationForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            actions.change_organisation(found, form.about, version=form.cleaned_data["version"], actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, found, N_("That was changed."))
    back = reverse("partner", args=[found.key])
    return _form(request, form, {"heading": found.name, "back": back, "partner": found})


@require_POST
def end_partner(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a partner out of the register."""
    person = require(request.user, actions.KEEP)
    found = queries.organisation_for(person, key)
    try:
        actions.end_organisation(found, version=_version(request), actor=person, today=timezone.localdate())
    except OngedeeldError as error:
        return _told(request, found, error)
    messages.success(request, speech().say(N_("{name} stands in the register no longer."), name=found.name))
    return HttpResponseRedirect(reverse("partners"), status=303)


@require_http_methods(["GET", "POST"])
def new_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what a partner offers."""
    person = require(request.user, actions.KEEP)
    found = queries.organisation_for(person, key)
    form = OfferForm(request.POST or None, areas=areas_now())
    if form.is_valid():
        try:
            offer_actions.make_offer(
                found, form.offered, form.codes, actor=person, once=form.cleaned_data["once"]
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, found, N_("That was written down."))
    return _offer_form(request, form, found, N_("What this partner offers"))


@require_http_methods(["GET", "POST"])
def change_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what a partner offers."""
    person = require(request.user, actions.KEEP)
    offer = queries.offer_for(person, key)
    begun = {name: getattr(offer, name) for name in (*offer_actions.Offered.__dataclass_fields__, "version")}
    codes = sorted(offer_actions.codes_of(offer))
    form = OfferForm(request.POST or None, areas=areas_now(), initial={**begun, "areas": codes})
    if form.is_valid():
        try:
            offer_actions.change_offer(
                offer, form.offered, form.codes, version=form.cleaned_data["version"], actor=person
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, offer.organisation, N_("That was changed."))
    return _offer_form(request, form, offer.organisation, offer.name, offer)


@require_POST
def tell_wait(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down how long the wait is."""
    person = require(request.user, offer_actions.TELL_WAIT)
    offer = queries.offer_for(person, key)
    form = WaitForm(request.POST, prefix=f"wait-{offer.pk}")
    if not form.is_valid():
        return _page(request, person, offer.organisation, form, offer.key)
    try:
        offer_actions.tell_wait(
            offer, form.cleaned_data["wait_days"], actor=person, today=timezone.localdate()
        )
    except OngedeeldError as error:
        return _told(request, offer.organisation, error)
    return _to(request, offer.organisation, N_("That was written down."))


@require_POST
def end_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that it is not offered any more."""
    person = require(request.user, actions.KEEP)
    offer = queries.offer_for(person, key)
    try:
        offer_actions.end_offer(offer, version=_version(request), actor=person, today=timezone.localdate())
    except OngedeeldError as error:
        return _told(request, offer.organisation, error)
    return _to(request, offer.organisation, N_("It is not offered any more."))


@require_POST
def take_in_member(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that somebody works at a partner."""
    person = require(request.user, actions.KEEP)
    found = queries.organisation_for(person, key)
    today = timezone.localdate()
    form = MemberForm(request.POST, people=actions.professionals(today))
    if not form.is_valid():
        messages.error(request, speech().say(N_("Choose who works there.")))
        return HttpResponseRedirect(reverse("partner", args=[found.key]), status=303)
    try:
        actions.take_in(found, form.cleaned_data["person"], actor=person, today=today)
    except OngedeeldError as error:
        return _told(request, found, error)
    return _to(request, found, N_("They now see what is shared with this partner."))


@require_POST
def let_go_member(request: HttpRequest, key: UUID, member: UUID) -> HttpResponse:
    """Say that somebody no longer works at a partner."""
    person = require(request.user, actions.KEEP)
    found = queries.organisation_for(person, key)
    actions.let_go(found, member, actor=person, today=timezone.localdate())
    return _to(request, found, N_("They see nothing of this partner any more."))


def _offer_form(
    request: HttpRequest, form: OfferForm, found: Organisation, heading: str, offer: Offer | None = None
) -> HttpResponse:
    shown = {"form": form, "partner": found, "heading": heading, "offer": offer}
    return render(request, "partners/offer_form.html", shown, status=422 if form.errors else 200)


def _form(request: HttpRequest, form: SentForm, shown: dict[str, object]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "partners/partner_form.html", {"form": form, **shown}, status=status)


def _version(request: HttpRequest) -> int:
    form = SentForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _to(request: HttpRequest, found: Organisation, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("partner", args=[found.key]), status=303)


def _told(request: HttpRequest, found: Organisation, error: OngedeeldError) -> HttpResponse:
    messages.error(request, told(error))
    return HttpResponseRedirect(reverse("partner", args=[found.key]), status=303)
