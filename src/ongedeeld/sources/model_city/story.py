"""What happens over the years: two neighbourhoods go down, one recovered, the others waver a little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ongedeeld.sources.model_city.chance import Chance, Floats
from ongedeeld.sources.model_city.ground import Ground

FIRST_YEAR, LAST_YEAR = 2016, 2025
YEARS = np.arange(FIRST_YEAR, LAST_YEAR + 1)
MONTHS = 12 * len(YEARS)
QUARTERS = 4 * len(YEARS)
# Quarters after the first in which the decline of each begins and is complete, and the recovery.
_DECLINES = ((14, 30), (18, 34))
_RECOVERY = (8, 24)


@dataclass(frozen=True, slots=True)
class TurningPoints:
    """Where the city changed most, by code of neighbourhood.

    `declining` go down from the middle of 2019 and of 2020, with their worst in 2023 and 2024; `recovered`
    was as bad until 2018 and is like its equals from 2022.
    """

    declining: tuple[str, str]
    recovered: str


@dataclass(frozen=True)
class Story:
    """Pressure on each neighbourhood and quarter: about 0 in an ordinary time, 1 at the worst."""

    turning_points: TurningPoints
    pressure: Floats

    def lagged(self, quarters: int) -> Floats:
        """The pressure of some quarters ago; before the first quarter it was as in the first."""
        before = np.repeat(self.pressure[:, :1], quarters, axis=1)
        return np.concatenate((before, self.pressure), axis=1)[:, : self.pressure.shape[1]]

    def yearly(self, quarters: int) -> Floats:
        """The pressure of some quarters before each 1 January."""
        return self.lagged(quarters)[:, ::4]


def story(chance: Chance, land: Ground, association: Floats) -> Story:
    """Choose the neighbourhoods that change: those with the highest shares of the association's homes."""
    most = np.argsort(-association, kind="stable")[:3]
    quarter = np.arange(QUARTERS, dtype=np.float64)
    pressure = 0.05 * chance.bell("waver", np.arange(land.size)[:, None], quarter[None, :] // 4)
    for place, (start, end) in zip(most[[0, 2]], _DECLINES, strict=True):
        pressure[place] += np.clip((quarter - start) / (end - start), 0.0, 1.0)
    start, end = _RECOVERY
    pressure[most[1]] += np.clip((end - quarter) / (end - start), 0.0, 1.0)
    codes = [land.codes[place] for place in most]
    return Story(TurningPoints((codes[0], codes[2]), codes[1]), pressure)
