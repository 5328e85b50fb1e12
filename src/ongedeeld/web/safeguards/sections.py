"""The pages of data protection, as its first page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import N_


@dataclass(frozen=True)
class Section:
    """A page below the first: what it is called, what it tells, its name and the right that opens it."""

    label: str
    text: str
    address: str
    action: str


SECTIONS = [
    Section(
        N_("Requests of residents"),
        N_("Who wants to see, correct, remove or stop what is kept of them, and the answer within a month."),
        "requests",
        "safeguards.answer_requests",
    ),
    Section(
        N_("What was done with data"),
        N_("Every operation on data of people, for which purpose and when; who did it stands in the record."),
        "processed",
        "safeguards.see_processing",
    ),
    Section(
        N_("What was removed"),
        N_("Of which kind, how many, why and on which day; never of whom."),
        "removed",
        "safeguards.see_processing",
    ),
]
