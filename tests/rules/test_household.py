"""A household holds a closed list of facts, and an income is read by income rules only."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
from ongedeeld.reasons import Decision
from ongedeeld.rules import Bond, Household, Income, load_law
from ongedeeld.rules.codes import INCOME_CLASSES
from ongedeeld.rules.fitting import fitting
from ongedeeld.rules.income import (
    free_space_order,
    in_target_group,
    income_class,
    income_limit,
    may_be_housed,
)
from ongedeeld.rules.rents import social

LAW = load_law().on(date(2026, 7, 1))


def test_it_has_no_field_for_what_must_not_be_held() -> None:
    assert {field.name for field in fields(Household)} == {
        "size",
        "minors",
        "age",
        "age_class",
        "pension_age",
        "income_class",
        "groups",
        "urgency",
        "region",
        "municipality",
        "part",
        "profession",
        "assets_exception",
    }


def test_an_income_is_not_shown_and_not_read_for_another_purpose() -> None:
    income = Income(34_567_89, 2026)
    assert "34567" not in repr(income)
    with pytest.raises(AbsentError, match=r"Woningwet 48\(4\)"):
        income.for_rule("livability", LAW)


def test_an_income_of_last_year_is_indexed_and_rounded_to_whole_cents() -> None:
    # 1.03 times 1.0832 is 1.115696; 1.00 times 1.1701 is 1.1701.
    day = load_law().on(date(2024, 3, 1))
    assert Income(103, 2023).for_rule("daeb_target_group", day) == 112
    assert Income(100, 2022).for_rule("daeb_target_group", day) == 117
    assert Income(100, 2024).for_rule("daeb_target_group", day) == 100


def test_no_reason_tells_the_income() -> None:
    household = Household(size=1, pension_age=False)
    found = income_class(household, Income(34_567_89, 2026), LAW)
    judged = Household(size=1, pension_age=False, income_class=found)
    for decision in (in_target_group(judged, LAW), fitting(judged, 700_00, LAW)):
        assert "34,567" not in decision.say()
        assert "3456789" not in str([reason.inputs for reason in decision.reasons])


@given(st.integers(0, 200_000_00), st.integers(0, 200_000_00), st.integers(1, 6), st.booleans())
def test_a_higher_income_is_never_of_a_lower_class(one: int, other: int, size: int, pension: bool) -> None:
    household = Household(size=size, pension_age=pension)
    order = list(INCOME_CLASSES)
    low, high = sorted((one, other))
    classes = [income_class(household, Income(cents, 2026), LAW) for cents in (low, high)]
    assert order.index(classes[0]) <= order.index(classes[1])


@given(st.integers(1, 8), st.integers(0, 200_000_00))
def test_the_classes_part_at_the_limits(size: int, cents: int) -> None:
    household = Household(size=size, pension_age=False)
    limits = [income_limit(kind, household, LAW) for kind in ("passend", "daeb", "middle")]
    above = sum(cents > limit for limit in limits)
    assert income_class(household, Income(cents, 2026), LAW) == list(INCOME_CLASSES)[above]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"size": 0}, "not possible"),
        ({"size": 2, "minors": 2}, "not possible"),
        ({"size": 1, "age_class": "young"}, "under_23"),
        ({"size": 1, "income_class": "low"}, "below_passend"),
        ({"size": 1, "groups": frozenset({"refugee"})}, "permit_holder"),
        ({"size": 1, "age": 40, "age_class": "under_23"}, "does not lie"),
        ({"size": 1, "pension_age": False, "assets_exception": True}, "BTIV 54a"),
    ],
)
def test_it_refuses_what_cannot_be(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Household(**facts)


def test_it_refuses_a_negative_rent_income_and_residence() -> None:
    with pytest.raises(InputError, match="below 0"):
        social(-1, LAW)
    with pytest.raises(InputError, match="below 0"):
        Income(-1, 2026)
    with pytest.raises(InputError, match="below 0"):
        Bond(years=-1)


def test_what_is_not_known_is_not_no() -> None:
    for ask in (
        lambda: Household(size=1).is_elderly(),
        lambda: Household(size=1).known_income_class(),
        lambda: Household(size=1).bond("region"),
        lambda: Household(size=1).eldest_below(21),
    ):
        with pytest.raises(AbsentError):
            ask()


def test_the_free_space_must_be_given_where_it_decides() -> None:
    with pytest.raises(InputError, match="free space"):
        may_be_housed(Household(size=1, income_class="above"), None, LAW)
    assert may_be_housed(Household(size=1, income_class="below_daeb"), None, LAW)


def test_a_ground_that_nobody_published_has_no_place_in_the_free_space() -> None:
    with pytest.raises(InputError, match="free_space"):
        free_space_order("friends", LAW)


def test_every_decision_tells_where_it_stands() -> None:
    decision = fitting(Household(size=2, income_class="below_passend"), 713_03, LAW)
    assert isinstance(decision, Decision)
    assert all(reason.article and reason.source.startswith("https://") for reason in decision.reasons)
    assert decision.say().splitlines() == [
        "No:",
        "- the income is within the limit of passend toewijzen (Woningwet 46(2), BTIV 54(1))",
        (
            "- the rent of € 713.03 is above the cap of € 713.02 for a household of 2 "
            "(Woningwet 46(2), BTIV 54(1))"
        ),
    ]
