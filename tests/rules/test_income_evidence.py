"""Evidence of income: what a case sentence cannot say."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import InputError
from ongedeeld.rules import load_law
from ongedeeld.rules.income_evidence import Evidence, income_is_shown

LAW = load_law().on(date(2026, 7, 1))


def test_it_holds_no_amount_and_no_number() -> None:
    held = {field.name for field in fields(Evidence)}
    assert held == {"situation", "kind", "issued", "year", "payslip", "ground"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"situation": "refugee"}, "situation of a resident"),
        ({"situation": "other", "kind": "bank_account"}, "evidence of income"),
        ({"situation": "other", "kind": "own_statement", "ground": "hurry"}, "ground of an own statement"),
    ],
)
def test_it_refuses_what_is_not_in_its_lists(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Evidence(**wrong)  # type: ignore[arg-type]


def test_it_refuses_evidence_of_nobody() -> None:
    with pytest.raises(InputError, match="one person or more"):
        income_is_shown([], LAW, household_statement=True)


def test_a_no_names_everything_that_is_missing() -> None:
    people = [Evidence(situation="other"), Evidence(situation="social_assistance")]
    decision = income_is_shown(people, LAW, household_statement=False)
    assert [reason.rule for reason in decision.reasons] == ["income_evidence"] * 3


@given(st.integers(2000, 2050))
def test_tax_data_count_from_exactly_two_calendar_years(year: int) -> None:
    one = Evidence(situation="other", kind="tax_data", year=year)
    assert bool(income_is_shown([one], LAW, household_statement=True)) == (year in (2024, 2025))


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_a_statement_counts_from_six_months_before_until_the_start(issued: date) -> None:
    one = Evidence(situation="permit_holder", kind="reception_statement", issued=issued)
    expected = date(2026, 1, 1) <= issued <= date(2026, 7, 1)
    assert bool(income_is_shown([one], LAW, household_statement=False)) == expected
