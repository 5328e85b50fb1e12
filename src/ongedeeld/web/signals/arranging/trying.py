"""Try a signal against the rules: which fires, which it comes before, and why others do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known, place_of
from ongedeeld.web.accounts.queries import names_of
from ongedeeld.web.signals.arranging.arranged import may_enter
from ongedeeld.web.signals.arranging.routing import Facts, against
from ongedeeld.web.signals.arranging.teams import arranged, rules_in_order
from ongedeeld.web.signals.models import RoutingRule, Team
from ongedeeld.web.working_days import working_days_after


@dataclass(frozen=True)
class Verdict:
    """What became of one rule: it fires, it is shadowed by the one that fires, or `against` tells why not."""

    rule: RoutingRule
    fires: bool
    shadowed: bool
    against: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """Who would answer, by when, and what became of each rule in order."""

    team: Team
    owner: UUID
    name: str
    due: date
    verdicts: tuple[Verdict, ...]

    @property
    def fired(self) -> RoutingRule | None:
        """The rule that fires; none where the team follows from the place."""
        return next((one.rule for one in self.verdicts if one.fires), None)


def tried(person: Person, kind: str, domain: str, area: str, day: date, *, danger: bool) -> Tried:
    """Try a signal of a kind at a place on a day; nothing is written.

    Raises
    ------
    Refused
        When the person may not see teams.
    """
    may_enter(person)
    codes = frozenset(place_of(area, areas_known(person)).area_codes) if area else frozenset()
    facts = Facts(kind, domain, codes, danger)
    who = arranged(facts, day, otherwise=person.key)
    fired = who.routed.rule
    verdicts = []
    for rule in rules_in_order():
        why_not = against(rule, facts, day)
        verdicts.append(Verdict(rule, rule == fired, not why_not and rule != fired, why_not))
    name = names_of([who.owner]).get(who.owner, "")
    due = working_days_after(day, who.working_days)
    return Tried(who.team, who.owner, name, due, tuple(verdicts))
