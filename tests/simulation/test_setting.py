"""A City, a law and a policy become the tables of a run, and can be turned back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_type_hints

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.errors import AbsentError, InputError
from ongedeeld.rules import load_law
from ongedeeld.simulation.assuming.assumptions import load_assumptions
from ongedeeld.simulation.kernel._state import ATTRIBUTES, NEVER, NOBODY, PlanTables
from ongedeeld.simulation.preparing.planning import Planned
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.sources.model_city import model_city
from tests.allocation.steered_city import law_of, steered_city
from tests.simulation.steered import EVERYTHING, START, setting_of, tenants

CEILING = """
name = "{name}"
[[instrument]]
name = "ceiling"
from = {start}
until = {end}
most = {{ Merelhof = {most} }}
regional_total = 0
agreed = ["municipality", "partner", "region"]
agreement = "C"
source = "agreement"
"""


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """Vogelstad under a policy of every family, whether lawful or not."""
    return setting_of(tmp_path_factory.mktemp("policy"), EVERYTHING, what_if=True, years=5)


@pytest.fixture(scope="module")
def model() -> Setting:
    """The model city by the law alone."""
    city = model_city(scale=0.05)
    return prepare(city, None, load_law(), load_assumptions(), start=START, years=3)


def outcome(tables: PlanTables, condition: int, home: int, attributes: dict[str, int]) -> bool:
    """The outcome of a condition as a kernel looks it up."""
    held = tables.conditions
    column = sum(
        attributes[name] * int(step) for name, step in zip(ATTRIBUTES, held.stride[condition], strict=True)
    )
    row = held.of_home[condition, tables.profile[home]]
    return bool(held.flat[held.start[condition] + row * held.width[condition] + column])


@given(data=st.data())
def test_every_condition_and_rent_is_as_the_round_itself_judges(
    steered: Setting, data: st.DataObject
) -> None:
    planned = data.draw(st.sampled_from(steered.plans))
    home = data.draw(st.integers(0, len(steered.stock.key) - 1))
    values = [data.draw(st.integers(0, size - 1)) for size in steered.people.sizes]
    attributes = dict(zip(ATTRIBUTES, values, strict=True))
    row, seeker = steered.homes.row(home, named=True), steered.people.row_of(attributes)
    tables, plan = planned.tables, planned.plan
    for number, condition in enumerate(plan.conditions):
        assert outcome(tables, number, home, attributes) == condition.judge(row, seeker).allowed
    profile = tables.profile[home]
    column = sum(value * int(step) for value, step in zip(values, tables.rent_stride, strict=True))
    assert tables.rents[tables.rent_of_home[profile], column] == plan.offering.rent_cents(row, seeker)
    assert tables.full_rent[profile] == row["rent_cents"]
    assert tables.offer[profile] == plan.offer_of(row)
    about = [bool(tables.about[place, profile]) for place in range(len(plan.priorities))]
    assert about == [one.condition.is_about(row) for one in plan.priorities]


def test_all_arrays_are_of_the_types_that_the_kernel_expects(steered: Setting, model: Setting) -> None:
    for setting in (steered, model):
        tables = setting.plans[0].tables
        for held in (setting.stock, setting.thresholds, tables, tables.conditions, setting.tenancies(1)):
            hints = get_type_hints(type(held))
            for name, value in held._asdict().items():
                if isinstance(value, np.ndarray):
                    wanted = hints[name].__args__[1].__args__[0]
                    assert value.dtype == wanted, (type(held).__name__, name, value.dtype)


def test_tables_are_made_anew_where_law_or_policy_changes_and_nowhere_else(steered: Setting) -> None:
    days = [one.day for one in steered.plans]
    assert days == [START, date(2027, 4, 1), date(2029, 7, 1), date(2031, 1, 1)]
    assert [one.month for one in steered.plans] == [0, 7, 34, 52]
    assert steered.plan_of(33).day == date(2027, 4, 1)
    assert steered.day_of(7) == date(2027, 4, 1)


def test_what_was_let_goes_on_counting_while_the_use_goes_on(steered: Setting) -> None:
    first, second, third, fourth = (one.tables for one in steered.plans)
    names = [one.plan.tallies for one in steered.plans]
    assert (first.tally_from == -1).all()
    for earlier, later, tables in zip(names, names[1:], (second, third, fourth), strict=False):
        held = [earlier.index(name) if name in earlier else -1 for name in later]
        assert tables.tally_from.tolist() == held
    assert (second.slot_from.tolist(), fourth.slot_from.tolist()) == ([0], [])
    assert second.reservation_most.tolist() == [12]
    assert second.supported.tolist() == [12]


def test_a_new_use_of_a_ceiling_begins_anew(tmp_path: Path) -> None:
    one = CEILING.format(name="two", start="2026-01-01", end="2027-06-30", most=1)
    two = CEILING.format(name="two", start="2027-07-01", end="2029-06-30", most=2).partition("\n")[2]
    setting = setting_of(tmp_path, one + two.partition("\n")[2], what_if=True)
    assert [held.tables.ceiling_most.tolist() for held in setting.plans] == [[1], [2]]
    assert setting.plans[1].tables.ceiling_from.tolist() == [-1]
    merelhof = setting.homes["complex"] == "Merelhof"
    assert ((setting.plans[0].tables.ceiling == 0) == merelhof.to_numpy()).all()


def test_the_free_space_is_a_limit_by_share(model: Setting) -> None:
    tables = model.plans[0].tables
    [tally] = tables.limit_tally
    assert (tables.tally_part[tally], tables.tally_whole[tally], tables.tally_yearly[tally]) == (3, 40, 1)
    social = tables.limit_about[0, tables.profile] != 0
    assert (social == (model.homes["sector"] == "social").to_numpy()).all()


def test_values_of_the_law_are_carried_on_and_that_is_told(model: Setting) -> None:
    assert model.ahead.carried_from == date(2027, 1, 1)
    assert model.law_on(30).value("aftopping_low") == 71302
    assert not model.ahead.reasons(date(2026, 12, 1))
    [reason] = model.ahead.reasons(date(2027, 2, 1))
    assert "2027-01-01" in reason.say()


def test_a_municipality_without_a_known_urgency_scheme_is_assumed_to_have_one(
    model: Setting, tmp_path: Path
) -> None:
    assert model.assumed_schemes == ("GM9999",)
    local = 'holder = "V"\n[[urgency]]\nmunicipality = "GM9999"\ngroups = ["medical"]\n'
    law = law_of(tmp_path, f'{local}comply_by = 2030-01-01\nsource = "x"\nfrom = 2020-01-01\n')
    assert setting_of(tmp_path, law=law).assumed_schemes == ()


def test_a_day_that_a_record_names_is_a_day_on_which_tables_are_made_anew(tmp_path: Path) -> None:
    local = 'holder = "V"\n[[urgency]]\nmunicipality = "GM9999"\ngroups = ["medical"]\n'
    law = law_of(tmp_path, f'{local}comply_by = 2027-06-15\nsource = "x"\nfrom = 2020-01-01\n')
    setting = setting_of(tmp_path, law=law)
    assert [one.day for one in setting.plans] == [START, date(2027, 7, 1)]
    medical = [one.urgency for one in setting.people.types].index("medical")
    somebody = {**dict.fromkeys(ATTRIBUTES, 0), "type": medical}
    names = [one.name for one in setting.plans[0].plan.conditions]
    assert outcome(setting.plans[0].tables, names.index("urgency"), 0, somebody)


def test_numbers_are_turned_back_to_places(model: Setting) -> None:
    housing, row = model.housing, model.homes.row(17, named=True)
    stock = model.stock
    assert housing.areas[stock.area[17]] == row["area"]
    assert housing.complexes[stock.complex[17]] == row["complex"]
    assert housing.districts[stock.district[17]] == row["district"]
    assert housing.municipalities[stock.municipality[17]] == row["municipality"] == "GM9999"
    left = model.city.table("dwellings").row(
        by_predicate=pl.col("dwelling") == housing.left[stock.leaves[17] - 1], named=True
    )
    assert left["rooms"] == row["rooms"]


def test_only_homes_of_the_association_are_in_it(model: Setting) -> None:
    assert len(model.stock.key) == 1250
    assert set(model.city.table("dwellings")["tenure"]) == {"association"}


def test_facts_that_are_not_known_stay_unknown(tmp_path: Path) -> None:
    unknown = steered_city(rooms=None, step_free=None, type=None)
    setting = setting_of(tmp_path, city=tenants(unknown, empty=("T4",)))
    assert set(setting.stock.rooms.tolist()) == {-1}
    assert set(setting.stock.step_free.tolist()) == {0}
    assert set(setting.stock.turnover.tolist()) == {3}
    assert set(setting.tenancies(1).free_from.tolist()) == {0, NEVER}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rent_cents": None, "target_rent_cents": None}, "rent_cents"),
        ({"sector": None}, "sector"),
        ({"area": None}, "area"),
    ],
)
def test_it_refuses_homes_without_what_every_round_hangs_on(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(AbsentError, match=f"of 8 homes .* {told}.* M1"):
        setting_of(tmp_path, city=steered_city(**changed))


def test_it_refuses_a_city_without_homes_of_an_association(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="nothing to let"):
        setting_of(tmp_path, city=steered_city(tenure="owner_occupied"))


@pytest.mark.parametrize(("start", "years"), [(date(2026, 9, 2), 2), (START, 0), (START, 51)])
def test_it_refuses_times_that_are_not_whole_months_or_too_long(
    tmp_path: Path, start: date, years: int
) -> None:
    with pytest.raises(InputError, match="a simulation cannot"):
        setting_of(tmp_path, start=start, years=years)


def test_a_policy_that_becomes_unlawful_is_refused_with_that_day_and_the_reasons(tmp_path: Path) -> None:
    late = CEILING.format(name="late", start="2027-04-15", end="2030-01-01", most=1)
    late = late.replace('agreed = ["municipality", "partner", "region"]\n', "")
    with pytest.raises(InputError) as refused:
        setting_of(tmp_path, late)
    assert "2027-04-15" in str(refused.value)
    assert "\n- " in str(refused.value)
    assert setting_of(tmp_path, late, what_if=True).what_if


def test_who_lives_there_is_as_the_tenancies_tell(steered: Setting) -> None:
    held = steered.tenancies(7)
    dwellings = steered.homes["dwelling"].to_list()
    vacant = dwellings.index("T4")
    assert (held.type_[vacant], held.free_from[vacant]) == (NOBODY, 0)
    there = [place for place in range(8) if place != vacant]
    types = [steered.people.types[held.type_[place]] for place in there]
    assert {one.household_size for one in types} == {1}
    assert {one.kind for one in types} <= {"regular", "student"}
    assert set(held.since[there].tolist()) == {-76}
    assert (held.free_from[there] == NEVER).all()
    assert (held.age[there] >= 2).all()


def test_the_same_seed_gives_the_same_tenants_and_another_seed_others(model: Setting) -> None:
    one, same, other = model.tenancies(1), model.tenancies(1), model.tenancies(2)
    assert all(np.array_equal(left, right) for left, right in zip(one, same, strict=True))
    assert (one.type_ != other.type_).any()
    assert (one.since == other.since).all()


def test_tenants_do_not_depend_on_the_policy(tmp_path: Path, steered: Setting) -> None:
    alone = setting_of(tmp_path, years=5)
    assert all(
        np.array_equal(left, right)
        for left, right in zip(alone.tenancies(3), steered.tenancies(3), strict=True)
    )


def test_a_setting_does_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    city = tenants(steered_city())
    tables = {name: city.table(name) for name in city.tables()}
    turned = City.of({**tables, "dwellings": tables["dwellings"].reverse()}, city.manifest)
    one, two = setting_of(tmp_path, city=city), setting_of(tmp_path, city=turned)
    for left, right in zip(one.stock, two.stock, strict=True):
        assert np.array_equal(np.asarray(left), np.asarray(right))


def test_agreements_run_while_a_use_under_them_does(steered: Setting) -> None:
    assert [one.name for one in steered.people.partnerships] == ["Haven"]
    assert steered.agreements_on(51) == (0,)
    assert steered.agreements_on(52) == ()
    takes = [bool(held) for held in steered.thresholds.partner[:, 0]]
    assert [one.code for one, held in zip(steered.people.types, takes, strict=True) if held] == [
        "wmo_shelter"
    ]


def test_a_plan_tells_its_effects(steered: Setting) -> None:
    planned: Planned = steered.plans[0]
    assert len(planned.plan.conditions) == len(planned.tables.conditions.width)
    assert replace(planned, month=3).month == 3
