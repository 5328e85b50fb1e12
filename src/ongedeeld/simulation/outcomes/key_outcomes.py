"""The outcomes that a comparison shows first, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_
from ongedeeld.simulation.outcomes.tables import EVERYWHERE, Unit


@dataclass(frozen=True, slots=True)
class KeyOutcome:
    """One number a year.

    Parameters
    ----------
    name, label, unit
        What the program and what people call it, and what it is in.
    table, where, measure
        The table of outcomes, the rows of it and the column.
    least, summed
        Of more than one row: take the least, or the sum; otherwise there is but one.
    matters
        The smallest change that is worth a word, where that is not the part `MATTERS` of what it is as now.
    """

    name: str
    label: str
    unit: Unit
    table: str
    measure: str
    where: Mapping[str, str]
    least: bool = False
    summed: bool = False
    matters: float | None = None

    def worth_a_word(self, change: float | None, now: float | None) -> bool:
        """Whether a change is large enough to speak of, beside what it is as now.

        >>> [KEY_OUTCOMES[1].worth_a_word(change, 100.0) for change in (-13.5, 0.6, None)]
        [True, False, False]
        """
        if not change:
            return False
        least = MATTERS * abs(now or 0.0) if self.matters is None else self.matters
        return abs(change) >= least


MATTERS = 0.02
"""A change of less than this part of what there is as now does not matter, however sure it is: a choice of
this project, as no source gives one."""
_ALL = {"level": EVERYWHERE, "unit": EVERYWHERE}
_REGULAR = {"grouping": "kind", "group": "regular"}

KEY_OUTCOMES: tuple[KeyOutcome, ...] = (
    KeyOutcome(
        "share_housed",
        N_("regular seekers who got a home in the year"),
        "share",
        "groups",
        "share_housed",
        _REGULAR,
    ),
    KeyOutcome(
        "registered",
        N_("mean registration of regular seekers who got a home"),
        "months",
        "groups",
        "registered_mean",
        _REGULAR,
    ),
    KeyOutcome(
        "on_list",
        N_("regular seekers on the list at the end of the year"),
        "count",
        "groups",
        "on_list",
        _REGULAR,
    ),
    KeyOutcome(
        "waiting",
        N_("mean registration so far of regular seekers who are still on the list"),
        "months",
        "groups",
        "waiting_registered_mean",
        _REGULAR,
    ),
    KeyOutcome("mediated", N_("lettings by mediation"), "count", "places", "let_mediated", _ALL),
    KeyOutcome("support", N_("households with support"), "share", "places", "support_share", _ALL),
    KeyOutcome(
        "balance",
        N_("balance of the neighbourhood that bears least"),
        "score",
        "bearing",
        "balance",
        {"level": "neighbourhood"},
        least=True,
        matters=0.1,
    ),
    KeyOutcome("turnover", N_("turnover"), "share", "places", "turnover", _ALL),
    KeyOutcome(
        "segregation",
        N_("dissimilarity of income classes between neighbourhoods"),
        "index",
        "mix",
        "dissimilarity",
        {"level": "neighbourhood", "grouping": "income_class"},
        matters=0.005,
    ),
    KeyOutcome("rent", N_("rent forgone"), "cents", "costs", "rent_forgone", {}, summed=True),
    KeyOutcome(
        "hours", N_("hours of support by agreement"), "hours", "costs", "support_hours", {}, summed=True
    ),
)
"""The key outcomes, in order."""
