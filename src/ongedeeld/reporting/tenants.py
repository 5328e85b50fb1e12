"""The association's tenants in groups: their mix by neighbourhood, where it is divided, and why it changed.

For pages of internal use only. Groups of few households are put together before anything is told of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.measures.undividedness import (
    GROUP_SETS,
    Levels,
    counts_by_group,
    decompose_flows,
    decompose_levels,
    entropy,
    flows_from_observations,
    flows_from_tenancies,
)
from ongedeeld.measures.undividedness.groups import GroupCounts
from ongedeeld.reporting.divided import DRAWS, SEED
from ongedeeld.reporting.own import Own

SETS = tuple(groups for groups in GROUP_SETS.values() if groups.column is not None)
FEWEST_HOUSEHOLDS = 5
"""Counts of households below this are not told apart."""
FEWEST_HOMES = 40
"""A share is told of at least as many homes."""
COVERED = 0.9
"""A change is told when tenancies of at least this part of the homes are known at both dates."""
YEARS = (5, 3, 1)
"""Over how many years a change is told: the longest of which the tenancies are known."""
WHOLE = "whole"
CHANGES = {
    "older": N_("Tenants aged 67 and over by now (estimated)"),
    "alone": N_("Households of one person"),
    "mediated": N_("Homes let through mediation"),
    "support": N_("Households with a support agreement"),
}


@dataclass(frozen=True, eq=False)
class Changed:
    """The change in the share of a group in every neighbourhood, split, with the numbers it rests on."""

    name: str
    start: date
    end: date
    table: pl.DataFrame

    def of(self, place: str) -> Mapping[str, float | None]:
        """The split of a neighbourhood or of the whole; nothing of too few homes or households."""
        rows = self.table.filter(pl.col("place") == place).to_dicts()
        if not rows or rows[0]["change"] is None:
            return {}
        found = rows[0]
        few = min(found["group_start"], found["group_end"]) < FEWEST_HOUSEHOLDS
        return {} if few or min(found["all_start"], found["all_end"]) < FEWEST_HOMES else found


def put_together(counts: Mapping[str, int], least: int = FEWEST_HOUSEHOLDS) -> dict[tuple[str, ...], int]:
    """Numbers of groups, with the smallest put together until none is below `least`.

    Examples
    --------
    >>> put_together({"a": 30, "b": 3, "c": 9, "d": 12})
    {('a',): 30, ('d',): 12, ('b', 'c'): 12}
    """
    rising = sorted(counts, key=lambda name: counts[name])
    small: list[str] = []
    while rising and (counts[rising[0]] < least or (small and sum(counts[name] for name in small) < least)):
        small.append(rising.pop(0))
    kept = {(name,): count for name, count in counts.items() if name in rising}
    together = tuple(name for name in counts if name in small)
    return kept | ({together: sum(counts[name] for name in together)} if together else {})


class Tenants:
    """What is measured of the association's tenants; each when it is first asked for.

    Parameters
    ----------
    city
        A City with homes and tenancies of its own.
    own
        Its own tables.
    """

    def __init__(self, city: City, own: Own) -> None:
        # Homes of which only the complex is known lie in the neighbourhood of that.
        names = ("areas", "complexes", "entrances", "tenancies")
        tables = {name: city.table(name) for name in names}
        homes = own.dwellings.select(city.table("dwellings").columns)
        self._city = City.of({**tables, "dwellings": homes}, city.manifest)
        self._own = own

    @cached_property
    def mixes(self) -> Mapping[str, GroupCounts]:
        """Numbers of tenants by neighbourhood, for every set of groups that is known of them."""
        found = {}
        for groups in SETS:
            with suppress(AbsentError):
                found[groups.name] = counts_by_group(self._city, groups, "neighbourhood")
        return found

    @cached_property
    def entrances(self) -> Mapping[str, pl.DataFrame]:
        """By set the numbers by entrance, with `complex` and `area`; homes without an entrance together."""
        return {name: self._entrances(name) for name in self.mixes}

    def _entrances(self, name: str) -> pl.DataFrame:
        groups = GROUP_SETS[name]
        places = self._city.table("complexes").select("complex", "area")
        columns = list(groups.names)
        whole = counts_by_group(self._city, groups, "complex").table.rename({"unit": "complex"})
        by_complex = whole.join(places, on="complex").drop_nulls("area")
        try:
            counted = counts_by_group(self._city, groups, "entrance").table
        except AbsentError:
            return by_complex.with_columns(unit="complex")
        of_complex = self._city.table("entrances").select("complex", unit="entrance")
        parts = counted.join(of_complex, on="unit").join(places, on="complex").drop_nulls("area")
        known = parts.group_by("complex").agg(pl.col(columns).sum())
        rest = by_complex.join(known, on="complex", how="left", suffix="_known").with_columns(
            (pl.col(name) - pl.col(f"{name}_known").fill_null(0)).clip(0) for name in columns
        )
        rest = rest.with_columns(unit="complex").filter(pl.sum_horizontal(columns) > 0)
        order = ["unit", "complex", "area", *columns]
        return pl.concat([parts.select(order), rest.select(order)]).sort("area", "complex", "unit")

    def split(self, name: str, code: str | None = None) -> Levels | None:
        """M among the tenants of a neighbourhood, or of the whole, between complexes and between entrances.

        None where fewer than two units are known.
        """
        rows = self.entrances[name]
        here = rows if code is None else rows.filter(pl.col("area") == code)
        if here.height < 2:
            return None
        levels = here.select("complex") if code else self._with_districts(here)
        counts = here.select(GROUP_SETS[name].names).to_numpy()
        if (counts.sum(axis=0) > 0).sum() < 2:
            return None
        return decompose_levels(counts, levels, finest="entrance", draws=DRAWS, seed=SEED)

    def diversity(self, name: str, code: str | None = None) -> float:
        """How diverse the tenants of a neighbourhood, or all, are: the entropy of their groups, in nats."""
        rows = self.entrances[name]
        here = rows if code is None else rows.filter(pl.col("area") == code)
        whole = entropy(here.select(pl.col(GROUP_SETS[name].names).sum()).to_numpy(), draws=0).whole
        return whole or 0.0

    def _with_districts(self, rows: pl.DataFrame) -> pl.DataFrame:
        parents = self._city.table("areas").select(area="code", district="parent")
        placed = rows.join(parents, on="area", how="left", maintain_order="left")
        names = {"district": "district", "neighbourhood": "area", "complex": "complex"}
        return placed.select(**{new: old for new, old in names.items() if not placed[old].null_count()})

    @cached_property
    def changes(self) -> Sequence[Changed]:
        """The changes that can be told: of groups of tenants, and of households with support."""
        return [changed for changed in (*self._of_tenancies(), self._of_support()) if changed is not None]

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and last day of the changes; None where the tenancies of too few homes are known."""
        last = pl.concat([self._own.tenancies["start"], self._own.tenancies["end"]]).max()
        if not isinstance(last, date):
            return None
        starts = [_years_before(last, years) for years in YEARS]
        return next(((day, last) for day in starts if self._covered(day) and self._covered(last)), None)

    def _covered(self, day: date) -> bool:
        stood = self._own.dwellings.filter(pl.col("build_year").fill_null(0) < day.year)
        running = (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") >= day))
        let = self._own.tenancies.filter(running)["dwelling"].n_unique()
        return stood.height > 0 and let >= COVERED * stood.height

    def _of_tenancies(self) -> Sequence[Changed]:
        if self.period is None:
            return []
        start, end = self.period
        homes = self._own.dwellings.drop_nulls("area")
        lets = self._own.tenancies.drop("area").join(homes.select("dwelling"), on="dwelling", how="semi")
        chosen: dict[str, dict[str, object]] = {
            "older": {"ages": ["67_and_over"]},
            "alone": {"group": pl.col("household_size") == 1},
            "mediated": {"group": pl.col("route") == "mediated"},
        }
        made = []
        for name, of in chosen.items():
            flows = flows_from_tenancies(lets, homes, start=start, end=end, by="area", **of)  # type: ignore[arg-type]
            if flows.height:
                made.append(Changed(name, start, end, _split(flows)))
        return made

    def _of_support(self) -> Changed | None:
        present = self._own.observations.filter(pl.col("observation") == "support_present")
        days = present.drop_nulls("count")["period"].unique().sort()
        last = days.max()
        if not isinstance(last, date) or len(days) < 2:
            return None
        first = min(days, key=lambda day: abs((day - _years_before(last, YEARS[0])).days))
        homes = self._own.dwellings.drop_nulls(["complex", "area"])
        stood = (pl.col("build_year").fill_null(0) < first.year).sum()
        sizes = homes.group_by("complex", "area").agg(start=stood, end=pl.len())
        flows = flows_from_observations(self._own.observations, sizes, start=first, end=last)
        placed = flows.join(sizes.select("area", place="complex"), on="place").drop("place")
        columns = [name for name in placed.columns if name != "area"]
        # One complex that was not counted leaves the neighbourhood without a split: missing is never zero.
        whole = [
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in columns
        ]
        by_area = placed.group_by(place="area").agg(whole).sort("place")
        return Changed("support", first, last, _split(by_area))


def _split(flows: pl.DataFrame) -> pl.DataFrame:
    """The split of every place and of all together, beside the numbers it rests on."""
    columns = [name for name in flows.columns if name != "place"]
    known = flows.drop_nulls()
    both = pl.concat([flows, known.select(pl.lit(WHOLE).alias("place"), pl.col(columns).sum())])
    numbers = both.select("place", "group_start", "all_start", "group_end", "all_end")
    return decompose_flows(both).table.join(numbers, on="place", how="left", maintain_order="left")


def _years_before(day: date, years: int) -> date:
    leaps = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leaps else day.day)
