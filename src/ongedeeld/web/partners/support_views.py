"""Pages of support that goes with a letting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.audit.actions import record
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.partners import queries
from ongedeeld.web.partners import supporting as actions
from ongedeeld.web.partners.forms import FindForm, NewSupportForm, SentForm, SupportForm
from ongedeeld.web.partners.models import Organisation, SupportAgreement
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.safeguards.request_marks import beside
from ongedeeld.web.speaking import speech, told

PAGE = 25


@require_GET
def supports(request: HttpRequest) -> HttpResponse:
    """The support that runs, what ends first in front."""
    person = require(request.user, actions.KEEP)
    today = timezone.localdate()
    found = queries.supports_for(person, today).filter(ended_on__isnull=True, until_day__gte=today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    with seeing("partners.list_support", of=actions.PURPOSE) as doing:
        addresses = {}
        for held in page:
            doing.about(held.home)
            addresses[held.pk] = actions.contact_of(held).address
        record(person, "partners.list_support", "support", person.key, ["address"])
    return render(request, "partners/supports.html", {"page": page, "addresses": addresses})


@require_http_methods(["GET", "POST"])
def new_support(request: HttpRequest) -> HttpResponse:
    """Write it down: first the address, then the support."""
    person = require(request.user, actions.KEEP)
    find = FindForm(request.POST or None)
    found = addresses_for(person, find.cleaned_data["zoek"], right=actions.KEEP) if find.is_valid() else []
    sent = "address" in request.POST or "payer" in request.POST
    there = {str(one.key): one.name for one in Organisation.objects.filter(ended_on__isnull=True)}
    form = NewSupportForm(
        request.POST if sent else None,
        found=found,
        organisations=there,
        initial={"zoek": request.POST.get("zoek", ""), "from_day": timezone.localdate()},
    )
    if sent and form.is_valid():
        answer = _begun(request, person, form)
        if answer is not None:
            return answer
    shown = {
        "find": find,
        "found": found,
        "form": form if found else None,
        "searched": bool(request.POST),
        "has_partners": bool(there),
    }
    wrong = sent or bool(find.errors and request.POST)
    return render(request, "partners/new_support.html", shown, status=422 if wrong else 200)


def _begun(request: HttpRequest, person: Person, form: NewSupportForm) -> HttpResponse | None:
    given = form.cleaned_data
    addresses = addresses_for(person, given["zoek"], right=actions.KEEP)
    address = next((one for one in addresses if one.pk == given["address"]), None)
    if address is None:
        raise Http404(N_("There is no such address, or it is not open to you."))
    try:
        made = actions.begin(
            actions.home_at(person, address),
            Organisation.objects.get(key=given["organisation"]),
            form.support,
            actions.Contact(str(address), given["contact"], given["phone"]),
            actor=person,
            now=timezone.now(),
            once=given["once"],
        )
    except OngedeeldError as error:
        form.add_error(None, told(error))
        return None
    messages.success(request, speech().say(N_("That was written down.")))
    return HttpResponseRedirect(reverse("support", args=[made.key]), status=303)


@require_GET
def support(request: HttpRequest, key: UUID) -> HttpResponse:
    """Support of one home."""
    person = require(request.user, actions.KEEP)
    return _page(request, person, queries.support_for(person, key, timezone.localdate()))


def _page(
    request: HttpRequest, person: Person, held: SupportAgreement, wrong: SupportForm | None = None
) -> HttpResponse:
    with seeing("partners.see_support", of=actions.PURPOSE, subject=held.home):
        record(person, "partners.see_support", "support", held.key, place=held.complex)
        contact = actions.contact_of(held)
    begun = {name: getattr(held, name) for name in (*actions.Support.__dataclass_fields__, "version")} | {
        "contact": contact.name,
        "phone": contact.phone,
    }
    shown = {
        "one": held,
        "contact": contact,
        "form": wrong or SupportForm(initial=begun),
        "wrong": wrong,
        "beside": beside(actions.PURPOSE, held.key),
    }
    return render(request, "partners/support.html", shown, status=422 if wrong else 200)


@require_POST
def change_support(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change it, such as when it is given longer."""
    person = require(request.user, actions.KEEP)
    held = queries.support_for(person, key, timezone.localdate())
    form = SupportForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        contact = actions.Contact(actions.contact_of(held).address, given["contact"], given["phone"])
        try:
            actions.change(held, form.support, contact, version=given["version"], actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            return _to(request, held, N_("That was changed."))
    return _page(request, person, held, form)


@require_POST
def end_support(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that it ended."""
    person = require(request.user, actions.KEEP)
    today = timezone.localdate()
    held = queries.support_for(person, key, today)
    sent = SentForm(request.POST)
    try:
        version = sent.cleaned_data["version"] if sent.is_valid() else 0
        actions.end(held, version=version, actor=person, today=today)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("support", args=[held.key]), status=303)
    return _to(request, held, N_("It has ended."))


def _to(request: HttpRequest, held: SupportAgreement, words: str) -> HttpResponse:
    messages.success(request, speech().say(words))
    return HttpResponseRedirect(reverse("support", args=[held.key]), status=303)
