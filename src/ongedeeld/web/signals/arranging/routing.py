"""Which rule decides who answers a signal, and which other rules it came before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ongedeeld.errors import N_
from ongedeeld.web.signals.models import RoutingRule

FALLBACK_DAYS, IN_DANGER = 5, 1


def fallback_days(*, danger: bool) -> int:
    """The working days in which the reporter hears where no rule says otherwise."""
    return IN_DANGER if danger else FALLBACK_DAYS


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
    """Whether a rule runs on a day and asks nothing that the signal is not."""
    return not against(rule, facts, day)


def against(rule: RoutingRule, facts: Facts, day: date) -> tuple[str, ...]:
    """Why a rule does not hold, each to be translated; empty where it does. Its last day counts."""
    checks = (
        (day < rule.from_day, N_("it does not run yet")),
        (rule.until_day is not None and rule.until_day < day, N_("it ran until an earlier day")),
        (rule.kind not in ("", facts.kind), N_("it is for another kind of signal")),
        (rule.domain not in ("", facts.domain), N_("it is for another life domain")),
        (bool(rule.area) and rule.area not in facts.area_codes, N_("it is for another area")),
        (rule.danger is True and not facts.danger, N_("it is for danger only")),
        (rule.danger is False and facts.danger, N_("it is for signals without danger")),
    )
    return tuple(why for is_so, why in checks if is_so)
