"""Pages of what is tried before an eviction."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, InputError, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.preventing import cases as actions
from ongedeeld.web.preventing import queries
from ongedeeld.web.preventing.contents import Threat, case_of, reasons_of, words_of
from ongedeeld.web.preventing.forms import (
    CaseAtAddressForm,
    CaseForm,
    DecideForm,
    EndCaseForm,
    FindForm,
    OnceForm,
    TriedForm,
)
from ongedeeld.web.preventing.last_resort import can_be_last_resort
from ongedeeld.web.preventing.models import Case
from ongedeeld.web.preventing.origins import Origin, from_arrears, from_signal
from ongedeeld.web.preventing.where import Where, address_chosen
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.request_marks import beside
from ongedeeld.web.speaking import speech, told

PAGE = 25
State = Case.State


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The households for whom something is being tried, in the order in which that began."""
    person = require(request.user, actions.RIGHT)
    state = request.GET.get("stand", "")
    found = queries.cases_for(person, today=timezone.localdate())
    found = found.filter(state=state) if state in State.values else found.exclude(state=State.ENDED)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    with seeing("preventing.list_cases", of=actions.PURPOSE) as doing:
        addresses = {}
        for one in page:
            doing.about(one.home)
            addresses[one.pk] = case_of(one).address
    shown = {
        "page": page,
        "state": state,
        "states": State,
        "addresses": addresses,
        "names": names_of(one.owner for one in page),
    }
    return render(request, "preventing/cases.html", shown)


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Begin: from arrears (`achterstand`) or a signal (`melding`), by their keys, or at an address."""
    person = require(request.user, actions.RIGHT)
    origin = _origin(request, person)
    return _from_origin(request, person, origin) if origin else _at_address(request, person)


def _origin(request: HttpRequest, person: Person) -> Origin | None:
    today = timezone.localdate()
    ways = (("achterstand", from_arrears), ("melding", from_signal))
    for name, taken in ways:
        if asked := request.GET.get(name):
            return taken(person, _key(asked), today=today)
    return None


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # which nothing has


def _from_origin(request: HttpRequest, person: Person, origin: Origin) -> HttpResponse:
    form = CaseForm(request.POST or None)
    if form.is_valid():
        answer = _begun(
            person, form, lambda once: _begin(origin, origin.threat, origin.occasion, person, once)
        )
        if answer is not None:
            return answer
    shown = {"origin": origin, "form": form, "find": None, "found": [], "searched": False}
    return render(request, "preventing/new_case.html", shown, status=422 if form.errors else 200)


def _at_address(request: HttpRequest, person: Person) -> HttpResponse:
    find = FindForm(request.POST or None)
    found = addresses_for(person, find.cleaned_data["zoek"]) if find.is_valid() else []
    sent = "address" in request.POST or "occasion" in request.POST
    form = CaseAtAddressForm(
        request.POST if sent else None, found=found, initial={"zoek": request.POST.get("zoek", "")}
    )
    if sent and form.is_valid():
        told_of = form.cleaned_data
        where = address_chosen(person, told_of["zoek"], told_of["address"])
        threat = Threat(str(where.address), told_of["name"])
        answer = _begun(person, form, lambda once: _begin(where, threat, told_of["occasion"], person, once))
        if answer is not None:
            return answer
    shown = {
        "origin": None,
        "form": form if found else None,
        "find": find,
        "found": found,
        "searched": bool(request.POST),
    }
    wrong = sent or bool(find.errors and request.POST)
    return render(request, "preventing/new_case.html", shown, status=422 if wrong else 200)


def _begin(where: Where | Origin, threat: Threat, occasion: str, person: Person, once: UUID) -> Case:
    return actions.begin(
        where,
        threat,
        occasion,
        actor=person,
        now=timezone.now(),
        today=timezone.localdate(),
        once=once,
    )


def _begun(person: Person, form: OnceForm, begin: Callable[[UUID], Case]) -> HttpResponse | None:
    try:
        made = begin(form.cleaned_data["once"])
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return None
    return HttpResponseRedirect(reverse("case", args=[made.key]), status=303)


@require_GET
def case(request: HttpRequest, key: UUID) -> HttpResponse:
    """One: what was tried, by whom, and how it goes on."""
    person = require(request.user, actions.RIGHT)
    return _page(request, person, queries.case_for(person, key, today=timezone.localdate()))


def _page(
    request: HttpRequest, person: Person, one: Case, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    today = timezone.localdate()
    tries = list(one.tries.all())
    with seeing("preventing.see_case", of=actions.PURPOSE, subject=one.home):
        record(person, "preventing.see_case", "case", one.key, place=one.complex)
        threat, reasons = case_of(one), reasons_of(one)
        steps = [(tried, words_of(tried)) for tried in tries]
    filled = wrong or {}
    version = {"version": one.version, "day": today}
    shown = {
        "one": one,
        "threat": threat,
        "reasons": reasons,
        "steps": steps,
        "decision": can_be_last_resort(one, tries, person.key),
        "try_form": filled.get("try") or TriedForm(prefix="try", initial={"day": today}),
        "decide_form": filled.get("decide") or DecideForm(prefix="decide", initial=version),
        "end_form": filled.get("end") or EndCaseForm(prefix="end", initial=version),
        "wrong": filled,
        "names": names_of([one.owner, one.decided_by, one.made_by, *(tried.actor for tried in tries)]),
        "beside": beside(actions.PURPOSE, one.key),
        "keeps": one.owner == person.key,
    }
    return render(request, "preventing/case.html", shown, status=422 if wrong else 200)


def _changed(
    request: HttpRequest,
    key: UUID,
    form: OnceForm,
    change: Callable[[Person, Case, OnceForm], None],
    words: str,
    right: str = actions.RIGHT,
) -> HttpResponse:
    """Do one change from a form of the page; show the page again when it cannot be done."""
    person = require(request.user, actions.RIGHT)
    one = queries.case_for(person, key, today=timezone.localdate())
    require(person, right, one)
    if form.is_valid():
        try:
            change(person, one, form)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(words))
            return HttpResponseRedirect(reverse("case", args=[one.key]), status=303)
    return _page(request, person, one, {form.prefix or "": form})


@require_POST
def try_something(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down what was tried."""

    def change(person: Person, one: Case, form: OnceForm) -> None:
        told_of = form.cleaned_data
        attempt = actions.Attempt(
            told_of["day"], told_of["what"], told_of["by"], told_of["result"], told_of["words"]
        )
        actions.try_something(
            one,
            attempt,
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
            once=told_of["once"],
        )

    return _changed(request, key, TriedForm(request.POST, prefix="try"), change, N_("That was written down."))


