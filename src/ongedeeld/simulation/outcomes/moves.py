"""A sample of lettings by which results of two policies are linked: who got another home than before.

Seekers have the same key under every policy. Of large stocks only those are kept whose key says so, the same
under every policy, so that a thousand futures of a country still fit on a disk.
"""

from __future__ import annotations

import polars as pl

from ongedeeld.simulation.outcomes.groups import origin_of_lettings
from ongedeeld.simulation.outcomes.places import YEAR
from ongedeeld.simulation.outcomes.seeking_groups import GROUPINGS, in_groups
from ongedeeld.simulation.outcomes.seen import Seen

MOST = 50_000
"""About how many lettings of a future are kept."""
A_YEAR = 0.1
"""How many lettings there are in a year for each home, at most about."""


def one_in(homes: int, years: int) -> int:
    """Of how many seekers one is kept, in a stock of so many homes and a run of so many years.

    >>> one_in(10_000, 10), one_in(2_300_000, 10)
    (1, 46)
    """
    return max(1, round(homes * years * A_YEAR / MOST))


def moves(seen: Seen) -> pl.DataFrame:
    """The table `moves` of a run.

    Returns
    -------
    pl.DataFrame
        Of each letting to a seeker that is kept: `year`, `seeker` (its key), `area` and `from_area` (the
        neighbourhood of the home, and of the one that came free by it), a column for each of `GROUPINGS`,
        `mediated` (whether a partner proposed), and `one_in` (for how many seekers it stands).
    """
    setting, let = seen.setting, seen.run.lettings
    kept = one_in(len(setting.stock.key), seen.years)
    chosen = let.filter(pl.col("seeker") % kept == 0)
    areas = pl.Series([*setting.housing.areas, None], dtype=pl.String)
    area = pl.Series(setting.stock.area).replace(-1, len(areas) - 1)
    of_home = areas.gather(area.gather(chosen["home"]))
    left = chosen["from_home"]
    came_from = areas.gather(area.gather(left.clip(0))).set(left < 0, None)
    told = in_groups(chosen.with_columns(YEAR), seen, origin_of_lettings())
    return told.select(
        "year",
        "seeker",
        of_home.alias("area"),
        came_from.alias("from_area"),
        *(pl.col(grouping).cast(pl.Categorical) for grouping in GROUPINGS),
        mediated=pl.col("route") == "mediated",
        one_in=pl.lit(kept, pl.Int32),
    )
