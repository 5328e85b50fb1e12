"""Rents in bands, who lived where, and assumptions as whole numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.chance import ALWAYS
from ongedeeld.city import City, conform
from ongedeeld.rules import load_law
from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.assuming.household_types import AGES
from ongedeeld.simulation.kernel._state import LEAVES
from ongedeeld.simulation.preparing.law_ahead import law_ahead
from ongedeeld.simulation.preparing.rents import STEP_CENTS, banded
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.preparing.thresholds import monthly
from ongedeeld.sources.model_city import model_city
from tests.allocation.steered_city import steered_city
from tests.simulation.steered import START, setting_of, tenants

RENTS = st.lists(st.integers(0, 150_000), min_size=1, max_size=40)
WHOLE = 2**64


@pytest.fixture(scope="module")
def model() -> Setting:
    city = model_city(scale=0.1)
    return prepare(city, None, load_law(), load_assumptions(), start=date(2026, 7, 1), years=1)


@given(rents=RENTS, limits=st.lists(st.integers(0, 150_000), max_size=4))
def test_a_rent_and_its_band_lie_on_the_same_side_of_every_limit(rents: list[int], limits: list[int]) -> None:
    held = banded(np.array(rents, np.int64), limits).tolist()
    for rent, band in zip(rents, held, strict=True):
        assert abs(rent - band) < STEP_CENTS
        assert all((rent <= limit) == (band <= limit) for limit in limits)
        assert band in rents


def test_homes_are_offered_at_their_target_rent_within_what_the_law_allows(tmp_path: Path) -> None:
    def offered(**changed: object) -> set[int]:
        return set(setting_of(tmp_path, city=steered_city(**changed)).homes["rent_cents"])

    assert offered(target_rent_cents=80_000) == {80_000}
    assert offered(target_rent_cents=None, rent_cents=70_000) == {70_000}
    assert offered(target_rent_cents=95_000, maximum_rent_cents=99_000) == {93_293}
    assert offered(target_rent_cents=95_000, maximum_rent_cents=88_000) == {88_000}
    assert offered(target_rent_cents=95_000, maximum_rent_cents=99_000, sector="free") == {95_000}


def test_a_stock_drawn_from_totals_gets_lengths_of_stay_by_draw(tmp_path: Path) -> None:
    city = tenants(steered_city())
    drawn = city.table("tenancies").with_columns(status=pl.lit("estimated"))
    tables = {name: city.table(name) for name in city.tables()}
    setting = setting_of(tmp_path, city=City.of({**tables, "tenancies": drawn}, city.manifest))
    since = np.concatenate([setting.tenancies(seed).since for seed in range(100)])
    months = -since[since < 0]
    assert months.mean() == pytest.approx(202, abs=25)  # of 720 months, with one in twenty leaving a year


def test_of_two_tenancies_in_a_home_the_latest_that_runs_counts(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("A", "M1", date(2010, 1, 1), None, 1),
        ("B", "M1", date(2026, 3, 1), None, 4),
    ]
    rows += [("C", "M2", date(2026, 10, 1), None, 1), ("D", "M3", date(2020, 1, 1), date(2026, 8, 31), 1)]
    columns = ["tenancy", "dwelling", "start", "end", "household_size"]
    told = conform("tenancies", pl.DataFrame(rows, schema=columns, orient="row"))
    city = steered_city()
    tables = {name: city.table(name) for name in city.tables()}
    setting = setting_of(tmp_path, city=City.of({**tables, "tenancies": told}, city.manifest))
    assert setting.sitting.occupied.tolist() == [True] + [False] * 7
    held = setting.tenancies(1)
    assert setting.people.types[held.type_[0]].household_size == 4
    assert held.since[0] == -6


def test_households_become_older_while_they_live_there(model: Setting) -> None:
    sitting, held = model.sitting, model.tenancies(1)
    there = sitting.occupied
    assert (held.age[there] >= sitting.age[there]).all()
    long_ago = there & (sitting.since < -300) & (sitting.age == AGES.index("23_34"))
    lately = there & (sitting.since > -12) & (sitting.age == AGES.index("23_34"))
    assert (held.age[long_ago] > sitting.age[long_ago]).mean() > 0.75
    assert (held.age[lately] > sitting.age[lately]).mean() < 0.15


def test_tenants_with_support_are_about_the_share_that_is_assumed(model: Setting) -> None:
    held = model.tenancies(1)
    share = (held.support_until > 0).sum() / model.sitting.occupied.sum()
    assert share == pytest.approx(0.03, abs=0.01)
    assert held.support_until.max() <= 24


def test_each_third_of_the_neighbourhoods_fares_otherwise(model: Setting) -> None:
    fares = {
        int(area): int(one) for area, one in zip(model.stock.area, model.stock.surroundings, strict=True)
    }
    assert set(fares.values()) == {0, 1, 2}
    assert (model.stock.popularity == model.stock.surroundings).all()


def test_neighbourhoods_without_a_score_stand_in_the_middle(tmp_path: Path) -> None:
    setting = setting_of(tmp_path, city=steered_city(area="BU99990202"))
    assert set(setting.stock.surroundings.tolist()) == {1}


@given(yearly=st.fractions(0, Fraction(99, 100)))
def test_twelve_months_of_a_monthly_chance_are_the_yearly_one(yearly: Fraction) -> None:
    assert float(1 - (1 - monthly(yearly)) ** 12) == pytest.approx(float(yearly), abs=1e-15)


def test_as_many_tenants_leave_as_is_assumed(model: Setting) -> None:
    """Over the mix of homes, ages and lengths of stay at the start, each taken by itself."""
    held, tenant = model.sitting.sitters, model.thresholds.tenant[..., LEAVES].astype(np.float64) / WHOLE
    homes = np.bincount(model.stock.turnover, minlength=4)
    weights = np.einsum(
        "d,s,a->dsa", homes, [float(one) for one in held.stays], [float(one) for one in held.ages]
    )
    a_year = 1 - (1 - (tenant * weights).sum() / weights.sum()) ** 12
    assert a_year == pytest.approx(0.05, abs=0.002)


def test_cumulative_tables_rise_and_choices_end_at_the_highest_draw(model: Setting) -> None:
    held = model.thresholds
    for table in (held.tenant, held.declines, held.age, held.type_, held.listed_type):
        assert (np.diff(table.astype(object)) >= 0).all()
    assert (held.age[:, -1] == ALWAYS).all()
    assert held.type_[-1] == held.listed_type[-1] == held.district[-1] == ALWAYS


def test_districts_are_wished_as_often_as_they_have_homes(model: Setting) -> None:
    held = model.thresholds
    assert held.district_from.tolist() == [0, len(held.district)]
    share = np.diff(held.district.astype(np.float64), prepend=0.0) / WHOLE
    homes = np.bincount(model.stock.district) / len(model.stock.district)
    assert share == pytest.approx(homes[held.district_code], abs=1e-9)


def test_seekers_are_as_many_as_go_with_the_homes(model: Setting) -> None:
    homes = len(model.stock.key)
    assert model.thresholds.listed.tolist() == [round(0.6 * homes)]
    a_month = model.thresholds.arrivals_whole + model.thresholds.arrivals_part / WHOLE
    assert a_month.tolist() == pytest.approx([0.12 * homes / 12])


def test_other_assumptions_change_thresholds_and_nothing_else(model: Setting) -> None:
    other = model.under(model.assumptions.drawn({"leaves.a_year": Fraction(1)}))
    assert (other.thresholds.tenant[..., LEAVES] >= model.thresholds.tenant[..., LEAVES]).all()
    assert (other.thresholds.reacts == model.thresholds.reacts).all()
    assert (other.plans, other.stock) == (model.plans, model.stock)


def test_what_the_law_does_not_know_though_it_is_read_up_to_then_is_not_made_up() -> None:
    ahead = law_ahead(load_law(), START, date(2030, 1, 1))
    known = ahead.law.parameters.by_name["middle_rent_limit"].at(START)
    assert known is not None
    assert known.value is None
    sure = law_ahead(load_law(), START, date(2026, 12, 1))
    assert (sure.carried_from, sure.carried) == (None, ())


def test_a_run_that_starts_after_the_last_known_values_carries_them_on_from_where_they_end() -> None:
    start = date(2028, 3, 1)
    ahead = law_ahead(load_law(), start, date(2030, 1, 1))
    assert ahead.law.on(start).value("aftopping_low") == 71302
    assert ahead.carried_from == date(2027, 1, 1)
    assert "2027-01-01" in ahead.reasons(start)[0].say()
    # Not found for the years that the law files were read for: unknown, also afterwards.
    assert "permit_holder_national_target" not in ahead.carried


def test_the_model_city_can_be_simulated_from_next_year_on() -> None:
    city = model_city(scale=0.05)
    made = prepare(city, None, load_law(), load_assumptions(), start=date(2027, 1, 1), years=1)
    assert made.law_on(0).value("social_rent_limit") == 93_293


@pytest.mark.parametrize("start", [None, date(2026, 9, 2)])
def test_homes_of_which_no_tenancy_is_told_get_tenants_by_draw(tmp_path: Path, start: date | None) -> None:
    city = tenants(steered_city(), empty=())
    rows = city.table("tenancies")
    rows = rows.clear() if start is None else rows.with_columns(start=pl.lit(start))
    tables = {name: city.table(name) for name in city.tables()}
    made = setting_of(tmp_path, city=City.of({**tables, "tenancies": rows}, city.manifest))
    assert made.sitting.drawn
    held = made.tenancies(1)
    assert (held.type_ >= 0).all()
    assert (held.since <= 0).all()
    assert len(np.unique(made.tenancies(2).type_ - held.type_)) > 1


def test_homes_without_a_tenancy_stay_vacant_where_those_of_others_are_told(tmp_path: Path) -> None:
    made = setting_of(tmp_path, city=tenants(steered_city(), empty=("T4",)))
    assert not made.sitting.drawn
    assert (made.tenancies(1).type_ < 0).sum() == 1


@pytest.mark.parametrize("name", ["leaves.by_dwelling", "leaves.by_stay", "leaves.by_age", "seeks.by_age"])
def test_the_range_of_every_factor_against_the_mean_changes_what_befalls_tenants(
    model: Setting, name: str
) -> None:
    low, high = (
        model.under(model.assumptions.drawn({name: Fraction(at)})).thresholds.tenant for at in (0, 1)
    )
    assert (low != model.thresholds.tenant).any()
    assert (high != model.thresholds.tenant).any()
    assert (low != high).any()
