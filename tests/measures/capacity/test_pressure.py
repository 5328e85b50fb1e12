"""Pressure: expected lettings, worked out by hand on two complexes in Vogelstad."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ongedeeld.city import City, conform
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.measures.capacity.forecast import Contingent, contingents_of, pressure
from ongedeeld.measures.capacity.forecast.turnover import months_later
from ongedeeld.measures.capacity.shrinkage import shrink_rates
from tests.small_city import small_city
from tests.sources.voorbeeldstad import whole_city

TODAY = date(2026, 1, 1)
HOMES = {"A": ("BU99990101", 10, 1970), "B": ("BU99990201", 20, 1970), "NEW": ("BU99990201", 4, 2024)}
# Complex, number of the home, start and route of every re-letting since 2023; B has three, A one.
LATER = [
    ("A", 1, date(2024, 5, 1), "regular"),
    ("B", 1, date(2023, 3, 1), "regular"),
    ("B", 2, date(2025, 7, 1), "mediated"),
    ("B", 3, date(2026, 1, 1), "regular"),
]
AGREEMENT = Contingent(
    "mediated", None, 12.0, date(2026, 1, 1), date(2027, 12, 31), "prestatieafspraken 2026"
)


def dwellings(tenure: str = "association") -> pl.DataFrame:
    rows = [
        (f"{complex_}{number}", area, complex_, tenure, year)
        for complex_, (area, homes, year) in HOMES.items()
        for number in range(1, homes + 1)
    ]
    names = ["dwelling", "area", "complex", "tenure", "build_year"]
    return conform("dwellings", pl.DataFrame(rows, schema=names, orient="row"))


def tenancies() -> pl.DataFrame:
    first = [
        (f"{home}-1", home, date(year + 1, 1, 1), None, "regular")
        for home, year in dwellings().select("dwelling", "build_year").iter_rows()
    ]
    later = [
        (f"{complex_}{number}-2", f"{complex_}{number}", *rest[:1], None, rest[1])
        for complex_, number, *rest in LATER
    ]
    names = ["tenancy", "dwelling", "start", "end", "route"]
    types = {"start": pl.Date, "end": pl.Date}
    return conform(
        "tenancies", pl.DataFrame(first + later, schema=names, orient="row", schema_overrides=types)
    )


def vogelstad() -> City:
    complexes = pl.DataFrame(
        {"complex": list(HOMES), "name": list(HOMES), "area": [area for area, _, _ in HOMES.values()]}
    )
    return small_city(
        {"complexes": conform("complexes", complexes), "dwellings": dwellings(), "tenancies": tenancies()}
    )


def test_re_lettings_and_home_years_are_counted_as_by_hand() -> None:
    behind = pressure(vogelstad(), TODAY).turnover
    assert (behind.since, behind.until) == (date(2023, 1, 1), date(2026, 1, 1))
    assert dict(behind.units.select("unit", "homes").iter_rows()) == {"A": 10, "B": 20, "NEW": 4}
    years = dict(behind.units.select("unit", "home_years").iter_rows())
    # 1,096 days from 2023 on; the new homes are there from 2025 on, 365 days.
    assert years == pytest.approx({"A": 10 * 1096 / 365.25, "B": 20 * 1096 / 365.25, "NEW": 4 * 365 / 365.25})
    assert behind.seen().to_list() == [1, 3, 0]
    assert behind.seen("mediated").to_list() == [0, 1, 0]


def test_expected_lettings_are_negative_binomial_around_the_shrunken_rate() -> None:
    made = pressure(vogelstad(), TODAY, sure=0.8)
    units = made.turnover.units
    rates = shrink_rates([1, 3, 0], units["home_years"]).spread
    for place, unit in enumerate("AB"):
        row = made.of(unit)
        ahead = HOMES[unit][1] * 2.0
        mean, variance = rates.mean[place], rates.variance[place]
        chance = stats.nbinom(mean**2 / variance, 1 / (1 + ahead * variance / mean))
        assert row["expected"] == pytest.approx(mean * ahead)
        assert row["expected"] == pytest.approx(chance.mean())
        assert (row["low"], row["high"]) == (chance.ppf(0.1), chance.ppf(0.9))
    assert made.end == date(2028, 1, 1)


@pytest.mark.parametrize("agreements", [(), (AGREEMENT,)])
def test_routes_add_up_to_all_lettings(agreements: tuple[Contingent, ...]) -> None:
    table = pressure(whole_city(), TODAY, contingents=agreements).table
    parts = table.filter(pl.col("route") != "all").group_by("unit").agg(routes=pl.col("expected").sum())
    both = table.filter(pl.col("route") == "all").join(parts, on="unit")
    assert (both["expected"] - both["routes"]).abs().to_numpy().max() == pytest.approx(0.0, abs=1e-9)


def test_an_agreement_takes_the_place_of_what_its_route_would_bring() -> None:
    city = whole_city()
    made = pressure(city, TODAY, contingents=[AGREEMENT], level="neighbourhood")
    mediated = made.table.filter(pl.col("route") == "mediated")
    assert mediated["expected"].sum() == pytest.approx(12.0)
    assert mediated["agreed"].to_list() == mediated["expected"].to_list()
    shares = mediated["expected"] / made.table.filter(pl.col("route") == "all")["expected"]
    assert shares.max() == pytest.approx(shares.min())
    assert any("prestatieafspraken 2026" in str(one) for one in made.notes)


def test_an_agreement_for_one_complex_is_as_many_as_agreed_within_its_time() -> None:
    one = Contingent("re_housing", "A", 4.0, date(2027, 1, 1), date(2028, 12, 31), "besluit")
    row = pressure(vogelstad(), TODAY, contingents=[one]).of("A", "re_housing")
    # 365 of its 731 days lie within the months ahead.
    assert row["agreed"] == pytest.approx(4 * 365 / 731)
    assert row["low"] == row["high"] == row["expected"]


def test_more_agreed_than_comes_free_is_said_and_leaves_nothing_for_other_routes() -> None:
    many = Contingent("mediated", "A", 100.0, date(2026, 1, 1), date(2027, 12, 31), "besluit")
    made = pressure(vogelstad(), TODAY, contingents=[many])
    assert made.of("A", "regular")["expected"] == 0.0
    assert any("more lettings are agreed" in str(one) for one in made.notes)


def test_the_balance_given_stands_beside_it_for_the_same_units() -> None:
    balance = pl.DataFrame({"unit": ["B", "elsewhere"], "balance": [-0.4, 0.2]})
    made = pressure(vogelstad(), TODAY, balance=balance)
    assert made.balance is not None
    assert made.balance.rows() == [("B", -0.4)]
    assert any("is not given here" in str(one) for one in pressure(vogelstad(), TODAY).notes)


def test_it_says_that_most_trouble_enters_through_ordinary_letting() -> None:
    made = pressure(vogelstad(), TODAY)
    assert any("ordinary letting" in str(one) for one in made.notes)
    assert made.records == ("ordinary_letting",)


@settings(max_examples=25)
@given(months=st.integers(1, 60), sure=st.floats(0.1, 0.98))
def test_an_interval_holds_the_expected_and_grows_with_how_sure_it_is(months: int, sure: float) -> None:
    city = vogelstad()
    wide = pressure(city, TODAY, months=months, sure=0.99).table
    table = pressure(city, TODAY, months=months, sure=sure).table
    assert (table["low"] >= wide["low"]).all()
    assert (table["high"] <= wide["high"]).all()
    assert (wide["low"] <= wide["expected"]).all()
    assert (wide["expected"] <= wide["high"]).all()


def test_months_later_stay_within_the_month() -> None:
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 15), -36) == date(2023, 1, 15)


def test_it_says_when_the_register_ended_long_before_the_day() -> None:
    assert not any("register of tenancies ends" in str(one) for one in pressure(vogelstad(), TODAY).notes)
    late = pressure(vogelstad(), date(2026, 11, 22)).notes
    assert any(
        "ends on 1 January 2026, 10 months before the day asked (22 November 2026)" in str(one)
        for one in late
    )


def test_it_refuses_a_drawn_stock() -> None:
    city = vogelstad()
    drawn = City.of(
        {name: city.table(name) for name in city.tables()},
        type(city.manifest)("Vogelstad", "GM9999", TODAY, stock="drawn"),
    )
    with pytest.raises(AbsentError, match="cannot be told from a stock drawn"):
        pressure(drawn, TODAY)


def test_it_refuses_a_city_without_homes_of_the_association() -> None:
    with pytest.raises(AbsentError, match="no homes of the association"):
        pressure(small_city(), TODAY)


def test_it_refuses_an_agreement_for_a_place_without_homes_and_an_unknown_unit() -> None:
    far = Contingent("mediated", "Z", 1.0, TODAY, TODAY, "besluit")
    with pytest.raises(InputError, match="is for Z"):
        pressure(vogelstad(), TODAY, contingents=[far])
    with pytest.raises(AbsentError, match="Z is not a complex"):
        pressure(vogelstad(), TODAY).of("Z")


def test_it_refuses_limits_that_cannot_be_and_a_balance_without_units() -> None:
    with pytest.raises(InputError, match="cannot be"):
        pressure(vogelstad(), TODAY, sure=1.0)
    with pytest.raises(InputError, match="1 to 120 months"):
        pressure(vogelstad(), TODAY, months=6_000_000)
    with pytest.raises(InputError, match="no column unit"):
        pressure(vogelstad(), TODAY, balance=pl.DataFrame({"complex": ["A"]}))


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("source", "", "where the agreement is written"),
        ("source", None, "where the agreement is written"),
        ("route", "side_door", "one of: regular"),
        ("lettings", -1.0, "0 or more"),
        ("lettings", None, "0 or more"),
        ("end", date(2020, 1, 1), "not before it"),
    ],
)
def test_it_refuses_an_agreement_by_row_and_column(column: str, value: object, expected: str) -> None:
    good = {
        "route": "mediated",
        "unit": "A",
        "lettings": 3.0,
        "start": TODAY,
        "end": TODAY,
        "source": "besluit",
    }
    frame = pl.DataFrame([good, good | {column: value}], infer_schema_length=None)
    with pytest.raises(InputError, match=expected) as caught:
        contingents_of(frame, "afspraken.csv")
    assert f"afspraken.csv, row 3, column {column}" in str(caught.value)
    assert contingents_of(frame.head(1))[0].lettings == 3.0


def test_it_refuses_a_table_of_agreements_without_a_column_or_with_another_type() -> None:
    with pytest.raises(InputError, match="column source is not there"):
        contingents_of(pl.DataFrame({"route": [], "unit": [], "lettings": [], "start": [], "end": []}))
    strange = pl.DataFrame(
        {"route": "mediated", "unit": "A", "lettings": "veel", "start": TODAY, "end": TODAY, "source": "x"}
    )
    with pytest.raises(InputError, match="another type"):
        contingents_of(strange)
