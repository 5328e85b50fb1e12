"""How divided a city is for every set of groups, measured once for all its pages.

The seed and the number of draws are fixed, so that the same City gives the same pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ongedeeld.city import City
from ongedeeld.errors import AbsentError
from ongedeeld.measures.undividedness import (
    GROUP_SETS,
    AreaResult,
    GroupSet,
    Options,
    Profile,
    ProfileOptions,
    Undivided,
    entropy,
    local_mutual_information,
    location_quotient,
    points_of,
    profile,
    undivided,
)
from ongedeeld.measures.undividedness.groups import GroupCounts, counts_by_group

DRAWS: Final = 199
SEED: Final = 0
PROFILE_DRAWS: Final = 19
AT_ONCE = 2
"""How many sets of groups are measured side by side; the answers do not depend on it."""
SURE = 0.05
"""A difference is told where random allotment gives one as large at most this often."""
RADII_M = (500, 1000, 1500, 2000, 3000, 4000, 6000)
NEAREST = (2_500, 5_000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, eq=False)
class Mixed:
    """Who lives where, for a set of groups, and how far each neighbourhood is from the mix of the whole.

    `local` has the local mutual information with its interval and p-value, `entropies` the diversity, and
    `quotients` per group the location quotient of every neighbourhood.
    """

    counts: GroupCounts
    local: AreaResult
    entropies: AreaResult
    quotients: Mapping[str, AreaResult]

    @property
    def groups(self) -> GroupSet:
        """The set of groups."""
        return self.counts.groups

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The groups in the order in which they are shown: what is left of two lies between them."""
        names = self.groups.names
        return (names[0], names[2], names[1]) if names[-1] == "rest" and len(names) == 3 else names

    @cached_property
    def rows(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of every neighbourhood, in the order of the groups."""
        return {row[0]: tuple(row[1:]) for row in self.counts.table.select("unit", *self.names).iter_rows()}

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The numbers of all neighbourhoods together."""
        return tuple(int(self.counts.table[name].sum()) for name in self.names)

    def together(self, codes: frozenset[str]) -> tuple[int, ...]:
        """The numbers of some neighbourhoods together."""
        rows = [row for code, row in self.rows.items() if code in codes]
        return tuple(sum(column) for column in zip(*rows, strict=True))

    def of(self, result: AreaResult, code: str) -> Mapping[str, float | None]:
        """A figure of one neighbourhood with what goes with it; nothing where it is not known."""
        return self._by_area[id(result)].get(code, {})

    @cached_property
    def _by_area(self) -> Mapping[int, Mapping[str, Mapping[str, float | None]]]:
        """The rows of every result by neighbourhood: all portraits ask for theirs."""
        results = (self.local, self.entropies, *self.quotients.values())
        return {id(result): {row["area"]: row for row in result.table.to_dicts()} for result in results}


def single_of(groups: GroupSet) -> str | None:
    """The one group that is set against the rest, of two."""
    return groups.names[0] if len(groups.names) == 2 else None


class Divided:
    """What is measured of the groups of a City; each when it is first asked for.

    Parameters
    ----------
    city
        A City of one municipality.
    """

    def __init__(self, city: City) -> None:
        self._city = city

    @cached_property
    def published(self) -> Mapping[str, GroupCounts]:
        """The numbers by neighbourhood of every set of published groups that the City bears."""
        sets = [each for each in GROUP_SETS.values() if each.default and each.column is None]
        found = {}
        for groups in sets:
            with suppress(AbsentError):
                counts = counts_by_group(self._city, groups, "neighbourhood")
                if counts.table.height > 1:
                    found[groups.name] = counts
        return found

    @cached_property
    def whole(self) -> Mapping[str, Undivided]:
        """Of every published set all indices, areas, scales and change: what the atlas tells."""
        names = list(self.published)

        def measured(name: str) -> Undivided:
            return undivided(self._city, name, "neighbourhood", draws=DRAWS, seed=SEED)

        with ThreadPoolExecutor(AT_ONCE) as side_by_side:
            return dict(zip(names, side_by_side.map(measured, names), strict=True))

    @cached_property
    def mixed(self) -> Mapping[str, Mixed]:
        """Of every published set how far the mix of each neighbourhood is from that of the whole."""
        return {name: self._mixed(name, counts) for name, counts in self.published.items()}

    def _mixed(self, name: str, counts: GroupCounts) -> Mixed:
        exact: Options = {"draws": 0}
        drawn: Options = {"draws": DRAWS, "seed": SEED}
        if "whole" in self.__dict__:
            local = self.whole[name].areas
        else:
            local = local_mutual_information(counts.counts, single_of(counts.groups), **drawn)
        return Mixed(
            counts,
            local,
            entropy(counts.counts, single_of(counts.groups), **exact),
            {group: location_quotient(counts.counts, group, **exact) for group in counts.groups.names},
        )

    def profiles(self, name: str) -> tuple[Profile, Profile]:
        """H of the surroundings of residents, by distance and by number of nearest residents.

        Raises
        ------
        AbsentError
            When the City does not tell where its neighbourhoods lie.
        """
        counts = self.published[name]
        areas = self._city.table("areas")
        drawn = areas.drop_nulls("geometry").select(unit="code")
        known = replace(counts, table=counts.table.join(drawn, on="unit", how="semi", maintain_order="left"))
        placed = known if known.table.height else counts
        points = points_of(self._city, placed.table["unit"].to_list(), "neighbourhood")
        people = int(placed.table.drop("unit").sum_horizontal().sum())
        nearest = [number for number in NEAREST if number < people / 2] or [max(people // 2, 1)]
        options: ProfileOptions = {"draws": PROFILE_DRAWS, "interval_draws": 0, "seed": SEED}
        single = single_of(counts.groups)
        return (
            profile(placed.counts, points, group=single, radii_m=RADII_M, **options),
            profile(placed.counts, points, group=single, neighbours=nearest, **options),
        )
