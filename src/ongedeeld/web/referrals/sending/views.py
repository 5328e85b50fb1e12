"""The page on which somebody is referred: where it begins, who is asked, and what is told on which ground."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ongedeeld.errors import OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.cities.addresses import addresses_for
from ongedeeld.web.preventing.forms import FindForm
from ongedeeld.web.preventing.where import Where, address_chosen
from ongedeeld.web.referrals.asked import key_of
from ongedeeld.web.referrals.forms import ItemsForm, ReceiverForm
from ongedeeld.web.referrals.models import Referral
from ongedeeld.web.referrals.queries import REFER
from ongedeeld.web.referrals.referral_views import link_sent
from ongedeeld.web.referrals.sending.choosing import Known, groups_of, known_to
from ongedeeld.web.referrals.sending.origins import (
    Origin,
    from_address,
    from_refused,
    from_share,
    from_signal,
)
from ongedeeld.web.referrals.sending.receivers import agreements_with, members_of
from ongedeeld.web.referrals.sending.referring import Draft, part_of, refer
from ongedeeld.web.speaking import told


@require_http_methods(["GET", "POST"])
def new_referral(request: HttpRequest) -> HttpResponse:
    """Refer somebody: from a signal (`melding`), what was shared (`gedeeld`), a no (`na`), or an address."""
    person = require(request.user, REFER)
    today = timezone.localdate()
    try:
        origin = _origin(request, person, today)
    except OngedeeldError as error:
        return _address_page(request, person, told(error))
    return _receiver_stage(request, person, origin, today) if origin else _address_page(request, person)


def _origin(request: HttpRequest, person: Person, today: date) -> Origin | None:
    if asked := request.GET.get("melding"):
        return from_signal(person, key_of(asked), today=today)
    if asked := request.GET.get("na"):
        return from_refused(person, key_of(asked), today=today)
    where = _where(request, person)
    if where is None:
        return None
    if asked := request.GET.get("gedeeld"):
        return from_share(person, key_of(asked), where, now=timezone.now(), today=today)
    return from_address(where)


def _where(request: HttpRequest, person: Person) -> Where | None:
    """The address that was chosen; it is sent and never stands in a link."""
    chosen = request.POST.get("address", "")
    return address_chosen(person, request.POST.get("zoek", ""), int(chosen)) if chosen.isdecimal() else None


def _address_page(request: HttpRequest, person: Person, error: str = "") -> HttpResponse:
    find = FindForm(request.POST or None)
    found = addresses_for(person, find.cleaned_data["zoek"]) if find.is_valid() else []
    if error:
        find.add_error(None, error)
    shown = {
        "find": find,
        "found": found,
        "searched": request.POST.get("zoek", ""),
        "shared": bool(request.GET.get("gedeeld")),
    }
    return render(
        request, "referrals/new_address.html", shown, status=422 if find.errors and request.POST else 200
    )


def _receiver_stage(request: HttpRequest, person: Person, origin: Origin, today: date) -> HttpResponse:
    require(person, REFER, origin)
    chose = "receiver" in request.POST
    known = known_to(person, origin, today)
    groups = list(groups_of(origin, known, today))
    form = ReceiverForm(
        request.POST if chose else None,
        found={one.label: one.receivers for one in groups},
        initial={"domain": origin.domain},
    )
    carried = {name: request.POST[name] for name in ("zoek", "address") if name in request.POST}
    if chose and form.is_valid():
        return _items_stage(request, person, origin, form, carried, known, today)
    shown = {
        "form": form,
        "origin": origin,
        "carried": carried,
        "groups": groups,
        "today": today,
    }
    return render(request, "referrals/new_receiver.html", shown, status=422 if form.errors else 200)


def _made_before(made: Referral) -> HttpResponse:
    """The form came twice: the link that was sent stays the one that works."""
    return HttpResponseRedirect(reverse("referral", args=[made.key]), status=303)


def _items_stage(
    request: HttpRequest,
    person: Person,
    origin: Origin,
    receiver: ReceiverForm,
    carried: dict[str, str],
    known: Known,
    today: date,
) -> HttpResponse:
    chosen, sent = receiver.chosen, "until" in request.POST
    agreements = agreements_with(chosen.organisation, origin.area_codes, today)
    form = ItemsForm(request.POST if sent else None, origin=origin, agreements=agreements, today=today)
    if sent and form.is_valid():
        draft = Draft(origin, chosen, receiver.about, form.items, form.agreed, form.cleaned_data["days"])
        try:
            made = refer(draft, actor=person, now=timezone.now(), today=today, once=form.cleaned_data["once"])
        except OngedeeldError as error:
            form.add_error(part_of(error), told(error))
        else:
            return link_sent(request, person, made) if not made.links.exists() else _made_before(made)
    shown = {
        "form": form,
        "origin": origin,
        "receiver": chosen,
        "agreements": agreements,
        "members": members_of(chosen.organisation, today).count(),
        "known": known.of(chosen, receiver.about),
        "today": today,
        "carried": carried | {"receiver": chosen.code, "domain": receiver.about},
    }
    return render(request, "referrals/new_items.html", shown, status=422 if form.errors else 200)
