"""What all families make conditions with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ongedeeld.allocation.effects import Condition, Priority, Row
from ongedeeld.allocation.places import COLUMNS
from ongedeeld.allocation.policies import Use
from ongedeeld.allocation.so_far import earlier, homes_let
from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.lettings import Lettings
from ongedeeld.rules.urgency import binding_may_count_against

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
        """How many of the homes of a mediation may still be let: less those let by it so far."""
        return max(int(use.parameters["homes"]) - homes_let(self.so_far, use, self.law.day), 0)


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


def on_homes(  # noqa: PLR0913 - a condition is made of all of these
    use: Use,
    setting: Setting,
    test: Test,
    *,
    of_vacancy: tuple[str, ...] = (),
    of_seeker: tuple[str, ...] = (),
    alike_seeker: Callable[[Row], Hashable] | None = None,
    elsewhere: bool = False,
    suits: Callable[[Row], bool] | None = None,
    by: tuple[str, ...] = (),
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
    alike_seeker
        Where given, seekers with the same outcome of it are tested once.
    elsewhere
        The outcome on all other homes: no for what gives something, yes for what asks something.
    suits, by
        Which homes of the use it is about, where those are not all, and the columns on which that hangs
        beside those of a place.
    """

    def here(home: Row) -> bool:
        return use.scope.covers(home) and (suits is None or suits(home))

    def whole(home: Row, seeker: Row) -> Decision:
        if not here(home):
            reason = because(use, setting.law, N_("{instrument}: this home lies outside it"))
            return _marked(yes(reason) if elsewhere else no(reason), use, setting)
        try:
            outcome = test(home, seeker)
        except AbsentError as missing:
            text = N_("{instrument}: what it needs is not known ({missing})")
            outcome = no(because(use, setting.law, text, {"missing": missing}))
        return _marked(outcome, use, setting)

    def alike(home: Row) -> Hashable:
        return (here(home), *(home[column] for column in of_vacancy))

    columns = tuple(dict.fromkeys((*COLUMNS, *by, *of_vacancy)))
    return Condition(use.name, columns, of_seeker, whole, alike, alike_seeker, here)


def unless_protected(
    household: Household, home: Row, law: LawOfDay, held: Callable[[], Decision]
) -> Decision:
    """The outcome of a priority for binding, or a yes for an urgent group that it may not hurt (Hvw 16).

    Raises
    ------
    AbsentError
        When it is not known which text binds the municipality, or how the household is bound.
    """
    against = binding_may_count_against(household, str(home["municipality"]), law)
    return held() if against else yes(*against.reasons)


def limited(  # noqa: PLR0913 - a share is told by all of these
    use: Use,
    setting: Setting,
    condition: Condition,
    *,
    share: float | None = None,
    most: int | None = None,
    tally: str = "",
    noted: str = "",
    social: bool = False,
    counts_always: bool = False,
) -> Priority:
    """A priority up to a share or number, that goes on from the lettings so far.

    Parameters
    ----------
    use, setting, condition
        What is used, where and when, and for whom.
    share, most
        The largest share of the lettings, or the largest number.
    tally
        The name under which it counts in the round; its own by default.
    noted
        The word by which a letting by it is noted; the name of the instrument by default.
    social
        Whether it is about social homes alone.
    counts_always
        Whether every letting to who meets the condition counts, by whatever order it went.
    """
    word = noted or use.instrument.name
    let = earlier(setting.so_far, use, setting.law.day, word, social=social)
    return Priority(condition, use.order, tally or use.name, share, most, word, let, counts_always)


def _marked(outcome: Decision, use: Use, setting: Setting) -> Decision:
    """The outcome, that says so when the law does not allow this policy."""
    if not setting.what_if:
        return outcome
    text = N_("what if the law allowed this: on {day} it was not found lawful")
    mark = Reason(use.instrument.name, text, {"day": setting.law.day.isoformat()})
    return Decision(outcome.allowed, (*outcome.reasons, mark))
