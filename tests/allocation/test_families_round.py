"""Each instrument decides its round as worked by hand, and looks only at what it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.allocation.allocating import allocate
from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.effects import Ceiling
from ongedeeld.allocation.lawful import effects_of
from ongedeeld.rules.purpose import PURPOSES
from tests.allocation.families_cases import CASES
from tests.allocation.families_cast import CARLA, homes_of, played, seekers_of, winners
from tests.allocation.steered_city import DAY, agreed, law_of, policy_of, steered_city


@pytest.mark.parametrize("name", CASES)
def test_an_instrument_decides_as_worked_by_hand(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    assert winners(played(case, tmp_path, policy=False)) == case.without
    under = played(case, tmp_path, policy=True)
    assert winners(under) == case.under
    if case.rents is not None:
        assert tuple(under.lettings["rent_cents"]) == case.rents


def test_what_if_is_said_with_every_letting(tmp_path: Path) -> None:
    case = CASES["wbmgp_priority"]
    city, law = steered_city(), law_of(tmp_path)
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{case.use}\n'
    policy = policy_of(tmp_path, agreed(text), city)
    effects = effects_of(policy, law, city, DAY, what_if=True)
    played = allocate(city, homes_of(case), seekers_of(case), law=law.on(DAY), policy=effects, what_if=True)
    assert winners(played) == (CARLA,)
    assert "what if the law allowed this" in played.why("V1", CARLA).say()


@pytest.mark.parametrize("name", CASES)
def test_an_instrument_looks_only_at_what_it_may(tmp_path: Path, name: str) -> None:
    """Columns of the closed lists; income only where an income rule carries the instrument."""
    case, instrument, city = CASES[name], load_catalogue()[name], steered_city()
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{case.use}\n'
    policy = policy_of(tmp_path, agreed(text), city)
    for effect in effects_of(policy, law_of(tmp_path, case.local), city, DAY):
        assert not isinstance(effect, Ceiling)
        looked = set(effect.condition.of_seeker)
        assert looked <= INPUTS["seekers"].keys()
        assert set(effect.condition.of_vacancy) <= {*INPUTS["vacancies"], "municipality", "district"}
        assert "income_class" not in looked or set(instrument.basis) & PURPOSES.keys()
        assert "permit" not in looked or name in ("wbmgp_income", "wbmgp_nuisance")


def test_every_instrument_is_worked_here() -> None:
    apart = {"free_space", "ceiling", "lottery", "direct_mediation"}
    assert CASES.keys() | apart == load_catalogue().by_name.keys()
