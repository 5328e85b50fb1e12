"""Pages of what was agreed with partners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of
from ongedeeld.web.accounts.places import Everywhere, areas_known, place_of
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.partners import agreeing as actions
from ongedeeld.web.partners import queries
from ongedeeld.web.partners.around import Areas, areas_now
from ongedeeld.web.partners.forms import AgreementForm, SentForm
from ongedeeld.web.partners.models import Agreement, Organisation
from ongedeeld.web.partners.sharing import DATA
from ongedeeld.web.speaking import speech, told

SOON = timedelta(weeks=8)
A_YEAR = timedelta(days=365)


@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements that run, and those that ended."""
    person = require(request.user, queries.SEE)
    today = timezone.localdate()
    found = list(queries.agreements_for(person))
    shown = {
        "running": [one for one in found if not has_ended(one, today)],
        "ended": [one for one in found if has_ended(one, today)],
        "today": today,
        "soon": today + SOON,
        "areas": areas_now(),
    }
    return render(request, "partners/agreements.html", shown)


@require_GET
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """One agreement."""
    person = require(request.user, queries.SEE)
    found = queries.agreement_for(person, key)
    today = timezone.localdate()
    codes = [place.code for place in found.places.all()]
    shown = {
        "one": found,
        "places": areas_now().named(codes),
        "items": [DATA[code] for code in found.data if code in DATA],
        "made_by": names_of([found.made_by]).get(found.made_by),
        "may_change": found.ended_on is None and actions.may_agree(person, codes),
        "is_over": has_ended(found, today),
        "today": today,
        "soon": today + SOON,
    }
    return render(request, "partners/agreement.html", shown)


@require_http_methods(["GET", "POST"])
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Write down what was agreed; with a partner that was named (`met`)."""
    person = require(request.user, actions.AGREE)
    today = timezone.localdate()
    begun = {"from_day": today, "review_on": today + A_YEAR, "parties": request.GET.getlist("met")[:1]}
    form = _form(request, person, begun)
    if form.is_valid():
        try:
            made = actions.make_agreement(
                form.terms, actor=person, now=timezone.now(), once=form.cleaned_data["once"]
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, made, N_("That was written down."))
    return _shown(request, form, N_("A new agreement"), reverse("agreements"))


@require_http_methods(["GET", "POST"])
def change_agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what was agreed."""
    person = require(request.user, actions.AGREE)
    found = queries.agreement_for(person, key)
    terms = actions.terms_of(found)
    if not actions.may_agree(person, terms.codes):
        require(person, actions.AGREE, _first_outside(person, terms.codes))
    begun = {
        **{name: value for name, value in vars(terms).items() if name not in ("parties", "codes", "data")},
        "items": terms.data,
        "parties": [str(key) for key in terms.parties],
        "areas": sorted(terms.codes),
        "version": found.version,
    }
    form = _form(request, person, begun, found.parties.all())
    if form.is_valid():
        try:
            actions.change_agreement(found, form.terms, version=form.cleaned_data["version"], actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, found, N_("That was changed."))
    return _shown(request, form, found.title, reverse("agreement", args=[found.key]))


@require_POST
def end_agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """End it."""
    person = require(request.user, actions.AGREE)
    found = queries.agreement_for(person, key)
    sent = SentForm(request.POST)
    version = sent.cleaned_data["version"] if sent.is_valid() else 0
    try:
        actions.end_agreement(found, version=version, actor=person, today=timezone.localdate())
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("agreement", args=[found.key]), status=303)
    return _to(request, found, N_("It has ended: nothing is shared under it any more."))


def has_ended(one: Agreement, today: date) -> bool:
    """Whether it holds no longer."""
    return one.ended_on is not None or (one.until_day is not None and one.until_day < today)


def _form(
    request: HttpRequest, person: Person, begun: dict[str, object], held: Iterable[Organisation] = ()
) -> AgreementForm:
    """The form, with the partners that are there or that were a party, and the areas of the person."""
    there = {str(one.key): one.name for one in (*held, *Organisation.objects.filter(ended_on__isnull=True))}
    areas = areas_now()
    return AgreementForm(
        request.POST or None,
        initial=begun,
        organisations=there,
        areas=areas,
        codes=_codes_of(person, areas),
    )


def _codes_of(person: Person, areas: Areas) -> list[str] | None:
    """The areas in which somebody may write down an agreement; none where that is everywhere."""
    extent = extent_of(person, actions.AGREE)
    if extent.everywhere:
        return None
    known = areas_known(person)
    return [code for code in areas.names if extent.covers(place_of(code, known))]


def _first_outside(person: Person, codes: Iterable[str]) -> object:
    """Something of an agreement that lies outside the reach of a person, so that the refusal tells why."""
    known, extent = areas_known(person), extent_of(person, actions.AGREE)
    outside = [place_of(code, known) for code in sorted(codes) if not extent.covers(place_of(code, known))]
    return outside[0] if outside else Everywhere()


def _shown(request: HttpRequest, form: AgreementForm, heading: str, back: str) -> HttpResponse:
    shown = {"form": form, "heading": heading, "back": back}
    return render(request, "partners/agreement_form.html", shown, status=422 if form.errors else 200)


def _to(request: HttpRequest, found: Agreement, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("agreement", args=[found.key]), status=303)
