"""Counts of tenants as a table to protect: how complexes and entrances add up, and how many homes they have.

Everybody may be expected to know which homes lie in which entrance, complex and neighbourhood, and how many
there are. So counts by entrance are held against those by complex, and no count exceeds the homes. Every
tenant is counted at every scale and in every set of groups, also where the unit or the group is not known:
only then do the sums close, so that what is published of one can be held against what was published of
another.
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
from ongedeeld.measures.undividedness.groups import GroupCounts, tenancies_held

ALL, COUNTED, UNKNOWN = "all", "tenants", "unknown"
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
        set of groups), `count` and `most` (the homes there). Units without a tenant have rows of zeros, homes
        of which the unit is not known have rows as a part of the larger unit, and tenants of whom the group
        is not known have a group of their own.

    Raises
    ------
    InputError
        When the counts are published figures, which were protected by whoever published them.
    """
    groups = counts.groups
    refuse_published(groups)
    homes = _homes(city)
    table = _with_totals(homes, tenancies_held(city, groups, counts.period), counts).with_columns(
        counted=pl.lit(COUNTED), period=pl.lit(counts.period.isoformat())
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


def _with_totals(homes: pl.DataFrame, tenancies: pl.DataFrame, counts: GroupCounts) -> pl.DataFrame:
    """A row for every unit and group, with the total of each; and all of it for all units together."""
    units = _units(homes, counts.scale)
    known = pl.col("group").is_in(list(counts.groups.names))
    held = tenancies.join(units, on=_LEVELS, nulls_equal=True).with_columns(
        group=pl.when(known).then("group").otherwise(pl.lit(UNKNOWN))
    )
    names = [*counts.groups.names, *([UNKNOWN] if (held["group"] == UNKNOWN).any() else [])]
    numbers = [(pl.col("group") == name).sum().cast(pl.Int64).alias(name) for name in names]
    sizes = units.group_by("area").agg(most=pl.col("homes").sum())
    wide = sizes.join(held.group_by("area").agg(numbers), on="area", how="left").with_columns(
        pl.col(names).fill_null(0)
    )
    wide = wide.with_columns(pl.sum_horizontal(names).alias(ALL))
    whole = wide.drop("area").sum().select(pl.lit(ALL).alias("area"), pl.all())
    table = pl.concat([wide, whole]).unpivot(
        [*names, ALL], index=["area", "most"], variable_name="group", value_name="count"
    )
    groups = (
        pl.when(pl.col("group") == ALL).then("group").otherwise(counts.groups.name + ":" + pl.col("group"))
    )
    # A home with two running tenancies has more of them than homes.
    return table.with_columns(groups.alias("group"), most=pl.max_horizontal("most", "count"))


def _units(homes: pl.DataFrame, level: str) -> pl.DataFrame:
    """The places where homes are, with the `area` of a level that each lies in and its number of `homes`."""
    places = homes.group_by(_LEVELS, maintain_order=True).agg(homes=pl.len().cast(pl.Int64))
    rows = list(places.select(_LEVELS).iter_rows())
    split = _split(rows)
    smallest = pl.Series([_chain(place, split)[0] for place in rows], dtype=pl.String)
    fallback = "neighbourhood:" + pl.col("neighbourhood") if level == "district" else smallest
    return places.with_columns(area=pl.coalesce(level + ":" + pl.col(level), fallback))


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
    split = _split(places)
    links = {link for place in places for link in _links(place, split)}
    # Besides all, these are the complexes and entrances that lie in more than one neighbourhood.
    tops = {parent for _, parent in links} - {code for code, _ in links} | {ALL}
    return pl.DataFrame(
        sorted({*((top, None) for top in tops), *links}, key=str),
        schema={"code": pl.String, "parent": pl.String},
        orient="row",
    )


def _named(level: str, code: str | None) -> str | None:
    return None if code is None else f"{level}:{code}"


def _split(places: Iterable[Home]) -> frozenset[str]:
    """The complexes and entrances that lie in more than one neighbourhood."""
    areas: dict[str | None, set[str]] = {}
    for _, area, block, entrance in places:
        for code in (_named("complex", block), _named("entrance", entrance)):
            areas.setdefault(code, set()).add(area)
    return frozenset(code for code, own in areas.items() if code and len(own) > 1)


def _chain(place: Home, split: frozenset[str]) -> list[str]:
    """What a home is part of below its neighbourhood, from small to large."""
    _, area, block, entrance = place
    finer = [code for code in (_named("entrance", entrance), _named("complex", block)) if code]
    whole = bool(entrance) and finer[0] not in split
    smallest = finer[0] if whole else f"{(*finer, 'no complex')[0]}, rest in {area}"
    return list(dict.fromkeys([smallest, *finer]))


def _links(place: Home, split: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is part of what, from the smallest unit of a home up."""
    district, area, _, _ = place
    neighbourhood = f"neighbourhood:{area}"
    yield neighbourhood, _named("district", district) or ALL
    if district:
        yield f"district:{district}", ALL
    chain = _chain(place, split)
    yield from pairwise(chain)
    # What is split over neighbourhoods is no part of one; the largest thing below it that lies in one is.
    yield [code for code in chain if code not in split][-1], neighbourhood
