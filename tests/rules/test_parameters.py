"""Values of rules by date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
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


def test_it_does_not_carry_the_values_of_2026_into_2027() -> None:
    for name in LAW.by_name:
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


def test_local_policy_fills_in_what_the_law_files_do_not_know(tmp_path: Path) -> None:
    policy = _policy(
        tmp_path, 'from = 2026-01-01\nvalue = 122800\nsource = "Besluit van het bestuur, 3 februari 2026"'
    )
    local = LAW.with_local(policy)
    assert local.value("middle_rent_limit", date(2026, 3, 1)) == 122_800
    assert local["middle_rent_limit"].at(date(2026, 3, 1)).grade == "L"  # type: ignore[union-attr]
    assert local.value("middle_rent_limit", date(2025, 3, 1)) == 118_482
    with pytest.raises(AbsentError):
        LAW.value("middle_rent_limit", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("value = 1", "a date under from"),
        ("from = 2026-01-01", "either a value or the reason"),
        ('from = 2026-01-01\nvalue = "much"\nsource = "x"', "a number under value"),
        ("from = 2026-01-01\nvalue = 1", "the source of the value"),
        ("from = 2026-01-01\nvalue = =", "TOML"),
    ],
)
def test_it_refuses_local_policy_that_is_not_of_the_form(tmp_path: Path, lines: str, expected: str) -> None:
    with pytest.raises(InputError) as refusal:
        LAW.with_local(_policy(tmp_path, lines))
    assert "policy.toml" in str(refusal.value)
    assert expected in str(refusal.value)


def test_it_refuses_local_policy_with_two_values_for_one_day(tmp_path: Path) -> None:
    row = 'from = 2026-01-01\nvalue = 1\nsource = "x"'
    with pytest.raises(InputError, match="one value for each date"):
        LAW.with_local(_policy(tmp_path, f"{row}\n[[middle_rent_limit.values]]\n{row}"))


@given(st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_value_changes_only_on_a_day_that_its_file_names(day: date) -> None:
    for parameter in LAW.by_name.values():
        here, before = parameter.at(day), parameter.at(day - timedelta(days=1))
        assert here == before or (here is not None and here.start == day)


def _policy(folder: Path, lines: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(f"[middle_rent_limit]\n[[middle_rent_limit.values]]\n{lines}\n", encoding="utf-8")
    return path
