"""Ceilings that follow capacity: whole numbers that add up to what was agreed for the region."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.allocation import read_allocation_policy
from ongedeeld.errors import InputError
from ongedeeld.simulation.kernel._state import Longs, PlanTables, Tenancies
from ongedeeld.simulation.outcomes.bearing import known_of
from ongedeeld.simulation.outcomes.ceilings import (
    following_capacity,
    largest_remainder,
    of_year,
    spread_by_capacity,
)
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.remaining import Remaining
from ongedeeld.simulation.running import run
from tests.simulation import small_runs

PARTS = st.lists(st.fractions(0, 100), min_size=1, max_size=20)


def test_what_is_left_goes_to_the_largest_remainders() -> None:
    # Of 7 seats 3.5, 2.1 and 1.4: three, two and one, and the last to the largest remainder.
    assert largest_remainder([Fraction(5), Fraction(3), Fraction(2)], 7) == [4, 2, 1]


def test_of_equal_remainders_the_first_goes_first() -> None:
    assert largest_remainder([Fraction(1)] * 3, 2) == [1, 1, 0]


@given(PARTS, st.integers(0, 500))
def test_the_largest_remainder_keeps_the_total(parts: list[Fraction], total: int) -> None:
    found = largest_remainder(parts, total)
    assert sum(found) == total
    assert min(found) >= 0


@given(PARTS, st.integers(0, 500))
def test_nobody_is_more_than_one_away_from_the_share(parts: list[Fraction], total: int) -> None:
    whole = sum(parts)
    if whole:
        for one, part in zip(largest_remainder(parts, total), parts, strict=True):
            assert abs(one - part * total / whole) < 1


def test_a_place_with_much_support_gets_none_until_the_others_have_as_much() -> None:
    assert spread_by_capacity([100, 100, 100], [0.0, 0.0, 0.0], [10, 2, 2], 6) == [0, 3, 3]


def test_a_place_that_bears_more_gets_more() -> None:
    assert spread_by_capacity([100, 100], [-3.0, 3.0], [0, 0], 8) == [1, 7]


def test_a_place_without_a_card_bears_the_middle() -> None:
    assert spread_by_capacity([100, 100], [None, 0.0], [0, 0], 4) == [2, 2]


def test_where_no_place_bears_anything_homes_decide() -> None:
    assert spread_by_capacity([300, 100], [-4.0, -4.0], [0, 0], 4) == [3, 1]


COMPLEXES = st.lists(
    st.tuples(st.integers(0, 400), st.none() | st.floats(-4, 4), st.integers(0, 60)), min_size=1, max_size=12
)


@given(COMPLEXES, st.integers(0, 200))
def test_the_number_in_the_region_stays_the_same(
    complexes: list[tuple[int, float | None, int]], total: int
) -> None:
    homes, balance, supported = map(list, zip(*complexes, strict=True))
    found = spread_by_capacity(homes, balance, supported, total)
    assert sum(found) == total
    assert min(found) >= 0


@given(st.integers(0, 300), st.integers(1, 10))
def test_the_parts_of_the_years_add_up(total: int, years: int) -> None:
    parts = [of_year(total, 12 * year, 12 * year + 12, 12 * years) for year in range(years)]
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1


START, END = date(2026, 7, 1), date(2028, 6, 30)


POLICY = """
name = "spread"

