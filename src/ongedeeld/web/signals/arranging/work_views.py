"""The page of a team at work: its list, its figures, who is away, and handing over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import may
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.audit.actions import record
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.signals.arranging.arranged import Member, TeamSeen, members_of
from ongedeeld.web.signals.arranging.forms import AbsenceForm, HandOverForm
from ongedeeld.web.signals.arranging.handing import HAND_OVER_ALL, TO_TEAM, hand_over_all
from ongedeeld.web.signals.arranging.team_actions import set_absence
from ongedeeld.web.signals.arranging.team_figures import figures_of, open_work
from ongedeeld.web.signals.arranging.team_views import absence_form
from ongedeeld.web.signals.arranging.teams import teams_at
from ongedeeld.web.signals.arranging.work_lists import (
    WHICH_LABELS,
    Which,
    lines_of,
    sees_the_whole,
    signals_of,
    team_at_work,
    workload,
)
from ongedeeld.web.signals.models import Signal, Team
from ongedeeld.web.speaking import speech, told

MOST_AT_ONCE = 200
"""Of more than these somebody would wait too long for the page: a worker hands them over."""


@require_GET
def team_work(request: HttpRequest, key: UUID) -> HttpResponse:
    """The work of a team: what waits first."""
    person, seen = _seen(request, key)
    record(person, "signals.see_team", "team", seen.team.key)
    return _page(request, person, seen)


def _seen(request: HttpRequest, key: UUID) -> tuple[Person, TeamSeen]:
    person = require(request.user, "signals.see_team")
    return person, team_at_work(person, key)


def _page(
    request: HttpRequest,
    person: Person,
    seen: TeamSeen,
    wrong: AbsenceForm | HandOverForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    which, mine = _which(request.GET), request.GET.get("van") == "mij"
    found = lines_of(person, seen.team, which, today, after=_key(request.GET.get("na", "")), mine=mine)
    members = members_of(seen, today)
    own = next((one for one in members if one.row.person == person.key), None)
    known = areas_known(person)
    work = open_work(seen.team, today)
    absence = wrong if isinstance(wrong, AbsenceForm) else own and absence_form(own, members)
    shown = [str(one.signal.key) for one in found.lines]
    handing = wrong if isinstance(wrong, HandOverForm) else _hand_over_form(seen, members, shown)
    return render(
        request,
        "signals/team_work.html",
        {
            "seen": seen,
            "team": seen.team,
            "found": found,
            "which": which,
            "labels": WHICH_LABELS,
            "mine": mine,
            "is_continued": "na" in request.GET,
            "places": {
                one.signal.complex: place_of(one.signal.complex, known).name
                for one in found.lines
                if one.signal.complex
            },
            "figures": figures_of(seen.team, today, work) if sees_the_whole(person, seen) else None,
            "loads": workload(person, seen, today, work),
            "members": members,
            "own": own,
            "absence": absence,
            "handing": handing,
            "wrong": wrong,
            "can_hand_over": bool(found.lines) and bool(may(person, "signals.handle", seen)),
        },
        status=422 if wrong is not None else 200,
    )


def _which(asked: QueryDict) -> Which:
    typed = asked.get("welke", "")
    return Which(typed) if typed in set(Which) else Which.WAITING


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _hand_over_form(
    seen: TeamSeen, members: list[Member], keys: list[str], posted: QueryDict | None = None
) -> HandOverForm:
    people = [(str(one.row.person), one.name) for one in members if one.name]
    others = [one for one in teams_at(seen.area_codes) if one.pk != seen.team.pk]
    teams = [(str(one.key), speech().say(TO_TEAM, name=one.name)) for one in others]
    return HandOverForm(posted, keys=keys, people=people, teams=teams)


@require_POST
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand over what was ticked, or everything that somebody has open."""
    person, seen = _seen(request, key)
    now, today = timezone.now(), timezone.localdate()
    posted = request.POST
    form = _hand_over_form(seen, members_of(seen, today), posted.getlist("signals"), posted)
    if not form.is_valid():
        return _page(request, person, seen, form)
    asked = form.cleaned_data
    keys = [one for one in map(_key, asked["signals"]) if one is not None]
    owner, to = _key(asked["everything_of"]), UUID(asked["to"])
    if owner is not None and _is_much(seen.team, owner, today):
        keys_of_all = {"team": seen.team.key, "owner": owner, "to": to, "by": person.key}
        ask(HAND_OVER_ALL, {name: str(one) for name, one in keys_of_all.items()}, actor=person)
        messages.success(request, speech().say(N_("The signals are handed over. That takes a moment.")))
        return HttpResponseRedirect(reverse("team_work", args=[key]), status=303)
    signals: list[Signal] = signals_of(person, seen.team, keys, owner, today)
    done, left = hand_over_all(signals, to, actor=person, now=now, today=today)
    spoken = speech()
    messages.success(request, spoken.say(N_("Handed over: {count}."), count=spoken.number(done)))
    if left:
        text = N_(
            "Not handed over: {count}. Somebody else was at them, or your colleague may not answer there."
        )
        messages.warning(request, spoken.say(text, count=spoken.number(left)))
    return HttpResponseRedirect(reverse("team_work", args=[key]), status=303)


def _is_much(team: Team, owner: UUID, today: date) -> bool:
    """Whether somebody has more open of a team than is handed over while a page is awaited."""
    return Signal.objects.readable(today).open().filter(team=team, owner=owner).count() > MOST_AT_ONCE


@require_POST
def own_absence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell when I am away."""
    person, seen = _seen(request, key)
    today = timezone.localdate()
    members = members_of(seen, today)
    own = next((one for one in members if one.row.person == person.key), None)
    if own is None:
        raise Http404(N_("You are not in this team."))
    form = absence_form(own, members, request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            set_absence(own.row, form.absence, version=version, today=today, actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The absence was saved.")))
            return HttpResponseRedirect(reverse("team_work", args=[key]), status=303)
    return _page(request, person, seen, form)
