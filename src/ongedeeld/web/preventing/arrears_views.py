"""Pages of arrears and early debt signals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.reasons import Reason
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.cities.models import Address
from ongedeeld.web.preventing import arrears as actions
from ongedeeld.web.preventing import deliveries, queries
from ongedeeld.web.preventing.contents import Debt, arrears_of
from ongedeeld.web.preventing.forms import (
    ArrearsForm,
    ConditionForm,
    DebtForm,
    EndArrearsForm,
    FindForm,
)
from ongedeeld.web.preventing.models import Arrears, Condition
from ongedeeld.web.preventing.readiness import may_be_sent
from ongedeeld.web.preventing.where import address_chosen
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.request_marks import beside
from ongedeeld.web.speaking import speech, told

PAGE = 25
State = Arrears.State


@require_GET
def arrears_list(request: HttpRequest) -> HttpResponse:
    """All arrears that are worked on, in the order in which they began; no amounts."""
    person = require(request.user, actions.RIGHT)
    today = timezone.localdate()
    state = request.GET.get("stand", "")
    found = queries.arrears_for(person, today=today).prefetch_related("conditions")
    found = found.filter(state=state) if state in State.values else found.filter(queries.STILL_OPEN)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    with seeing("preventing.list_arrears", of=actions.PURPOSE) as doing:
        addresses = {}
        for one in page:
            doing.about(one.home)
            addresses[one.pk] = arrears_of(one).address
    shown = {
        "page": page,
        "state": state,
        "states": State,
        "lacking": {one.pk: _lacking(one, today) for one in page if one.state == State.OPEN},
        "addresses": addresses,
        "waiting": queries.deliverable(person, today=today),
        "day_of": queries.day_of,
    }
    return render(request, "preventing/arrears_list.html", shown)


def _lacking(one: Arrears, today: date) -> Reason | None:
    """The first thing that stands in the way of sending, without its article; none where nothing does."""
    decision = may_be_sent(one.conditions.all(), one.counted_on, today)
    return None if decision else replace(decision.reasons[0], article="")


@require_http_methods(["GET", "POST"])
def new_arrears(request: HttpRequest) -> HttpResponse:
    """Begin with arrears: first the address, then the contact details and what is owed."""
    person = require(request.user, actions.RIGHT)
    find = FindForm(request.POST or None)
    found = _found(person, find)
    sent = "address" in request.POST or "name" in request.POST
    form = ArrearsForm(
        request.POST if sent else None,
        found=found,
        initial={"zoek": request.POST.get("zoek", ""), "counted_on": timezone.localdate()},
    )
    if sent and form.is_valid():
        answer = _begun(request, person, form)
        if answer is not None:
            return answer
    shown = {"find": find, "found": found, "form": form if found else None, "searched": bool(request.POST)}
    wrong = sent or bool(find.errors and request.POST)
    return render(request, "preventing/new_arrears.html", shown, status=422 if wrong else 200)


def _found(person: Person, find: FindForm) -> list[Address]:
    return addresses_for(person, find.cleaned_data["zoek"]) if find.is_valid() else []


def _begun(request: HttpRequest, person: Person, form: ArrearsForm) -> HttpResponse | None:
    told_of = form.cleaned_data
    where = address_chosen(person, told_of["zoek"], told_of["address"])
    home = where.address
    debt = Debt(
        street=home.street,
        number=str(home.number),
        addition=home.addition,
        postcode=home.postcode,
        town=home.municipality,
        **form.values,
    )
    try:
        made = actions.begin(
            where,
            debt,
            told_of["counted_on"],
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
            once=told_of["once"],
        )
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return None
    messages.success(request, speech().say(N_("It has begun. Now write down what was done for the tenant.")))
    return HttpResponseRedirect(reverse("arrears", args=[made.key]), status=303)


@require_GET
def arrears(request: HttpRequest, key: UUID) -> HttpResponse:
    """One: what it still needs, what was done, and how it ends."""
    person = require(request.user, actions.RIGHT)
    return _page(request, person, queries.arrears_of_key(person, key, today=timezone.localdate()))


def _page(
    request: HttpRequest, person: Person, one: Arrears, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page, with what was typed wrongly in one of its forms."""
    today = timezone.localdate()
    with seeing("preventing.see_arrears", of=actions.PURPOSE, subject=one.home):
        record(person, "preventing.see_arrears", "arrears", one.key, place=one.complex)
        debt = arrears_of(one)
    met = {Condition.Kind(condition.kind): condition for condition in one.conditions.all()}
    filled = wrong or {}
    events = list(one.events.all())
    shown = {
        "one": one,
        "debt": debt,
        "decision": may_be_sent(met.values(), one.counted_on, today),
        "conditions": [
            (kind, met.get(kind), filled.get(kind) or _condition_form(kind, met.get(kind)))
            for kind in Condition.Kind
        ],
        "first_open": next((kind for kind in Condition.Kind if kind not in met), None),
        "abouts": dict((*Condition.Kind.choices, *Arrears.Ending.choices)),
        "change_form": filled.get("change") or DebtForm(prefix="change", initial=_begun_with(one, debt)),
        "end_form": filled.get("end") or EndArrearsForm(prefix="end"),
        "wrong": filled,
        "events": events,
        "names": names_of(event.actor for event in events),
        "beside": beside(actions.PURPOSE, one.key),
        "changes": one.state in actions.BEFORE_SENDING,
        "case": queries.open_case_of(person, one.home, today=today),
        "day_of": queries.day_of,
    }
    return render(request, "preventing/arrears.html", shown, status=422 if wrong else 200)


