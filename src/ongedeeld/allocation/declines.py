"""Reasons of a decline: on whose side it lies, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from ongedeeld.allocation.catalogue import PARTIES
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


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a decline, beyond this home going to the next in the order.

    Parameters
    ----------
    code, label
        What it is called.
    acts
        A key of `ACTORS`: who has to do it; empty where nothing follows.
    """

    code: str
    acts: str
    label: Both


ACTORS: Codes = MappingProxyType({name: PARTIES[name] for name in ("association", "municipality", "partner")})
FOLLOWS: Mapping[str, Consequence] = MappingProxyType(
    {
        row["code"]: Consequence(row["code"], row["acts"], Both(row["label_nl"], row["label_en"]))
        for row in data("consequences.csv")
    }
)
"""What may follow from a decline, by code."""

CONSEQUENCES: Codes = MappingProxyType({code: one.label for code, one in FOLLOWS.items()})
"""The words of what may follow."""

NOTHING_FOLLOWS = "none"


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
