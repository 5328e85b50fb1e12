"""How divided a City is for a set of groups: indices, areas, scales and change, put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Unpack

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, note
from ongedeeld.measures.undividedness.change import Change, decompose_change
from ongedeeld.measures.undividedness.compare import Comparison, compare
from ongedeeld.measures.undividedness.counts import Counts
from ongedeeld.measures.undividedness.group_sets import Scale, day_in_words, group_set
from ongedeeld.measures.undividedness.groups import GroupCounts, counts_by_group, periods_of
from ongedeeld.measures.undividedness.indices import atkinson, correlation_ratio, dissimilarity, gini, theil_h
from ongedeeld.measures.undividedness.levels import Levels, decompose_levels
from ongedeeld.measures.undividedness.local import local_mutual_information, simpson_interaction
from ongedeeld.measures.undividedness.result import AreaResult, Result
from ongedeeld.measures.undividedness.settings import Options
from ongedeeld.vocabulary import Quantity

FIRST = ("dissimilarity", "theil_h", "mutual_information")
FOR_RESEARCHERS = ("gini", "atkinson", "simpson_interaction", "correlation_ratio")
ONLY_BOTH = N_("The change is that of the areas known at both dates: {areas}.")


@dataclass(frozen=True, eq=False)
class Undivided:
    """How divided a City is for a set of groups, or for one group against the rest.

    `results` holds dissimilarity, Theil's H and mutual information, then what is for researchers: Gini,
    Atkinson (for one group), Simpson interaction and the correlation ratio. `areas` has the local
    contributions of the units of `counts`; `levels` splits M over larger units, where there are any. `since`
    is an earlier date, with `change` the split of the change in M and `compared` the test of the change in
    dissimilarity; all None where there is no such date.
    """

    counts: GroupCounts
    group: str | None
    results: tuple[Result, ...]
    areas: AreaResult
    levels: Levels | None
    since: date | None
    change: Change | None
    compared: Comparison | None
    notes: tuple[Note, ...]


def undivided(
    city: City,
    groups: str,
    scale: Scale | None = None,
    *,
    period: date | None = None,
    since: date | None = None,
    **options: Unpack[Options],
) -> Undivided:
    """All that tells how divided a City is for these groups at a scale.

    Parameters
    ----------
    city
        With published figures, or with tenancies and homes of its own.
    groups
        The name of one of `GROUP_SETS`, such as `tenure`, or of a group in it against the rest, such as
        `tenure:association`.
    scale
        `district`, `neighbourhood`, `complex` or `entrance`; by default neighbourhoods for published figures
        and complexes for tenants.
    period
        A reference date of the figures, or a day for tenancies; by default the last that is known.
    since
        An earlier date to compare with; by default, for published figures, the first that is known.
    **options
        See `Options`; how the figures were rounded follows from themselves.

    Returns
    -------
    Undivided

    Raises
    ------
    InputError
        When the groups do not exist, or not at this scale, or `since` is not earlier.
    AbsentError
        When the City does not tell of them.
    """
    chosen, one = group_set(groups)
    at = scale or ("neighbourhood" if chosen.column is None else "complex")
    counts = counts_by_group(city, chosen, at, period)
    single = one or (chosen.names[0] if len(chosen.names) == 2 else None)
    areas = local_mutual_information(counts.counts, single, **options)
    levels = None
    if counts.parents.width:
        levels = decompose_levels(counts.counts, counts.parents, single, finest=at, **options)
    before = _earlier(city, counts, since)
    said, change, compared = _since(counts, before, single, options)
    return Undivided(
        counts,
        single,
        _results(counts.counts, single, areas.average, options),
        areas,
        levels,
        before.period if change and before else None,
        change,
        compared,
        (*counts.notes, *said),
    )


def _results(
    counts: Counts, group: str | None, mutual_information: Result, options: Options
) -> tuple[Result, ...]:
    return (
        dissimilarity(counts, group, **options),
        theil_h(counts, group, **options),
        mutual_information,
        gini(counts, group, **options),
        *([atkinson(counts, group, **options)] if group else []),
        simpson_interaction(counts, group, **options).average,
        correlation_ratio(counts, group, **options),
    )


def _earlier(city: City, counts: GroupCounts, since: date | None) -> GroupCounts | None:
    if since is None:
        earlier = [day for day in periods_of(city, counts.groups, counts.scale) if day < counts.period]
        if not earlier:
            return None
        since = earlier[0]
    if since >= counts.period:
        raise InputError(
            N_("{since} is not before {period}"),
            expected=N_("an earlier date to compare with"),
            since=day_in_words(since),
            period=day_in_words(counts.period),
        )
    return counts_by_group(city, counts.groups, counts.scale, since)


def _since(
    now: GroupCounts, before: GroupCounts | None, group: str | None, options: Options
) -> tuple[tuple[Note, ...], Change | None, Comparison | None]:
    """The change of the units known at both dates."""
    if before is None:
        return (), None, None
    both = now.table.select("unit").join(before.table.select("unit"), on="unit", how="semi")
    if both.is_empty():
        return (), None, None
    first, second = (
        replace(each, table=each.table.join(both, on="unit", how="semi", maintain_order="left"))
        for each in (before, now)
    )
    change = decompose_change(first.counts, second.counts, group, **options)
    compared = compare(first.counts, second.counts, group, **options)
    left = both.height < max(now.table.height, before.table.height)
    return ((note(ONLY_BOTH, areas=Quantity(both.height)),) if left else ()), change, compared


def as_rows(results: tuple[Result, ...]) -> pl.DataFrame:
    """A row per index: `index`, `value`, `expected_by_chance`, `adjusted`, `low`, `high` and so on."""
    return pl.DataFrame(
        [
            {
                "index": result.index,
                "value": result.value,
                "expected_by_chance": result.expected_by_chance,
                "adjusted": result.adjusted,
                "low": result.interval[0] if result.interval else None,
                "high": result.interval[1] if result.interval else None,
                "p_value": result.p_value,
                "interval_error": result.interval_error,
                "areas": result.areas,
                "people": result.people,
                "outcome": "not_known" if result.value is None else "known" if result.enough else "too_few",
            }
            for result in results
        ],
        schema=_ROW,
    )


_ROW = {
    "index": pl.String,
    **dict.fromkeys(
        ("value", "expected_by_chance", "adjusted", "low", "high", "p_value", "interval_error"), pl.Float64
    ),
    "areas": pl.Int64,
    "people": pl.Int64,
    "outcome": pl.String,
}
