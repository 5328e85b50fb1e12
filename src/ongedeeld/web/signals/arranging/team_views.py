"""The pages on which teams are arranged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.accounts.checks import require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.signals.arranging import team_actions as actions
from ongedeeld.web.signals.arranging.arranged import (
    ARRANGE,
    Member,
    TeamSeen,
    able_in,
    areas_to_arrange,
    candidates,
    may_arrange,
    may_enter,
    members_of,
    members_of_each,
    require_arranging,
    team_for_person,
    teams_for,
)
from ongedeeld.web.signals.arranging.forms import AbsenceForm, MemberForm, TeamForm, version_in
from ongedeeld.web.signals.models import TeamMember
from ongedeeld.web.speaking import speech, told


@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """The teams that I may see."""
    person = may_enter(request.user)
    today = timezone.localdate()
    known = areas_known(person)
    seen = teams_for(person)
    members = members_of_each(seen, today)
    found = [(one, members[one.team.pk], may_arrange(person, one.team.areas, known)) for one in seen]
    return render(request, "signals/teams.html", {"found": found, "today": today})


@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    person = require(request.user, ARRANGE)
    form = _team_form(person, None, request.POST or None)
    if form.is_valid():
        name, once = form.cleaned_data["name"], form.cleaned_data["once"]
        try:
            team = actions.make_team(name, form.codes, actor=person, once=once)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The team is there. Take in who answers.")))
            return HttpResponseRedirect(reverse("signal_team", args=[team.key]), status=303)
    status = 422 if form.errors else 200
    return render(request, "signals/new_team.html", {"form": form}, status=status)


@require_GET
def team(request: HttpRequest, key: UUID) -> HttpResponse:
    """One team: where it works, who is in it, who is away."""
    person, seen = _arranged(request, key)
    return _page(request, person, seen)


def _arranged(request: HttpRequest, key: UUID) -> tuple[Person, TeamSeen]:
    """The person and the team, when the one may arrange the other."""
    person = require(request.user, ARRANGE)
    seen = team_for_person(person, key)
    require_arranging(person, seen.team.areas)
    return person, seen


def _team_form(person: Person, seen: TeamSeen | None, posted: QueryDict | None = None) -> TeamForm:
    areas, everywhere = areas_to_arrange(person)
    if seen is None:
        return TeamForm(posted, areas=areas, everywhere=everywhere)
    held = seen.team
    begun = {
        "name": held.name,
        "areas": held.areas,
        "everywhere": not held.areas,
        "version": held.version,
    }
    return TeamForm(
        posted, initial=begun, areas=areas, everywhere=everywhere, fixed=held.catches_all, prefix="team"
    )


def _page(
    request: HttpRequest,
    person: Person,
    seen: TeamSeen,
    wrong: forms.Form | None = None,
    of: UUID | None = None,
) -> HttpResponse:
    """The page of a team, with what was typed wrongly in one of its forms; `of` is whose absence that is."""
    today, version = timezone.localdate(), seen.team.version
    members = members_of(seen, today)
    people = [(str(one.key), one.name) for one in candidates(seen, today)]
    absences = {
        one.row.person: wrong if of == one.row.person else absence_form(one, members) for one in members
    }
    team_form = wrong if isinstance(wrong, TeamForm) else _team_form(person, seen)
    member_form = (
        wrong
        if isinstance(wrong, MemberForm)
        else MemberForm(people=people, initial={"version": version}, prefix="member")
    )
    return render(
        request,
        "signals/team.html",
        {
            "seen": seen,
            "team": seen.team,
            "members": members,
            "able": able_in(seen, today),
            "today": today,
            "team_form": team_form,
            "member_form": member_form,
            "can_add": bool(people),
            "absences": absences,
            "wrong": wrong,
            "of": of,
            "known": bool(areas_known(person)),
        },
        status=422 if wrong is not None else 200,
    )


def absence_form(member: Member, members: list[Member], posted: QueryDict | None = None) -> AbsenceForm:
    """The form that tells when a member is away; its fields have ids of their own."""
    row = member.row
    others = [(str(one.row.person), one.name) for one in members if one.row.person != row.person and one.name]
    begun = {
        "away_from": row.away_from,
        "away_until": row.away_until,
        "stands_in": str(row.stands_in or ""),
        "version": row.team.version,
    }
    return AbsenceForm(posted, people=others, initial=begun, prefix="away", auto_id=f"id_{row.person}_%s")


Change = Callable[[Person, TeamSeen, date], None]


def _changed(request: HttpRequest, key: UUID, change: Change, done: str) -> HttpResponse:
    """Do a change that needs no more than a click; where it cannot be done, the page tells why."""
    person, seen = _arranged(request, key)
    try:
        change(person, seen, timezone.localdate())
    except OngedeeldError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, speech().say(done))
    return HttpResponseRedirect(reverse("signal_team", args=[key]), status=303)


@require_POST
def change_team(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a team another name or other areas."""
    person, seen = _arranged(request, key)
    form = _team_form(person, seen, request.POST)
    if form.is_valid():
        name, version = form.cleaned_data["name"], form.cleaned_data["version"]
        try:
            actions.change_team(seen.team, name, form.codes, version=version, actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The team was changed.")))
            return HttpResponseRedirect(reverse("signal_team", args=[key]), status=303)
    return _page(request, person, team_for_person(person, key), form)


@require_POST
def close_team(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a team answer nothing any more."""

    def change(person: Person, seen: TeamSeen, _: date) -> None:
        actions.close_team(seen.team, version=version_in(request.POST), actor=person)

    return _changed(request, key, change, N_("The team was closed."))


@require_POST
def open_team(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a closed team answer again."""

    def change(person: Person, seen: TeamSeen, _: date) -> None:
        actions.open_team(seen.team, version=version_in(request.POST), actor=person)

    return _changed(request, key, change, N_("The team answers again."))


@require_POST
def add_member(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take somebody into a team."""
    person, seen = _arranged(request, key)
    today = timezone.localdate()
    people = [(str(one.key), one.name) for one in candidates(seen, today)]
    form = MemberForm(request.POST, people=people, prefix="member")
    if form.is_valid():
        joins, version = UUID(form.cleaned_data["person"]), form.cleaned_data["version"]
        try:
            actions.add_member(seen, joins, version=version, today=today, actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("Your colleague is in the team.")))
            return HttpResponseRedirect(reverse("signal_team", args=[key]), status=303)
    return _page(request, person, team_for_person(person, key), form)


def _member(seen: TeamSeen, who: UUID) -> TeamMember:
    member = seen.team.members.filter(person=who).first()
    if member is None:
        raise Http404(N_("This colleague is not in the team."))
    return member


@require_POST
def remove_member(request: HttpRequest, key: UUID, who: UUID) -> HttpResponse:
    """Let somebody leave a team."""

    def change(person: Person, seen: TeamSeen, _: date) -> None:
        actions.remove_member(_member(seen, who), version=version_in(request.POST), actor=person)

    return _changed(
        request, key, change, N_("Your colleague left the team. What they had open goes to the others.")
    )


@require_POST
def let_lead(request: HttpRequest, key: UUID, who: UUID) -> HttpResponse:
    """Let a member lead the team."""

    def change(person: Person, seen: TeamSeen, _: date) -> None:
        actions.let_lead(_member(seen, who), version=version_in(request.POST), actor=person)

    return _changed(request, key, change, N_("Your colleague leads the team from now on."))


@require_POST
def set_absence(request: HttpRequest, key: UUID, who: UUID) -> HttpResponse:
    """Tell when a member is away."""
    person, seen = _arranged(request, key)
    today = timezone.localdate()
    row, members = _member(seen, who), members_of(seen, today)
    form = absence_form(next(one for one in members if one.row.person == who), members, request.POST)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.set_absence(row, form.absence, version=version, today=today, actor=person)
        except OngedeeldError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, speech().say(N_("The absence was saved.")))
            return HttpResponseRedirect(reverse("signal_team", args=[key]), status=303)
    return _page(request, person, seen, form, who)
