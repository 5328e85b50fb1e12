"""What all families make conditions with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from ongedeeld.allocation.effects import Condition, Row
from ongedeeld.allocation.places import COLUMNS
from ongedeeld.allocation.policies import Use
from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.lettings import Lettings

NOTHING: Mapping[str, object] = MappingProxyType({})
Test = Callable[[Row, Row], Decision]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a policy is used: the law of the day, the City, what was let, and if it is lawful."""

    law: LawOfDay
    city: City
    so_far: Lettings | None = None
    what_if: bool = False

    def homes_left(self, use: Use) -> int:
        """How many of the homes of a mediation may still be let: less those let under its agreement so far.

        Where several uses have one agreement, a letting counts for each of them: never more than was agreed.

        Raises
        ------
        AbsentError
            When lettings were given that do not tell the contingent: what was not counted is not zero.
        """
        homes = int(use.parameters["homes"])
        if self.so_far is None:
            return homes
        rows = self.so_far.with_column("contingent").filter(
            pl.col("date").is_between(use.start, self.law.day), pl.col("contingent") == use.agreement
        )
        return max(homes - len(rows), 0)


def because(use: Use, law: LawOfDay, text: str, facts: Mapping[str, object] = NOTHING) -> Reason:
    """A reason that cites the policy and, where it is known, the article on which the instrument rests."""
    named = {"instrument": use.instrument.label, **facts}
    return Reason(use.instrument.name, text, named, _article(use, law), use.source)


def _article(use: Use, law: LawOfDay) -> str:
    try:
        version = law.law.register[use.instrument.basis[0]].at(law.day)
    except AbsentError:  # nobody read whether it held on this day
        return ""
    return version.article if version else ""


def decided(
    use: Use,
    setting: Setting,
    texts: tuple[str, str],
    facts: Mapping[str, object] = NOTHING,
    *,
    met: bool,
) -> Decision:
    """Yes with the first text or no with the second, both marked and with `facts` in braces."""
    reason = because(use, setting.law, texts[0] if met else texts[1], facts)
    return yes(reason) if met else no(reason)


def on_homes(
    use: Use,
    setting: Setting,
    test: Test,
    *,
    of_vacancy: tuple[str, ...] = (),
    of_seeker: tuple[str, ...] = (),
    elsewhere: bool = False,
) -> Condition:
    """A condition about the homes of a use.

    Parameters
    ----------
    use, setting
        What is used, and where and when.
    test
        The yes or no on those homes; where it needs what is not known, the outcome is no and says so.
    of_vacancy, of_seeker
        The columns that `test` looks at.
    elsewhere
        The outcome on all other homes: no for what gives something, yes for what asks something.
    """

    def whole(home: Row, seeker: Row) -> Decision:
        if not use.scope.covers(home):
            reason = because(use, setting.law, N_("{instrument}: this home lies outside it"))
            return _marked(yes(reason) if elsewhere else no(reason), use, setting)
        try:
            outcome = test(home, seeker)
        except AbsentError as missing:
            text = N_("{instrument}: what it needs is not known ({missing})")
            outcome = no(because(use, setting.law, text, {"missing": missing}))
        return _marked(outcome, use, setting)

    def alike(home: Row) -> Hashable:
        return (use.scope.covers(home), *(home[column] for column in of_vacancy))

    columns = tuple(dict.fromkeys((*COLUMNS, *of_vacancy)))
    return Condition(use.name, columns, of_seeker, whole, alike)


def _marked(outcome: Decision, use: Use, setting: Setting) -> Decision:
    """The outcome, that says so when the law does not allow this policy."""
    if not setting.what_if:
        return outcome
    text = N_("what if the law allowed this: on {day} it was not found lawful")
    mark = Reason(use.instrument.name, text, {"day": setting.law.day.isoformat()})
    return Decision(outcome.allowed, (*outcome.reasons, mark))
