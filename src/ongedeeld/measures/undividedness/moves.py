"""The numbers that come, leave and change per place, from tenancies or from counts per complex."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl

from ongedeeld.errors import N_, InputError

AGES = {
    "under_23": (18.0, 23.0),
    "23_34": (23.0, 35.0),
    "35_54": (35.0, 55.0),
    "55_66": (55.0, 67.0),
    "67_and_over": (67.0, 110.0),
}
# Nobody is taken to be older: such a tenancy goes on in the name of somebody of whom nothing is known.
OLDEST = 110.0
_DAYS_A_YEAR = 365.2425
_SUPPORT = {
    "support_in": "group_in",
    "support_out": "group_out",
    "support_started": "started",
    "support_ended": "ended",
}


def flows_from_tenancies(
    tenancies: pl.DataFrame,
    dwellings: pl.DataFrame,
    *,
    start: date,
    end: date,
    group: pl.Expr | None = None,
    ages: Collection[str] | None = None,
    by: str = "complex",
    removed: Collection[str] = (),
) -> pl.DataFrame:
    """Flows per place between two dates, from the tables `tenancies` and `dwellings` of a City.

    A tenancy counts on a date from its first day to its last, that day included, as in `counts_by_group`.
    Ended tenancies in `removed` dwellings and first tenancies of dwellings built since the year of `start`
    are stock; other beginnings and ends are inflow and outflow.

    Parameters
    ----------
    tenancies, dwellings
        As in a City.
    start, end
        The dates between which shares are compared.
    group
        An expression over the columns of `tenancies` that tells who belongs to the group, for life of the
        tenancy: a route or household size at the start.
    ages
        Instead of `group`: age classes, which tenants grow out of. Only the class at the start of the tenancy
        is known, so ages are taken to be spread evenly within it, and a tenant counts for the part that is
        likely in the classes asked. The truth lies further from that for a single tenancy than for many: of
        a class of twelve years, up to a whole tenant at either side. Nobody is taken to be older than 110;
        a tenant who would have to be is somebody of whom the age is not known.
    by
        The column of `dwellings` with the place.
    removed
        Dwellings that were demolished or sold in between.

    Returns
    -------
    pl.DataFrame
        For :func:`decompose_flows`. Tenancies of which the group is unknown do not count at all.

    Raises
    ------
    InputError
        When dates, group or place are not as expected, or a tenancy's dwelling is not in `dwellings`.

    Examples
    --------
    >>> homes = pl.DataFrame({"dwelling": ["1"], "complex": ["A"], "build_year": [1970]})
    >>> let = {"dwelling": "1", "start": date(2020, 1, 1), "end": None, "route": "mediated"}
    >>> lets = pl.DataFrame([let], schema_overrides={"end": pl.Date})
    >>> flows_from_tenancies(lets, homes, start=date(2019, 1, 1), end=date(2021, 1, 1),
    ...     group=pl.col("route") == "mediated")["group_in"].to_list()
    [1.0]
    """
    _check_asked(start, end, group, ages)
    placed = _with_dwellings(tenancies, dwellings, by)
    rows = _at_the_dates(placed, start, end).with_columns(
        member_first=_membership(group, ages, pl.max_horizontal(pl.col("start"), pl.lit(start))),
        member_last=_membership(group, ages, pl.min_horizontal(pl.col("last"), pl.lit(end))),
        new=pl.col("came")
        & pl.col("first_of_dwelling")
        & (pl.col("build_year") >= start.year).fill_null(value=False),
        gone=pl.col("went") & pl.col("dwelling").is_in(list(removed)),
    )
    return _summed(rows.drop_nulls(["member_first", "member_last"]))


def _check_asked(start: date, end: date, group: pl.Expr | None, ages: Collection[str] | None) -> None:
    _check_order(start, end)
    if (group is None) == (ages is None):
        raise InputError(N_("the group is not clear"), expected=N_("either an expression or age classes"))
    if unknown := sorted(set(ages or ()) - set(AGES)):
        raise InputError(
            N_("there is no age class {unknown}"),
            expected=N_("one of {known}"),
            unknown=", ".join(unknown),
            known=", ".join(AGES),
        )


def _check_order(start: date, end: date) -> None:
    if end <= start:
        raise InputError(
            N_("{end} is not after {start}"),
            expected=N_("a later date to compare with"),
            start=start,
            end=end,
        )


def _at_the_dates(rows: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """The tenancies that ran at the first date or came later, and which came and went in between."""
    dated = rows.with_columns(
        last=pl.col("end").fill_null(date.max),
        first_of_dwelling=pl.col("start") == pl.col("start").min().over("dwelling"),
    )
    return dated.with_columns(
        at_start=(pl.col("start") <= start) & (pl.col("last") >= start),
        at_end=(pl.col("start") <= end) & (pl.col("last") >= end),
        came=(pl.col("start") > start) & (pl.col("start") <= end),
        went=(pl.col("last") >= start) & (pl.col("last") < end),
    ).filter(pl.any_horizontal("at_start", "came"))


def _with_dwellings(tenancies: pl.DataFrame, dwellings: pl.DataFrame, by: str) -> pl.DataFrame:
    for name, frame, columns in (
        ("tenancies", tenancies, ("dwelling", "start", "end")),
        ("dwellings", dwellings, ("dwelling", by, "build_year")),
    ):
        if absent := [column for column in columns if column not in frame.columns]:
            raise InputError(
                N_("table {table} has no column {columns}"),
                expected=N_("the columns of the table as in a City"),
                table=name,
                columns=", ".join(absent),
            )
    homes = dwellings.select("dwelling", "build_year", place=pl.col(by).cast(pl.String))
    lost = tenancies.join(homes, on="dwelling", how="anti")["dwelling"]
    if len(lost):
        raise InputError(
            N_("tenancies name {count} dwellings that are not in the table dwellings, such as {dwelling}"),
            expected=N_(
                "every dwelling of a tenancy in the table dwellings, also those that were demolished or sold"
            ),
            count=lost.n_unique(),
            dwelling=lost[0],
        )
    return tenancies.drop("place", "build_year", strict=False).join(homes, on="dwelling").drop_nulls("place")


def _membership(group: pl.Expr | None, ages: Collection[str] | None, on: pl.Expr) -> pl.Expr:
    """How far a tenancy belongs to the group on a date, 0 to 1; null where that is unknown."""
    if group is not None:
        return group.cast(pl.Float64)
    years = (on - pl.col("start")).dt.total_days() / _DAYS_A_YEAR
    whole = pl.lit(None, pl.Float64)
    for known, (youngest, oldest) in AGES.items():
        part = pl.lit(0.0)
        eldest = pl.min_horizontal(years + oldest, pl.lit(OLDEST))
        for asked in ages or ():
            low, high = AGES[asked]
            overlap = pl.min_horizontal(eldest, pl.lit(high)) - pl.max_horizontal(
                years + youngest, pl.lit(low)
            )
            part = part + pl.max_horizontal(overlap, pl.lit(0.0)) / (eldest - years - youngest)
        alive = (pl.col("age_class") == known) & (years + youngest <= OLDEST)
        whole = pl.when(alive).then(part).otherwise(whole)
    return whole


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    first, last = pl.col("member_first"), pl.col("member_last")

    def members(who: pl.Expr, member: pl.Expr) -> pl.Expr:
        return pl.when(who).then(member).otherwise(0.0).sum()

    def homes(who: pl.Expr) -> pl.Expr:
        return who.sum().cast(pl.Float64)

    came, went, new, gone = (pl.col(name) for name in ("came", "went", "new", "gone"))
    return (
        rows.group_by("place")
        .agg(
            group_start=members(pl.col("at_start"), first),
            all_start=homes(pl.col("at_start")),
            group_in=members(came & ~new, first),
            all_in=homes(came & ~new),
            group_out=members(went & ~gone, last),
            all_out=homes(went & ~gone),
            group_changed=(last - first).sum(),
            group_built=members(new, first),
            all_built=homes(new),
            group_removed=members(gone, last),
            all_removed=homes(gone),
            group_end=members(pl.col("at_end"), last),
            all_end=homes(pl.col("at_end")),
        )
        .sort("place")
    )


def flows_from_observations(
    observations: pl.DataFrame, homes: pl.DataFrame, *, start: date, end: date
) -> pl.DataFrame:
    """Flows of households with support per complex between two dates, from `observations` of a City.

    `support_present` of the period that begins at a date is the number on that date; `support_in`,
    `support_out`, `support_started` and `support_ended` add up over the periods from `start` to before `end`.
    Shares are of homes, so a letting itself changes no number of homes.

    Parameters
    ----------
    observations
        As in a City. A count that is missing or suppressed leaves the complex without a split: missing is
        never zero.
    homes
        Number of homes per complex at the two dates: columns `complex`, `start` and `end`; equal where
        nothing was built, demolished or sold.
    start, end
        First days of periods in `observations`.

    Returns
    -------
    pl.DataFrame
        For :func:`decompose_flows`.

    Raises
    ------
    InputError
        When a date is not the start of a period with `support_present`.
    """
    _check_order(start, end)
    present = observations.filter(pl.col("observation") == "support_present")
    for day in (start, end):
        if not (present["period"] == day).any():
            raise InputError(
                N_("no complex has support_present in the period from {day}"),
                expected=N_("one of {periods}"),
                day=day,
                periods=", ".join(str(known) for known in present["period"].unique().sort().to_list()) or "-",
            )
    between = observations.filter((pl.col("period") >= start) & (pl.col("period") < end))
    periods = between.filter(pl.col("observation").is_in(list(_SUPPORT)))["period"].n_unique()
    table = homes.select(place=pl.col("complex").cast(pl.String), all_start="start", all_end="end")
    for name, day in (("group_start", start), ("group_end", end)):
        table = table.join(_counted(present.filter(pl.col("period") == day), 1, name), on="place", how="left")
    for observation, name in _SUPPORT.items():
        counts = _counted(between.filter(pl.col("observation") == observation), periods, name)
        table = table.join(counts, on="place", how="left")
    grown = pl.col("all_end").cast(pl.Float64) - pl.col("all_start").cast(pl.Float64)
    return table.select(
        "place",
        "group_start",
        "all_start",
        "group_in",
        "group_out",
        "group_end",
        "all_end",
        group_changed=pl.col("started") - pl.col("ended"),
        all_built=grown.clip(lower_bound=0.0),
        all_removed=(-grown).clip(lower_bound=0.0),
    ).sort("place")


def _counted(rows: pl.DataFrame, periods: int, name: str) -> pl.DataFrame:
    """The sum per complex, null unless every period is known."""
    known = (pl.col("count").null_count() == 0) & (pl.col("period").n_unique() == periods)
    return rows.group_by(place=pl.col("complex").cast(pl.String)).agg(
        pl.when(known).then(pl.col("count").sum()).cast(pl.Float64).alias(name)
    )
