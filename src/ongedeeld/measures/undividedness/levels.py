"""At which scale a city is divided: mutual information split over nested levels, from large to small."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, product
from typing import Unpack

import numpy as np
import polars as pl

from ongedeeld.errors import N_, InputError
from ongedeeld.measures.notes import Note, method_note
from ongedeeld.measures.undividedness import _kernel as kernel
from ongedeeld.measures.undividedness import chance, formulas
from ongedeeld.measures.undividedness._allot import (
    Published,
    Spread,
    plan_of,
    published_as,
    simulated_areas,
    true_areas,
)
from ongedeeld.measures.undividedness._behind import between
from ongedeeld.measures.undividedness._chance import stream
from ongedeeld.measures.undividedness.counts import Counts, Floats, Group, Integers, Table
from ongedeeld.measures.undividedness.measuring import NO_DRAWS, View, about_counts, view_of, without_dust
from ongedeeld.measures.undividedness.nulls import nested, null_of
from ongedeeld.measures.undividedness.settings import Options, Settings, settings_of
from ongedeeld.measures.undividedness.uncertainty import (
    CANDIDATES,
    STRETCHES,
    Freed,
    candidates_behind,
    freed_from,
)

LEVEL_NULL = N_(
    "Per level: the null of the value by chance and of the p-value is that the people of every larger unit "
    "are allotted to its parts at random, with parts and groups of the size they have."
)
LEVELS_METHOD = N_(
    "Adjusted parts and {level} intervals: as of a single index, from tables that are drawn for the units of "
    "the level. Adjusted parts need not add up."
)
# How often counts are drawn from every candidate at every stretch: once more with so many draws more.
DRAWS_PER_ROUND = 128
FEWEST_ROUNDS = 2
Names = Sequence[object] | pl.Series


@dataclass(frozen=True, eq=False)
class Levels:
    """Mutual information by level.

    `table` has a row per level, from large to small, the areas of the counts last: `level`, `units`, `value`
    (nats; the values add up to `total`), `share` (of the total), `expected_by_chance`, `adjusted` (freed
    of chance), `low` and `high` (its limits) and `p_value`; what needs draws is null without.
    """

    total: float
    table: pl.DataFrame
    areas: int
    people: int
    notes: tuple[Note, ...]


def decompose_levels(
    counts: Table | Counts,
    levels: pl.DataFrame | Mapping[str, Names],
    group: Group | None = None,
    *,
    finest: str = "area",
    **options: Unpack[Options],
) -> Levels:
    """How much of the division lies between the largest units, and within them at every smaller level.

    ``M = M(between the largest) + Σ_levels Σ_u (t_u / T) M_u``, where M_u is the mutual information among the
    parts of unit u (Theil 1972; Mora and Ruiz-Castillo 2011). The parts of a unit that has none count as
    zero.

    Parameters
    ----------
    counts
        People at the finest level, shape (areas, groups), or a frame with a column per group.
    levels
        For every area the unit it is part of, a column per level, from large to small: districts, then
        neighbourhoods, then complexes.
    group
        The column or columns of one group, to set it against the rest; None for all groups.
    finest
        What the areas of the counts are called.
    **options
        See `Options`; `draws` are those of the p-values.

    Returns
    -------
    Levels

    Raises
    ------
    InputError
        When levels and counts differ in length, a name is missing, or a unit lies in two larger ones.

    Examples
    --------
    >>> districts = {"district": ["n", "n", "s", "s"]}
    >>> parts = decompose_levels([[9, 1], [9, 1], [5, 5], [1, 9]], districts, draws=0)
    >>> parts.table["value"].round(4).to_list(), round(parts.total, 4)
    ([0.205, 0.0509], 0.2559)
    """
    settings = settings_of(options)
    checked = settings.checked(counts)
    names = _checked_levels(levels, checked)
    occupied = checked.sizes > 0
    view = view_of(checked.occupied(), group)
    table = view.table
    codes = [np.unique(column[occupied], return_inverse=True)[1] for column in names.values()]
    chain = [np.zeros(len(table), dtype=np.int64), *codes, np.arange(len(table))]
    titles = [*names, finest]
    rows = [
        _one_level(title, view, chain[number], chain[number + 1], settings, number)
        for number, title in enumerate(titles)
    ]
    total = sum(float(row["value"] or 0.0) for row in rows)
    frame = pl.DataFrame(rows, schema=_SCHEMA).with_columns(
        _freed(view, chain, rows, settings),
        share=pl.col("value") / total if total > 0 else pl.lit(None, pl.Float64),
    )
    said = [method_note(LEVEL_NULL), *about_counts(checked, checked.occupied())]
    said.append(
        method_note(LEVELS_METHOD, level=f"{settings.level:.0%}") if settings.draws else method_note(NO_DRAWS)
    )
    return Levels(total, frame.select(_ORDER), len(table), int(table.sum()), tuple(said))


_SCHEMA = {
    "level": pl.String,
    "units": pl.Int64,
    "value": pl.Float64,
    "expected_by_chance": pl.Float64,
    "p_value": pl.Float64,
}
_ORDER = ("level", "units", "value", "share", "expected_by_chance", "adjusted", "low", "high", "p_value")


def _checked_levels(levels: pl.DataFrame | Mapping[str, Names], counts: Counts) -> dict[str, np.ndarray]:
    columns = {
        str(name): [*values]
        for name, values in (levels.to_dict() if isinstance(levels, pl.DataFrame) else levels).items()
    }
    for name, values in columns.items():
        if len(values) != len(counts.areas):
            raise InputError(
                N_("level {level} names a unit for {given} areas; the counts have {areas}"),
                expected=N_("one name per area, in the order of the counts"),
                level=name,
                given=len(values),
                areas=len(counts.areas),
            )
        if None in values:
            raise InputError(
                N_("level {level}: area {area} has no unit"),
                expected=N_("the unit that every area is part of"),
                level=name,
                area=counts.areas[values.index(None)],
            )
    named = {name: np.array([str(value) for value in values]) for name, values in columns.items()}
    titles = list(named)
    for large, small in pairwise(titles):
        _refuse_two_parents(large, small, named[large], named[small])
    return named


def _refuse_two_parents(large: str, small: str, parents: np.ndarray, units: np.ndarray) -> None:
    pairs = pl.DataFrame({"unit": units, "parent": parents}).unique().sort("unit", "parent")
    twice = pairs.filter(pl.col("unit").is_duplicated())
    if twice.height:
        raise InputError(
            N_("{small} {unit} lies in more than one {large}: {parents}"),
            expected=N_("levels from large to small, every unit in one larger unit"),
            remedy=N_("check the order of the levels, or give units in different places different names"),
            small=small,
            large=large,
            unit=twice["unit"][0],
            parents=", ".join(twice.filter(pl.col("unit") == twice["unit"][0])["parent"].to_list()),
        )


def _one_level(
    title: str, view: View, parents: Integers, units: Integers, settings: Settings, number: int
) -> dict[str, float | str | int | None]:
    """The division among units within their parents."""
    table = view.table
    people = max(int(table.sum()), 1)
    value = expected = 0.0
    drawn = np.zeros(settings.draws)
    for parent in np.unique(parents):
        inside = parents == parent
        parts = _added_up(table[inside], units[inside])
        if len(parts) < 2 or (parts.sum(axis=0) > 0).sum() < 2:
            continue
        weight = float(parts.sum()) / people
        value += weight * formulas.mutual_information(parts.astype(np.float64))
        expected += weight * chance.expected_mutual_information(parts)
        if settings.draws and view.counts.exact:
            drawn += weight * _randomised(parts, settings, number, int(parent))
    if settings.draws and people > 1 and not view.counts.exact:
        drawn = null_of(view.counts, view.published(), units, parents).divisions(settings)
        expected = float(drawn.mean())
    return {
        "level": title,
        "units": len(np.unique(units)),
        "value": value,
        "expected_by_chance": expected,
        "p_value": chance.p_value(value, drawn) if settings.draws else None,
    }


def _freed(
    view: View, chain: list[Integers], rows: list[dict[str, float | str | int | None]], settings: Settings
) -> list[pl.Series]:
    """The part of every level freed of chance with its limits, by the same simulation as a single index."""
    names = ("adjusted", "low", "high")
    if not settings.draws or not view.counts.people:
        return [pl.Series(name, [None] * len(rows), dtype=pl.Float64) for name in names]
    freed = [
        _freed_level(view, units, parents, row, settings)
        for row, (parents, units) in zip(rows, pairwise(chain), strict=True)
    ]
    return [
        pl.Series(name, [max(without_dust(getattr(each, name)), 0.0) for each in freed], dtype=pl.Float64)
        for name in names
    ]


def _freed_level(
    view: View,
    units: Integers,
    parents: Integers,
    row: dict[str, float | str | int | None],
    settings: Settings,
) -> Freed:
    """The part of one level, from tables drawn for its units, or for areas where counts were rounded.

    Units of several areas have shares of their own that are known well: few of them say little of how shares
    are distributed, so theirs are stretched as they are. But what was rounded is the count of an area.
    """
    published, within = view.published(), nested(units, parents)
    if view.counts.exact:
        parts = _added_up(view.table, units)
        first = np.unique(units, return_index=True)[1]
        published = Published(parts, 1, 0, published.hidden, np.arange(view.groups), view.groups)
        within = nested(np.arange(len(parts)), parents[first])
    table = published.table
    if view.counts.exact and len(table) < len(view.table):
        candidates = (table / table.sum(axis=1, keepdims=True))[None]
    else:
        candidates = candidates_behind(published, settings.seed)
    spread = Spread(candidates, table.sum(axis=0) / table.sum(), STRETCHES)

    def divisions(people: Callable[[int, int], Floats], first: int, last: int) -> Floats:
        drawn = [
            between(within, people(step, number))
            for step, number in product(range(STRETCHES.size), range(first, last))
        ]
        return np.array(drawn).reshape(STRETCHES.size, last - first)

    def true(step: int, candidate: int) -> Floats:
        people: Floats = true_areas(spread, step, candidate, published)
        return people

    def simulated(step: int, draw: int) -> Floats:
        people: Floats = simulated_areas(spread, step, published, settings.seed, draw)
        return people

    draws = max(settings.draws // DRAWS_PER_ROUND, FEWEST_ROUNDS) * CANDIDATES
    values = chance.side_by_side(partial(divisions, simulated), draws, settings.workers)
    value, by_chance = float(row["value"] or 0.0), float(row["expected_by_chance"] or 0.0)
    return freed_from(value, by_chance, divisions(true, 0, len(candidates)), values, level=settings.level)


def _added_up(table: Integers, units: Integers) -> Integers:
    own, unit = np.unique(units, return_inverse=True)
    parts = np.zeros((len(own), table.shape[1]), dtype=np.int64)
    np.add.at(parts, unit, table)
    return parts


def _randomised(parts: Integers, settings: Settings, number: int, parent: int) -> Floats:
    own = Counts(parts, ("",) * len(parts), ("",) * parts.shape[1])
    published = published_as(own, np.arange(parts.shape[1]), parts.shape[1])
    key = int(stream(int(stream(settings.seed, number)[0] >> np.uint64(1)), parent)[0] >> np.uint64(1))
    own_settings = replace(settings, seed=key)
    return chance.randomised_values(kernel.MUTUAL, 0.5, plan_of(parts), published, own_settings)
