"""The Wbmgp is used lawfully inside a designation, and leaves who is refused a chance elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ongedeeld import AbsentError
from ongedeeld.allocation.lawful import lawful
from tests.allocation.steered_city import DAY, DESIGNATED, held, law_of, policy_of
from tests.small_city import small_city


@pytest.mark.parametrize("place", ['areas = ["BU99990101"]', 'complexes = ["Merelhof"]'])
@pytest.mark.parametrize("name", ["wbmgp_income", "wbmgp_priority", "wbmgp_nuisance"])
def test_the_wbmgp_is_lawful_inside_a_valid_designation(tmp_path: Path, name: str, place: str) -> None:
    decision = held(tmp_path, f'name = "{name}"\n{place}', DESIGNATED)
    assert decision, decision.say()


BROKEN = {
    "outside the area": ("BU99990101", "BU99990102", "is not designated"),
    "without a hardship clause": ("hardship_clause = true", "hardship_clause = false", "no hardship clause"),
    "longer than four years": ("2030-06-30", "2030-07-01", "lasts longer than 4 years"),
    "after it has ended": ("until = 2030-06-30", "until = 2026-07-14", "ended on 2026-07-14"),
}


@pytest.mark.parametrize(("found", "broken", "said"), BROKEN.values(), ids=BROKEN)
def test_the_wbmgp_is_not_lawful(tmp_path: Path, found: str, broken: str, said: str) -> None:
    local = DESIGNATED.replace(found, broken)
    decision = held(tmp_path, 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]', local)
    assert not decision
    assert said in decision.say()


def test_a_designation_ends_from_one_day_to_the_next(tmp_path: Path) -> None:
    use = 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]'
    assert held(tmp_path, use, DESIGNATED, date(2030, 6, 30))
    assert not held(tmp_path, use, DESIGNATED, date(2030, 7, 1))


def test_lower_incomes_may_not_be_shut_out_of_all_homes(tmp_path: Path) -> None:
    use = 'name = "wbmgp_income"\nareas = ["BU99990101", "BU99990201"]'
    both = DESIGNATED.replace('["BU99990101"]', '["BU99990101", "BU99990201"]')
    decision = held(tmp_path, use, both)
    assert [one.article for one in decision.reasons if "shut out" in one.text] == ["Hvw 9(2)", "Hvw 9(2)"]


@pytest.mark.parametrize("places", ['areas = ["BU99990101"]', 'complexes = ["Merelhof"]'])
def test_who_is_refused_keeps_a_chance_elsewhere(tmp_path: Path, places: str) -> None:
    decision = held(tmp_path, f'name = "wbmgp_nuisance"\n{places}', DESIGNATED)
    assert decision
    assert "of the 8 homes of the association 4 ask no permit by article 8 or 10" in decision.say()


def test_designations_of_all_homes_leave_who_is_refused_no_chance(tmp_path: Path) -> None:
    """The policy is used in one of two neighbourhoods, and both are designated."""
    both = DESIGNATED.replace('["BU99990101"]', '["BU99990101", "BU99990201"]')
    decision = held(tmp_path, 'name = "wbmgp_nuisance"\nareas = ["BU99990101"]', both)
    assert not decision
    assert [one.article for one in decision.reasons] == ["Wbmgp 6", "Wbmgp 6"]
    assert "who is refused has no chance left in the region" in decision.say()


def test_what_is_open_is_not_known_without_homes(tmp_path: Path) -> None:
    text = 'name = "p"\n[[instrument]]\nname = "wbmgp_income"\nareas = ["BU99990101"]\nfrom = 2026-07-01'
    city = small_city()
    with pytest.raises(AbsentError, match="chance elsewhere in the region of those who are refused"):
        lawful(policy_of(tmp_path, text, city), law_of(tmp_path, DESIGNATED), city, DAY)
