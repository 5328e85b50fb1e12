"""What is kept of places and tells of nobody by name: no home leads to it."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.safeguards.request_holdings import Holding, hold

hold(
    Holding(
        kind="areas.words",
        text=N_("words and grades of residents"),
        otherwise=N_(
            "Kept of a neighbourhood or complex, without a name. Whoever said it can point it out: take it "
            "back on the page of that place."
        ),
    )
)
hold(
    Holding(
        kind="areas.note",
        text=N_("notes of professionals on a neighbourhood"),
        otherwise=N_(
            "Kept of a neighbourhood. Read them there where who asks thinks that one is about them; you may "
            "take a note back."
        ),
    )
)
hold(
    Holding(
        kind="areas.view",
        text=N_("views on a complex, and inspections"),
        otherwise=N_("Kept of a complex or entrance, never of a home."),
    )
)
