"""Pressure: the lettings that may be expected, by route, beside what a place bears already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import polars as pl
from scipy import stats

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError, InputError
from ongedeeld.measures.capacity.forecast._mixed import Floats
from ongedeeld.measures.capacity.forecast.contingents import Contingent
from ongedeeld.measures.capacity.forecast.turnover import Turnover, months_between, months_later, turnover
from ongedeeld.measures.capacity.shrinkage import shrink_rates
from ongedeeld.measures.notes import Note, note
from ongedeeld.vocabulary.spoken import Day, Quantity

ALL = "all"
MONTHS, SURE = 24, 0.8
MOST_MONTHS = 120

ORDINARY = N_(
    "Most trouble comes in through ordinary letting and shows only later: pressure is about numbers of "
    "lettings, not about who rents."
)
FROM_TURNOVER = N_(
    "Expected lettings follow from re-lettings between {since} and {until}, pulled to the whole stock where "
    "homes are few."
)
REGISTER_ENDS = N_(
    "The register of tenancies ends on {until}, {months} months before the day asked ({today}): what was let "
    "since is not in it."
)
AGREED = N_("Agreed lettings come from: {sources}. They are part of what comes free, not on top of it.")
TOO_MANY = N_("{units} units: more lettings are agreed than are expected to come free.")
NO_BALANCE = N_("What these places bear already is not given here; read it from the card.")


@dataclass(frozen=True, eq=False)
class Pressure:
    """Expected lettings of every unit.

    Parameters
    ----------
    unit_level
        complex or neighbourhood.
    start, end
        The months ahead.
    sure
        How sure the intervals are.
    table
        A row per `unit` and `route` (`all` for all routes together): `outcome` (known, not_known), `homes`,
        `seen` (re-lettings in the years behind), `expected`, `low`, `high` (lettings in the months ahead) and
        `agreed` (null without an agreement).
    balance
        The table of balances that was given, for the same units; none where none was.
    turnover
        What it was told from.
    notes
        How to read it.
    records
        The evidence records that the words lean on.
    """

    unit_level: str
    start: date
    end: date
    sure: float
    table: pl.DataFrame
    balance: pl.DataFrame | None
    turnover: Turnover
    notes: tuple[Note, ...]
    records: tuple[str, ...] = ("ordinary_letting",)

    def of(self, unit: str, route: str = ALL) -> dict[str, object]:
        """The row of a unit and route.

        Raises
        ------
        AbsentError
            When the unit has no homes here, or the route no lettings.
        """
        rows = self.table.filter((pl.col("unit") == unit) & (pl.col("route") == route))
        if rows.is_empty():
            raise AbsentError(
                N_("{unit} is not a {level} with homes of the association, or has no route {route}"),
                remedy=N_("look it up with: ongedeeld areas DIR TEXT"),
                unit=unit,
                level=self.unit_level,
                route=route,
            )
        return rows.row(0, named=True)


def pressure(
    city: City,
    today: date,
    *,
    contingents: Sequence[Contingent] = (),
    balance: pl.DataFrame | None = None,
    level: Literal["complex", "neighbourhood"] = "complex",
    months: int = MONTHS,
    sure: float = SURE,
) -> Pressure:
    """The lettings to expect in the months ahead, by route.

    A unit's re-lettings by a route are Poisson with a rate of its own, shrunk to the stock
    (:func:`~ongedeeld.measures.capacity.shrinkage.shrink_rates`); with a gamma rate those ahead are negative
    binomial: shape a and rate b give ``a F / b`` lettings in F home-years. An agreed contingent takes the
    place of what its route would bring, and the other routes share what is left of all lettings.

    Parameters
    ----------
    city
        With `dwellings` and `tenancies`.
    today
        From which day on.
    contingents
        Agreements; one for more units is spread over them as lettings are expected.
    balance
        A row per `unit`, as the measure of balance gives it: shown beside the lettings.
    level
        complex or neighbourhood.
    months, sure
        How far ahead, and how sure the intervals are.

    Raises
    ------
    AbsentError
        When the stock was drawn, or no re-letting is known.
    InputError
        For limits that cannot be, an agreement for an unknown unit, or a balance without `unit`.
    """
    _refuse_limits(months, sure)
    behind = turnover(city, today, level)
    end = months_later(today, months)
    years = months / 12
    units = behind.units
    homes = units["homes"].to_numpy().astype(float)
    rates = {route: _Ahead.of(behind, route, homes * years) for route in behind.routes}
    whole = _Ahead.of(behind, ALL, homes * years)
    agreed = _agreed(contingents, units, whole.expected, today, end, sure)
    parts = [_rows(behind, ALL, whole.counted(np.ones(len(units)), sure), None)]
    left = _left_for_others(rates, whole, agreed)
    for route in sorted(set(rates) | set(agreed)):
        by_rate = rates[route].counted(left, sure) if route in rates else _all(len(units), 0.0)
        promised = agreed.get(route, _all(len(units), np.nan))
        parts.append(_rows(behind, route, promised.or_else(by_rate), promised.expected))
    told = balance if balance is None else _balance_of(balance, units)
    return Pressure(
        unit_level=level,
        start=today,
        end=end,
        sure=sure,
        table=pl.concat(parts).sort("unit", maintain_order=True),
        balance=told,
        turnover=behind,
        notes=_notes(behind, today, contingents, agreed, whole, told),
    )


class Counted(NamedTuple):
    """Lettings of every unit: expected, with their limits; not-a-number where nothing is told."""

    expected: Floats
    low: Floats
    high: Floats

    def or_else(self, other: Counted) -> Counted:
        """These, and where nothing is told the others."""
        return Counted(*(np.where(np.isnan(own), rest, own) for own, rest in zip(self, other, strict=True)))


@dataclass(frozen=True, eq=False)
class _Ahead:
    """Lettings ahead of every unit: the gamma of its rate, and the home-years ahead."""

    mean: Floats
    variance: Floats
    home_years: Floats

    @classmethod
    def of(cls, behind: Turnover, route: str, home_years: Floats) -> _Ahead:
        seen = behind.seen(None if route == ALL else route)
        rates = shrink_rates(seen, behind.units["home_years"]).spread
        return cls(rates.mean, rates.variance, home_years)

    @property
    def expected(self) -> Floats:
        return self.mean * self.home_years

    def counted(self, part: Floats, sure: float) -> Counted:
        """Expected, low and high when this part of the rate is left."""
        ahead = self.home_years * part
        shape, rate = self.mean**2 / self.variance, self.mean / self.variance
        low, high = (stats.nbinom.ppf(tail, shape, rate / (rate + ahead)) for tail in _tails(sure))
        return Counted(self.mean * ahead, np.maximum(low, 0.0), np.maximum(high, 0.0))


def _all(units: int, value: float) -> Counted:
    return Counted(*np.full((3, units), value))


def _tails(sure: float) -> tuple[float, float]:
    return (1 - sure) / 2, (1 + sure) / 2


def _agreed(
    contingents: Sequence[Contingent],
    units: pl.DataFrame,
    expected: Floats,
    start: date,
    end: date,
    sure: float,
) -> dict[str, Counted]:
    """By route: the agreed lettings of every unit with their limits; not-a-number where none is agreed.

    How many of an agreement for more units land in one of them is binomial, by its share in what is expected.
    """
    agreed: dict[str, Counted] = {}
    for one in contingents:
        covered = _covered(one, units)
        chance = np.where(covered, np.nan_to_num(expected), 0.0)
        share = chance / chance.sum() if chance.sum() else covered / covered.sum()
        count = one.within(start, end)
        low, high = (stats.binom.ppf(tail, round(count), share) for tail in _tails(sure))
        alone = np.isclose(share, 1.0)
        new = Counted(count * share, np.where(alone, count, low), np.where(alone, count, high))
        before = agreed.get(one.route, _all(len(units), np.nan))
        both = zip(before, new, strict=True)
        agreed[one.route] = Counted(*(np.where(covered, np.nan_to_num(had) + has, had) for had, has in both))
    return agreed


def _covered(one: Contingent, units: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if one.unit is None:
        return np.ones(len(units), dtype=bool)
    covered = units.select((pl.col("unit") == one.unit) | (pl.col("area") == one.unit).fill_null(value=False))
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = covered.to_series().to_numpy()
    if not found.any():
        raise InputError(
            N_("an agreement on lettings is for {unit}, which has no homes of the association"),
            expected=N_("a complex or neighbourhood with homes, or none for the whole stock"),
            remedy=N_("correct the unit of the agreement"),
            unit=one.unit,
        )
    return found


def _left_for_others(rates: dict[str, _Ahead], whole: _Ahead, agreed: dict[str, Counted]) -> Floats:
    """What part of their own rates the routes without an agreement keep, so that all routes add up."""
    others = np.zeros_like(whole.expected)
    for route, ahead in rates.items():
        free = np.isnan(agreed[route].expected) if route in agreed else np.ones(len(others), dtype=bool)
        others += np.where(free, ahead.expected, 0.0)
    room = np.maximum(whole.expected - _taken(agreed), 0.0)
    return np.divide(room, others, out=np.zeros_like(room), where=others > 0)


def _taken(agreed: dict[str, Counted]) -> Floats | float:
    """The agreed lettings of every unit, by all routes together."""
    return sum((np.nan_to_num(counted.expected) for counted in agreed.values()), start=0.0)


def _rows(behind: Turnover, route: str, counted: Counted, agreed: Floats | None) -> pl.DataFrame:
    expected, low, high = (pl.Series(values).fill_nan(None) for values in counted)
    promised = pl.Series(np.full(len(behind.units), np.nan) if agreed is None else agreed).fill_nan(None)
    seen = behind.seen(None if route == ALL else route)
    return behind.units.select(
        "unit",
        route=pl.lit(route),
        outcome=pl.when(expected.is_null()).then(pl.lit("not_known")).otherwise(pl.lit("known")),
        homes=pl.col("homes").cast(pl.Int64),
        seen=seen.cast(pl.Int64),
        expected=expected,
        low=low,
        high=high,
        agreed=promised,
    )


def _balance_of(balance: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    if "unit" not in balance.columns:
        raise InputError(
            N_("the table of balances has no column {column}"),
            expected=N_("a row per complex or neighbourhood, as the measure of balance gives it"),
            remedy=N_("give the table of the measure of balance"),
            column="unit",
        )
    return balance.join(units.select("unit"), on="unit", how="semi", maintain_order="left")


def _refuse_limits(months: int, sure: float) -> None:
    if not 1 <= months <= MOST_MONTHS or not 0 < sure < 1:
        raise InputError(
            N_("{months} months ahead with an interval of {sure} cannot be"),
            expected=N_("1 to {most} months, and a number between 0 and 1"),
            remedy=N_("ask fewer months; lettings further ahead cannot be told from the years behind"),
            most=MOST_MONTHS,
            months=Quantity(months),
            sure=Quantity(sure),
        )


def _notes(
    behind: Turnover,
    today: date,
    contingents: Sequence[Contingent],
    agreed: dict[str, Counted],
    whole: _Ahead,
    balance: pl.DataFrame | None,
) -> tuple[Note, ...]:
    told = [note(FROM_TURNOVER, since=Day(behind.since), until=Day(behind.until)), note(ORDINARY)]
    if (gap := months_between(behind.until, today)) > 1:
        told.append(note(REGISTER_ENDS, until=Day(behind.until), today=Day(today), months=gap))
    if contingents:
        told.append(note(AGREED, sources="; ".join(dict.fromkeys(one.source for one in contingents))))
    if over := int(np.sum(_taken(agreed) > np.nan_to_num(whole.expected) + 1e-9)):
        told.append(note(TOO_MANY, units=over))
    if balance is None:
        told.append(note(NO_BALANCE))
    return tuple(told)
