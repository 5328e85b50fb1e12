"""Priority for local binding (Hvw 14): who is bound, how much may go to them, and vital professions."""

from __future__ import annotations

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.household import BOUND_TO, Household
from ongedeeld.rules.law import LawOfDay
from ongedeeld.rules.records import Binding

RULE = "local_binding"


def bound(household: Household, to: str, law: LawOfDay) -> Decision:
    """Whether a household is economically or socially bound (Hvw 14(4)).

    Socially bound is who has a reasonable local interest, or was a resident for six years without a break,
    now or within the last ten.

    Parameters
    ----------
    household
        With how it is bound.
    to
        `region`, `municipality` or `part`.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When it is not known how the household is bound.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import Bond, Household, load_law
    >>> household = Household(size=1, region=Bond(years=6))
    >>> bool(bound(household, "region", load_law().on(date(2026, 7, 1))))
    True
    """
    bond, rule = household.bond(to), "social_binding"
    where = {"to": BOUND_TO[to]}
    if bond.economic:
        return yes(law.reason(RULE, N_("the household is economically bound to the {to}"), where))
    if bond.interest:
        return yes(law.reason(rule, N_("the household has a reasonable interest in the {to}"), where))
    years, lookback = int(law.value("binding_years")), int(law.value("binding_lookback_years"))
    facts = {**where, "years": years, "lookback": lookback}
    if bond.years >= years:
        text = N_("the household has lived in the {to} for {years} years or more without a break")
        return yes(law.reason(rule, text, facts))
    if bond.earlier_years >= years:
        text = N_(
            "in the last {lookback} years the household lived in the {to} for {years} years without a break"
        )
        return yes(law.reason(rule, text, facts))
    text = N_(
        "the household has not lived in the {to} for {years} years, now or in the last {lookback} years"
    )
    return no(law.reason(rule, text, facts))


def binding_record(municipality: str, category: str, law: LawOfDay) -> Binding | None:
    """What the ordinance says of binding for a category of homes; none where it gives no priority."""
    records = law.records(Binding)
    return next(
        (one for one in records if (one.municipality, one.category) == (municipality, category)), None
    )


def largest_share(record: Binding, law: LawOfDay) -> tuple[float | None, Reason]:
    """The largest share of a category that may go to the bound, and why; None where there is no maximum.

    Raises
    ------
    AbsentError
        When the maximum of the law, or who is bound by it, is not known on the day.
    """
    _refuse_unread(record, law)
    if record.hardly_any_room:
        text = N_("there is hardly any room to build, so the law sets no maximum")
        return None, law.reason(RULE, text, source=record.source)
    share = min(record.share, law.value("local_binding_max_share"))
    text = N_("at most {share} of {category} goes to those who are bound")
    facts = {"share": Percent(share), "category": record.category}
    return share, law.reason(RULE, text, facts, source=record.source)


def _refuse_unread(record: Binding, law: LawOfDay) -> None:
    """Refuse where nobody read who is bound, rather than find that nobody is."""
    rules = ("social_binding", *(["vital_professions"] if record.vital_professions else []))
    for rule in rules:
        for name in law.version(rule).values:
            law.value(name)


def priority_for_binding(
    household: Household, municipality: str, category: str, room_left: int | None, law: LawOfDay
) -> Decision:
    """Whether a household goes first for its binding, for a home of a category.

    Parameters
    ----------
    household
        With how it is bound to what the ordinance names.
    municipality, category
        Where the home lies, and its category by the ordinance.
    room_left
        How many lettings with this priority are still possible, as the tally tells; None where there is no
        maximum.
    law
        The law of the day, with the ordinance.
    """
    record = binding_record(municipality, category, law)
    facts: dict[str, object] = {"category": category, "municipality": municipality}
    if record is None:
        text = N_("the ordinance of {municipality} gives no priority for binding to {category}")
        return no(law.reason(RULE, text, facts))
    held = bound(household, record.bound_to, law)
    if not held:
        return held
    share, why = largest_share(record, law)
    if share is None:
        return yes(*held.reasons, why)
    if room_left is None:
        raise AbsentError(
            N_("how many lettings of {category} may still go to those who are bound is not known"),
            remedy=N_("reckon it from the lettings so far with running_tallies"),
            category=category,
        )
    if room_left <= 0:
        return no(*held.reasons, why, law.reason(RULE, N_("that share has been reached"), facts))
    return yes(*held.reasons, why)


def vital_profession(household: Household, municipality: str, category: str, law: LawOfDay) -> Decision:
    """Whether a household goes first for its vital profession among those bound to the municipality."""
    record, rule = binding_record(municipality, category, law), "vital_professions"
    facts: dict[str, object] = {"profession": household.profession or "", "municipality": municipality}
    if record is None or household.profession not in record.vital_professions:
        text = N_("the ordinance of {municipality} gives this household no priority for a vital profession")
        return no(law.reason(rule, text, facts))
    # Who is bound to a part of the municipality is bound to it; who is bound to the region need not be.
    to = "municipality" if record.bound_to == "region" else record.bound_to
    held = bound(household, to, law)
    if not held:
        return no(
            *held.reasons,
            law.reason(rule, N_("a vital profession counts only among those bound to the municipality")),
        )
    text = N_("the ordinance of {municipality} names this profession: {profession}")
    return yes(*held.reasons, law.reason(rule, text, facts, source=record.source))
