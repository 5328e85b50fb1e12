"""What the permit regime of a municipality may and may not do (Hvw 2, 4, 9 and 11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.codes import INCOME_CLASSES, PRIORITY_CRITERIA
from ongedeeld.rules.days import years_later
from ongedeeld.rules.law import LawOfDay
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


def keeps_registration_time(living: str, law: LawOfDay) -> Decision:
    """Whether somebody who rents in this way keeps the registration time; `living` is a code of `KEEPING`."""
    rule = "registration_time_kept"
    if living in KEEPING:
        text = N_("the registration time is kept: {living}")
        return yes(law.reason(rule, text, {"living": KEEPING[living]}))
    return no(law.reason(rule, N_("the act says of this contract nothing on the registration time")))
