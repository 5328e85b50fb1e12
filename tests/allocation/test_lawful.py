"""A policy is lawful or not on a day, with the rules that say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld import AbsentError, InputError
from tests.allocation.steered_city import WIDER_FREE_SPACE, held

WHY_NOT = {
    'name = "local_binding"\nshare = 0.6\nsource = "o"': "60% is above the largest share of 50% (Hvw 14",
    'name = "free_space"\nshare = 0.1\nsource = "p"': "10% is above the free space of 7.5% (Woningwet 48(1)",
    'name = "two_rents"\nhigher_rent_cents = 90100': "€ 901 is above the maximum of € 900 by the points",
    'name = "wbmgp_income"': "names no area or complex",
    'name = "contingent"\ngroup = "medical"\nhomes = 2\npartner = "Baken"': "no agreement is recorded",
    'name = "lottery"': "does not say where it can be read",
}


@pytest.mark.parametrize("use", WHY_NOT)
def test_it_says_what_stands_in_the_way(tmp_path: Path, use: str) -> None:
    decision = held(tmp_path, use)
    assert not decision
    assert WHY_NOT[use] in decision.say()


@given(st.integers(0, 100))
def test_any_share_up_to_half_goes_to_the_bound_and_none_above(percent: int) -> None:
    with TemporaryDirectory() as folder:
        use = f'name = "local_binding"\nshare = {percent / 100}\nsource = "ordinance"'
        assert bool(held(Path(folder), use)) == (percent <= 50)


def test_an_agreement_widens_the_free_space_to_15_percent(tmp_path: Path) -> None:
    assert held(tmp_path, 'name = "free_space"\nshare = 0.15\nsource = "policy"', WIDER_FREE_SPACE)
    assert not held(tmp_path, 'name = "free_space"\nshare = 0.16\nsource = "policy"', WIDER_FREE_SPACE)


def test_binding_may_not_stand_beside_that_of_the_ordinance(tmp_path: Path) -> None:
    local = """
holder = "Vogelstad"
[[binding]]
municipality = "GM9999"
category = "small"
share = 0.5
source = "ordinance"
from = 2026-07-01
"""
    with pytest.raises(InputError, match="gives priority for binding already") as refusal:
        held(tmp_path, 'name = "local_binding"\nshare = 0.5\nsource = "o"', local)
    assert "not lawful" not in str(refusal.value)


def test_a_campus_contract_is_told_with_what_it_must_say(tmp_path: Path) -> None:
    decision = held(tmp_path, 'name = "label_students"\ncontract = "campus"\nsource = "policy"')
    assert decision
    assert "it says that the home is for students" in decision.say()


def test_what_was_not_read_before_a_date_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="2025-12-31 is not known"):
        held(
            tmp_path,
            'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.2',
            day=date(2025, 12, 31),
        )


def test_a_maximum_rent_that_is_not_known_is_not_judged(tmp_path: Path) -> None:
    with pytest.raises(AbsentError, match="the maximum rent of this home"):
        held(tmp_path, 'name = "two_rents"', maximum_rent_cents=None)


def test_a_day_without_uses_is_lawful(tmp_path: Path) -> None:
    assert (
        "uses no instrument on 2019-01-01" in held(tmp_path, 'name = "lottery"', day=date(2019, 1, 1)).say()
    )


def test_a_label_by_price_alone_cannot_ask_that_a_home_goes_to_a_group_alone(tmp_path: Path) -> None:
    use = 'name = "label_youth"\ncriterion = "{by}"\ngoes = "only"\nsource = "policy"'
    assert held(tmp_path, use.format(by="size"))
    assert "by its nature or size, not by its price" in held(tmp_path, use.format(by="price")).say()
