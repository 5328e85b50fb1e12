"""Own policy inside the free space: after the order of the decree.

Who is above the income limit gets a social home only out of the free space, and there the decree has the
association's own policy come last (BTIV 59). So for such a home a priority of own policy parts those above
the limit only where the decree does not, and puts none of them before who is within it. The instrument that
gives a part of the free space away is the exception: it does go before, for those classes, and for who has a
ground of the decree as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ongedeeld.allocation.catalogue import BY_DECISION, load_catalogue
from ongedeeld.allocation.effects import Condition, Effect, Priority, Row
from ongedeeld.allocation.seekers import household_of
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, no
from ongedeeld.rules.income import in_target_group
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.tally import Tally

INCOME = ("household_size", "target_group", "income_class")
FREE_SPACE = "free_space"
"""The limit of the law on homes for who is above the income limit, and the tally of it."""

FREE_SPACE_ORDER = 900
"""The place of the order of the decree: it parts those whom no priority of the ordinance has parted."""

OWN_POLICY = FREE_SPACE_ORDER + 100
"""What is added to the place of own policy where it comes after the order of the decree."""


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """The free space of a calendar year: the largest share of the social lettings that it may be.

    It is held letting by letting: a home goes into it only where afterwards no more than this share of the
    social lettings of the year so far did. So the share holds at the end of the year too, whatever is let.

    Parameters
    ----------
    share
        From 0 to 1: what the smallest share for the target group leaves.
    done, of
        How many lettings of the year went into it before the round, out of how many of social homes.
    """

    share: Fraction
    done: int = 0
    of: int = 0

    @classmethod
    def by(cls, tally: Tally) -> FreeSpace:
        """What the tally of the target group leaves (:func:`ongedeeld.rules.tallies.social_tallies`)."""
        least, of = Fraction(str(tally.limit or 0)), tally.of or 0
        return cls(1 - least, of - tally.done, of)


def into_free_space(home: Row, seeker: Row, law: LawOfDay) -> bool:
    """Whether a letting of this home to this seeker goes into the free space: a known income above the limit.

    Raises
    ------
    AbsentError
        When a value of the law lacks.
    """
    if home["sector"] != "social" or not seeker["income_class"]:
        return False
    return not in_target_group(household_of({name: seeker[name] for name in INCOME}), law)


def own_policy_last(policy: Iterable[Effect], law: LawOfDay) -> Iterator[Effect]:
    """The effects of a policy, with priorities of own policy after the order inside the free space."""
    for effect in policy:
        if isinstance(effect, Priority) and _is_own(effect.condition.name):
            yield replace(effect, condition=_split(effect.condition, law, inside=False))
            yield replace(
                effect,
                condition=_split(effect.condition, law, inside=True),
                order=OWN_POLICY + effect.order,
            )
        else:
            yield effect


def _is_own(name: str) -> bool:
    """Whether a use of an instrument is own policy: no ordinance and no decision of a municipality."""
    instrument = load_catalogue().by_name.get(name.rpartition("-")[0])
    if instrument is None or instrument.name == "free_space":
        return False
    return not BY_DECISION & set(instrument.agree)


def _split(condition: Condition, law: LawOfDay, *, inside: bool) -> Condition:
    """A condition for those who would go into the free space, or for all others."""

    def lies(home: Row, seeker: Row) -> bool:
        try:
            return into_free_space(home, seeker, law)
        except AbsentError:  # a household of which the law cannot tell this gets no such home at all
            return False

    def test(home: Row, seeker: Row) -> Decision:
        if lies(home, seeker) == inside:
            return condition.judge(home, seeker)
        text = (
            N_("the home would not go into the free space")
            if inside
            else N_(
                "the home would go into the free space: there own policy comes after the order of the decree"
            )
        )
        return no(law.reason("free_space_order", text))

    def alike(home: Row) -> Hashable:
        return home["sector"] == "social", condition.kind_of_vacancy(home)

    def alike_seeker(seeker: Row) -> Hashable:
        return lies({"sector": "social"}, seeker), condition.kind_of_seeker(seeker)

    return replace(
        condition,
        of_vacancy=tuple(dict.fromkeys((*condition.of_vacancy, "sector"))),
        of_seeker=tuple(dict.fromkeys((*condition.of_seeker, *INCOME))),
        test=test,
        alike=alike,
        alike_seeker=alike_seeker,
        about=condition.is_about,
    )
