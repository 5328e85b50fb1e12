"""Figures from counts per complex and quarter or year: turnover, reactions, arrears, support, nuisance."""

from __future__ import annotations

from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, InputError
from ongedeeld.measures.capacity._grouping import Grouping, Period, covered, named, nothing, year_to


def of_observations(city: City, grouping: Grouping, day: date) -> pl.DataFrame:
    """Turnover, reactions, arrears, support, nuisance and evictions.

    Raises
    ------
    InputError
        When an observation is recorded by quarter of some complexes and by year of others, or when more
        households are counted than a complex has homes.
    """
    counted = _counted(city, day)
    recorded = counted.drop_nulls("count")
    if recorded.is_empty():
        return nothing()
    window = year_to(recorded.select(_last_day().max()).item())
    counted = counted.filter(_last_day() >= window.start).join(grouping.complexes, on="complex")
    _refuse_years_among_quarters(counted)
    parts = [
        _flow(counted, grouping, "turnover", "vacancies"),
        _flow(counted, grouping, "evictions", "evictions"),
        _reactions(counted, grouping),
        _state(counted, grouping, "arrears", "arrears_households"),
        _state(counted, grouping, "support", "support_present"),
        _state(counted, grouping, "nuisance_households", "nuisance_households"),
        _state(counted, grouping, "nuisance_cases", "nuisance_open"),
    ]
    return _with_clump(pl.concat([nothing(), *parts], how="diagonal_relaxed"))


def _last_day() -> pl.Expr:
    months = pl.format("{}mo", pl.col("months"))
    return pl.col("period").dt.offset_by(months).dt.offset_by("-1d")


def _counted(city: City, day: date) -> pl.DataFrame:
    """Counts by complex and period of twelve months at most, all reasons together, ended on the day."""
    table = (
        city.table("observations")
        .group_by("complex", "observation", "period")
        .agg(count=pl.when(pl.col("count").is_not_null().all()).then(pl.col("count").sum()))
    )
    quarterly = table.group_by("observation").agg(
        months=pl.when((pl.col("period").dt.month() > 1).any()).then(3).otherwise(12)
    )
    return table.join(quarterly, on="observation").filter(_last_day() < day)


def _refuse_years_among_quarters(table: pl.DataFrame) -> None:
    """A complex with January alone, where others have the quarters of that year, is counted by year."""
    by_year = table.filter(pl.col("months") == 3).with_columns(year=pl.col("period").dt.year())
    key = ("complex", "observation", "year")
    months = by_year.group_by(key).agg(last=pl.col("period").dt.month().max())
    latest = months.with_columns(whole=pl.col("last").max().over("observation", "year"))
    mixed = latest.filter((pl.col("last") == 1) & (pl.col("whole") > 1)).sort(key)
    if len(mixed):
        raise InputError(
            N_("{observation} of {year} is counted by year of complex {complex} and by quarter of others"),
            expected=N_(
                "one length of period for all complexes; an unknown quarter as a row without a count"
            ),
            remedy=N_("give quarters of all complexes, or years of all"),
            observation=mixed["observation"][0],
            year=mixed["year"][0],
            complex=mixed["complex"][0],
        )


def _flow(counted: pl.DataFrame, grouping: Grouping, indicator: str, observation: str) -> pl.DataFrame:
    """Events in the year before, over home-years of the periods that are known.

    A complex of which one quarter of four is known covers a quarter of its homes.
    """
    known = counted.filter(pl.col("observation") == observation).drop_nulls("count")
    if known.is_empty():
        return nothing()
    period = _period(known)
    home_months = (pl.col("homes") * pl.col("months")).sum()
    summed = known.group_by("unit").agg(
        pl.col("count").sum(), exposure=home_months / 12.0, homes=home_months / _months(period)
    )
    return named(covered(summed, grouping), indicator, period)


def _period(known: pl.DataFrame) -> Period:
    return Period(*known.select(pl.col("period").min(), _last_day().max().alias("end")).row(0))


def _months(period: Period) -> int:
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1


