"""Limits of the rent: social rent, middle rent, the maximum by points, and the young."""

from __future__ import annotations

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.amounts import Euros
from ongedeeld.rules.household import Household
from ongedeeld.rules.law import LawOfDay


def checked_rent(cents: int) -> int:
    """A rent in whole cents a month.

    Raises
    ------
    InputError
        When it is below 0.
    """
    if cents < 0:
        raise InputError(
            N_("a rent of {rent} is below 0"),
            expected=N_("whole cents a month, 0 or more"),
            rent=Euros(cents),
        )
    return cents


def social(rent_cents: int, law: LawOfDay) -> Decision:
    """Whether a home let at this rent is a social one (Wht 13(1)a).

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> bool(social(932_94, load_law().on(date(2026, 7, 1))))
    False
    """
    limit = law.cents("social_rent_limit")
    facts = {"rent": Euros(checked_rent(rent_cents)), "limit": Euros(limit)}
    if rent_cents <= limit:
        text = N_("the rent of {rent} is not above the limit of social rent of {limit}")
        return yes(law.reason("social_rent", text, facts))
    return no(
        law.reason(
            "social_rent", N_("the rent of {rent} is above the limit of social rent of {limit}"), facts
        )
    )


def within_points(rent_cents: int, maximum_cents: int | None, law: LawOfDay) -> Decision:
    """Whether a rent is within the maximum of the points system (Wgv 2a).

    Parameters
    ----------
    rent_cents
        The rent, in cents a month.
    maximum_cents
        The maximum rent of this home by its points, from its valuation; points are not counted here.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When the maximum of this home is not known.
    """
    if maximum_cents is None:
        raise AbsentError(
            N_("the maximum rent of this home by the points system is not known"),
            remedy=N_("have its points counted, and give the maximum rent that goes with them"),
        )
    facts = {"rent": Euros(checked_rent(rent_cents)), "maximum": Euros(maximum_cents)}
    if rent_cents <= maximum_cents:
        text = N_("the rent of {rent} is not above the maximum of {maximum} by the points of the home")
        return yes(law.reason("points_maximum", text, facts))
    text = N_("the rent of {rent} is above the maximum of {maximum} by the points of the home")
    return no(law.reason("points_maximum", text, facts))


def middle_rent(rent_cents: int, points: int, law: LawOfDay) -> Decision:
    """Whether a home of these points may be let at this rent as middle rent.

    Raises
    ------
    AbsentError
        When the limit of middle rent is not known on the day.
    """
    least, most = int(law.value("middle_segment_min_points")), int(law.value("middle_segment_max_points"))
    facts: dict[str, object] = {"points": points, "least": least, "most": most}
    checked_rent(rent_cents)
    if not least <= points <= most:
        text = N_("a home of {points} points is not in the middle segment of {least} to {most} points")
        return no(law.reason("middle_rent", text, facts))
    limit = law.cents("middle_rent_limit")
    facts |= {"rent": Euros(rent_cents), "limit": Euros(limit)}
    if rent_cents <= limit:
        text = N_("{points} points, and the rent of {rent} is not above the limit of {limit}")
        return yes(law.reason("middle_rent", text, facts))
    text = N_("{points} points, but the rent of {rent} is above the limit of {limit}")
    return no(law.reason("middle_rent", text, facts))


def middle_rent_for(household: Household, law: LawOfDay) -> Decision:
    """Whether a household may have a home that the municipality designated as middle rent (Hvw 10(3)).

    Raises
    ------
    AbsentError
        When its income class is not known.
    """
    rule, held = "middle_rent_income", household.known_income_class()
    if held == "above":
        return no(law.reason(rule, N_("the income is above the limit of middle rent")))
    return yes(law.reason(rule, N_("the income is not above the limit of middle rent")))


def rent_allowance_of_the_young(household: Household, rent_cents: int, law: LawOfDay) -> Decision:
    """Whether a rent leaves a household its rent allowance as far as its age goes (Wht 13).

    Until 2025 a household below the youth age had none above the quality-discount limit; from 2026 on the
    allowance is reckoned over the rent up to that limit.

    Raises
    ------
    AbsentError
        When the age decides and is not known: the youth age of 2026 lies inside an age class.
    """
    rule, checked = "youth_rent_allowance", checked_rent(rent_cents)
    limit = law.cents("kwaliteitskorting")
    facts: dict[str, object] = {"rent": Euros(checked), "limit": Euros(limit)}
    if checked <= limit:
        text = N_("the rent of {rent} is not above the limit of {limit} for the young")
        return yes(law.reason(rule, text, facts))
    youth_age = law.value("rent_allowance_youth_age")
    facts["age"] = f"{youth_age:g}"
    if not household.eldest_below(youth_age):
        return yes(law.reason(rule, N_("the eldest is not below {age}"), facts))
    if household.minors:
        raise law.unread(rule)
    if law.version(rule).end is not None:  # the text that has ended made the limit a condition
        text = N_("the eldest is below {age} and the rent of {rent} is above the limit of {limit}")
        return no(law.reason(rule, text, facts))
    text = N_("the eldest is below {age}: the allowance counts the rent up to {limit} only")
    return yes(law.reason(rule, text, facts))
