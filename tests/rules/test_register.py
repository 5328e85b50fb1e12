"""Rules by date: not yet, in force, no longer, or not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError
from ongedeeld.rules import difference, load_law, load_parameters, load_register

REGISTER = load_register()
JUNE_30, JULY_1 = date(2026, 6, 30), date(2026, 7, 1)


def test_the_urgency_scheme_is_optional_until_the_day_before_the_new_text() -> None:
    before, after = REGISTER["urgency"].at(JUNE_30), REGISTER["urgency"].at(JULY_1)
    assert before is not None
    assert after is not None
    assert "may have" in before.says.en
    assert "at least ten groups" in after.says.en
    assert after.unknown is not None


def test_the_maximum_rent_stopped_being_a_condition_for_rent_allowance_in_2026() -> None:
    rule = REGISTER["rent_allowance_maximum_rent"]
    assert "is a condition" in rule.at(date(2025, 12, 31)).says.en  # type: ignore[union-attr]
    assert "no longer a condition" in rule.at(date(2026, 1, 1)).says.en  # type: ignore[union-attr]


def test_a_rule_that_comes_later_is_not_in_force_before_its_day() -> None:
    assert REGISTER["urgency_conditions"].at(JUNE_30) is None
    assert REGISTER["temporary_contract"].at(date(2024, 6, 30)) is None
    assert REGISTER["temporary_contract"].at(date(2024, 7, 1)) is not None


def test_what_held_before_the_text_that_was_read_is_unknown_and_not_absent() -> None:
    with pytest.raises(AbsentError) as refusal:
        REGISTER["wbmgp_income"].at(date(2020, 1, 1))
    assert "2026-06-04" in str(refusal.value)
    assert "wbmgp_income" in REGISTER.unread(date(2020, 1, 1))
    assert "wbmgp_income" not in REGISTER.in_force(date(2020, 1, 1))


def test_it_suggests_the_rule_that_was_meant() -> None:
    with pytest.raises(AbsentError, match="wbmgp_income"):
        REGISTER["wbmgp_incom"]


def test_every_rule_names_values_that_exist() -> None:
    values = load_parameters().by_name
    for rule in REGISTER.by_name.values():
        for version in rule.versions:
            assert set(version.values) <= set(values), rule.name


def test_a_reason_cites_the_text_of_its_day() -> None:
    law = load_law()
    before = law.on(JUNE_30).reason("local_binding", "at most {share}", {"share": 0.5})
    after = law.on(JULY_1).reason("local_binding", "at most {share}", {"share": 0.5})
    assert before.source.endswith("2026-01-01")
    assert after.source.endswith("2026-07-01")
    assert before.say() == "at most 0.5 (Hvw 14(1)-(2), 14(5))"


@given(st.dates(date(2022, 1, 1), date(2028, 1, 1)))
def test_the_rules_change_only_on_a_day_that_a_file_names(day: date) -> None:
    named = {version.start for rule in REGISTER.by_name.values() for version in rule.versions}
    named |= {
        version.end + timedelta(days=1)
        for rule in REGISTER.by_name.values()
        for version in rule.versions
        if version.end
    }
    if REGISTER.in_force(day) != REGISTER.in_force(day - timedelta(days=1)):
        assert day in named


@pytest.mark.parametrize(
    "name", ["local_binding", "social_binding", "vital_professions", "ordinance_duration"]
)
def test_what_reads_alike_in_both_texts_does_not_differ_between_them(name: str) -> None:
    changed = {change.name for change in difference(load_law(), JUNE_30, JULY_1)}
    assert name not in changed
    assert REGISTER[name].at(JUNE_30).source != REGISTER[name].at(JULY_1).source  # type: ignore[union-attr]
