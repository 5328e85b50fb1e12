"""Pages of what a municipality receives."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.limits import limited
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.preventing import deliveries as actions
from ongedeeld.web.preventing import queries
from ongedeeld.web.preventing.arrears import PURPOSE, RIGHT
from ongedeeld.web.preventing.contents import arrears_of
from ongedeeld.web.preventing.files import FILES, file_name
from ongedeeld.web.preventing.forms import SentForm
from ongedeeld.web.preventing.models import Delivery
from ongedeeld.web.safeguards.processing import seeing
from ongedeeld.web.speaking import speech, told

MOST = 100


@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent to municipalities, when and by whom; and what is still to be sent."""
    person = require(request.user, RIGHT)
    held = list(queries.deliveries_for(person, today=timezone.localdate())[:MOST])
    shown = {
        "held": held,
        "names": names_of(one.sent_by or one.made_by for one in held),
        "waiting": queries.deliverable(person, today=timezone.localdate()),
        "day_of": queries.day_of,
    }
    return render(request, "preventing/deliveries.html", shown)


@require_POST
def new_delivery(request: HttpRequest) -> HttpResponse:
    """Put together what one municipality may receive today."""
    person = require(request.user, RIGHT)
    stops = request.POST.get("kind") == Delivery.Kind.STOPS
    try:
        made = actions.make(
            Delivery.Kind.STOPS if stops else Delivery.Kind.SIGNALS,
            request.POST.get("receiver", ""),
            actor=person,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("deliveries"), status=303)
    return HttpResponseRedirect(reverse("delivery", args=[made.key]), status=303)


@require_GET
def delivery(request: HttpRequest, key: UUID) -> HttpResponse:
    """One delivery: what is in it, its files, and whether it was sent."""
    person = require(request.user, RIGHT)
    return _page(request, person, queries.delivery_for(person, key, today=timezone.localdate()))


def _page(request: HttpRequest, person: Person, held: Delivery, form: SentForm | None = None) -> HttpResponse:
    with seeing("preventing.see_delivery", of=PURPOSE) as doing:
        record(person, "preventing.see_delivery", "delivery", held.key)
        inside = actions.contents(held)
        for one in inside:
            doing.about(one.home)
        rows = [(one, arrears_of(one).address) for one in inside]
    shown = {
        "held": held,
        "rows": rows,
        "is_filed": bool(inside) and held.filed == actions.fingerprint(inside),
        "form": form or SentForm(prefix="sent", initial={"day": timezone.localdate()}),
        "names": names_of([held.made_by, held.sent_by]),
        "day_of": queries.day_of,
    }
    return render(request, "preventing/delivery.html", shown, status=422 if form else 200)


@limited("export")
@require_POST
def delivery_file(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """The file of a delivery that was not sent yet; nobody keeps it here."""
    person = require(request.user, RIGHT)
    held = queries.delivery_for(person, key, today=timezone.localdate())
    if form not in FILES:
        raise Http404(N_("There is no such delivery, or it is not open to you."))
    try:
        content = actions.save_file(held, form, actor=person)
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("delivery", args=[held.key]), status=303)
    answer = HttpResponse(content, content_type=FILES[form][2])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(held, form)}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def send_delivery(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down that it was brought to the municipality."""
    person = require(request.user, RIGHT)
    held = queries.delivery_for(person, key, today=timezone.localdate())
    form = SentForm(request.POST, prefix="sent")
    if form.is_valid():
        try:
            actions.mark_sent(
                held,
                **form.cleaned_data,
                actor=person,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(
                request, speech().say(N_("That was written down. Remove the file from your computer."))
            )
            return HttpResponseRedirect(reverse("delivery", args=[held.key]), status=303)
    return _page(request, person, held, form)


@require_POST
def throw_away_delivery(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away a delivery that was not sent."""
    person = require(request.user, RIGHT)
    held = queries.delivery_for(person, key, today=timezone.localdate())
    try:
        actions.throw_away(held, actor=person, now=timezone.now())
    except OngedeeldError as error:
        messages.error(request, told(error))
        return HttpResponseRedirect(reverse("delivery", args=[held.key]), status=303)
    messages.success(request, speech().say(N_("The delivery was thrown away. What was in it waits again.")))
    return HttpResponseRedirect(reverse("deliveries"), status=303)
