"""Read what is arranged: teams with their areas and people, rules in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from ongedeeld.errors import N_
from ongedeeld.web.accounts.checks import Refused, require
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.permissions import extent_of, may
from ongedeeld.web.accounts.places import Area, Everywhere, areas_known, place_of
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.signals.arranging.teams import may_answer, people_here
from ongedeeld.web.signals.models import RoutingRule, Team, TeamMember

ARRANGE, SEE_TEAM = "signals.arrange", "signals.see_team"


@dataclass(frozen=True)
class TeamSeen:
    """A team with its areas by name, and the codes of all that lies around and in those.

    Without areas it lies everywhere.
    """

    team: Team
    areas: tuple[Area, ...]
    area_codes: frozenset[str]


@dataclass(frozen=True)
class Member:
    """Somebody in a team, by name."""

    row: TeamMember
    name: str
    is_away: bool
    stands_in: str


def require_arranging(actor: Person, codes: Collection[str], known: Mapping[str, Area] | None = None) -> None:
    """That the actor may arrange in each of these places; without any, that they may everywhere.

    Parameters
    ----------
    actor, codes
        Who, and where.
    known
        Every area and complex, where that was read already.

    Raises
    ------
    Refused
        When that is not so.
    """
    if not codes:
        require(actor, ARRANGE, Everywhere())
    known = areas_known(actor) if known is None else known
    for code in codes:
        require(actor, ARRANGE, place_of(code, known))


def may_arrange(person: Person, codes: Collection[str], known: Mapping[str, Area] | None = None) -> bool:
    """Whether :func:`require_arranging` lets this person through."""
    try:
        require_arranging(person, codes, known)
    except Refused:
        return False
    return True


def areas_to_arrange(person: Person) -> tuple[list[Area], bool]:
    """The areas and complexes in which a person may arrange, and whether that is everywhere."""
    extent = extent_of(person, ARRANGE)
    return [one for one in areas_known(person).values() if extent.covers(one)], extent.everywhere


def may_enter(person: Person | AnonymousUser) -> Person:
    """The person, when they may see teams or arrange them.

    Raises
    ------
    Refused
        When they may do neither.
    """
    return require(person, ARRANGE if may(person, ARRANGE) else SEE_TEAM)


def teams_for(person: Person) -> list[TeamSeen]:
    """The teams that work where a person may see them or arrange them; the one that catches all is last."""
    may_enter(person)
    known = areas_known(person)
    extent = extent_of(person, SEE_TEAM) | extent_of(person, ARRANGE)
    seen = [_seen(one, known) for one in Team.objects.order_by("catches_all", "-is_active", "name")]
    return [one for one in seen if extent.covers(one)]


def team_for_person(person: Person, key: UUID) -> TeamSeen:
    """One of the teams of :func:`teams_for`.

    Raises
    ------
    Http404
        When it is not among them.
    """
    for one in teams_for(person):
        if one.team.key == key:
            return one
    raise Http404(N_("There is no such team, or it works outside your areas."))


def members_of(seen: TeamSeen, today: date) -> list[Member]:
    """Who is in a team, who leads first."""
    return members_of_each([seen], today)[seen.team.pk]


def members_of_each(teams: Iterable[TeamSeen], today: date) -> dict[int, list[Member]]:
    """Who is in each of some teams, by the number of the team."""
    found: dict[int, list[Member]] = {one.team.pk: [] for one in teams}
    rows = TeamMember.objects.filter(team__in=found).select_related("team").order_by("-leads", "id")
    names = names_of(key for row in rows for key in (row.person, row.stands_in) if key)
    for row in rows:
        stands_in = names.get(row.stands_in, "") if row.stands_in else ""
        found[row.team_id].append(Member(row, names.get(row.person, ""), row.is_away(today), stands_in))
    return found


def able_in(seen: TeamSeen, today: date) -> set[UUID]:
    """Who of a team may answer in its areas today: their roles are read for it, which a list needs not."""
    people = people_here().filter(key__in=seen.team.members.values("person"))
    return {one.key for one in people if _works_in(one, seen, today)}


def candidates(seen: TeamSeen, today: date) -> list[Person]:
    """Who may answer somewhere in the areas of a team and is not in it yet, by name."""
    inside = {row.person for row in seen.team.members.all()}
    fitting = [one for one in people_here() if one.key not in inside and _works_in(one, seen, today)]
    return sorted(fitting, key=lambda one: (one.name, one.pk))


def _works_in(person: Person, seen: TeamSeen, day: date) -> bool:
    """Whether somebody may answer in a part of what a team covers; without areas that is all there is."""
    return may_answer(person, seen.area_codes, day)


def rules_for(person: Person) -> list[RoutingRule]:
    """Every rule, in the order in which they are tried: a rule means nothing without those before it."""
    may_enter(person)
    return list(RoutingRule.objects.select_related("team"))


def rule_for(person: Person, key: UUID) -> RoutingRule:
    """One rule.

    Raises
    ------
    Http404
        When there is none of this key.
    """
    for rule in rules_for(person):
        if rule.key == key:
            return rule
    raise Http404(N_("There is no such rule: it may have been removed."))


def _seen(team: Team, known: Mapping[str, Area]) -> TeamSeen:
    areas = tuple(place_of(code, known) for code in team.areas)
    if not team.areas:
        return TeamSeen(team, areas, frozenset(known))
    around = {code for area in areas for code in area.area_codes}
    inside = {one.code for one in known.values() if not set(team.areas).isdisjoint(one.area_codes)}
    return TeamSeen(team, areas, frozenset(around | inside))
