"""Which rule decides who answers a signal, and which other rules it came before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ongedeeld.web.signals.models import RoutingRule

FALLBACK_DAYS = 5
"""Working days in which the reporter hears where no rule says otherwise."""


@dataclass(frozen=True)
class Facts:
    """What rules look at: nothing about persons."""

    kind: str
    domain: str
    area_codes: frozenset[str]
    danger: bool


@dataclass(frozen=True)
class Routed:
    """The rule that fired, none where no rule holds; the rules after it that hold too, in order."""

    rule: RoutingRule | None
    shadowed: tuple[RoutingRule, ...] = ()


def route(facts: Facts, rules: Iterable[RoutingRule], day: date) -> Routed:
    """The first rule that holds on a day, and those that it came before."""
    holding = [rule for rule in rules if holds(rule, facts, day)]
    return Routed(holding[0], tuple(holding[1:])) if holding else Routed(None)


def holds(rule: RoutingRule, facts: Facts, day: date) -> bool:
    """Whether a rule runs on a day and asks nothing that the signal is not; the last day counts."""
    return (
        rule.from_day <= day
        and (rule.until_day is None or day <= rule.until_day)
        and rule.kind in ("", facts.kind)
        and rule.domain in ("", facts.domain)
        and (not rule.area or rule.area in facts.area_codes)
        and rule.danger in (None, facts.danger)
    )
