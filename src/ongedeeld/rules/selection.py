"""Selecting a tenant openly and without discrimination (Wgv 2(2)a and 3, Woningwet 46a)."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.reasons import Decision, Reason, no, yes
from ongedeeld.rules.law import LawOfDay

REASONS, METHOD, SELECTION = "reasons_to_rejected", "housing_discrimination", "transparent_selection"


def reasons_owed(law: LawOfDay, *, by_distribution_system: bool) -> Decision:
    """Whether an association owes rejected candidates the reasons of its choice (Wgv 2(2)a, 3°).

    The answer is about the legal duty alone: a round in this program gives every seeker the reasons.

    Parameters
    ----------
    law
        The law of the day.
    by_distribution_system
        Whether the home is let through a distribution system, for which the Housing Act lifts the duty (46a).
    """
    if by_distribution_system:
        text = N_("for homes let through a distribution system the duty to give reasons is lifted")
        return no(law.reason(REASONS, text), *law.caveats(REASONS))
    text = N_("the home is let outside a distribution system: rejected candidates hear why")
    return yes(law.reason(REASONS, text), *law.caveats(REASONS))


def selection_is_open(law: LawOfDay, *, procedure: bool, criteria_told: bool) -> Decision:
    """Whether a selection is clear and transparent, by objective criteria told when a home is offered."""
    faults: list[Reason] = []
    if not procedure:
        faults.append(law.reason(SELECTION, N_("there is no clear and transparent procedure")))
    if not criteria_told:
        faults.append(law.reason(SELECTION, N_("the objective criteria were not told when it was offered")))
    if faults:
        return no(*faults)
    return yes(law.reason(SELECTION, N_("the procedure is clear and its objective criteria were told")))


def working_method(law: LawOfDay, *, written: bool, public: bool, staff_informed: bool) -> Decision:
    """Whether the working method against housing discrimination is as the law asks (Wgv 3)."""
    asked = (
        (written, N_("the working method is not laid down in writing")),
        (public, N_("not everybody can take note of the working method")),
        (staff_informed, N_("staff who let homes were not informed about preventing discrimination")),
    )
    faults = [law.reason(METHOD, text) for held, text in asked if not held]
    if faults:
        return no(*faults)
    text = N_("the working method is written and public, and staff were informed")
    return yes(law.reason(METHOD, text))