[[instrument]]
name = "support_agreement"
agreement = "shelter"
group = "wmo_shelter"
homes = 9
partner = "Haven"
months = 4
hours_a_week = 2
payer = "municipality"
{held}
"""
CEILING = """
[[instrument]]
name = "ceiling"
agreement = "ceiling"
most = {{ C002 = 0, C003 = 1, C007 = 2 }}
regional_total = 9
{held}
"""
HELD = f"from = {START}\nuntil = {END}\n{small_runs.AGREED}"


def setting(folder: Path, *parts: str, years: int = 2, what_if: bool = False) -> Setting:
    """Some years of the smallest model city under a policy."""
    city, file = small_runs.whole_city(), folder / "policy.toml"
    file.write_text("".join(parts).format(held=HELD), encoding="utf-8")
    policy = read_allocation_policy(file, city)
    law, assumed = small_runs.law(), small_runs.assumptions()
    return prepare(city, policy, law, assumed, start=START, years=years, what_if=what_if)


def test_a_run_lets_no_more_by_mediation_than_the_ceilings_of_the_year(tmp_path: Path) -> None:
    made = setting(tmp_path, POLICY, CEILING)
    city = small_runs.whole_city()
    hook = following_capacity(made, known_of(city, made))
    given_out: list[np.ndarray] = []

    def kept(month: int, tenancies: Tenancies, tables: PlanTables) -> Longs | None:
        found = hook(month, tenancies, tables)
        assert found is not None
        given_out.append(found)
        return found

    done = run(made, 1, made.months, kept)
    named = [one.complex for one in made.plan_of(0).plan.ceilings]
    assert [int(one.sum()) for one in given_out] == [1, 2]
    for year, ceilings in enumerate(given_out):
        months = done.lettings.filter(
            (done.lettings["month"] // 12 == year) & (done.lettings["route"] == "mediated")
        )
        there = made.homes["complex"].gather(months["home"])
        for name, most in zip(named, ceilings, strict=True):
            assert (there == name).sum() <= most


def mediated_most(made: Setting, months: int) -> list[list[int]]:
    """What the ceilings hold before each round of a run in which they follow capacity."""
    seen: list[list[int]] = []

    def kept(month: int, tenancies: Tenancies, tables: PlanTables) -> Longs | None:
        found = following(month, tenancies, tables)
        seen.append([month, 0 if found is None else int(found.sum())])
        return found

    following = following_capacity(made, None)
    run(made, 1, months, kept)
    return seen


def test_a_ceiling_that_begins_within_a_year_has_its_part_of_the_rest_of_that_year(tmp_path: Path) -> None:
    # 9 in the 36 months from November 2026 on: 8 of them in the first year of the run, then 12, 12 and 4.
    part = CEILING.replace("most = {{ C002 = 0, C003 = 1, C007 = 2 }}", "most = {{ C002 = 3, C003 = 6 }}")
    held = f"from = 2026-10-15\nuntil = 2029-10-31\n{small_runs.AGREED}"
    made = setting(tmp_path, POLICY, part.replace("{held}", held), years=4, what_if=True)
    assert mediated_most(made, 48) == [[0, 0], [4, 2], [12, 3], [24, 3], [36, 1]]


def test_a_ceiling_that_begins_within_a_year_leaves_what_another_has_left(tmp_path: Path) -> None:
    one = CEILING.replace("C002 = 0, C003 = 1, C007 = 2", "C002 = 4")
    held = f"from = 2026-10-15\nuntil = 2029-10-31\n{small_runs.AGREED}"
    two = CEILING.replace("C002 = 0, C003 = 1, C007 = 2", "C003 = 9").replace("{held}", held)
    made = setting(tmp_path, POLICY, one, two, years=4, what_if=True)
    remaining = Remaining.at_first(made.plans[0].tables)
    remaining.set_ceilings(np.array([2]), year_begins=True)
    remaining.left.ceiling_left[:] = 1
    for plan in made.plans[1 : made.plans.index(made.plan_of(4)) + 1]:
        remaining.turn(plan.tables)
    remaining.set_ceilings(np.array([2, 2]), year_begins=False)
    assert remaining.left.ceiling_left.tolist() == [1, 2]


def test_it_refuses_a_policy_without_ceilings(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no ceilings"):
        following_capacity(setting(tmp_path, POLICY), None)


def test_it_refuses_ceilings_under_which_no_agreement_is_recorded(tmp_path: Path) -> None:
    made = setting(tmp_path, POLICY, CEILING)
    bare = replace(
        made, policy=replace(made.policy, uses=tuple(replace(use, agreement="") for use in made.policy.uses))
    )
    with pytest.raises(InputError, match="no agreement is recorded"):
        following_capacity(bare, None)
    assert callable(following_capacity(replace(bare, what_if=True), None))
