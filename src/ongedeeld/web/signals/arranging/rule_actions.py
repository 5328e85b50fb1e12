"""Arrange who answers which signals: rules in an order, each with its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from ongedeeld.errors import N_, InputError
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.places import areas_known
from ongedeeld.web.audit.actions import record
from ongedeeld.web.changing import write
from ongedeeld.web.signals.arranging.arranged import require_arranging
from ongedeeld.web.signals.models import RoutingRule, Team

MOST_DAYS = 60
"""Nobody waits longer for a first answer than about a quarter of a year."""


@dataclass(frozen=True)
class RuleDraft:
    """What a rule says; see :class:`~ongedeeld.web.signals.models.RoutingRule`."""

    name: str
    team: Team
    from_day: date
    kind: str = ""
    domain: str = ""
    area: str = ""
    danger: bool | None = None
    owner: UUID | None = None
    working_days: int = 5
    until_day: date | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Its fields as they are written."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = tuple(RuleDraft.__dataclass_fields__)


@transaction.atomic
def make_rule(draft: RuleDraft, *, actor: Person, once: UUID | None = None) -> RoutingRule:
    """Add a rule behind the others; `once` is the key that it gets, and sent twice it is one rule.

    Raises
    ------
    Refused
        When the actor may not arrange where it holds.
    InputError
        When it names what is not there, or days that cannot be.
    """
    _require(actor, draft.area)
    before = RoutingRule.objects.filter(key=once).first() if once else None
    if before is not None:
        return before
    refuse_wrong(draft, actor)
    last = RoutingRule.objects.aggregate(last=Max("place"))["last"] or 0
    rule = RoutingRule.objects.create(key=once or uuid4(), place=last + 1, made_by=actor.key, **draft.values)
    record(actor, "signals.make_rule", "rule", rule.key, FIELDS, place=rule.area)
    return rule


@transaction.atomic
def change_rule(rule: RoutingRule, draft: RuleDraft, *, version: int, actor: Person) -> None:
    """Write a rule anew; signals that it gave to somebody stay with them.

    Raises
    ------
    Refused
        When the actor may not arrange where it held or will hold.
    InputError
        When it names what is not there, or days that cannot be.
    ChangedMeanwhileError
        When somebody else was first.
    """
    _require(actor, rule.area)
    _require(actor, draft.area)
    refuse_wrong(draft, actor, but=rule)
    changed = [name for name in FIELDS if getattr(rule, name) != draft.values[name]]
    write(rule, version, **draft.values)
    record(actor, "signals.change_rule", "rule", rule.key, changed, place=rule.area)


@transaction.atomic
def move_rule(rule: RoutingRule, *, up: bool, version: int, actor: Person) -> None:
    """Let a rule be tried before the one above it, or after the one below; at the end it stays."""
    _require(actor, rule.area)
    rules = list(RoutingRule.objects.all())
    at = rules.index(rule)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rules):
        return
    write(rule, version)
    rules[at], rules[to] = rules[to], rules[at]
    number(rules)
    record(actor, "signals.move_rule", "rule", rule.key, ["place"], place=rule.area)


@transaction.atomic
def end_rule(rule: RoutingRule, *, version: int, today: date, actor: Person) -> None:
    """Let a rule run no more, from today; one that never ran is removed."""
    _require(actor, rule.area)
    if rule.until_day is not None and rule.until_day < today:
        raise InputError(N_("this rule ended already"), remedy=N_("look at the rules as they are now"))
    write(rule, version, until_day=today - timedelta(days=1))
    if rule.from_day >= today:
        rule.delete()
    record(actor, "signals.end_rule", "rule", rule.key, ["until_day"], place=rule.area)


def number(rules: Sequence[RoutingRule]) -> None:
    """Write the order in which rules are tried."""
    for place, rule in enumerate(rules, start=1):
        if rule.place != place:
            RoutingRule.objects.filter(pk=rule.pk).update(place=place)


def refuse_wrong(draft: RuleDraft, actor: Person, but: RoutingRule | None = None) -> None:
    """Stop where a rule could not be tried, or nobody could tell it from another."""
    known = areas_known(actor)
    if draft.area and known and draft.area not in known:
        raise InputError(
            N_("there is no area or complex {code}"), remedy=N_("choose one from the list"), code=draft.area
        )
    if draft.until_day is not None and draft.until_day < draft.from_day:
        raise InputError(N_("the last day comes before the first"))
    if not 1 <= draft.working_days <= MOST_DAYS:
        raise InputError(
            N_("a term of {days} working days is not possible"),
            expected=N_("from 1 to {most}"),
            days=draft.working_days,
            most=MOST_DAYS,
        )
    if not draft.team.is_active:
        raise InputError(N_("this team was closed"), remedy=N_("choose another team, or open it again"))
    if draft.owner is not None and not draft.team.members.filter(person=draft.owner).exists():
        raise InputError(
            N_("who answers is not in this team"), remedy=N_("choose somebody of the team, or nobody")
        )
    taken = RoutingRule.objects.filter(name__iexact=draft.name)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise InputError(
            N_("another rule is called {name}"), remedy=N_("choose another name"), name=draft.name
        )


def _require(actor: Person, area: str) -> None:
    require_arranging(actor, [area] if area else [])
