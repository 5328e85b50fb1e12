"""What is kept of plans and tells of nobody by name: no home leads to it."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_holdings import Holding, hold

hold(
    Holding(
        kind="plans.plan",
        text=N_("plans, and what residents said of them"),
        otherwise=N_(
            "Kept of a neighbourhood or complex, without a name. Whoever said it can point it out: an area "
            "manager takes it back in the plan."
        ),
    )
)
