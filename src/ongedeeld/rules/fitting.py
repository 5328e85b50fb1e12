"""Letting at a fitting rent, passend toewijzen (Woningwet 46(2), BTIV 54-54a), for one letting.

How it is measured over two calendar years stands in :mod:`ongedeeld.rules.tallies`.
"""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.codes import TARGET_GROUPS
from ongedeeld.rules.household import Household
from ongedeeld.rules.income import counting_group
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.rents import checked_rent

COUNTING = ("permit_holder", "student")
"""The groups that count as if their income were within the limit (BTIV 54(2))."""


def cap_name(size: int) -> str:
    """The name of the rent cap for a household of this size (Wht 20(2))."""
    return "aftopping_low" if size <= 2 else "aftopping_high"


def falls_under_fitting(household: Household, law: LawOfDay) -> Decision:
    """Whether a letting to a household counts for the fitting-rent rule.

    Raises
    ------
    AbsentError
        When its income class decides and is not known.
    """
    if household.assets_exception:
        text = N_("the household of pension age asked to stay outside for its assets")
        return no(law.reason("passend_assets_exception", text))
    group = counting_group(household, COUNTING)
    if group:
        text = N_("the household counts as if its income were within the limit: {group}")
        return yes(law.reason("passend_regardless_of_income", text, {"group": TARGET_GROUPS[group]}))
    if household.known_income_class() == "below_passend":
        return yes(law.reason("passend_toewijzen", N_("the income is within the limit of passend toewijzen")))
    return no(law.reason("passend_toewijzen", N_("the income is above the limit of passend toewijzen")))


def fitting(household: Household, rent_cents: int, law: LawOfDay) -> Decision:
    """Whether a letting to a household at a rent is fitting, or need not be.

    A no does not forbid the letting: 5 % need not be fitting. The tally tells whether there is room.

    Parameters
    ----------
    household
        Who would be housed.
    rent_cents
        The bare rent for the rent allowance, in cents a month.
    law
        The law of the day.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import Household, load_law
    >>> two = Household(size=2, pension_age=False, income_class="below_passend")
    >>> bool(fitting(two, 713_02, load_law().on(date(2026, 7, 1))))
    True
    """
    checked_rent(rent_cents)
    falls = falls_under_fitting(household, law)
    if not falls:
        return yes(*falls.reasons)
    cap = law.cents(cap_name(household.size))
    facts = {"rent": Euros(rent_cents, rent=True), "cap": Euros(cap, rent=True), "size": household.size}
    if rent_cents <= cap:
        text = N_("the rent of {rent} is not above the cap of {cap} for a household of {size}")
        return yes(*falls.reasons, law.reason("passend_toewijzen", text, facts))
    text = N_("the rent of {rent} is above the cap of {cap} for a household of {size}")
    return no(*falls.reasons, law.reason("passend_toewijzen", text, facts))
