"""The outcomes that a comparison shows first, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ongedeeld.errors import N_
from ongedeeld.simulation.outcome_tables import EVERYWHERE, Unit


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
    """

    name: str
    label: str
    unit: Unit
    table: str
    measure: str
    where: Mapping[str, str]
    least: bool = False
    summed: bool = False


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
    ),
    KeyOutcome("turnover", N_("turnover"), "share", "places", "turnover", _ALL),
    KeyOutcome(
        "segregation",
        N_("dissimilarity of income classes between neighbourhoods"),
        "index",
        "mix",
        "dissimilarity",
        {"level": "neighbourhood", "grouping": "income_class"},
    ),
    KeyOutcome("rent", N_("rent forgone"), "cents", "costs", "rent_forgone", {}, summed=True),
    KeyOutcome(
        "hours", N_("hours of support by agreement"), "hours", "costs", "support_hours", {}, summed=True
    ),
)
"""The key outcomes, in order."""
