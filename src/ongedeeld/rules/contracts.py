"""Contracts for a time or a group: of the young, temporary, and on a campus."""

from __future__ import annotations

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.codes import CAMPUS_GROUPS, TEMPORARY_GROUNDS, known_code
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


def campus_contract(
    group: str, law: LawOfDay, *, destined: bool, let_again: bool, size: int | None = None
) -> Decision:
    """Whether a contract is a campus contract, which ends when the tenant leaves the group (BW 7:274d-274f).

    Parameters
    ----------
    group
        A code of `CAMPUS_GROUPS`.
    law
        The law of the day.
    destined
        Whether the contract says that the home is for this group.
    let_again
        Whether it says that the home goes to the group again; for students and doctoral candidates each
        other and the young count as well.
    size
        Number of people in the household, for a large family.

    Raises
    ------
    AbsentError
        When the size of a large family is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> law = load_law().on(date(2026, 7, 1))
    >>> bool(campus_contract("student", law, destined=True, let_again=False))
    False
    """
    known_code(group, CAMPUS_GROUPS, Both("groep voor een campuscontract", "group for a campus contract"))
    rule = "student_contract"
    facts: dict[str, object] = {
        "group": CAMPUS_GROUPS[group],
        "months": int(law.value("campus_proof_months")),
        "least": int(law.value("large_family_min_people")),
        "still": int(law.value("large_family_registered_people")),
    }
    faults: list[Reason] = []
    if not destined:
        text = N_("the contract does not say that the home is for this group: {group}")
        faults.append(law.reason(rule, text, facts))
    if not let_again:
        text = N_("the contract does not say that the home goes to this group again: {group}")
        faults.append(law.reason(rule, text, facts))
    if group == "large_family" and _size(size) < int(law.value("large_family_min_people")):
        faults.append(law.reason(rule, N_("a large family has {least} people or more"), facts))
    if faults:
        return no(*faults)
    return yes(law.reason(rule, _PROOF[group], facts))


_PROOF = {
    "student": N_(
        "the landlord may ask each year for proof of enrolment, and end the contract without it after "
        "{months} months"
    ),
    "doctoral_candidate": N_(
        "the landlord may ask each year for a statement of the university, and end the contract without it "
        "after {months} months"
    ),
    "large_family": N_(
        "the landlord may ask each year who is registered, and end the contract when it is not shown within "
        "{months} months that {still} or more are"
    ),
}


def _size(size: int | None) -> int:
    if size is None:
        raise AbsentError(
            N_("the size of the household is not known"),
            remedy=N_("give the number of people: a large family has a least number"),
        )
    return size


def student_contract(law: LawOfDay) -> Decision:
    """Whether homes may be let to students with a campus contract, and what it must say (BW 7:274d)."""
    text = N_(
        "a campus contract is possible: it says that the home is for students, and goes to a student, a "
        "doctoral candidate or a young person again"
    )
    return yes(law.reason("student_contract", text))
