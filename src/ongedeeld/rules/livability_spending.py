"""What money for livability may be spent on: a closed list (BTIV 51, 48(1)a)."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, no, yes
from ongedeeld.rules.codes import SPENDING
from ongedeeld.rules.law import LawOfDay

RULE = "livability_spending"
OWN_TENANTS_ONLY = ("housing_social_work",)
NEAR_OWN_HOMES_ONLY = ("small_infrastructure",)


def may_spend(kind: str, law: LawOfDay, *, own_tenants: bool, near_own_homes: bool) -> Decision:
    """Whether an association may spend on this for livability.

    The law sets no amount; one of local policy is a matter of the budget.

    Parameters
    ----------
    kind
        A code of `SPENDING`; whatever is not in the list is refused.
    law
        The law of the day.
    own_tenants, near_own_homes
        Whether it is for tenants of the association, and near its own homes.

    Examples
    --------
    >>> from datetime import date
    >>> from ongedeeld.rules import load_law
    >>> law = load_law().on(date(2026, 7, 1))
    >>> bool(may_spend("meeting", law, own_tenants=True, near_own_homes=True))
    True
    >>> bool(may_spend("festival", law, own_tenants=False, near_own_homes=True))
    False
    """
    if kind not in SPENDING:
        return no(law.reason(RULE, N_("'{kind}' is not in the closed list"), {"kind": kind}))
    facts = {"kind": SPENDING[kind]}
    if kind in OWN_TENANTS_ONLY and not own_tenants:
        return no(law.reason(RULE, N_("only for tenants of the association itself: {kind}"), facts))
    if kind in NEAR_OWN_HOMES_ONLY and not near_own_homes:
        return no(law.reason(RULE, N_("only near homes of the association: {kind}"), facts))
    if not (own_tenants or near_own_homes):
        text = N_("livability is that of own tenants, or near own homes: {kind}")
        return no(law.reason(RULE, text, facts))
    return yes(law.reason(RULE, N_("this is in the closed list: {kind}"), facts))