@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide that an eviction is the last resort."""

    def change(person: Person, one: Case, form: OnceForm) -> None:
        told_of = form.cleaned_data
        actions.decide(
            one,
            told_of["reasons"],
            version=told_of["version"],
            actor=person,
            today=timezone.localdate(),
        )

    return _changed(
        request,
        key,
        DecideForm(request.POST, prefix="decide"),
        change,
        N_("That was decided. It can be taken back as long as nobody was evicted."),
        actions.DECIDE,
    )


@require_POST
def end_case(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down how it ended."""

    def change(person: Person, one: Case, form: OnceForm) -> None:
        told_of = form.cleaned_data
        day: date = told_of["day"]
        actions.end(
            one,
            told_of["outcome"],
            day=day,
            version=told_of["version"],
            actor=person,
            today=timezone.localdate(),
        )

    return _changed(request, key, EndCaseForm(request.POST, prefix="end"), change, N_("It has ended."))


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the decision back."""
    return _clicked(request, key, actions.withdraw, N_("The decision was taken back."))


@require_POST
def take_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep it from now on."""
    return _clicked(request, key, actions.take_over, N_("You keep it from now on."))


def _clicked(request: HttpRequest, key: UUID, change: Callable[..., None], words: str) -> HttpResponse:
    person = require(request.user, actions.RIGHT)
    one = queries.case_for(person, key, today=timezone.localdate())
    try:
        version = int(request.POST.get("version", "0") or 0)
        change(one, version=version, actor=person)
    except ValueError:
        messages.error(request, told(InputError(N_("open the page again"))))
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("case", args=[one.key]), status=303)
