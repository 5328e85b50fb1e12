"""What the permit regime of a municipality may and may not do (Hvw 2, 4, 9, 10 and 11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.codes import INCOME_CLASSES, PRIORITY_CRITERIA
from ongedeeld.rules.days import years_later
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import MiddleRent
from ongedeeld.rules.rents import middle_rent_for
from ongedeeld.rules.urgency import income_may_refuse
from ongedeeld.rules.wbmgp import designation
from ongedeeld.vocabulary import Both

KEEPING = {
    "youth_contract": Both("jongerencontract", "youth contract"),
    "temporary_contract": Both("tijdelijk contract", "temporary contract"),
    "temporary_permit": Both(
        "woning met een vergunning van hoogstens vijftien jaar", "home with a permit of at most fifteen years"
    ),
}
"""How somebody lives who keeps the registration time (Hvw 11a-11c)."""


def permit_ground(ground: str, law: LawOfDay) -> Decision:
    """Whether a ground carries the distribution of homes by permit: scarcity, not livability (Hvw 2)."""
    if ground == "scarcity":
        text = N_("scarcity is a ground where its effects are unbalanced and unjust")
        return yes(law.reason("scarcity_ground", text))
    if ground == "livability":
        text = N_("livability is no ground for the distribution of homes; that needs the Wbmgp")
        return no(law.reason("livability_no_permit_ground", text))
    return no(
        law.reason("scarcity_ground", N_("'{ground}' is not a ground that the act knows"), {"ground": ground})
    )


def priority_criterion(criterion: str, law: LawOfDay) -> Decision:
    """Whether priority may go with this: nature, size or price of the home, nothing else (Hvw 11).

    Examples
    --------
    >>> from ongedeeld.rules import load_law
    >>> bool(priority_criterion("neighbourhood_mix", load_law().on(date(2026, 7, 1))))
    False
    """
    rule = "nature_size_price"
    if criterion in PRIORITY_CRITERIA:
        facts: dict[str, object] = {"criterion": PRIORITY_CRITERIA[criterion]}
        return yes(law.reason(rule, N_("priority may go with the {criterion} of the home"), facts))
    text = N_("priority may go with nature, size or price of the home, not with '{criterion}'")
    return no(law.reason(rule, text, {"criterion": criterion}))


def shuts_nobody_out(homes_open: Mapping[str, int | None], law: LawOfDay) -> Decision:
    """Whether the demands of an ordinance leave the lower incomes a part of the stock (Hvw 9(2)).

    Parameters
    ----------
    homes_open
        For the classes `below_passend` and `below_daeb`, how many homes of the municipality are open to them.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When a number is not known: what is not known is not zero, and not enough either.
    """
    rule = "nobody_shut_out"
    shut: list[Reason] = []
    for code in ("below_passend", "below_daeb"):
        homes, words = homes_open.get(code), INCOME_CLASSES[code]
        if homes is None:
            raise AbsentError(
                N_("how many homes are open to these households is not known: {group}"),
                remedy=N_("count the homes whose demands they meet"),
                group=words,
            )
        if homes <= 0:
            shut.append(
                law.reason(rule, N_("these households are wholly shut out: {group}"), {"group": words})
            )
    if shut:
        return no(*shut)
    return yes(law.reason(rule, N_("to households of low income a part of the stock is open")))


def may_ask_income_source(area: str, law: LawOfDay) -> Decision:
    """Whether an ordinance may ask in an area where income comes from (Hvw 9(2)a with Wbmgp 8).

    Only where a designation for article 8 of the Wbmgp holds.
    """
    rule, holds = "income_source_demand", designation(area, 8, law)
    if holds:
        text = N_("in this area article 8 of the Wbmgp may be used")
        return yes(law.reason(rule, text), *holds.reasons)
    text = N_("outside areas designated for article 8 no demand may be made on the source of income")
    return no(law.reason(rule, text), *holds.reasons)


def leaves_duties_possible(reachable: Mapping[str, bool | None], law: LawOfDay) -> Decision:
    """Whether the demands of an ordinance leave associations able to do their duties (Hvw 9(2)c).

    Parameters
    ----------
    reachable
        For `passend_toewijzen` and `daeb_target_group`: whether an association can still meet the share with
        the lettings that the ordinance leaves it, as a tally tells (:attr:`ongedeeld.rules.Tally.reachable`).
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When it is not known of one of them.
    """
    rule = "ordinance_leaves_duties"
    hindered: list[Reason] = []
    for duty in ("passend_toewijzen", "daeb_target_group"):
        label, possible = law.law.register[duty].label, reachable.get(duty)
        if possible is None:
            raise AbsentError(
                N_("whether associations can still do this duty is not known: {duty}"),
                remedy=N_("reckon it with running_tallies from the lettings that the ordinance leaves"),
                duty=label,
            )
        if not possible:
            text = N_("the ordinance stands in the way of a duty of associations: {duty}")
            hindered.append(law.reason(rule, text, {"duty": label}))
    if hindered:
        return no(*hindered)
    return yes(law.reason(rule, N_("associations can do their duties under this ordinance")))


def ordinance_duration(start: date, end: date, law: LawOfDay) -> Decision:
    """Whether a housing ordinance may last from a first to a last day (Hvw 4)."""
    years = int(law.value("ordinance_max_years"))
    facts = {"start": start.isoformat(), "end": end.isoformat(), "years": years}
    if end < years_later(start, years):
        text = N_("from {start} to {end} is no longer than {years} years")
        return yes(law.reason("ordinance_duration", text, facts))
    return no(
        law.reason("ordinance_duration", N_("from {start} to {end} is longer than {years} years"), facts)
    )


def may_have_middle_rent(household: Household, municipality: str, law: LawOfDay) -> Decision:
    """Whether a household may have a middle-rent home where the municipality reserves these (Hvw 10(3)).

    Only where local policy says that it does, under `[[middle_rent]]`; elsewhere no income stands in the way.
    Nor does it of urgent seekers whom the law protects against refusal on it (15(5)). That a home may go to a
    higher income after it was offered in vain (17(2)) is for the municipality to say.

    Parameters
    ----------
    household
        With its income class.
    municipality
        Code of the municipality in which the home lies.
    law
        The law of the day, with local policy.

    Raises
    ------
    AbsentError
        When the income class decides and is not known.

    Examples
    --------
    >>> from ongedeeld.rules import Household, load_law
    >>> household = Household(size=1, income_class="above")
    >>> bool(may_have_middle_rent(household, "GM0344", load_law().on(date(2026, 7, 1))))
    True
    """
    reserved = [one for one in law.records(MiddleRent) if one.municipality == municipality]
    if not reserved:
        text = N_(
            "as far as local policy says {municipality} does not reserve middle rent for middle incomes"
        )
        return yes(law.reason("middle_rent_income", text, {"municipality": municipality}))
    protected = income_may_refuse(household, municipality, law)
    return middle_rent_for(household, law) if protected else yes(*protected.reasons)


def keeps_registration_time(living: str, law: LawOfDay) -> Decision:
    """Whether somebody who rents in this way keeps the registration time; `living` is a code of `KEEPING`."""
    rule = "registration_time_kept"
    if living in KEEPING:
        text = N_("the registration time is kept: {living}")
        return yes(law.reason(rule, text, {"living": KEEPING[living]}))
    return no(law.reason(rule, N_("the act says of this contract nothing on the registration time")))
