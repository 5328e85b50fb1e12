"""Contracts for a time: of the young, temporary, and of students."""

from __future__ import annotations

from typing import NoReturn

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.codes import TEMPORARY_GROUNDS, known_code
from ongedeeld.rules.law import LawOfDay
from ongedeeld.vocabulary import Both


def youth_contract(age: int, law: LawOfDay) -> Decision:
    """Whether a youth contract can start with a tenant of this age in years (BW 7:274c)."""
    rule = "youth_contract"
    facts = {
        "first": int(law.value("youth_contract_min_age")),
        "last": int(law.value("youth_contract_age_below")) - 1,
        "years": int(law.value("youth_contract_years")),
        "more": int(law.value("youth_contract_extension_years")),
    }
    if facts["first"] <= age <= facts["last"]:
        text = N_(
            "the tenant is from {first} to {last} years old: the contract lasts {years} years, and can last "
            "{more} years longer once"
        )
        return yes(law.reason(rule, text, facts))
    return no(law.reason(rule, N_("the tenant is not from {first} to {last} years old"), facts))


def temporary_contract(ground: str, months: int, law: LawOfDay) -> Decision:
    """Whether a temporary contract is possible on a ground and for a number of months.

    Parameters
    ----------
    ground
        A code of `TEMPORARY_GROUNDS`.
    months
        How long it lasts.
    law
        The law of the day.

    Raises
    ------
    InputError
        When the ground is not in the list of the decree.
    AbsentError
        Before 1 July 2024: what held then was not read.
    """
    known_code(ground, TEMPORARY_GROUNDS, Both("grond voor een tijdelijk contract", "temporary ground"))
    rule, most = "temporary_contract", int(law.value("temporary_contract_max_years"))
    facts = {"ground": TEMPORARY_GROUNDS[ground], "months": months, "most": most}
    if 0 < months <= 12 * most:
        text = N_("this group may have a temporary contract of at most {most} years: {ground}")
        return yes(law.reason(rule, text, facts))
    return no(law.reason(rule, N_("a contract of {months} months does not fit within {most} years"), facts))


def student_contract(law: LawOfDay) -> NoReturn:
    """Whether a campus contract is possible (BW 7:274d-274f).

    Raises
    ------
    AbsentError
        Always: the text of these articles was not read, and a guess is no rule.
    """
    raise law.unread("student_contract")