def _condition_form(kind: Condition.Kind, met: Condition | None) -> ConditionForm:
    initial = {"day": met.day, "how": met.how} if met else {"day": timezone.localdate()}
    return ConditionForm(kind=kind, initial=initial)


def _begun_with(one: Arrears, debt: Debt) -> dict[str, object]:
    return {
        "name": debt.name,
        "phone": debt.phone,
        "email": debt.email,
        "amount": f"{debt.cents / 100:.2f}",
        "months": debt.months,
        "counted_on": one.counted_on,
        "version": one.version,
    }


@require_POST
def meet_condition(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Write down that one of the four conditions was met."""
    person = require(request.user, actions.RIGHT)
    one = queries.arrears_of_key(person, key, today=timezone.localdate())
    if kind not in Condition.Kind.values:
        raise Http404(N_("There is no such record, or it is not open to you."))
    form = ConditionForm(request.POST, kind=Condition.Kind(kind))
    if form.is_valid():
        try:
            actions.meet(
                one,
                kind,
                **form.cleaned_data,
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _done(request, one, N_("That was written down."))
    return _page(request, person, one, {kind: form})


@require_POST
def change_arrears(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write the contact details and the arrears anew."""
    person = require(request.user, actions.RIGHT)
    one = queries.arrears_of_key(person, key, today=timezone.localdate())
    form = DebtForm(request.POST, prefix="change")
    if form.is_valid():
        before = arrears_of(one)
        address = {
            name: getattr(before, name) for name in ("street", "number", "addition", "postcode", "town")
        }
        try:
            actions.change(
                one,
                Debt(**address, **form.values),
                form.cleaned_data["counted_on"],
                version=form.cleaned_data["version"],
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _done(request, one, N_("That was changed."))
    return _page(request, person, one, {"change": form})


@require_POST
def end_arrears(request: HttpRequest, key: UUID) -> HttpResponse:
    """End it."""
    person = require(request.user, actions.RIGHT)
    one = queries.arrears_of_key(person, key, today=timezone.localdate())
    form = EndArrearsForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            actions.end(
                one,
                form.cleaned_data["ending"],
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            if one.owes_stop:
                return _done(request, one, N_("It has ended. The municipality still has to hear that."))
            return _done(request, one, N_("It has ended. Nothing is sent any more."))
    return _page(request, person, one, {"end": form})


@require_POST
def take_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it out of a delivery that was not sent."""
    person = require(request.user, actions.RIGHT)
    one = queries.arrears_of_key(person, key, today=timezone.localdate())
    try:
        deliveries.take_out(one, actor=person, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("arrears", args=[one.key]), status=303)
    return _done(request, one, N_("It was taken out of the delivery."))


def _done(request: HttpRequest, one: Arrears, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("arrears", args=[one.key]), status=303)
