"""Pages of the rules: those of a day, one through time, and what differs between two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ongedeeld.errors import AbsentError
from ongedeeld.rules import difference as differ
from ongedeeld.rules.changes import KINDS
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.knowledge import queries
from ongedeeld.web.knowledge.forms import DayForm, DifferenceForm
from ongedeeld.web.knowledge.local import Local
from ongedeeld.web.knowledge.told import RecordShown, Teller, accepted_by
from ongedeeld.web.speaking import speech


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day, their values, local policy, and what is not known."""
    person = require(request.user, "knowledge.see_rules")
    today = timezone.localdate()
    local = queries.local_for(person)
    municipalities = municipalities_known(person, local)
    asked = {"dag": today.isoformat()} | request.GET.dict()
    form = DayForm(asked, municipalities=sorted(municipalities.items(), key=lambda pair: pair[1]))
    form.is_valid()
    chosen = form.cleaned_data
    shown = Teller(local, speech()).day(
        chosen.get("dag") or today, chosen.get("gemeente") or "", chosen.get("zoek") or ""
    )
    return render(
        request,
        "knowledge/rules.html",
        {
            "form": form,
            "shown": shown,
            "today": today,
            "refusal": local.refusal,
            "municipality": municipalities.get(chosen.get("gemeente") or "", ""),
            "names": _names(person, shown.local),
            "accepted_by": accepted_by,
            "waiting": queries.waiting_for(person).count(),
        },
    )


def municipalities_known(person: Person, local: Local) -> Mapping[str, str]:
    """The municipalities of the City and of local policy: code and name."""
    named = {area.code: area.name for area in areas_known(person).values() if area.kind == "municipality"}
    codes = {one.municipality for one in local.accepted if one.municipality}
    return {code: code for code in codes} | named


def _names(person: Person, records: list[RecordShown]) -> dict[UUID, str]:
    """Who accepted local policy, for who may see proposals."""
    if not may(person, "knowledge.see_proposals"):
        return {}
    return names_of(accepted_by(one.proposal.turns.all()) for one in records)


@require_GET
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """A rule or a value through time."""
    person = require(request.user, "knowledge.see_rules")
    local = queries.local_for(person)
    day = _day(request.GET.get("dag", "")) or timezone.localdate()
    law = local.law.on(day)
    teller = Teller(local, speech())
    shared = {"day": day, "refusal": local.refusal}
    if name in law.law.parameters.by_name:
        parameter = law.law.parameters[name]
        proposals = [one for one in local.accepted if one.section == f"values.{name}"]
        page = {
            "value": teller.value(parameter, law),
            "times": teller.through_time(parameter),
            "proposals": {one.start: one for one in proposals},
            "used_by": [
                rule
                for rule in law.law.register.by_name.values()
                if any(name in version.values for version in rule.versions)
            ],
        }
        return render(request, "knowledge/value.html", shared | page)
    try:
        found = law.law.register[name]
    except AbsentError as error:
        raise Http404(error) from error
    unread = name in law.law.register.unread(day)
    page = {
        "rule": found,
        "held": None if unread else found.at(day),
        "unread": unread,
        "values": {
            one: teller.value(law.law.parameters[one], law) for held in found.versions for one in held.values
        },
    }
    return render(request, "knowledge/rule.html", shared | page)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
def difference(request: HttpRequest) -> HttpResponse:
    """What starts, ends, changes, or becomes known or unknown between two days."""
    person = require(request.user, "knowledge.see_rules")
    local = queries.local_for(person)
    today = timezone.localdate()
    begun = {"van": date(today.year - 1, today.month, 1).isoformat(), "tot": today.isoformat()}
    form = DifferenceForm(begun | request.GET.dict())
    found = None
    if form.is_valid():
        days = form.cleaned_data
        changes = differ(local.law, days["van"], days["tot"])
        found = Teller(local, speech()).changes(changes)
    page = {"form": form, "found": found, "kinds": KINDS, "refusal": local.refusal}
    return render(request, "knowledge/difference.html", page)
