"""Early warning on a City of twelve complexes that can be worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.measures.capacity.warning import WATCHED, warn
from ongedeeld.vocabulary.evidence import load_evidence
from tests.measures.capacity.warning_cast import (
    BRAND,
    COMPLEXES,
    HOMES,
    QUARTERS,
    YEARS,
    city,
    nuisance,
    raised,
    row_of,
    said,
    steady,
)

# What it finds


def test_a_complex_where_more_households_cause_nuisance_is_found_and_no_other() -> None:
    found = warn(city(**nuisance(raised(steady(), 4))))
    assert found.table.filter("worsens")["unit"].to_list() == ["C05"]
    first = found.table.row(0, named=True)
    assert (first["rank"], first["nuisance"], first["indicators"][0]) == (1, "worse", "nuisance")
    assert "Hof C05 worsens beyond chance" in said(found)


def test_sizes_are_worked_by_hand() -> None:
    """Before 36 quarters of one case, now four of four; elsewhere one a quarter throughout."""
    found = warn(city(nuisance_households=raised(np.ones((12, 16), dtype=np.int64), 4)))
    change = row_of(found.changes, "C05", indicator="nuisance")
    assert (change["count_before"], change["count_now"]) == (12.0, 16.0)
    assert change["before"] == pytest.approx(12 / (3 * HOMES))
    assert change["now"] == pytest.approx(16 / HOMES)
    assert change["stock_now"] == pytest.approx(4 / HOMES)
    assert change["size"] == pytest.approx(4.0)
    assert (change["before_start"], change["now_end"]) == (date(2021, 1, 1), date(2024, 10, 1))
    assert "from 8 to 32 per 100 homes a year; 4 times what the change of the stock gives" in said(found)


def test_in_a_steady_stock_nothing_is_signalled_and_that_is_not_called_peace() -> None:
    found = warn(city(**nuisance(steady()), vacancies=steady()))
    assert not found.table["worsens"].any()
    assert "That is not proof that all is well" in said(found)


def test_a_neighbourhood_is_the_sum_of_its_complexes() -> None:
    found = warn(city(nuisance_households=steady()), level="neighbourhood")
    change = row_of(found.changes, "BU99990101", indicator="nuisance")
    assert change["count_now"] == steady()[[0, 4, 8], 12:].sum()
    assert row_of(found.table, "BU99990101")["homes"] == 3 * HOMES
    assert row_of(found.table, "BU99990101")["name"] == "Merelbuurt"


def test_yearly_counts_are_compared_too() -> None:
    yearly = 4 * steady()[:, :4]
    yearly[BRAND, 3] *= 4
    found = warn(city(YEARS, vacancies=yearly))
    assert found.table.filter("worsens")["unit"].to_list() == ["C05"]
    assert row_of(found.changes, "C05")["now"] == pytest.approx(yearly[BRAND, 3] / HOMES)


def test_arrears_are_a_share_of_the_homes() -> None:
    found = warn(city(arrears_households=raised(steady(), 4)))
    change = row_of(found.changes, "C05")
    assert change["measure"] == "share_of_homes"
    assert change["now"] == pytest.approx(change["count_now"] / (4 * HOMES))
    assert found.funnels["arrears"].family == "binomial"


def test_looking_back_is_as_it_was_seen_then() -> None:
    counts = nuisance(raised(steady(), 4))
    earlier = {name: of[:, :14] for name, of in counts.items()}
    then = warn(city(QUARTERS[:14], **earlier))
    assert warn(city(**counts), until=date(2024, 6, 30)).table.equals(then.table)
    # A quarter that had not ended did not count yet.
    assert warn(city(**counts), until=date(2024, 9, 29)).table.equals(then.table)


# One or two households


def test_reports_of_one_household_raise_no_alarm_and_are_said_apart() -> None:
    households, reports = steady(), steady()
    reports = raised(reports, 5)
    found = warn(city(nuisance_households=households, nuisance_new=reports))
    assert not found.table["worsens"].any()
    assert row_of(found.table, "C05")["nuisance"] == "few_households"
    assert "Hof C05: more nuisance cases than chance explains, without a sign of more" in said(found)


def test_how_much_two_households_account_for_is_bounded() -> None:
    """Nine reports about four households: two of them have five at least and seven at most."""
    households, reports = np.full((12, 16), 4), np.full((12, 16), 9)
    households[0], reports[0] = 2, 9
    households[1], reports[1] = 0, 0
    found = warn(city(nuisance_households=households, nuisance_new=reports)).nuisance
    four = row_of(found, "C05")
    assert four["reports_per_household"] == pytest.approx(9 / 4)
    assert (four["two_households_least"], four["two_households_most"]) == pytest.approx((5 / 9, 7 / 9))
    two = row_of(found, "C01")
    assert (two["two_households_least"], two["dominated"]) == (1.0, True)
    assert row_of(found, "C02")["dominated"] is None


def test_without_households_reports_raise_no_alarm() -> None:
    found = warn(city(nuisance_new=raised(steady(), 5)))
    assert not found.table["worsens"].any()
    assert found.table["nuisance"].unique().to_list() == ["not_known"]
    assert "How many households the nuisance cases concern is not known" in said(found)


def test_more_lettings_by_mediation_are_shown_and_are_no_alarm() -> None:
    found = warn(city(lettings_mediated=raised(steady(), 4), nuisance_households=steady()))
    assert not found.table["worsens"].any()
    assert row_of(found.changes, "C05", indicator="mediated")["p_value"] < 0.001


# Registration


def test_a_jump_of_the_whole_stock_is_not_worsening() -> None:
    counts = steady()
    counts[:, 13:] *= 3
    found = warn(city(nuisance_households=counts))
    assert not found.table["worsens"].any()
    jump = found.registration.row(0, named=True)
    assert (jump["indicator"], jump["since"]) == ("nuisance", date(2024, 4, 1))
    assert jump["factor"] == pytest.approx(3.0, rel=0.05)
    assert "since 2024-04 the whole stock counts" in said(found)


def test_who_worsens_within_such_a_jump_is_still_found() -> None:
    counts = raised(steady(), 3)
    counts[:, 13:] *= 3
    found = warn(city(nuisance_households=counts))
    assert found.table.filter("worsens")["unit"].to_list() == ["C05"]


def test_a_drop_of_the_whole_stock_is_not_read_as_peace() -> None:
    counts = 3 * steady()
    counts[:, 12:] //= 3
    found = warn(city(nuisance_households=counts))
    assert found.registration["factor"][0] < 0.5
    assert "is not read as peace" in said(found)


def test_nor_is_the_drop_of_one_complex() -> None:
    counts = steady()
    counts[BRAND, 12:] = 0
    found = warn(city(nuisance_households=counts))
    assert row_of(found.table, "C05")["nuisance"] == "fewer_recorded"
    assert "Hof C05: fewer nuisance cases" in said(found)


def test_the_rise_of_a_few_complexes_is_not_taken_for_another_registration() -> None:
    counts = steady()
    counts[:3, 12:] *= 6
    assert warn(city(nuisance_households=counts)).registration.is_empty()


# What is not known


def test_a_missing_quarter_is_not_a_quarter_without_nuisance() -> None:
    whole, missing = np.full((12, 16), 3), np.full((12, 16), 3)
    missing[BRAND, [2, 13]] = -1
    found = warn(city(nuisance_households=missing))
    change = row_of(found.changes, "C05")
    assert (change["count_before"], change["count_now"]) == (33.0, 9.0)
    assert change["now"] == row_of(warn(city(nuisance_households=whole)).changes, "C05")["now"]
    assert change["size"] == pytest.approx(1.0)


def test_a_complex_that_is_hardly_known_is_not_judged_and_stands_last() -> None:
    counts = steady()
    counts[BRAND, 12:15] = -1
    found = warn(city(nuisance_households=counts))
    last = found.table.row(-1, named=True)
    assert (last["unit"], last["p_value"], last["rank"], last["nuisance"]) == ("C05", None, None, "not_known")
    assert row_of(found.changes, "C05")["outcome"] == "not_known"


def test_too_few_cases_say_nothing_however_they_change() -> None:
    counts = steady()
    counts[BRAND] = 0
    counts[BRAND, -1] = 1
    found = warn(city(nuisance_households=counts))
    assert row_of(found.changes, "C05")["outcome"] == "too_few"
    assert "Too few cases to say anything on" in said(found)


def test_a_stock_without_any_case_is_answered() -> None:
    found = warn(city(nuisance_households=np.zeros((12, 16), dtype=np.int64), vacancies=steady()))
    assert row_of(found.changes, "C05", indicator="nuisance")["outcome"] == "not_known"
    assert found.funnels["nuisance"].target == 0.0


def test_a_last_quarter_that_few_have_handed_in_waits() -> None:
    counts = steady()
    counts[2:, -1] = -1
    found = warn(city(nuisance_households=counts))
    assert found.changes["now_end"].unique().to_list() == [date(2024, 7, 1)]


def test_complexes_without_homes_are_left_out_and_named() -> None:
    base = city(nuisance_households=steady())
    dwellings = base.table("dwellings").filter(pl.col("complex") != "C05")
    tables = {name: base.table(name) for name in base.tables()} | {"dwellings": dwellings}
    found = warn(City.of(tables, base.manifest))
    assert "C05" not in found.table["unit"]
    assert "Without homes or neighbourhood, and so left out: C05." in said(found)


def test_what_cannot_be_compared_is_left_out_and_said() -> None:
    found = warn(city(nuisance_households=steady()))
    assert found.changes["indicator"].unique().to_list() == ["nuisance"]
    assert "homes that came free: 0 periods are known, too few to see a change" in said(found)


# Surveys and inspections


def graded(change: float, periods: list[date], spread: float = 1.5) -> pl.DataFrame:
    """Answers of twenty tenants a complex; that of Hof C05 falls in the last period."""
    rows = [
        ("complex", unit, period, "safe", 20, 7.0 + 0.1 * ((place + 3 * number) % 3), spread)
        for place, unit in enumerate(COMPLEXES)
        for number, period in enumerate(periods)
    ]
    names = ["level", "unit", "period", "question", "answers", "mean", "spread"]
    fallen = pl.when((pl.col("unit") == "C05") & (pl.col("period") == periods[-1]))
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(mean=fallen.then(pl.col("mean") - change).otherwise("mean"))


SURVEYS = [date(year, 9, 1) for year in (2020, 2021, 2022, 2023, 2024)]


def test_a_fallen_grade_is_found_and_said_in_points() -> None:
    found = warn(city(QUARTERS, {"surveys": graded(2.0, SURVEYS)}))
    assert found.table.filter("worsens")["unit"].to_list() == ["C05"]
    change = row_of(found.changes, "C05")
    assert change["size"] == pytest.approx(2.0, abs=0.2)
    assert (change["count_before"], change["count_now"]) == (60.0, 20.0)
    assert "points worse beside the stock" in said(found)


def test_surveys_held_once_in_five_years_are_compared_with_the_one_before() -> None:
    rare = [date(2014, 9, 1), date(2019, 9, 1), date(2024, 9, 1)]
    change = row_of(warn(city(QUARTERS, {"surveys": graded(2.0, rare)})).changes, "C05")
    assert (change["before_start"], change["before_end"]) == (date(2019, 9, 1), date(2019, 9, 1))


def test_an_inspection_of_one_visit_in_a_quarter_is_compared_by_the_spread_of_visits() -> None:
    rows = [
        ("complex", unit, date(q.year, q.month + 1, 9), "staff", 4.0 + 0.1 * ((2 * n + 3 * p) % 5))
        for p, unit in enumerate(COMPLEXES)
        for n, q in enumerate(QUARTERS)
    ]
    frame = pl.DataFrame(rows, schema=["level", "unit", "period", "by", "clean"], orient="row")
    worse = (pl.col("unit") == "C05") & (pl.col("period") >= date(2024, 1, 1))
    by_residents = frame.head(5).with_columns(by=pl.lit("residents"), clean=pl.lit(1.0))
    frame = frame.with_columns(clean=pl.col("clean") - worse.cast(pl.Float64))
    found = warn(city(QUARTERS, {"inspections": pl.concat([frame, by_residents])}))
    assert found.table.filter("worsens")["unit"].to_list() == ["C05"]
    assert row_of(found.changes, "C05")["count_now"] == 4.0
    assert row_of(found.changes, "C01")["before"] > 4.0


def test_figures_that_ended_years_ago_are_left_out() -> None:
    old = [date(year, 9, 1) for year in (2018, 2019, 2020, 2021)]
    found = warn(city(QUARTERS, {"surveys": graded(2.0, old)}, nuisance_households=steady()))
    assert found.changes["indicator"].unique().to_list() == ["nuisance"]
    assert "too long before those of others to warn by" in said(found)


# Order, rates, words


@settings(max_examples=10)
@given(st.permutations(range(len(COMPLEXES) * len(QUARTERS))))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    base = city(nuisance_households=raised(steady(), 3))
    tables = {name: base.table(name) for name in base.tables()}
    tables["observations"] = tables["observations"][order]
    tables["complexes"] = tables["complexes"].reverse()
    shuffled = warn(City.of(tables, base.manifest))
    found = warn(base)
    assert shuffled.table.equals(found.table)
    assert shuffled.changes.equals(found.changes)


def test_a_wider_rate_never_loses_an_alarm() -> None:
    counts = steady()
    for place, times in enumerate((2, 3, 4)):
        counts[place, 12:] *= times
    alarms = [
        set(warn(city(nuisance_households=counts), false_discovery=rate).table.filter("worsens")["unit"])
        for rate in (0.0001, 0.01, 0.1, 0.5)
    ]
    assert all(fewer <= more for fewer, more in pairwise(alarms))
    assert len(alarms[0]) < len(alarms[-1])


def test_the_seed_moves_only_the_bands_of_the_ranks() -> None:
    base = city(nuisance_households=raised(steady(), 3))
    first, second = (warn(base, seed=seed).table.drop("rank_low", "rank_high") for seed in (1, 2))
    assert first.equals(second)
    assert warn(base, seed=1).table.equals(warn(base, seed=1).table)


def test_it_says_that_it_signals_and_that_most_trouble_enters_by_ordinary_letting() -> None:
    text = said(warn(city(nuisance_households=steady())))
    assert "it does not tell why" in text
    assert "Most trouble enters through ordinary letting" in text


def test_the_evidence_it_rests_on_is_on_record() -> None:
    known = load_evidence()
    used = warn(city(nuisance_households=steady(), vacancies=steady())).evidence
    assert used == ("ordinary_letting", "nuisance_few_households", "nuisance_registration")
    assert all(name in known for name in used)
    assert warn(city(vacancies=steady())).evidence == ("ordinary_letting",)


def test_nothing_in_it_is_of_a_home_or_a_person() -> None:
    found = warn(city(**nuisance(steady())))
    columns = {*found.table.columns, *found.changes.columns, *found.nuisance.columns}
    assert not columns & {"dwelling", "tenancy", "household", "address", "entrance"}


def test_it_speaks_both_languages() -> None:
    counts = raised(steady(), 4)
    found = warn(city(nuisance_households=counts, nuisance_new=2 * counts))
    for language in ("nl", "en"):
        assert "{" not in said(found, language)


def test_every_indicator_has_words_that_people_see() -> None:
    assert all(each.label for each in WATCHED.values())
