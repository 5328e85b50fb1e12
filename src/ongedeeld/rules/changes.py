"""What differs between the law of two days: what starts, ends, changes, or is not known.

A rule that was repealed ends and does not become zero. What nobody read is not what does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ongedeeld.errors import N_, AbsentError
from ongedeeld.rules.law import Law
from ongedeeld.rules.parameters import Dated, Parameter
from ongedeeld.rules.register import Rule, Version
from ongedeeld.vocabulary import Both

Kind = Literal["starts", "ends", "changes", "becomes_known", "becomes_unknown"]
KINDS: dict[Kind, str] = {
    "starts": N_("starts"),
    "ends": N_("ends"),
    "changes": N_("changes"),
    "becomes_unknown": N_("becomes unknown"),
    "becomes_known": N_("becomes known"),
}
"""In the order in which they are told: what is known to begin or end first, what was only read last."""

_UNREAD = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One rule or value that differs between two days; `before` or `after` is None where there is none."""

    kind: Kind
    what: Literal["rule", "value"]
    name: str
    label: Both
    before: Version | Dated | None
    after: Version | Dated | None


def difference(law: Law, first: date, second: date) -> tuple[Change, ...]:
    """The rules and values that differ between the law of two days.

    Parameters
    ----------
    law
        With the local policy that should count.
    first, second
        The days; the first may be the later one.

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> found = difference(load_law(), date(2025, 12, 31), date(2026, 1, 1))
    >>> [change.kind for change in found if change.name == "rent_allowance_youth_age"]
    ['changes']
    """
    rules = (_rule_change(rule, first, second) for rule in law.register.by_name.values())
    values = (_value_change(one, first, second) for one in law.parameters.by_name.values())
    return tuple(change for change in (*rules, *values) if change is not None)


def _rule_change(rule: Rule, first: date, second: date) -> Change | None:
    before, after = _at(rule, first), _at(rule, second)
    held, comes = _version(before), _version(after)
    if (before is _UNREAD) != (after is _UNREAD):
        kind: Kind = "becomes_known" if before is _UNREAD else "becomes_unknown"
    elif held is None or comes is None:
        kind = "starts" if held is None else "ends"
    else:
        kind = "changes"
    if _text(held) == _text(comes) and kind not in ("becomes_known", "becomes_unknown"):
        return None
    return Change(kind, "rule", rule.name, rule.label, held, comes)


def _at(rule: Rule, day: date) -> object:
    try:
        return rule.at(day)
    except AbsentError:
        return _UNREAD


def _version(version: object) -> Version | None:
    return version if isinstance(version, Version) else None


def _text(version: Version | None) -> tuple[object, ...] | None:
    """What a version says, apart from the consolidation in which it was read."""
    return None if version is None else (version.says, version.article, version.values, version.unknown)


def _value_change(parameter: Parameter, first: date, second: date) -> Change | None:
    """A value that is not there was not found; it does not start or end with the law."""
    before, after = parameter.at(first), parameter.at(second)
    held, comes = before and before.value, after and after.value
    if held == comes:
        return None
    kind: Kind = "becomes_known" if held is None else "becomes_unknown" if comes is None else "changes"
    label = Both(parameter.label_nl, parameter.label_en)
    return Change(kind, "value", parameter.name, label, before, after)
