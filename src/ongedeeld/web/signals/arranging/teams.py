"""Who answers: teams by area, their members, who stands in for whom, and who is there for want of a team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import Extent, reach_of, table
from ongedeeld.web.accounts.places import Everywhere
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.signals.arranging.routing import Facts, Routed, fallback_days, route
from ongedeeld.web.signals.models import RoutingRule, Team, TeamMember

HANDLE = "signals.handle"
CATCH_ALL_NAME = "Nog geen team"
"""Teams are called as people call them; so is the one that nobody made."""
_FIRST = (Role.AREA_MANAGER, Role.HOUSING_CONSULTANT)
"""Who is asked first where no team works: who can make one."""


@dataclass(frozen=True)
class Somewhere:
    """A place by its codes and those of all areas around it."""

    area_codes: frozenset[str]


@dataclass(frozen=True)
class Arranged:
    """Who answers a signal, within how many working days, and which rules say so."""

    routed: Routed
    team: Team
    owner: UUID
    working_days: int


def arranged(facts: Facts, day: date, *, otherwise: UUID) -> Arranged:
    """Who answers: by the first rule that holds, else the team of the place; there is always somebody.

    Parameters
    ----------
    facts
        What rules look at.
    day
        The day on which it comes.
    otherwise
        Who keeps it when nobody at all may answer there: whoever reports it.
    """
    routed = route(facts, rules_in_order(), day)
    rule = routed.rule
    team = rule.team if rule else team_for(facts.area_codes)
    owner = answers_for(team, rule.owner if rule else None, facts.area_codes, day, otherwise=otherwise)
    days = rule.working_days if rule else fallback_days(danger=facts.danger)
    return Arranged(routed, team, owner, days)


def rules_in_order() -> list[RoutingRule]:
    """Every rule of a team that is there, in the order in which they are tried."""
    return list(RoutingRule.objects.filter(team__is_active=True).select_related("team"))


def team_for(area_codes: Collection[str]) -> Team:
    """The team that works most precisely there: that of the fewest areas among those that cover it.

    Where no team works it is the one that catches all, which may not be written yet (see :func:`catch_all`):
    no signal is refused for want of a team.
    """
    covering = teams_at(area_codes)
    if not covering:
        return Team.objects.filter(catches_all=True).first() or Team(catches_all=True, name=CATCH_ALL_NAME)
    return min(covering, key=lambda one: (not one.areas, len(one.areas), one.name))


def teams_at(area_codes: Collection[str]) -> list[Team]:
    """The teams with people in them that work at a place, by name."""
    here = set(area_codes)
    teams = Team.objects.filter(is_active=True, catches_all=False, members__isnull=False).distinct()
    return [one for one in teams.order_by("name") if not one.areas or not here.isdisjoint(one.areas)]


def catch_all() -> Team:
    """The team for what comes from where no team works, made when the first signal comes."""
    return Team.objects.get_or_create(catches_all=True, defaults={"name": CATCH_ALL_NAME})[0]


def answers_for(
    team: Team, wanted: UUID | None, area_codes: Collection[str], day: date, *, otherwise: UUID
) -> UUID:
    """The person who answers a signal of a team: somebody who may, and is there that day.

    Who is wanted goes first, then who leads, each with who stands in for them; then the other members; then
    whoever may answer at that place at all; then, in the same order, who may but is away; then whoever
    manages the installation, who can make a team; then `otherwise`.
    """
    members = list(team.members.order_by("-leads", "id")) if team.pk else []
    by_person = {one.person: one for one in members}
    first = [one for one in members if one.person == wanted] + members
    able = able_members(members, area_codes, day)
    in_line = [one for member in first for one in _line(member, by_person) if one.person in able]
    for one in in_line:
        if not one.is_away(day):
            return one.person
    away = away_on(day)
    others = [one.key for role in _FIRST for one in _holders(role, day) if may_answer(one, area_codes, day)]
    there = [key for key in others if key not in away]
    managers = [one.key for one in _holders(Role.MANAGER, day)]
    return next(iter((*there, *(one.person for one in in_line), *others, *managers, otherwise)))


def there_for(team: Team, person: UUID, day: date) -> UUID:
    """A person, or while they are away who stands in for them in a team, else who leads it; else they."""
    members = list(team.members.order_by("-leads", "id"))
    by_person = {one.person: one for one in members}
    line = _line(by_person[person], by_person) if person in by_person else []
    leads = [one for one in members if one.leads]
    return next((one.person for one in (*line, *leads) if line and not one.is_away(day)), person)


def able_members(members: Iterable[TeamMember], area_codes: Collection[str], day: date) -> dict[UUID, Person]:
    """Who of the members may answer at a place, by key: they are here still, in a role that reaches it."""
    people = people_here().filter(key__in=[one.person for one in members])
    return {one.key: one for one in people if may_answer(one, area_codes, day)}


def may_answer(person: Person, area_codes: Collection[str], day: date) -> bool:
    """Whether a person's roles of a day reach a place; everywhere is asked for without codes.

    As `may` asks it, but of somebody who need not be signed in at this moment.
    """
    place = Somewhere(frozenset(area_codes)) if area_codes else Everywhere()
    return answering_extent(person, day).covers(place)


def answering_extent(person: Person, day: date) -> Extent:
    """How far somebody may answer, by the roles that they hold on a day."""
    roles = table()[HANDLE].roles
    extent = Extent(person.key)
    for held in _roles(person, day):
        if held.as_role in roles:
            extent |= reach_of(held, roles[held.as_role], person)
    return extent


def away_on(day: date) -> set[UUID]:
    """Everybody who is away on a day."""
    return {one.person for one in TeamMember.objects.filter(away_from__lte=day) if one.is_away(day)}


def _line(member: TeamMember, by_person: dict[UUID, TeamMember]) -> list[TeamMember]:
    """A member, who stands in for them, who stands in for those, each once."""
    line: list[TeamMember] = []
    following: TeamMember | None = member
    while following is not None and following not in line:
        line.append(following)
        following = by_person.get(following.stands_in) if following.stands_in else None
    return line


def people_here() -> QuerySet[Person]:
    """Everybody who can sign in, with their roles."""
    people = Person.objects.filter(is_active=True, invited_at__isnull=True)
    return people.prefetch_related("roles_held__areas").order_by("id")


def _roles(person: Person, day: date) -> list[RoleHeld]:
    return [one for one in person.roles_held.all() if one.runs_on(day)]


def _holders(role: Role, day: date) -> list[Person]:
    """Everybody who holds a role on a day, who works in the fewest areas first."""
    widths: dict[Person, tuple[bool, int]] = {}
    for person in people_here().filter(roles_held__role=role).distinct():
        if held := [one for one in _roles(person, day) if one.as_role is role]:
            widths[person] = any(one.everywhere for one in held), sum(len(one.areas.all()) for one in held)
    return sorted(widths, key=lambda one: (widths[one], one.pk))
