"""When the way of registering changed: fewer signals are not the same as fewer troubles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ongedeeld.errors import N_
from ongedeeld.reporting.text import Speech
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.signals.counting.counts import Line
from ongedeeld.web.signals.counting.quarters import after, quarter_of, span
from ongedeeld.web.signals.counting.tallying import KINDS
from ongedeeld.web.signals.models import RoutingRule, Signal

KIND = N_("the first signals of the kind {kind} came")
TEAM = N_("{count} teams began to answer")
ONE_TEAM = N_("a team began to answer")
RULES = N_("{count} rules on who answers began or ended")
ONE_RULE = N_("a rule on who answers began or ended")

TEAM_MADE = "signals.make_team"
"""How the record names that a team was made."""


@dataclass(frozen=True)
class Change:
    """What changed in a quarter; the texts name no place and no person, so that everybody may read them."""

    quarter: date
    kinds: tuple[str, ...] = ()
    teams: int = 0
    rules: int = 0

    def said(self, speech: Speech) -> str:
        """What changed, in a few words."""
        parts = [speech.say(KIND, kind=speech.say(Signal.Kind(kind).label)) for kind in self.kinds]
        for count, one, more in ((self.teams, ONE_TEAM, TEAM), (self.rules, ONE_RULE, RULES)):
            if count:
                parts.append(speech.say(one if count == 1 else more, count=speech.number(count)))
        return speech.listing(parts)


def changes_in(lines: Sequence[Line]) -> tuple[Change, ...]:
    """The quarters in which people came to register otherwise, the oldest first.

    That a kind is new is told only beside full counts: elsewhere it would tell that none came before. Teams
    and rules are facts of the organisation, whatever came.

    Parameters
    ----------
    lines
        The quarters that are looked at, in order.
    """
    quarters = [line.quarter for line in lines]
    if not quarters:
        return ()
    teams, rules = _teams(quarters), _rules(quarters)
    found = (
        Change(line.quarter, _new(lines, line), teams[line.quarter], rules[line.quarter]) for line in lines
    )
    return tuple(one for one in found if one.kinds or one.teams or one.rules)


def _new(lines: Sequence[Line], line: Line) -> tuple[str, ...]:
    """The kinds of which the first signals came in a quarter, after quarters with signals of other kinds."""
    before = [one for one in lines if one.quarter < line.quarter and one.is_full]
    if not line.is_full or not any(one.total for one in before):
        return ()
    return tuple(kind for kind in KINDS if line.counts[kind] and not any(one.counts[kind] for one in before))


def _teams(quarters: Sequence[date]) -> dict[date, int]:
    """How many teams were made in each quarter."""
    begin, end = span(quarters[0])[0], span(quarters[-1])[1]
    made = Entry.objects.filter(verb=TEAM_MADE, at__gte=begin, at__lt=end)
    found: dict[date, int] = defaultdict(int)
    for at in made.values_list("at", flat=True):
        found[quarter_of(timezone.localdate(at))] += 1
    return found


def _rules(quarters: Sequence[date]) -> dict[date, int]:
    """How many rules began or ended in each quarter."""
    end = after(quarters[-1])
    found: dict[date, int] = defaultdict(int)
    for first, last in RoutingRule.objects.values_list("from_day", "until_day"):
        for day in {first, last}:
            if day is not None and quarters[0] <= day < end:
                found[quarter_of(day)] += 1
    return found
