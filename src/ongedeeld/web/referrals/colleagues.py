"""Which colleagues may keep a referral from a place, and who leads there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone

from ongedeeld.web.accounts.models import Person, RoleHeld
from ongedeeld.web.accounts.permissions import reach_of, table
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.referrals.queries import REFER
from ongedeeld.web.signals.arranging.teams import Somewhere, people_here, team_for, there_for


def able(area_codes: Collection[str], today: date | None = None) -> list[Person]:
    """Everybody who may see referrals from a place."""
    day, place = today or timezone.localdate(), Somewhere(frozenset(area_codes))
    return [one for one in people_here() if any(_reaches(held, place, one) for held in _held(one, day))]


def lead_of(area_codes: Collection[str], today: date) -> UUID | None:
    """Who leads where a home lies: of the team there, else an area manager, of the fewest areas."""
    here = {one.key: one for one in able(area_codes, today)}
    team = team_for(area_codes)
    if team.pk:
        leads = (there_for(team, one.person, today) for one in team.members.filter(leads=True))
        for lead in leads:
            if lead in here:
                return lead
    managers = [
        (held.everywhere, len(held.areas.all()), one.pk, one.key)
        for one in here.values()
        for held in _held(one, today)
        if held.as_role is Role.AREA_MANAGER
    ]
    return min(managers)[-1] if managers else None


def _held(person: Person, day: date) -> list[RoleHeld]:
    return [
        one for one in person.roles_held.all() if one.runs_on(day) and one.as_role in table()[REFER].roles
    ]


def _reaches(held: RoleHeld, place: Somewhere, person: Person) -> bool:
    return reach_of(held, table()[REFER].roles[held.as_role], person).covers(place)
