"""Which areas are alike in housing and urbanity."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError

LIKENESS = (
    "share_owner_occupied",
    "share_association",
    "share_private_rent",
    "share_multi_family",
    "share_built_since_2000",
    "address_density",
)
"""Housing (who owns, what kind, how old) and urbanity.

A share of single-family homes would repeat that of multi-family ones.
"""

FEWEST = 5
"""With fewer areas than this, a quarter of all others included, 'similar' would mean little."""


@dataclass(frozen=True)
class Similar:
    """The areas most like `area`, nearest first, and the indicators by which they were found.

    `areas` has `area` and `distance`: the root of the mean squared difference in standard deviations.
    """

    area: str
    areas: pl.DataFrame
    indicators: tuple[str, ...]


class Likeness:
    """The standardised housing and urbanity of all areas of a level, from which the similar ones are found.

    Each indicator is taken at its latest period and divided by its standard deviation over the level. An
    indicator counts when at least half of the areas have it and when it differs between areas.

    Parameters
    ----------
    city
        A City; its table `indicators` is read.
    level
        One of the levels of areas.
    """

    def __init__(self, city: City, level: str = "neighbourhood") -> None:
        codes = city.table("areas").filter(pl.col("level") == level)["code"].to_list()
        self.areas: list[str] = codes
        latest = (
            city.table("indicators")
            .filter(pl.col("indicator").is_in(LIKENESS) & pl.col("area").is_in(codes))
            .drop_nulls("value")
            .filter(pl.col("period") == pl.col("period").max().over("indicator"))
        )
        held = {
            str(name): dict(figures.select("area", "value").iter_rows())
            for (name,), figures in latest.group_by("indicator")
        }
        self.indicators = tuple(
            name
            for name in LIKENESS
            if 2 * len(held.get(name, {})) >= len(codes) and len(set(held[name].values())) > 1
        )
        columns = [[held[name].get(code, np.nan) for code in codes] for name in self.indicators]
        values = np.array(columns, dtype=float).reshape(len(self.indicators), len(codes)).T
        self._scaled = values / np.nanstd(values, axis=0) if values.size else values

    def similar(self, area: str, among: Collection[str] | None = None, count: int = 20) -> Similar:
        """The areas most like one area.

        Parameters
        ----------
        area
            A code of this level.
        among
            The codes to choose from; all of the level when left out.
        count
            How many at most; never more than a quarter of those there are to choose from.

        Raises
        ------
        AbsentError
            When the housing of the area is not known, or too few others are to choose from.
        """
        if not self.indicators:
            raise AbsentError(
                N_("no housing or urbanity is known by which areas could be alike"),
                remedy=N_("build the City with --kwb FILE"),
            )
        if area not in self.areas or np.isnan(own := self._scaled[self.areas.index(area)]).any():
            raise AbsentError(N_("the housing or urbanity of {area} is not known"), area=area)
        chosen = self._candidates(area, among)
        most = min(count, len(chosen) // 4)
        if most < FEWEST:
            raise AbsentError(
                N_("there are too few areas ({count}) to choose similar ones from"),
                expected=N_("at least {least}"),
                count=len(chosen),
                least=4 * FEWEST,
            )
        distance = np.sqrt(((self._scaled[chosen] - own) ** 2).mean(axis=1))
        nearest = np.argsort(distance, kind="stable")[:most]
        frame = pl.DataFrame(
            {"area": [self.areas[chosen[place]] for place in nearest], "distance": distance[nearest]}
        )
        return Similar(area, frame, self.indicators)

    def _candidates(self, area: str, among: Collection[str] | None) -> Sequence[int]:
        allowed = set(self.areas if among is None else among) - {area}
        known = ~np.isnan(self._scaled).any(axis=1)
        return [place for place, code in enumerate(self.areas) if known[place] and code in allowed]
