"""Who answers: teams by area, their members, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from ongedeeld.errors import N_, InputError
from ongedeeld.web.signals.models import RoutingRule, Team, TeamMember


def rules_in_order() -> list[RoutingRule]:
    """Every rule of routing with its team, in the order in which they are tried."""
    return list(RoutingRule.objects.select_related("team"))


def team_for(area_codes: Collection[str]) -> Team:
    """The team that works most precisely there: that of the fewest areas among those that cover it.

    Raises
    ------
    InputError
        When no team covers the place, so that nobody would answer.
    """
    here = set(area_codes)
    teams = list(Team.objects.filter(is_active=True, members__isnull=False).distinct())
    covering = [one for one in teams if not one.areas or not here.isdisjoint(one.areas)]
    if not covering:
        raise InputError(
            N_("no team answers signals from here yet"),
            remedy=N_("ask an area manager to make a team for this area, and report again then"),
        )
    return min(covering, key=lambda one: (not one.areas, len(one.areas), one.name))


def answers_for(team: Team, wanted: UUID | None, day: date) -> UUID:
    """The person who answers: who is wanted, or who leads, or who stands in for them that day."""
    members = list(team.members.order_by("-leads", "id"))
    by_person = {one.person: one for one in members}
    chosen = by_person.get(wanted) if wanted else None
    return _present(chosen or members[0], by_person, day)


def _present(member: TeamMember, by_person: dict[UUID, TeamMember], day: date) -> UUID:
    """The member, or along the chain of who stands in the first who is not away; else who leads."""
    seen = {member.person}
    while member.is_away(day):
        following = by_person.get(member.stands_in) if member.stands_in else None
        if following is None or following.person in seen:
            present = [one for one in by_person.values() if not one.is_away(day)]
            return present[0].person if present else member.person
        seen.add(following.person)
        member = following
    return member.person
