"""Targeted allocation: who goes first, who cannot, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld import InputError
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
    assert not judged(effect, home(), seeker(income_class="above"))
    # Inside the free space the order of the decree goes before own policy (BTIV 59).
    assert judged(effect, home(), seeker(income_class="above", free_space_ground="urgent"))


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
        assert judged(effect, home(rooms=2), seeker(age_class="under_23"))
        assert not judged(effect, home(rooms=2), seeker(age_class="35_54"))
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


SCHEME = """
holder = "Vogelstad"
[[urgency]]
municipality = "GM9999"
groups = ["informal_care", "violence_shelter_exit"]
comply_by = 2026-07-01
source = "ordinance"
from = 2026-01-01
"""


@pytest.mark.parametrize(
    "use",
    [
        'name = "local_binding"\nshare = 0.5\nsource = "o"',
        'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.3\nsource = "o"',
    ],
)
def test_binding_is_not_held_against_a_group_that_the_law_protects(tmp_path: Path, use: str) -> None:
    """Informal care and who leaves a shelter after violence are protected (Hvw 16)."""
    (effect,) = effects(tmp_path, f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n', SCHEME)
    stranger = {"municipality_years": 0, "region_years": 0}
    assert judged(effect, home(), seeker(urgency="informal_care", **stranger))
    assert not judged(effect, home(), seeker(urgency="medical", **stranger))
    assert not judged(effect, home(), seeker(**stranger))


def test_wbmgp_priority_goes_by_the_designation_of_each_home(tmp_path: Path) -> None:
    second = DESIGNATED[DESIGNATED.index("[[designations]]") :].replace("Merelbuurt", "Tulpenbuurt")
    second = second.replace(MEREL, TULP).replace("outranks_urgency = false", "outranks_urgency = true")
    use = f'name = "wbmgp_priority"\nareas = ["{MEREL}", "{TULP}"]'
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n'
    before, after = effects(tmp_path, text, DESIGNATED + second)
    assert isinstance(before, Priority)
    assert isinstance(after, Priority)
    assert (before.order, after.order) == (5, 140)
    granted = seeker(granted_priority=True)
    assert judged(before, ELSEWHERE, granted)
    assert not judged(before, home(), granted)
    assert judged(after, home(), granted)
    assert not judged(after, ELSEWHERE, granted)


@pytest.mark.parametrize(
    ("use", "suits", "other"),
    [
        ("label_youth", {"rooms": 2}, {"rooms": 5}),
        ("label_students", {"rooms": 1}, {"rooms": None}),
        ("label_seniors", {"step_free": True}, {"step_free": None}),
        ('label_youth"\ncriterion = "price', {"rent_cents": 498_20}, {"rent_cents": 498_21}),
    ],
)
def test_a_label_on_places_is_held_against_the_home_itself(
    tmp_path: Path, use: str, suits: dict[str, object], other: dict[str, object]
) -> None:
    (effect,) = effects_of_use(tmp_path, f'name = "{use}"\nareas = ["{MEREL}"]\nsource = "p"')
    person = seeker(age_class="under_23", target_group="student")
    if "seniors" in use:
        person = seeker(age_class="67_and_over")
    assert judged(effect, home(**suits), person)
    assert not judged(effect, home(**other), person)


@pytest.mark.parametrize(
    "use",
    [
        'name = "label_seniors"\nage_classes = ["under_23"]',
        'name = "label_youth"\nage_classes = ["55_66"]',
        'name = "label_large_families"\nrooms = 1',
        'name = "label_large_families"\nhousehold_size = 2',
    ],
)
def test_a_label_is_refused_for_whom_it_is_not(tmp_path: Path, use: str) -> None:
    with pytest.raises(InputError):
        effects_of_use(tmp_path, f'{use}\nsource = "p"')


def test_a_label_may_ask_that_the_home_goes_to_them_alone(tmp_path: Path) -> None:
    """So that urgency does not put somebody else there."""
    use = 'name = "label_seniors"\ngoes = "only"\nsource = "p"'
    priority, requirement = effects_of_use(tmp_path, use)
    assert isinstance(priority, Priority)
    assert isinstance(requirement, Requirement)
    labelled = home(label="seniors")
    assert judged(requirement, labelled, seeker(age_class="67_and_over"))
    assert not judged(requirement, labelled, seeker(age_class="35_54", urgency="medical"))
    assert judged(requirement, home(), seeker(age_class="35_54"))


def test_an_occupancy_norm_goes_by_people_and_rooms(tmp_path: Path) -> None:
    """By default a home of 4 rooms asks 3 people, and one of 3 rooms nothing."""
    (effect,) = effects_of_use(tmp_path, 'name = "occupancy"\npeople_a_room = 2\nsource = "o"')
    assert isinstance(effect, Priority)
    assert effect.order == 145
    four = home(rooms=4)
    assert [bool(judged(effect, four, seeker(household_size=size))) for size in (2, 3, 8, 9)] == [
        False,
        True,
        True,
        False,
    ]
    assert not judged(effect, home(rooms=3), seeker(household_size=3))
    assert "asks 3 people or more; here 2" in judged(effect, four, seeker(household_size=2)).say()
    _, demand = effects_of_use(tmp_path, 'name = "occupancy"\ngoes = "only"\nsource = "o"')
    assert isinstance(demand, Requirement)
    assert judged(demand, home(rooms=3), seeker())
    assert not judged(demand, four, seeker())
