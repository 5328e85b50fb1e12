"""Values of rules by date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError
from ongedeeld.rules import load_parameters

LAW = load_parameters()

# From the overview of the ministry for 2026 (25 November 2025) and Wht 20(2) as it reads on 1 January 2026.
PUBLISHED = [
    ("daeb_income_limit_one_person", 51_537_00),
    ("daeb_income_limit_multi_person", 56_910_00),
    ("passend_income_limit_one_person", 29_400_00),
    ("passend_income_limit_multi_person_elderly", 38_650_00),
    ("aftopping_low", 713_02),
    ("aftopping_high", 764_14),
    ("kwaliteitskorting", 498_20),
    ("social_rent_limit", 932_93),
    ("rent_allowance_youth_age", 21),
]


@pytest.mark.parametrize(("name", "value"), PUBLISHED)
def test_it_gives_the_published_value_of_2026(name: str, value: int) -> None:
    assert LAW.value(name, date(2026, 7, 1)) == value


def test_a_value_holds_from_its_day_and_not_the_day_before() -> None:
    assert LAW.value("rent_allowance_youth_age", date(2025, 12, 31)) == 23
    assert LAW.value("rent_allowance_youth_age", date(2026, 1, 1)) == 21


def test_the_elderly_limits_of_2026_follow_from_article_14() -> None:
    # Wht 14: the base amounts plus the addition, rounded up to 25 euros.
    for base, addition, name in (
        (28_089_78, 665_00, "passend_income_limit_one_person_elderly"),
        (37_183_99, 1_462_00, "passend_income_limit_multi_person_elderly"),
    ):
        assert LAW.value(name, date(2026, 1, 1)) == -(-(base + addition) // 25_00) * 25_00


def test_it_refuses_a_value_that_nobody_could_verify() -> None:
    with pytest.raises(AbsentError) as refusal:
        LAW.value("middle_rent_limit", date(2026, 3, 1))
    said = str(refusal.value)
    assert "middle_rent_limit" in said
    assert "2026-03-01" in said
    assert "local policy" in said


def test_it_does_not_carry_the_amounts_of_2026_into_2027() -> None:
    amounts = [name for name, parameter in LAW.by_name.items() if len(parameter.values) >= 4]
    assert len(amounts) >= 10
    for name in amounts:
        with pytest.raises(AbsentError):
            LAW.value(name, date(2027, 1, 1))


def test_it_refuses_a_day_before_the_first_value() -> None:
    with pytest.raises(AbsentError, match="before the first date"):
        LAW.value("aftopping_low", date(2022, 12, 31))


def test_it_suggests_the_name_that_was_meant() -> None:
    with pytest.raises(AbsentError, match="aftopping_low"):
        LAW.value("aftoping_low", date(2026, 1, 1))


def test_every_known_value_has_a_source_and_a_grade() -> None:
    for name, parameter in LAW.by_name.items():
        for dated in parameter.values:
            assert dated.value is None or (dated.source and dated.grade), name


@given(st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_value_changes_only_on_a_day_that_its_file_names(day: date) -> None:
    for parameter in LAW.by_name.values():
        here, before = parameter.at(day), parameter.at(day - timedelta(days=1))
        assert here == before or (here is not None and here.start == day)