def _reactions(counted: pl.DataFrame, grouping: Grouping) -> pl.DataFrame:
    """Reactions to a vacancy, of the periods in which both are known.

    Reactions come in crowds, so that their number is no Poisson count: how far vacancies differ is told by
    that of periods, ``s² = Σ v (r / v - m)² / (q - 1)`` of r reactions to v vacancies in each of q periods.
    """
    key = ["complex", "unit", "homes", "period", "months"]
    vacancies = counted.filter(pl.col("observation") == "vacancies").select(*key, vacancies="count")
    reactions = counted.filter(pl.col("observation") == "reactions").select(*key, reactions="count")
    both = reactions.join(vacancies, on=key).drop_nulls().filter(pl.col("vacancies") > 0)
    if both.is_empty():
        return nothing()
    number, each = pl.col("vacancies"), pl.col("reactions") / pl.col("vacancies")
    squares = (number * (each - pl.col("reactions").sum() / number.sum()) ** 2).sum()
    summed = both.group_by("unit").agg(
        mean=pl.col("reactions").sum() / number.sum(),
        spread=pl.when(pl.len() > 1).then((squares / (pl.len() - 1)).sqrt()),
        answers=number.sum(),
    )
    period = _period(both)
    covered_by = _reacted_to(vacancies, both, grouping, period)
    return named(summed.join(covered_by, on="unit"), "reactions", period)


def _reacted_to(
    vacancies: pl.DataFrame, both: pl.DataFrame, grouping: Grouping, period: Period
) -> pl.DataFrame:
    """The share of homes and months with a figure; where no home came free there was nothing to react to."""
    within = pl.col("period").is_between(period.start, period.end)
    quiet = vacancies.filter(within & (pl.col("vacancies") == 0))
    asked = pl.col("homes") * (_months(period) - pl.col("quiet").fill_null(0))
    told = pl.col("homes") * pl.col("told").fill_null(0)
    return (
        grouping.complexes.join(
            quiet.group_by("complex").agg(quiet=pl.col("months").sum()), on="complex", how="left"
        )
        .join(both.group_by("complex").agg(told=pl.col("months").sum()), on="complex", how="left")
        .group_by("unit")
        .agg(coverage=told.sum() / asked.sum())
    )


def _state(counted: pl.DataFrame, grouping: Grouping, indicator: str, observation: str) -> pl.DataFrame:
    """A count at the last period with any, over the homes of the complexes counted."""
    known = counted.filter(pl.col("observation") == observation).drop_nulls("count")
    if known.is_empty():
        return nothing()
    latest = known.filter(pl.col("period") == pl.col("period").max())
    if indicator != "nuisance_cases":
        _refuse_more_than_homes(latest, observation)
    summed = latest.group_by("unit").agg(pl.col("count", "homes").sum(), exposure=pl.col("homes").sum())
    return named(covered(summed, grouping), indicator, _period(latest))


def _with_clump(figures: pl.DataFrame) -> pl.DataFrame:
    """With how many cases a household has in the whole stock: cases come together, households one by one."""
    cases, households = (
        figures.filter(pl.col("indicator") == name).select("unit", "count")
        for name in ("nuisance_cases", "nuisance_households")
    )
    both = cases.join(households, on="unit", suffix="_households")
    total, of = (float(both[name].sum()) for name in ("count", "count_households"))
    clump = max(1.0, total / of) if of else 1.0
    is_cases = pl.col("indicator") == "nuisance_cases"
    return figures.with_columns(clump=pl.when(is_cases).then(pl.lit(clump)))


def _refuse_more_than_homes(latest: pl.DataFrame, observation: str) -> None:
    over = latest.filter(pl.col("count") > pl.col("homes")).sort("complex")
    if len(over):
        raise InputError(
            N_("complex {complex} has {count} of {observation} and {homes} homes"),
            expected=N_("at most as many households as homes"),
            remedy=N_("correct the count, or give all dwellings of the complex"),
            complex=over["complex"][0],
            count=over["count"][0],
            observation=observation,
            homes=over["homes"][0],
        )
