"""From how many people, households or homes a share is told: below that a count says more than a share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ongedeeld.reporting.catalogue import RATIOS
from ongedeeld.vocabulary import INDICATORS


class Counted(Protocol):
    """A figure of all areas by code."""

    @property
    def values(self) -> Mapping[str, float]:
        """The figure per area."""


FEWEST = {"residents": 100, "households": 100, "dwellings": 40}
"""Residents and households are published rounded to 5: of 50 households a share may be 10 points off."""

FEWEST_FOR_ORIGIN = 200
"""Origin is told of larger groups only."""

_BASES = {
    "population": "residents",
    "origin": "residents",
    "education": "residents",
    "work": "residents",
    "benefits": "residents",
    "health": "residents",
    "safety": "residents",
    "income": "households",
    "households": "households",
    "housing": "dwellings",
    "energy": "dwellings",
}
_SHARES = {"share", "per_100", "per_1000"}


def enough(name: str, unit: str, code: str, found: Mapping[str, Counted]) -> bool:
    """Whether a neighbourhood has enough people, households or homes to tell this figure of it.

    Counts and means always have; so has a share whose base is not known.
    """
    theme = INDICATORS[RATIOS[name].part if name in RATIOS else name].theme
    if unit not in _SHARES or theme not in _BASES:
        return True
    base = "residents" if name.startswith("share_residents") else _BASES[theme]
    count = found[base].values.get(code) if base in found else None
    fewest = FEWEST_FOR_ORIGIN if theme == "origin" else FEWEST[base]
    return count is None or count >= fewest
