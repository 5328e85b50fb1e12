"""Social real estate: whom it is for, and how much may go to others (Woningwet 48(6), BTIV 49-50)."""

from __future__ import annotations

from typing import NoReturn

from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.amounts import Percent
from ongedeeld.rules.codes import SOCIAL_TENANTS
from ongedeeld.rules.law import LawOfDay

RULE, TENANTS = "social_real_estate", "social_real_estate_tenants"


def social_tenant(kind: str, law: LawOfDay, *, commercial: bool) -> Decision:
    """Whether a tenant counts as one that social real estate is for (Woningwet 48(6)).

    Parameters
    ----------
    kind
        A code of `SOCIAL_TENANTS`, or any other tenant in words.
    law
        The law of the day.
    commercial
        Whether the use is commercial.
    """
    if commercial:
        return no(law.reason(TENANTS, N_("commercial use is excluded")))
    if kind in SOCIAL_TENANTS:
        text = N_("social real estate is for this tenant: {kind}")
        return yes(law.reason(TENANTS, text, {"kind": SOCIAL_TENANTS[kind]}))
    text = N_("'{kind}' is not a tenant that social real estate is for; it counts as one of the others")
    return no(law.reason(TENANTS, text, {"kind": kind}))


def others_fit(others_m2: float | None, total_m2: float | None, law: LawOfDay) -> Decision:
    """Whether what is let to others stays within the largest share (BTIV 50(1)).

    Parameters
    ----------
    others_m2
        Gross floor area let to others, over all social real estate of the association, in square metres.
    total_m2
        Gross floor area of all its social real estate, with the parking that belongs to it.
    law
        The law of the day.

    Raises
    ------
    AbsentError
        When an area or the share is not known.
    InputError
        When more is let than there is.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> bool(others_fit(100, 1_000, load_law().on(date(2026, 7, 1))))
    True
    """
    if others_m2 is None or total_m2 is None:
        raise AbsentError(
            N_("the gross floor area of the social real estate is not known"),
            remedy=N_("measure it with the parking that belongs to it, and what of it is let to others"),
        )
    if not 0 <= others_m2 <= total_m2 or total_m2 == 0:
        raise InputError(
            N_("{others} m2 for others of {total} m2 in all is not possible"),
            expected=N_("a total above 0, and no more for others than there is"),
            others=others_m2,
            total=total_m2,
        )
    most = law.value("social_real_estate_other_use_max")
    facts = {"share": Percent(others_m2 / total_m2), "most": Percent(most)}
    if others_m2 <= round(most * total_m2, 6):
        return yes(law.reason(RULE, N_("{share} of the floor area is let to others: at most {most}"), facts))
    return no(law.reason(RULE, N_("{share} of the floor area is let to others: above {most}"), facts))


def is_social_real_estate(law: LawOfDay) -> NoReturn:
    """Whether a building belongs to the categories of social real estate (BTIV 49(1), annexes 2 and 3).

    Raises
    ------
    AbsentError
        Always: the annexes were not read, and a guess is no rule.
    """
    raise law.unread(RULE)
