"""What early warning refuses, each with one clear error."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ongedeeld.city import City, Manifest
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity.warning import warn
from tests.measures.capacity.warning_cast import (
    QUARTERS,
    YEARS,
    city,
    steady,
)
from tests.small_city import small_city


def test_it_refuses_an_unknown_level() -> None:
    with pytest.raises(InputError, match=r"no early warning per street\nExpected: one of: complex, neigh"):
        warn(city(nuisance_households=steady()), level="street")  # type: ignore[arg-type]


def test_it_refuses_an_unknown_indicator_and_names_those_it_knows() -> None:
    with pytest.raises(InputError, match=r"does not watch 'noise' per complex\nExpected: .*nuisance"):
        warn(city(nuisance_households=steady()), indicators=["noise"])


def test_livability_is_of_neighbourhoods_only() -> None:
    with pytest.raises(InputError, match="does not watch 'livability' per complex"):
        warn(city(nuisance_households=steady()), indicators=["livability"])


def test_it_refuses_no_indicator() -> None:
    with pytest.raises(InputError, match="no indicator is named to watch"):
        warn(city(nuisance_households=steady()), indicators=[])


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, float("nan")])
def test_it_refuses_a_rate_outside_0_to_1(rate: float) -> None:
    with pytest.raises(InputError, match="a false discovery rate cannot be"):
        warn(city(nuisance_households=steady()), false_discovery=rate)


def test_it_refuses_a_single_period_and_says_how_many_are_needed() -> None:
    one = city(YEARS[:1], nuisance_households=steady()[:, :1])
    with pytest.raises(AbsentError, match=r"1 periods are known, too few .*\nExpected: at least 2 years"):
        warn(one)
    seven = city(QUARTERS[:7], nuisance_households=steady()[:, :7])
    with pytest.raises(AbsentError, match=r"7 periods are known, too few .*\nExpected: at least 8 quarters"):
        warn(seven)
    assert len(warn(city(QUARTERS[:8], nuisance_households=steady()[:, :8])).table) == 12


def test_it_refuses_an_indicator_asked_for_that_the_city_lacks() -> None:
    with pytest.raises(AbsentError, match="grade of residents: feels safe: 0 periods are known"):
        warn(city(nuisance_households=steady()), indicators=["nuisance", "survey_safe"])


def test_it_refuses_years_and_quarters_mixed() -> None:
    base = city(nuisance_households=steady())
    rows = base.table("observations")
    mixed = rows.filter((pl.col("complex") != "C05") | (pl.col("period").dt.month() == 1))
    tables = {name: base.table(name) for name in base.tables()} | {"observations": mixed}
    with pytest.raises(InputError, match="is counted per year in complex C05 and per quarter in others"):
        warn(City.of(tables, base.manifest))


def test_it_refuses_a_period_that_is_no_quarter() -> None:
    months = [*QUARTERS[:15], date(2024, 11, 1)]
    with pytest.raises(InputError, match="nuisance_households has a period that begins on 2024-11-01"):
        warn(city(months, nuisance_households=steady()))


def test_it_refuses_a_drawn_stock() -> None:
    base = city(nuisance_households=steady())
    drawn = Manifest("Vogelstad", "GM9999", date(2026, 1, 1), stock="drawn")
    tables = {name: base.table(name) for name in base.tables()}
    with pytest.raises(AbsentError, match="cannot be told from a stock drawn from published totals"):
        warn(City.of(tables, drawn))


def test_it_refuses_a_city_without_homes() -> None:
    with pytest.raises(AbsentError, match="no complex of this City has homes to count by"):
        warn(small_city())


def test_it_refuses_to_compare_two_complexes() -> None:
    base = city(nuisance_households=steady())
    few = base.table("complexes").head(2)
    tables = {name: base.table(name) for name in base.tables()} | {"complexes": few}
    with pytest.raises(AbsentError, match=r"compares a complex with the others, and there are only 2"):
        warn(City.of(tables, base.manifest))
