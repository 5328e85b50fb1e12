"""Rent policy: the rents that each instrument offers, worked by hand.

In July 2026 the low cap is 713.02, the high cap 764.14 and the quality-discount limit 498.20 euros.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.allocation.effects import Rent
from tests.allocation import steered_city
from tests.allocation.steered_city import effects, judged, seeker


def home(**known: object) -> dict[str, object]:
    """A home that is offered at 900 euros, with a target rent of 750."""
    return steered_city.home(**{"rent_cents": 900_00} | known)


def rent_effect(folder: Path, use: str) -> Rent:
    """The one effect on rents of a use."""
    (effect,) = effects(folder, f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n')
    assert isinstance(effect, Rent)
    return effect


@pytest.mark.parametrize(
    ("size", "income", "rent"),
    [
        (1, "below_passend", 713_02),
        (2, "below_passend", 713_02),
        (3, "below_passend", 750_00),
        (1, "below_daeb", 750_00),
    ],
)
def test_two_rents_go_by_household_and_income_class(
    tmp_path: Path, size: int, income: str, rent: int
) -> None:
    effect = rent_effect(tmp_path, 'name = "two_rents"')
    person = seeker(household_size=size, income_class=income, pension_age=False)
    assert effect.rent_cents(home(), person) == rent
    assert judged(effect, home(), person)


def test_two_rents_have_a_higher_rent_by_the_policy(tmp_path: Path) -> None:
    effect = rent_effect(tmp_path, 'name = "two_rents"\nhigher_rent_cents = 82500')
    above = seeker(income_class="middle", pension_age=False)
    assert effect.rent_cents(home(), above) == 825_00
    assert "the rent is € 825" in judged(effect, home(), above).say()


def test_two_rents_leave_the_rent_when_the_income_class_is_not_known(tmp_path: Path) -> None:
    decision = judged(rent_effect(tmp_path, 'name = "two_rents"'), home(), seeker())
    assert not decision
    assert "the income class of this household is not known" in decision.say()


@pytest.mark.parametrize(
    ("limit", "rent"),
    [("kwaliteitskorting", 498_20), ("aftopping_low", 713_02), ("aftopping_high", 750_00)],
)
def test_a_target_rent_is_lowered_to_a_limit(tmp_path: Path, limit: str, rent: int) -> None:
    effect = rent_effect(tmp_path, f'name = "lowered_target_rent"\nlimit = "{limit}"')
    assert effect.rent_cents(home(), seeker()) == rent
    assert bool(judged(effect, home(), seeker())) == (rent < 750_00)


def test_a_target_rent_is_lowered_only_where_the_policy_says(tmp_path: Path) -> None:
    effect = rent_effect(tmp_path, 'name = "lowered_target_rent"\ncomplexes = ["Tulphof"]')
    assert not judged(effect, home(), seeker())
    assert judged(effect, home(area="BU99990201", complex="Tulphof"), seeker())


def test_a_senior_keeps_the_rent_of_the_home_that_is_left(tmp_path: Path) -> None:
    effect = rent_effect(tmp_path, 'name = "senior_rent_kept"\nrooms_left = 4')
    # M4 has 5 rooms at 750; M3 has 4 at 700; M2 has 3 at 650.
    old = seeker(age_class="67_and_over", current_dwelling="M3")
    assert judged(effect, home(), old)
    assert effect.rent_cents(home(), old) == 700_00
    for other in (
        seeker(age_class="67_and_over", current_dwelling="M2"),
        seeker(age_class="35_54", current_dwelling="M3"),
        seeker(age_class="67_and_over"),
    ):
        assert not judged(effect, home(), other)


def test_rent_policy_never_raises_the_rent_that_is_asked(tmp_path: Path) -> None:
    asked, old = home(rent_cents=300_00), seeker(age_class="67_and_over", current_dwelling="M3")
    for use in (
        'name = "two_rents"\nhigher_rent_cents = 82500',
        'name = "lowered_target_rent"\nlimit = "aftopping_low"',
        'name = "senior_rent_kept"\nrooms_left = 4',
    ):
        effect = rent_effect(tmp_path, use)
        person = old | {"income_class": "middle", "pension_age": False}
        assert effect.rent_cents(asked, person) == 300_00
        assert "it would be" not in judged(effect, asked, person).say()
