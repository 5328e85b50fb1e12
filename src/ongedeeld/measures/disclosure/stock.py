"""Counts of tenants as a table to protect: how complexes and entrances add up, and how many homes they have.

Everybody may be expected to know which homes lie in which entrance, complex and neighbourhood, and how many
there are. So counts by entrance are held against those by complex, and no count exceeds the homes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.measures.disclosure.structure import Nested
from ongedeeld.measures.undividedness.group_sets import GroupSet
from ongedeeld.measures.undividedness.groups import UNKNOWN_TENANCIES, GroupCounts

ALL = "all"
_LEVELS = ("district", "neighbourhood", "complex", "entrance")
Home = tuple[str | None, str, str | None, str | None]
"""The district, neighbourhood, complex and entrance of a home."""


@dataclass(frozen=True)
class TenantCounts:
    """What `protect` takes: a table, the nesting of its areas, and the sum over groups in each."""

    table: pl.DataFrame
    nested: Nested
    relations: pl.DataFrame


def tenants_to_publish(city: City, counts: GroupCounts) -> TenantCounts:
    """Counts of tenants with their totals, and how they add up, as `protect` takes them.

    Parameters
    ----------
    city
        With homes of its own.
    counts
        Tenants by group in every district, neighbourhood, complex or entrance.

    Returns
    -------
    TenantCounts
        With a table of `counted`, `period`, `area` (its level and code), `group` (`all` is the total of every
        set of groups), `count` and `most` (the homes there). Units without a tenant have rows of zeros.
        Where tenancies were left out, as something of them is not known, `counted` says so, since these
        counts do not add up with others.

    Raises
    ------
    InputError
        When the counts are published figures, which were protected by whoever published them.
    """
    groups = counts.groups
    refuse_published(groups)
    homes = _homes(city)
    left_out = any(each.text == UNKNOWN_TENANCIES for each in counts.notes)
    counted = f"tenants of known {groups.name} and {counts.scale}" if left_out else "tenants"
    table = _with_totals(homes, counts).with_columns(
        pl.lit(counted).alias("counted"), pl.lit(counts.period.isoformat()).alias("period")
    )
    # Each set of groups adds up to the same total, which nesting by a dimension cannot say.
    sums = table.select(
        pl.format("{} {} {} {}", "counted", "period", "area", pl.lit(groups.name)).alias("relation"),
        "counted",
        "period",
        "area",
        "group",
        coefficient=pl.when(pl.col("group") == ALL).then(-1).otherwise(1).cast(pl.Int64),
    )
    return TenantCounts(
        table.select("counted", "period", "area", "group", "count", "most"),
        {"area": nest_homes(homes.iter_rows())},
        sums,
    )


def refuse_published(groups: GroupSet) -> None:
    """Refuse groups that are not the association's own tenants.

    Raises
    ------
    InputError
        When the figures are those of somebody else.
    """
    if groups.column is None:
        raise InputError(
            N_("{group} comes from published figures, which whoever published them has protected"),
            expected=N_("groups of your own tenants"),
            remedy=N_("publish these as they are"),
            group=groups.name,
        )


def _with_totals(homes: pl.DataFrame, counts: GroupCounts) -> pl.DataFrame:
    """A row for every unit and group, with the total of each; and all of it for all units together."""
    level, names = counts.scale, counts.groups.names
    units = homes.drop_nulls(level).group_by(unit=level).agg(most=pl.len().cast(pl.Int64))
    wide = units.join(counts.table, on="unit", how="left").with_columns(pl.col(names).fill_null(0))
    numbers = [*names, ALL]
    wide = wide.select("most", *names, pl.sum_horizontal(names).alias(ALL), area=level + ":" + pl.col("unit"))
    whole = wide.select("most", *numbers, area=pl.lit(ALL)).group_by("area").sum()
    table = pl.concat([wide, whole.select(wide.columns)]).unpivot(
        numbers, index=["area", "most"], variable_name="group", value_name="count"
    )
    groups = (
        pl.when(pl.col("group") == ALL).then("group").otherwise(counts.groups.name + ":" + pl.col("group"))
    )
    # A home with two running tenancies has more of them than homes.
    return table.with_columns(groups.alias("group"), most=pl.max_horizontal("most", "count"))


def _homes(city: City) -> pl.DataFrame:
    areas = city.table("areas").select(neighbourhood="code", district="parent")
    homes = city.table("dwellings").select("complex", "entrance", neighbourhood="area")
    return homes.join(areas, on="neighbourhood", how="left").select(_LEVELS)


def nest_homes(homes: Iterable[Home]) -> pl.DataFrame:
    """How areas, complexes and entrances add up: `code` and `parent`, with `all` at the top.

    A complex or entrance that lies in more than one neighbourhood is a sum of parts, each of which is a part
    of a neighbourhood too; homes without a complex or entrance are a part of their own.

    Examples
    --------
    >>> nest_homes([("W1", "B1", "C1", None)]).rows()  # doctest: +NORMALIZE_WHITESPACE
    [('all', None), ('complex:C1', 'neighbourhood:B1'), ('complex:C1, rest in B1', 'complex:C1'),
     ('district:W1', 'all'), ('neighbourhood:B1', 'district:W1')]
    """
    places = sorted(set(homes), key=str)
    areas: dict[str | None, set[str]] = {}
    for _, area, block, entrance in places:
        for code in (_named("complex", block), _named("entrance", entrance)):
            areas.setdefault(code, set()).add(area)
    split = {code for code, own in areas.items() if code and len(own) > 1}
    links = {link for place in places for link in _links(place, split)}
    return pl.DataFrame(
        sorted({(ALL, None), *links}, key=str), schema={"code": pl.String, "parent": pl.String}, orient="row"
    )


def _named(level: str, code: str | None) -> str | None:
    return None if code is None else f"{level}:{code}"


def _links(place: Home, split: set[str]) -> Iterator[tuple[str, str]]:
    """What is part of what, from the smallest unit of a home up."""
    district, area, block, entrance = place
    neighbourhood = f"neighbourhood:{area}"
    yield neighbourhood, _named("district", district) or ALL
    if district:
        yield f"district:{district}", ALL
    finer = [code for code in (_named("entrance", entrance), _named("complex", block)) if code]
    whole = bool(entrance) and finer[0] not in split
    smallest = finer[0] if whole else f"{(*finer, 'no complex')[0]}, rest in {area}"
    chain = list(dict.fromkeys([smallest, *finer]))
    yield from pairwise(chain)
    # What is split over neighbourhoods is no part of one; the largest thing below it that lies in one is.
    yield [code for code in chain if code not in split][-1], neighbourhood
