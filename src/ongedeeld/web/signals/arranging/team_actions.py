"""Arrange teams: where they work, who is in them, who is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.jobs.actions import ask
from ongedeeld.web.signals.arranging.arranged import TeamSeen, candidates, require_arranging
from ongedeeld.web.signals.models import RoutingRule, Signal, Team, TeamMember

SETTLE = "signals.settle"
"""The work that gives every open signal to who answers it now."""


@dataclass(frozen=True)
class Absence:
    """From which day until which somebody is away, the last day included, and who answers then."""

    away_from: date | None = None
    away_until: date | None = None
    stands_in: UUID | None = None


@transaction.atomic
def make_team(name: str, areas: Sequence[str], *, actor: Person, once: UUID | None = None) -> Team:
    """Make a team for some areas; without areas it is for everywhere.

    Parameters
    ----------
    name
        What it is called; no other team is.
    areas
        The codes of areas and complexes.
    actor
        Who makes it.
    once
        The key that it gets; a second call with the same key gives the first team back.

    Raises
    ------
    Refused
        When the actor may not arrange in each of these areas.
    InputError
        For an area that is not there, or a name that is taken.
    """
    require_arranging(actor, areas)
    before = Team.objects.filter(key=once).first() if once else None
    if before is not None:
        return before
    _refuse_wrong(name, areas, actor)
    team = Team.objects.create(key=once or uuid4(), name=name, areas=sorted(set(areas)))
    record(actor, "signals.make_team", "team", team.key, ["name", "areas"])
    return team


@transaction.atomic
def change_team(team: Team, name: str, areas: Sequence[str], *, version: int, actor: Person) -> None:
    """Give a team another name or other areas.

    Raises
    ------
    Refused
        When the actor may not arrange in each area of before and of now.
    InputError
        For an area that is not there, or a name that is taken.
    ChangedMeanwhileError
        When somebody else changed the team.
    """
    require_arranging(actor, team.areas)
    if not team.catches_all:
        require_arranging(actor, areas)
    _refuse_wrong(name, areas, actor, but=team)
    write(team, version, name=name, areas=[] if team.catches_all else sorted(set(areas)))
    _changed(team, ["name", "areas"], actor)


@transaction.atomic
def close_team(team: Team, *, version: int, actor: Person) -> None:
    """Let a team answer nothing any more; opened again by :func:`open_team`.

    Raises
    ------
    InputError
        When it has open signals, or a rule names it that runs or will run.
    """
    require_arranging(actor, team.areas)
    if team.catches_all:
        raise InputError(
            N_("this team catches what comes from where no team works"),
            remedy=N_("make teams for those areas; it then gets nothing any more"),
        )
    if Signal.objects.filter(team=team, closed_at__isnull=True).exists():
        raise InputError(
            N_("this team has open signals"), remedy=N_("hand them over to another team, and close it then")
        )
    if RoutingRule.objects.filter(team=team, until_day__isnull=True).exists():
        raise InputError(
            N_("a rule gives signals to this team"), remedy=N_("end the rule, and close the team then")
        )
    write(team, version, is_active=False)
    record(actor, "signals.close_team", "team", team.key, ["is_active"])


@transaction.atomic
def open_team(team: Team, *, version: int, actor: Person) -> None:
    """Let a closed team answer again."""
    require_arranging(actor, team.areas)
    write(team, version, is_active=True)
    _changed(team, ["is_active"], actor)


@transaction.atomic
def add_member(seen: TeamSeen, person: UUID, *, version: int, today: date, actor: Person) -> None:
    """Take somebody into a team; the first one leads it.

    Raises
    ------
    InputError
        When they may not answer signals there, or are in it already.
    """
    team = seen.team
    require_arranging(actor, team.areas)
    if person not in {one.key for one in candidates(seen, today)}:
        raise InputError(
            N_("this colleague is in the team already, or may not answer signals from its areas"),
            remedy=N_("give them a role there first, on the page of people"),
        )
    write(team, version)
    TeamMember.objects.create(team=team, person=person, leads=not team.members.exists())
    _changed(team, ["members"], actor)


@transaction.atomic
def remove_member(member: TeamMember, *, version: int, actor: Person) -> None:
    """Let somebody leave a team; what they had open goes to who answers now.

    Raises
    ------
    InputError
        When nobody would be left while signals are open.
    """
    team = member.team
    require_arranging(actor, team.areas)
    others = team.members.exclude(pk=member.pk)
    if not others.exists() and Signal.objects.filter(team=team, closed_at__isnull=True).exists():
        raise InputError(
            N_("nobody would be left in this team, and it has open signals"),
            remedy=N_("take somebody else in first, or hand the signals over to another team"),
        )
    write(team, version)
    others.filter(stands_in=member.person).update(stands_in=None)
    if member.leads and not others.filter(leads=True).exists():
        _lead(others.first())
    member.delete()
    _changed(team, ["members"], actor)


@transaction.atomic
def let_lead(member: TeamMember, *, version: int, actor: Person) -> None:
    """Let a member lead the team, in the place of who did."""
    require_arranging(actor, member.team.areas)
    write(member.team, version)
    member.team.members.update(leads=False)
    _lead(member)
    _changed(member.team, ["leads"], actor)


@transaction.atomic
def set_absence(member: TeamMember, absence: Absence, *, version: int, today: date, actor: Person) -> None:
    """Tell when somebody is away and who answers then: they themselves do, or who arranges the team.

    Raises
    ------
    Refused
        When it is neither.
    InputError
        When it ends before it begins or before today, or the one who stands in is not another member.
    """
    team = member.team
    if member.person != actor.key:
        require_arranging(actor, team.areas)
    begin, end = absence.away_from, absence.away_until
    if end is not None and (begin is None or end < begin or end < today):
        raise InputError(
            N_("the last day comes before the first, or is over already"),
            remedy=N_("choose the first and the last day on which they are away"),
        )
    others = team.members.exclude(pk=member.pk)
    if absence.stands_in is not None and not others.filter(person=absence.stands_in).exists():
        raise InputError(
            N_("who stands in is another member of the same team"), remedy=N_("choose one from the list")
        )
    write(team, version)
    TeamMember.objects.filter(pk=member.pk).update(
        away_from=begin, away_until=end, stands_in=absence.stands_in
    )
    member.refresh_from_db()
    _changed(team, ["away_from", "away_until", "stands_in"], actor)


def _lead(member: TeamMember | None) -> None:
    if member is not None:
        TeamMember.objects.filter(pk=member.pk).update(leads=True)


def _changed(team: Team, fields: list[str], actor: Person) -> None:
    """Write what changed, and let open signals go to who answers them now."""
    record(actor, "signals.change_team", "team", team.key, fields)
    ask(SETTLE, {"day": ""}, actor=None, once=f"{SETTLE}:{team.key}:{team.version}")


def _refuse_wrong(name: str, areas: Sequence[str], actor: Person, but: Team | None = None) -> None:
    known = areas_known(actor)
    unknown = [code for code in areas if known and code not in known]
    if unknown:
        raise InputError(
            N_("there is no area or complex {code}"), remedy=N_("choose one from the list"), code=unknown[0]
        )
    taken = Team.objects.filter(name__iexact=name)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise InputError(N_("another team is called {name}"), remedy=N_("choose another name"), name=name)
