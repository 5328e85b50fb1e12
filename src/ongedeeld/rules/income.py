"""Who may be housed in a social home: the income test, who counts regardless of income, and the free space.

Woningwet 48, BTIV 57 and 59. Reasons name limits and never the income itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ongedeeld.errors import N_, InputError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.amounts import Euros, Percent
from ongedeeld.rules.codes import TARGET_GROUPS
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.purpose import Income
from ongedeeld.rules.records import Agreement, FreeSpaceOrder, Swap
from ongedeeld.vocabulary import Both

GROUNDS: Mapping[str, tuple[int, Both]] = MappingProxyType(
    {
        "ordinance_priority": (
            1,
            Both("voorrangsgroep van de huisvestingsverordening", "priority group of the ordinance"),
        ),
        "urgent": (2, Both("urgent", "urgent")),
        "house_swap": (2, Both("woningruil", "house swap")),
        "stays_behind": (2, Both("achterblijver", "co-tenant who stays behind")),
    }
)
"""Grounds for a place in the free space, with the class in which the decree puts them (BTIV 59)."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in an order: the lower class goes first, for this reason."""

    order: int
    reason: Reason


def income_limit(kind: str, household: Household, law: LawOfDay) -> int:
    """The income limit for a household, in whole cents a year.

    Parameters
    ----------
    kind
        `passend`, `daeb` or `middle`.
    household
        Its size decides, and for `passend` also whether it is of pension age.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When the limit is not known on the day.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import Household, load_law
    >>> income_limit("daeb", Household(size=1), load_law().on(date(2026, 7, 1)))
    5153700
    """
    people = "one_person" if household.size == 1 else "multi_person"
    rule = f"{kind}_income_limit_{people}"
    if kind == "passend" and household.is_elderly():
        rule += "_elderly"
    return law.cents(rule)


def income_class(household: Household, income: Income, law: LawOfDay) -> str:
    """The income class of a household, a code of `INCOME_CLASSES`.

    Every limit is asked only where the income reaches it, so a limit that is not known stands in the way only
    of those about whom it decides.

    Raises
    ------
    AbsentError
        When a limit or index that decides is not known on the day.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import Household, Income, load_law
    >>> law = load_law().on(date(2026, 7, 1))
    >>> income_class(Household(size=1, pension_age=False), Income(29_400_01, 2026), law)
    'below_daeb'
    """
    if income.for_rule("daeb_target_group", law) > income_limit("daeb", household, law):
        middle = income.for_rule("middle_rent_income", law)
        return "middle" if middle <= income_limit("middle", household, law) else "above"
    fitting = income.for_rule("passend_toewijzen", law) <= income_limit("passend", household, law)
    return "below_passend" if fitting else "below_daeb"


def regardless_of_income(household: Household, law: LawOfDay) -> Decision:
    """Whether a household counts as target group whatever its income (BTIV 57 with 54(2))."""
    rule = "daeb_regardless_of_income"
    group = counting_group(household, ("permit_holder", "care_indication", "student"))
    if group:
        text = N_("the household counts regardless of its income: {group}")
        return yes(law.reason(rule, text, {"group": TARGET_GROUPS[group]}))
    return no(law.reason(rule, N_("the household is in no group that counts regardless of its income")))


def counting_group(household: Household, groups: Iterable[str]) -> str:
    """The first group of the household that counts; students do in households of one or two (BTIV 54(2))."""
    held = (group for group in groups if group in household.groups)
    return next((group for group in held if group != "student" or household.size <= 2), "")


def in_target_group(household: Household, law: LawOfDay) -> Decision:
    """Whether a letting to a household counts for the 92.5 % (Woningwet 48(1)).

    Raises
    ------
    AbsentError
        When its income class decides and is not known.
    """
    if household.groups and (counted := regardless_of_income(household, law)):
        return counted
    held = household.known_income_class()
    rule, facts = "daeb_target_group", {"limit": Euros(income_limit("daeb", household, law))}
    if held in ("below_passend", "below_daeb"):
        return yes(law.reason(rule, N_("the income is not above the limit of {limit}"), facts))
    return no(law.reason(rule, N_("the income is above the limit of {limit}"), facts))


