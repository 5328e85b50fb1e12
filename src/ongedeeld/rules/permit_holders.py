"""The target for housing permit holders, per municipality and half year (Hvw 28-30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import PermitHolderTarget
from ongedeeld.vocabulary import Quantity

RULE = "permit_holder_target"


@dataclass(frozen=True, slots=True)
class Target:
    """How many people a municipality houses in the half year, and why."""

    people: int
    reason: Reason


def part_of_target(national: int, residents: int, residents_of_country: int) -> int:
    """The part of a municipality in the national target, rounded up.

    ``ceil(vg * iG / iN)``: the variables are those of Hvw 29, the formula was inferred from them.

    Parameters
    ----------
    national
        The national number of people for the half year (vg).
    residents, residents_of_country
        Of the municipality (iG) and the country (iN), on 1 January of the year before.

    Raises
    ------
    InputError
        When a number is below 0, or the country has fewer residents than the municipality.

    Examples
    --------
    >>> part_of_target(21_200, 361_699, 17_590_672)
    436
    """
    if not (national >= 0 and 0 <= residents <= residents_of_country and residents_of_country > 0):
        raise InputError(
            N_("a target cannot be reckoned from {national}, {residents} and {country}"),
            expected=N_("numbers of people, and no more residents in the municipality than in the country"),
            national=national,
            residents=residents,
            country=residents_of_country,
        )
    return -(-national * residents // residents_of_country)


def permit_holder_target(
    municipality: str, law: LawOfDay, *, residents: int | None = None, residents_of_country: int | None = None
) -> Target:
    """The target of a municipality for the half year in which the day lies.

    Parameters
    ----------
    municipality
        Code of the municipality.
    law
        The law of the day. A number in local policy goes before one that is reckoned.
    residents, residents_of_country
        On 1 January of the year before, for the reckoning.

    Raises
    ------
    AbsentError
        When local policy has no number and it cannot be reckoned either.
    """
    for record in law.records(PermitHolderTarget):
        if record.municipality == municipality:
            text = N_("{municipality} houses {people} permit holders in this half year")
            facts = {"municipality": municipality, "people": Quantity(record.people)}
            return Target(record.people, law.reason(RULE, text, facts, source=record.source))
    national = int(law.value("permit_holder_national_target"))
    if residents is None or residents_of_country is None:
        raise AbsentError(
            N_("the target of {municipality} cannot be reckoned without numbers of residents"),
            remedy=N_("supply the target in a file of local policy under [[permit_holders]]"),
            municipality=municipality,
        )
    people = part_of_target(national, residents, residents_of_country)
    text = N_("the part of {municipality} in the national target of {national} is {people}, rounded up")
    facts = {
        "municipality": municipality,
        "national": Quantity(national),
        "people": Quantity(people),
        "residents": residents,
        "residents_of_country": residents_of_country,
    }
    return Target(people, law.reason(RULE, text, facts))


def swap(before: Mapping[str, int], after: Mapping[str, int], law: LawOfDay) -> Decision:
    """Whether municipalities may swap their targets: the sum stays equal (Hvw 29(2)).

    Raises
    ------
    InputError
        When the municipalities are not the same, or a number is below 0.
    """
    if set(before) != set(after) or min([*before.values(), *after.values()], default=0) < 0:
        raise InputError(
            N_("a swap of targets names the same municipalities before and after, with numbers of 0 or more"),
            remedy=N_("give every municipality that takes part in both lists"),
        )
    facts = {"before": Quantity(sum(before.values())), "after": Quantity(sum(after.values()))}
    if facts["before"] == facts["after"]:
        return yes(law.reason(RULE, N_("the sum stays {before}"), facts))
    return no(law.reason(RULE, N_("the sum was {before} and would become {after}"), facts))


def permit_holder_priority(law: LawOfDay) -> Decision:
    """Whether permit holders may have priority: the text that was read has no ban (Hvw 12(4)).

    The outcome of bill 36831, which would bring one, was not found; the decision says so.
    """
    rule = "permit_holder_priority"
    text = N_("the text has no ban on priority for permit holders")
    return yes(law.reason(rule, text), *law.caveats(rule))
