"""Counts of a City by area and group, for one of the sets of groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError, Marked
from ongedeeld.measures.notes import Listed, Note, note
from ongedeeld.measures.undividedness.counts import Counts, counts_of
from ongedeeld.measures.undividedness.group_sets import (
    GROUP_SETS,
    SCALES,
    GroupSet,
    Scale,
    day_in_words,
    level_in_words,
)
from ongedeeld.measures.undividedness.shares import REST
from ongedeeld.vocabulary import INDICATORS, TABLES, Both, Quantity

HOUSEHOLD_SIZES = {"one_person": (1, 1), "two_people": (2, 2), "three_four": (3, 4), "five_or_more": (5, 20)}

MISSING_AREAS = N_("Areas left out, as a figure that is needed is missing there: {areas}.")
WHOLE_PERCENTS = 0.01
ROUNDED_REST = N_(
    "Areas where the parts are more than the whole, by rounding, so that the rest counts as 0: {areas}."
)
UNKNOWN_TENANCIES = N_("Tenancies left out, as their {column} or their {scale} is not known: {tenancies}.")
_PURPOSE = N_("who lives in which complex or entrance")


@dataclass(frozen=True, eq=False)
class GroupCounts:
    """Counts of a City for one set of groups.

    `table` has the column `unit` (codes of areas, or numbers of complexes or entrances) and a column per
    group; `names` what people call the units and `parents` the larger unit of each at every larger level
    that is known of all, from large to small, both in the same order. `rounded_to` is the unit of published
    counts, and `share_unit` that of published shares, where counts were made from those. `left_out` is how
    many tenancies are not counted, as their group or their unit is not known.
    """

    groups: GroupSet
    scale: Scale
    period: date
    table: pl.DataFrame
    names: pl.Series
    parents: pl.DataFrame
    rounded_to: int
    share_unit: float
    notes: tuple[Note, ...]
    left_out: int = 0

    @property
    def counts(self) -> Counts:
        """The counts for the measures, with how they were published."""
        # Groups of one set may be rounded to different units, of which the largest is taken for all.
        counts = replace(counts_of(self.table), rounded_to=self.rounded_to)
        if not self.share_unit:
            return counts
        return replace(counts, share_unit=self.share_unit, rest=REST if self.groups.rest else None)


def periods_of(city: City, groups: GroupSet, scale: Scale) -> list[date]:
    """The dates at which published figures tell of these groups, in order; for tenants only the last."""
    if groups.column is not None:
        return [day] if (day := _last_day(city)) else []
    needed = _needed(groups)
    figures = _of_level(city, scale).drop_nulls("value").filter(pl.col("indicator").is_in(list(needed)))
    known = figures.group_by("period").agg(pl.col("indicator").n_unique())
    return known.filter(pl.col("indicator") == len(needed))["period"].sort().to_list()


def counts_by_group(city: City, groups: GroupSet, scale: Scale, period: date | None = None) -> GroupCounts:
    """The numbers of a set of groups in every area, complex or entrance.

    Parameters
    ----------
    city
        With published figures (KWB), or with its own `tenancies` and `dwellings` for groups of tenants.
    groups
        One of `GROUP_SETS`.
    scale
        `district`, `neighbourhood`, `complex` or `entrance`.
    period
        A reference date of the figures, or a day for tenancies; by default the last that is known.

    Returns
    -------
    GroupCounts
        Areas of which a figure is missing are left out and noted: missing is never zero.

    Raises
    ------
    InputError
        When these groups are not known at this scale.
    AbsentError
        When the City has no figures or tenancies, or its stock was drawn.
    """
    if scale not in groups.scales:
        by_tenant = [each.name for each in GROUP_SETS.values() if scale in each.scales]
        raise InputError(
            N_("{group} is not known by {scale}"),
            expected=N_("one of: {known}"),
            remedy=N_("by {scale} these groups are known: {groups}") if by_tenant else "",
            group=groups.name,
            scale=level_in_words(scale),
            known=", ".join(groups.scales),
            groups=", ".join(by_tenant),
        )
    return (_published if groups.column is None else _of_tenants)(city, groups, scale, period)


def _needed(groups: GroupSet) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*groups.groups.values(), *groups.of)))


def _of_level(city: City, scale: Scale) -> pl.DataFrame:
    areas = city.table("areas").filter(pl.col("level") == scale).select(area="code")
    return city.table("indicators").join(areas, on="area", how="semi")


def _published(city: City, groups: GroupSet, scale: Scale, period: date | None) -> GroupCounts:
    then = _known_period(city, groups, scale, period)
    told = _figures(city, groups, scale, then)
    everybody = pl.sum_horizontal(*groups.of) if groups.of else pl.lit(0.0)
    shares = any(INDICATORS[name].unit == "share" for name in groups.groups.values())
    parts = {
        name: (pl.col(held) * everybody).round() if INDICATORS[held].unit == "share" else pl.col(held)
        for name, held in groups.groups.items()
    }
    table = told.select(unit="area", **parts, whole=everybody)
    left = pl.col("whole") - pl.sum_horizontal(*groups.groups)
    said = list(groups.notes)
    if absent := _areas_of(city, scale) - told.height:
        said.append(note(MISSING_AREAS, areas=Quantity(absent)))
    if groups.rest:
        if below := int(table.select((left < 0).sum()).item()):
            said.append(note(ROUNDED_REST, areas=below))
        table = table.with_columns(rest=left.clip(0))
    rounded = 1 if shares else max(INDICATORS[name].rounded_to or 1 for name in _needed(groups))
    whole = table.select("unit", *(pl.col(name).round().cast(pl.Int64) for name in groups.names))
    unit = WHOLE_PERCENTS if shares else 0.0
    return _placed(city, groups, scale, then, whole, said, rounded_to=rounded, share_unit=unit)


def _known_period(city: City, groups: GroupSet, scale: Scale, period: date | None) -> date:
    """The period that is asked, or else the newest that is known."""
    known = periods_of(city, groups, scale)
    if not known:
        raise AbsentError(
            N_("this City has no figures on {group} by {scale}"),
            expected=N_("figures of: {indicators}"),
            remedy=N_("build it with the key figures of CBS (KWB)"),
            group=Marked(groups.title),
            scale=level_in_words(scale),
            indicators=", ".join(_needed(groups)),
        )
    if period is not None and period not in known:
        raise AbsentError(
            N_("this City has no figures on {group} by {scale} of {period}"),
            expected=N_("one of: {known}"),
            group=Marked(groups.title),
            scale=level_in_words(scale),
            period=day_in_words(period),
            known=Listed(tuple(day_in_words(day) for day in known)),
        )
    return period or known[-1]


def _figures(city: City, groups: GroupSet, scale: Scale, period: date) -> pl.DataFrame:
    """A row for each area of which all figures are known, with a column per indicator."""
    asked = (pl.col("period") == period) & pl.col("indicator").is_in(list(_needed(groups)))
    wide = _of_level(city, scale).filter(asked).pivot("indicator", index="area", values="value")
    return wide.sort("area").drop_nulls()


def _areas_of(city: City, scale: Scale) -> int:
    return int((city.table("areas")["level"] == scale).sum())


def _last_day(city: City) -> date | None:
    tenancies = city.own_stock("tenancies", _PURPOSE)
    last = pl.concat([tenancies["start"], tenancies["end"]]).max()
    return last if isinstance(last, date) else None


def _of_tenants(city: City, groups: GroupSet, scale: Scale, period: date | None) -> GroupCounts:
    then = period or _last_day(city)
    homes = city.own_stock("dwellings", _PURPOSE)
    if then is None or homes.is_empty():
        raise AbsentError(
            N_("this City has no homes and tenancies of its own"),
            remedy=N_("give them with --dwellings and --tenancies"),
        )
    held = tenancies_held(city, groups, then).select("group", unit=scale)
    told = held.drop_nulls()
    said = list(groups.notes)
    if absent := held.height - told.height:
        said.append(
            note(
                UNKNOWN_TENANCIES,
                tenancies=Quantity(absent),
                column=_column_in_words(groups),
                scale=level_in_words(scale),
            )
        )
    columns = [(pl.col("group") == name).sum().cast(pl.Int64).alias(name) for name in groups.groups]
    table = told.group_by("unit").agg(columns).sort("unit")
    if table.is_empty():
        raise AbsentError(
            N_("no tenancy of this City has both a {scale} and {column} on {day}"),
            remedy=N_("add {column} to the tenancies and {scale} to the homes, or ask another day"),
            scale=level_in_words(scale),
            column=_column_in_words(groups),
            day=day_in_words(then),
        )
    return replace(_placed(city, groups, scale, then, table, said), left_out=absent)


def _column_in_words(groups: GroupSet) -> Both | str:
    known = {column.name: column for column in TABLES["tenancies"].columns}
    column = known.get(groups.column or "")
    return Both(column.label_nl, column.label_en) if column else groups.name


def tenancies_held(city: City, groups: GroupSet, day: date) -> pl.DataFrame:
    """Every tenancy that runs on a day, by where its home is and by its group.

    Parameters
    ----------
    city
        With tenancies and homes of its own.
    groups
        A set of groups of tenants.
    day
        Tenancies run from their first day to their last, that day included.

    Returns
    -------
    pl.DataFrame
        `district`, `neighbourhood`, `complex`, `entrance` and `group`, each empty where it is not known.

    Raises
    ------
    AbsentError
        When the stock of the City was drawn.
    """
    homes = city.own_stock("dwellings", _PURPOSE)
    running = (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") >= day))
    return (
        city.table("tenancies")
        .filter(running)
        .join(homes.select("dwelling", "area", "complex", "entrance"), on="dwelling")
        .join(_area_parents(city), on="area", how="left")
        .select("district", "complex", "entrance", neighbourhood="area", group=_group_of(groups))
    )


def _group_of(groups: GroupSet) -> pl.Expr:
    if groups.name != "household_size":
        return pl.col(groups.column or "")
    size = pl.col("household_size")
    classes = [
        pl.when(size.is_between(*bounds)).then(pl.lit(name)) for name, bounds in HOUSEHOLD_SIZES.items()
    ]
    return pl.coalesce(classes)


def _area_parents(city: City) -> pl.DataFrame:
    return city.table("areas").select(area="code", district="parent")


def _placed(
    city: City,
    groups: GroupSet,
    scale: Scale,
    period: date,
    table: pl.DataFrame,
    said: list[Note],
    *,
    rounded_to: int = 1,
    share_unit: float = 0.0,
) -> GroupCounts:
    """The counts with the names of their units and the larger units they are part of."""
    units = table.select("unit").join(_units(city, scale), on="unit", how="left", maintain_order="left")
    larger = [level for level in SCALES[: SCALES.index(scale)] if level in units.columns]
    known = [level for level in larger if not units[level].null_count()]
    names = units["name"].fill_null(units["unit"])
    parents = units.select(known)
    return GroupCounts(groups, scale, period, table, names, parents, rounded_to, share_unit, tuple(said))


def _units(city: City, scale: Scale) -> pl.DataFrame:
    areas = city.table("areas")
    if scale == "district":
        return areas.select("name", unit="code")
    if scale == "neighbourhood":
        return areas.select("name", unit="code", district="parent")
    join = partial(pl.DataFrame.join, on="area", how="left")
    complexes = city.table("complexes").select("name", unit="complex", area="area")
    of_complex = join(complexes, _area_parents(city)).rename({"area": "neighbourhood"})
    if scale == "complex":
        return of_complex
    entrances = city.table("entrances").select("name", "complex", unit="entrance")
    return entrances.join(
        of_complex.drop("name"), left_on="complex", right_on="unit", how="left", maintain_order="left"
    )