def smallest_share(municipalities: Iterable[str], law: LawOfDay) -> tuple[float, Reason]:
    """The smallest share of lettings to the target group that an association owes, and why.

    By law 92.5 %; less by performance agreement, where there is one in every municipality in which the
    association lets, and then the highest of the shares agreed (Woningwet 48(1)). Before both goes the share
    of a swap with other associations, lower or higher, while the minister's approval of it holds (48(5)).

    Parameters
    ----------
    municipalities
        Codes of all municipalities in which it lets, also those in which nothing was let yet. Without any no
        agreement counts, for it must hold in all of them.
    law
        The law of the day, with the agreements in local policy.

    Returns
    -------
    tuple[float, Reason]
        The share from 0 to 1.

    Raises
    ------
    AbsentError
        When the share is not known on the day.
    """
    swap = next((one for one in law.records(Swap) if one.approved <= law.day), None)
    if swap is not None:
        return _swapped(swap, law)
    rule, least = "daeb_target_group", law.value("daeb_min_share")
    agreed = {
        municipality: (agreement.daeb_min_share, agreement.source)
        for agreement in law.records(Agreement)
        if agreement.daeb_min_share is not None
        for municipality in agreement.municipalities
    }
    asked = sorted(set(municipalities))
    without = [one for one in asked if one not in agreed]
    if asked and not without:
        share = max(agreed[one][0] for one in asked)
        text = N_("by performance agreement at least {share} goes to the target group")
        sources = ", ".join(dict.fromkeys(agreed[one][1] for one in asked))
        return share, law.reason(rule, text, {"share": Percent(share)}, source=sources)
    if agreed and without:
        text = N_("at least {share} goes to the target group: there is no agreement in {municipalities}")
        facts = {"share": Percent(least), "municipalities": ", ".join(without)}
        return least, law.reason(rule, text, facts)
    text = N_("at least {share} goes to the target group")
    if agreed:
        text = N_("at least {share} goes to the target group: in which municipalities is let is not known")
    return least, law.reason(rule, text, {"share": Percent(least)})


def _swapped(swap: Swap, law: LawOfDay) -> tuple[float, Reason]:
    text = N_(
        "by the swap that the minister approved at least {share} goes to the target group until {end}; with "
        "{parties} together the share of the law is met"
    )
    facts = {
        "share": Percent(swap.daeb_min_share),
        "end": swap.end.isoformat(),
        "parties": ", ".join(swap.parties),
    }
    return swap.daeb_min_share, law.reason("daeb_swap", text, facts, source=swap.source)


def may_be_housed(household: Household, free_space_left: int | None, law: LawOfDay) -> Decision:
    """Whether a household may be housed in a social home: in the target group, or inside the free space.

    Parameters
    ----------
    household
        Who would be housed.
    free_space_left
        How many lettings outside the target group are still possible, as the tally of the year tells.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When its income class decides and is not known.
    InputError
        When the free space decides and was not given.
    """
    target = in_target_group(household, law)
    if target:
        return target
    if free_space_left is None:
        raise InputError(
            N_("the free space that is left was not given"),
            expected=N_("a number of lettings"),
            remedy=N_("reckon it from the lettings so far with running_tallies"),
        )
    facts = {"left": max(free_space_left, 0)}
    if free_space_left > 0:
        text = N_("lettings that the free space still has room for: {left}")
        return yes(*target.reasons, law.reason("daeb_target_group", text, facts))
    return no(*target.reasons, law.reason("daeb_target_group", N_("the free space is used up")))


def free_space_order(ground: str, law: LawOfDay) -> Ranked:
    """The place of a household in the order inside the free space (BTIV 59).

    Parameters
    ----------
    ground
        A code of `GROUNDS`, or a group of the association's published policy.
    law
        The law of the day, with that policy.

    Raises
    ------
    InputError
        When the ground is neither.
    """
    rule = "free_space_order"
    if ground in GROUNDS:
        order, words = GROUNDS[ground]
        text = N_("in the free space this goes in class {order}: {ground}")
        return Ranked(order, law.reason(rule, text, {"order": order, "ground": words}))
    own = next(iter(law.records(FreeSpaceOrder)), None)
    if own is None or ground not in own.groups:
        raise InputError(
            N_("'{ground}' gives no place in the free space"),
            expected=N_("one of: {known}"),
            remedy=N_("publish it, and put it in a file of local policy under [[free_space]]"),
            ground=ground,
            known=", ".join([*GROUNDS, *(own.groups if own else ())]),
        )
    order = 3 + own.groups.index(ground)
    text = N_("in the free space the published policy comes last, and has this in class {order}: {ground}")
    facts = {"order": order, "ground": ground}
    return Ranked(order, law.reason(rule, text, facts, source=own.source))
