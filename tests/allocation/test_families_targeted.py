"""Targeted allocation: who goes first, who cannot, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld.allocation.effects import Ceiling, Effect, Priority, Requirement, Reservation
from tests.allocation.steered_city import DESIGNATED, MEREL, TULP, effects, home, judged, seeker

ELSEWHERE = home(area=TULP, complex="Tulphof", district="WK999902")


def effects_of_use(folder: Path, use: str, local: str = "") -> list[Effect]:
    """The effects of a policy of one use."""
    return effects(folder, f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n', local)


@pytest.mark.parametrize("name", ["wbmgp_income", "wbmgp_nuisance"])
def test_a_refused_permit_bars_the_designated_area_and_nothing_else(tmp_path: Path, name: str) -> None:
    (effect,) = effects_of_use(tmp_path, f'name = "{name}"\nareas = ["{MEREL}"]', DESIGNATED)
    assert isinstance(effect, Requirement)
    assert effect.condition.of_seeker == ("permit",)
    assert not judged(effect, home(), seeker(permit="refused"))
    assert judged(effect, home(), seeker(permit="granted"))
    assert judged(effect, ELSEWHERE, seeker(permit="refused"))
    waiting = judged(effect, home(), seeker())
    assert waiting
    assert "only when the municipality grants" in waiting.say()


@pytest.mark.parametrize(("outranks", "order"), [("false", 140), ("true", 5)])
def test_wbmgp_priority_stands_before_or_after_urgency_as_the_ordinance_says(
    tmp_path: Path, outranks: str, order: int
) -> None:
    local = DESIGNATED.replace("outranks_urgency = false", f"outranks_urgency = {outranks}")
    (effect,) = effects_of_use(tmp_path, f'name = "wbmgp_priority"\nareas = ["{MEREL}"]', local)
    assert isinstance(effect, Priority)
    assert effect.order == order
    assert judged(effect, home(), seeker(granted_priority=True))
    assert not judged(effect, home(), seeker(granted_priority=False))
    assert not judged(effect, ELSEWHERE, seeker(granted_priority=True))


def test_binding_takes_six_years_for_at_most_the_share(tmp_path: Path) -> None:
    (effect,) = effects_of_use(tmp_path, 'name = "local_binding"\nshare = 0.4\nsource = "o"')
    assert isinstance(effect, Priority)
    assert (effect.order, effect.most_share, effect.tally) == (130, 0.4, "local_binding")
    assert not judged(effect, home(), seeker(municipality_years=5))
    assert judged(effect, home(), seeker(municipality_years=6))
    assert judged(effect, home(), seeker(bound=True))
    unknown = judged(effect, home(), seeker())
    assert not unknown
    assert "how this household is bound to the municipality is not known" in unknown.say()


def test_a_vital_profession_counts_among_the_bound(tmp_path: Path) -> None:
    use = 'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.2\nsource = "o"'
    (effect,) = effects_of_use(tmp_path, use)
    assert isinstance(effect, Priority)
    assert (effect.order, effect.tally) == (120, "local_binding")
    assert judged(effect, home(), seeker(profession="nurse", bound=True))
    assert not judged(effect, home(), seeker(profession="nurse", municipality_years=2))
    assert not judged(effect, home(), seeker(profession="baker", bound=True))


def test_the_free_space_puts_higher_incomes_first_on_social_homes(tmp_path: Path) -> None:
    (effect,) = effects_of_use(tmp_path, 'name = "free_space"\nshare = 0.075\nsource = "p"')
    assert isinstance(effect, Priority)
    assert effect.most_share == 0.075
    assert judged(effect, home(), seeker(income_class="middle"))
    assert not judged(effect, home(), seeker(income_class="below_daeb"))
    assert not judged(effect, home(), seeker())
    assert not judged(effect, home(sector="free"), seeker(income_class="middle"))


def test_a_label_for_seniors_is_for_homes_that_bear_it(tmp_path: Path) -> None:
    (effect,) = effects_of_use(tmp_path, 'name = "label_seniors"\nsource = "p"')
    assert judged(effect, home(label="seniors"), seeker(age_class="67_and_over"))
    assert not judged(effect, home(label="seniors"), seeker(age_class="55_66"))
    assert not judged(effect, home(label="seniors"), seeker())
    assert not judged(effect, home(), seeker(age_class="67_and_over"))


def test_large_homes_go_to_large_families_first(tmp_path: Path) -> None:
    use = 'name = "label_large_families"\ncomplexes = ["Merelhof"]\nsource = "p"'
    (effect,) = effects_of_use(tmp_path, use)
    six = seeker(household_size=6, minors=4)
    assert judged(effect, home(rooms=5), six)
    assert not judged(effect, home(rooms=4), six)
    assert not judged(effect, home(rooms=None), six)
    assert not judged(effect, home(rooms=5), seeker(household_size=4, minors=2))
    assert not judged(effect, home(rooms=5), seeker(household_size=5))


def test_a_label_for_youth_gives_priority_and_a_youth_contract_asks_it(tmp_path: Path) -> None:
    use = 'name = "label_youth"\ncomplexes = ["Merelhof"]\nsource = "p"'
    assert [type(one) for one in effects_of_use(tmp_path, use)] == [Priority]
    priority, requirement = effects_of_use(tmp_path, f'{use}\ncontract = "youth"')
    assert isinstance(requirement, Requirement)
    for effect in (priority, requirement):
        assert judged(effect, home(), seeker(age_class="under_23"))
        assert not judged(effect, home(), seeker(age_class="35_54"))
    assert judged(requirement, ELSEWHERE, seeker(age_class="35_54"))


def test_a_label_for_students_is_for_full_time_students(tmp_path: Path) -> None:
    (effect,) = effects_of_use(tmp_path, 'name = "label_students"\nsource = "p"')
    assert judged(effect, home(label="students"), seeker(target_group="student"))
    assert not judged(effect, home(label="students"), seeker(target_group="permit_holder"))


def test_a_ranking_fills_areas_in_order_and_shares_one_number(tmp_path: Path) -> None:
    agreed = 'homes = 3\nagreement = "Baken"\nsource = "minutes"'
    use = f'name = "area_ranking"\nranking = ["{TULP}", "{MEREL}"]\n{agreed}'
    first, second = effects_of_use(tmp_path, use)
    assert isinstance(first, Reservation)
    assert isinstance(second, Reservation)
    assert (first.rank, second.rank) == (1, 2)
    assert first.tally == second.tally == "area_ranking-1"
    assert (first.homes, second.homes) == (3, 3)
    proposed = seeker(contingent="Baken")
    assert judged(first, ELSEWHERE, proposed)
    assert not judged(first, home(), proposed)
    assert judged(second, home(), proposed)
    assert not judged(second, ELSEWHERE, proposed)
    assert not judged(first, ELSEWHERE, seeker(contingent="Haven"))


def test_a_ceiling_comes_from_the_table_with_its_source(tmp_path: Path) -> None:
    text = """
name = "p"
[[instrument]]
name = "ceiling"
from = 2026-07-01
until = 2026-12-31
agreement = "Together"
source = "minutes of 3 June 2026"
most = { Merelhof = 1, Tulphof = 2 }
regional_total = 0
"""
    assert effects(tmp_path, text) == [
        Ceiling("Merelhof", 1, "minutes of 3 June 2026"),
        Ceiling("Tulphof", 2, "minutes of 3 June 2026"),
    ]
