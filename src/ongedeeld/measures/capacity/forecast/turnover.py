"""Re-lettings of the years behind: how often homes came free and by which route they were let."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError

LOOK_BACK_YEARS = 3
NOT_KNOWN_ROUTE = "not_known"
_YEAR_DAYS = 365.25


@dataclass(frozen=True, eq=False)
class Turnover:
    """What was re-let.

    Parameters
    ----------
    since, until
        The days between which is counted.
    units
        A row per `unit`: `area` (its neighbourhood), `homes` and `home_years`.
    lettings
        A row per `unit` and `route`: `seen`. A pair without a row had none.
    """

    since: date
    until: date
    units: pl.DataFrame
    lettings: pl.DataFrame

    @property
    def routes(self) -> list[str]:
        """The routes by which homes were re-let."""
        return self.lettings["route"].unique().sort().to_list()

    def seen(self, route: str | None = None) -> pl.Series:
        """The re-lettings of every unit by a route, or by all."""
        chosen = self.lettings if route is None else self.lettings.filter(pl.col("route") == route)
        counted = chosen.group_by("unit").agg(pl.col("seen").sum())
        return self.units.join(counted, on="unit", how="left", maintain_order="left")["seen"].fill_null(0)


def turnover(city: City, today: date, level: str, years: int = LOOK_BACK_YEARS) -> Turnover:
    """The re-lettings of the homes of the association.

    A letting counts when it starts within the years behind and is not the first of a new home: re-lettings of
    existing homes are what turnover is about. The count ends where the register does.

    Parameters
    ----------
    city
        With `dwellings` and `tenancies`.
    today
        The day from which is looked back.
    level
        `complex` or `neighbourhood`.
    years
        How many years to look back.

    Raises
    ------
    AbsentError
        When the stock was drawn, or holds no tenancies or no homes of the association in this level.
    """
    purpose = N_("expected lettings")
    homes = _homes(city.own_stock("dwellings", purpose), level)
    tenancies = city.own_stock("tenancies", purpose)
    if tenancies.is_empty() or homes.is_empty():
        raise AbsentError(
            N_("this City has no homes of the association with tenancies: lettings cannot be expected"),
            remedy=N_("give them with --dwellings and --tenancies"),
        )
    until = min(today, register_end(city) or today)
    since = months_later(until, -12 * years)
    return Turnover(since, until, _exposure(homes, since, until), _lettings(tenancies, homes, since, until))


def register_end(city: City) -> date | None:
    """The last day on which a tenancy is known to have started or ended; none without tenancies."""
    if not city.has("tenancies"):
        return None
    tenancies = city.table("tenancies")
    days = pl.concat([tenancies["start"], tenancies["end"]]).drop_nulls().to_list()
    return max(days, default=None)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the 28th after it.

    >>> months_later(date(2026, 11, 22), 24)
    datetime.date(2028, 11, 22)
    """
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def months_between(start: date, end: date) -> int:
    """How many months lie between two days, as the calendar counts them.

    >>> months_between(date(2024, 1, 1), date(2026, 1, 1))
    24
    """
    return 12 * (end.year - start.year) + end.month - start.month


def _homes(dwellings: pl.DataFrame, level: str) -> pl.DataFrame:
    unit = pl.col("complex" if level == "complex" else "area")
    of_association = pl.col("tenure").fill_null("association") == "association"
    return dwellings.filter(of_association & unit.is_not_null()).select(
        "dwelling", "area", "build_year", unit=unit
    )


def _exposure(homes: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    """Home-years since the home was there: those of a new one count from the year after it was built."""
    ready = pl.date(pl.col("build_year") + 1, 1, 1).fill_null(since).clip(since, until)
    years = (pl.lit(until) - ready).dt.total_days() / _YEAR_DAYS
    return (
        homes.with_columns(years=years)
        .group_by("unit")
        .agg(area=pl.col("area").mode().sort().first(), homes=pl.len(), home_years=pl.col("years").sum())
        .sort("unit")
    )


def _lettings(tenancies: pl.DataFrame, homes: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    first = pl.col("start") == pl.col("start").min().over("dwelling")
    new = first & (pl.col("build_year").fill_null(0) >= pl.col("start").dt.year() - 1)
    return (
        tenancies.join(homes, on="dwelling")
        .filter(pl.col("start").is_between(since, until, closed="right") & ~new)
        .group_by("unit", route=pl.col("route").fill_null(NOT_KNOWN_ROUTE))
        .agg(seen=pl.len().cast(pl.Int64))
        .sort("unit", "route")
    )
