"""Reasons of a decline: on whose side it lies, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from ongedeeld.allocation.columns import data
from ongedeeld.rules.codes import Codes
from ongedeeld.vocabulary import Both

Side = Literal["seeker", "association", "partner"]

SIDES: Codes = MappingProxyType(
    {
        "seeker": Both("woningzoekende", "seeker"),
        "association": Both("corporatie", "association"),
        "partner": Both("partner", "partner"),
    }
)
CONSEQUENCES: Codes = MappingProxyType(
    {
        "none": Both("geen gevolg", "nothing follows"),
        "search_point_less": Both(
            "één zoekpunt minder, waar zoekpunten gelden", "one search point less, where search points count"
        ),
        "urgency_reviewed": Both(
            "de gemeente beoordeelt de urgentie opnieuw", "the municipality reviews the urgency"
        ),
        "asked_again": Both(
            "het bewijs wordt opnieuw gevraagd; de plaats blijft", "asked again; the place is kept"
        ),
        "registration_reviewed": Both(
            "de inschrijving wordt samen nagelopen", "the registration is gone through together"
        ),
        "next_proposal": Both("de partner doet een nieuwe voordracht", "the partner makes another proposal"),
    }
)
"""What follows from a decline, beyond this home going to the next in the order."""


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """Why an offer came to nothing.

    Parameters
    ----------
    code, label
        What it is called.
    side
        Who declined: the seeker, the association or a partner.
    consequence
        A code of `CONSEQUENCES`.
    """

    code: str
    side: Side
    consequence: str
    label: Both


DECLINES: Mapping[str, DeclineReason] = MappingProxyType(
    {
        row["code"]: DeclineReason(
            row["code"], cast(Side, row["side"]), row["consequence"], Both(row["label_nl"], row["label_en"])
        )
        for row in data("declines.csv")
    }
)
"""The closed list of reasons, by code."""


def decline_of(answer: str, reason: str | None) -> DeclineReason:
    """What an answer that is no acceptance means: its reason, or that somebody did not come.

    >>> decline_of("no_show", None).consequence
    'search_point_less'
    """
    return DECLINES[reason or answer]
