"""Why what residents share is not found by a home: they hold it themselves."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_holdings import Holding, hold

OTHERWISE = N_(
    "Only who it is shared with reads it. The resident sees it, takes it along, takes it back and removes it "
    "on their own pages, with their card; nobody here can look for it by a home."
)

hold(
    Holding(
        kind="residents.share",
        text=N_("what a resident shares"),
        heeds_marks=False,
        otherwise=OTHERWISE,
    )
)
hold(
    Holding(
        kind="residents.breakthrough",
        text=N_("requests that a rule gives way"),
        heeds_marks=False,
        otherwise=OTHERWISE,
    )
)
