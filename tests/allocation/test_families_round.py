"""Each instrument in a round of a few homes and seekers: who gets which home without it, and with it.

Anna has been registered longest, then Bram, then Carla. All live alone on an income below the limit of
passend toewijzen, and one home of Merelhof of three rooms is let at 650 euros, unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.allocation.allocating import allocate
from ongedeeld.allocation.catalogue import load_catalogue
from ongedeeld.allocation.columns import INPUTS
from ongedeeld.allocation.effects import Ceiling
from ongedeeld.allocation.lawful import effects_of
from ongedeeld.allocation.round import Round
from ongedeeld.rules import read_lettings
from ongedeeld.rules.lettings import Lettings
from ongedeeld.rules.purpose import PURPOSES
from tests.allocation.steered_city import (
    DAY,
    DESIGNATED,
    MEREL,
    TULP,
    agreed,
    law_of,
    policy_of,
    steered_city,
)

Facts = dict[str, object]
ANNA, BRAM, CARLA = "Anna", "Bram", "Carla"
REGISTERED = {ANNA: date(2015, 1, 1), BRAM: date(2018, 1, 1), CARLA: date(2021, 1, 1)}
PUBLISHED = 'source = "policy"'
AGREED = 'agreement = "Baken"\nsource = "minutes"'
MEDIATED = f'{AGREED}\npartner = "Haven"\ngroup = "protected_living_exit"\nhomes = 1'
SUPPORT = 'months = 12\nhours_a_week = 2\npayer = "municipality"'
SCHEME = """
holder = "Vogelstad"
[[urgency]]
municipality = "GM9999"
groups = ["informal_care", "temporary_shelter", "medical"]
comply_by = 2027-01-01
source = "ordinance"
from = 2026-01-01
"""


@dataclass(frozen=True)
class Case:
    """A use, the homes and seekers as far as they differ, and who gets the homes without and with it."""

    use: str
    seekers: dict[str, Facts] = field(default_factory=dict)
    homes: tuple[Facts, ...] = ({},)
    without: tuple[str | None, ...] = (ANNA,)
    under: tuple[str | None, ...] = (CARLA,)
    local: str = ""
    rents: tuple[int, ...] | None = None


def homes_of(case: Case) -> pl.DataFrame:
    """The homes of a case, M2 first."""
    rows = [
        {"vacancy": f"V{number}", "dwelling": "M2", "available": DAY, "rent_cents": 650_00, **facts}
        for number, facts in enumerate(case.homes, start=1)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def seekers_of(case: Case) -> pl.DataFrame:
    """Anna, Bram and Carla with what the case says of them."""
    usual = {"household_size": 1, "minors": 0, "income_class": "below_passend", "pension_age": False}
    columns = {column for facts in case.seekers.values() for column in facts}
    rows = [
        {
            "seeker": name,
            "registered": day,
            **usual,
            **dict.fromkeys(columns - usual.keys()),
            **case.seekers.get(name, {}),
        }
        for name, day in REGISTERED.items()
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def so_far() -> Lettings:
    """Forty lettings to the target group this year, so that the free space has room for three."""
    rows = [
        {
            "letting": f"L{number}",
            "date": date(2026, 3, 1),
            "municipality": "GM9999",
            "social": True,
            "rent_cents": 600_00,
            "household_size": 1,
            "income_class": "below_daeb",
        }
        for number in range(40)
    ]
    return read_lettings(pl.DataFrame(rows))


def played(
    case: Case,
    folder: Path,
    *,
    policy: bool,
    seed: int = 1,
    people: pl.DataFrame | None = None,
    reactions: pl.DataFrame | None = None,
) -> Round:
    """The round of a case, with its policy or without.

    A round of one home leaves every other group no chance, so what a group may lose plays no part here.
    """
    city, law = steered_city(), law_of(folder, case.local)
    use = f"[[instrument]]\nfrom = 2026-07-01\n{case.use}\n" if policy else ""
    return allocate(
        city,
        homes_of(case),
        seekers_of(case) if people is None else people,
        law=law.on(DAY),
        policy=effects_of(policy_of(folder, agreed(f'name = "p"\n{use}'), city), law, city, DAY),
        reactions=reactions,
        so_far=so_far(),
        seed=seed,
        what_if=True,
    )


def winners(played: Round) -> tuple[str | None, ...]:
    """Who gets each home, by the number of the vacancy."""
    given = dict(played.lettings.select("vacancy", "seeker").iter_rows())
    return tuple(given.get(vacancy) for vacancy in sorted(played.given.vacancies["vacancy"]))


DEAR: tuple[Facts, ...] = ({"rent_cents": 750_00},)
TWO: tuple[Facts, ...] = ({}, {"dwelling": "T2"})
CASES = {
    "two_rents": Case(
        'name = "two_rents"',
        seekers={CARLA: {"income_class": "below_daeb"}},
        homes=DEAR,
        without=(CARLA,),
        under=(ANNA,),
        rents=(713_02,),
    ),
    "lowered_target_rent": Case(
        'name = "lowered_target_rent"',
        seekers={CARLA: {"income_class": "below_daeb"}},
        homes=DEAR,
        without=(CARLA,),
        under=(ANNA,),
        rents=(713_02,),
    ),
    "senior_rent_kept": Case(
        'name = "senior_rent_kept"',
        seekers={ANNA: {"current_dwelling": "T1", "age_class": "67_and_over", "pension_age": True}},
        homes=DEAR,
        without=(None,),
        under=(ANNA,),
        rents=(600_00,),
    ),
    "wbmgp_income": Case(
        f'name = "wbmgp_income"\nareas = ["{MEREL}"]',
        seekers={ANNA: {"permit": "refused"}, BRAM: {"permit": "granted"}},
        homes=TWO,
        without=(BRAM, ANNA),
        under=(BRAM, ANNA),
        local=DESIGNATED,
    ),
    "wbmgp_nuisance": Case(
        f'name = "wbmgp_nuisance"\nareas = ["{MEREL}"]',
        seekers={ANNA: {"permit": "refused"}, BRAM: {"permit": "granted"}},
        homes=TWO,
        without=(BRAM, ANNA),
        under=(BRAM, ANNA),
        local=DESIGNATED,
    ),
    "wbmgp_priority": Case(
        f'name = "wbmgp_priority"\nareas = ["{MEREL}"]',
        seekers={CARLA: {"granted_priority": True}},
        local=DESIGNATED,
    ),
    "local_binding": Case(
        f'name = "local_binding"\nshare = 0.5\n{PUBLISHED}',
        seekers={ANNA: {"municipality_years": 2}, BRAM: {"bound": True}, CARLA: {"municipality_years": 8}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, BRAM),
    ),
    "vital_professions": Case(
        f'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.5\n{PUBLISHED}',
        seekers={CARLA: {"profession": "nurse", "bound": True}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, CARLA),
    ),
    "label_seniors": Case(
        f'name = "label_seniors"\n{PUBLISHED}',
        seekers={CARLA: {"age_class": "67_and_over", "pension_age": True}},
        homes=({"label": "seniors"},),
    ),
    "label_large_families": Case(
        f'name = "label_large_families"\n{PUBLISHED}',
        seekers={CARLA: {"household_size": 5, "minors": 3}},
        homes=({"dwelling": "M4", "label": "large_families"},),
    ),
    "occupancy": Case(
        f'name = "occupancy"\n{PUBLISHED}',
        seekers={CARLA: {"household_size": 3, "minors": 2}},
        homes=({"dwelling": "M3"},),
    ),
    "label_youth": Case(
        f'name = "label_youth"\ncontract = "youth"\n{PUBLISHED}',
        seekers={CARLA: {"age_class": "under_23"}},
        homes=({"label": "youth"},),
    ),
    "label_students": Case(
        f'name = "label_students"\n{PUBLISHED}',
        seekers={CARLA: {"target_group": "student"}},
        homes=({"label": "students"},),
    ),
    "area_ranking": Case(
        f'name = "area_ranking"\nranking = ["{TULP}", "{MEREL}"]\nhomes = 1\n{AGREED}',
        seekers={CARLA: {"contingent": "Baken"}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, CARLA),
    ),
    "motivation_letting": Case(
        f'name = "motivation_letting"\nshare = 1\n{PUBLISHED}', seekers={CARLA: {"motivation": True}}
    ),
    "mixed_complex": Case(
        f'name = "mixed_complex"\ncomplexes = ["Merelhof"]\ngroup = "youth"\nshare = 1\n{AGREED}',
        seekers={CARLA: {"age_class": "under_23"}},
    ),
    "neighbourly_work": Case(
        f'name = "neighbourly_work"\nhomes = 1\n{PUBLISHED}',
        seekers={BRAM: {"neighbourly_work": True}, CARLA: {"neighbourly_work": True}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(BRAM, ANNA),
    ),
    "contingent": Case(f'name = "contingent"\n{MEDIATED}', seekers={CARLA: {"contingent": "Baken"}}),
    "support_agreement": Case(
        f'name = "support_agreement"\n{MEDIATED}\n{SUPPORT}',
        seekers={BRAM: {"contingent": "Baken"}, CARLA: {"contingent": "Baken", "support": True}},
    ),
    "omklapcontract": Case(
        f'name = "omklapcontract"\n{MEDIATED}\n{SUPPORT}\nmonths_until_turned = 12',
        seekers={BRAM: {"contingent": "Baken"}, CARLA: {"contingent": "Baken", "support": True}},
    ),
    "urgency": Case(
        f'name = "urgency"\n{PUBLISHED}',
        seekers={CARLA: {"urgency": "medical"}},
        local=SCHEME,
        without=(CARLA,),
    ),
    "internal_movers": Case(
        f'name = "internal_movers"\nshare = 1\n{PUBLISHED}', seekers={CARLA: {"current_dwelling": "T1"}}
    ),
    "seniors_moving_on": Case(
        f'name = "seniors_moving_on"\n{PUBLISHED}',
        seekers={CARLA: {"current_dwelling": "T4", "age_class": "67_and_over", "pension_age": True}},
        homes=({"dwelling": "M1"},),
    ),
    "moving_chain": Case(
        f'name = "moving_chain"\nhomes = 1\n{PUBLISHED}',
        seekers={BRAM: {"current_dwelling": "T2"}, CARLA: {"current_dwelling": "T3"}},
    ),
    "registration_time": Case(f'name = "registration_time"\n{PUBLISHED}', under=(ANNA,)),
    "points": Case(
        f'name = "points"\n{PUBLISHED}\nwaiting_points_a_year = 1\nsearch_points_most = 30\n'
        "situation_points_most = 12\nstart_points_most = 0",
        # Anna has 11 years, Bram 8 years and 2 points, Carla 5 years and 12 of her 14 points.
        seekers={BRAM: {"situation_points": 2}, CARLA: {"situation_points": 14}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_instrument_decides_as_worked_by_hand(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    assert winners(played(case, tmp_path, policy=False)) == case.without
    under = played(case, tmp_path, policy=True)
    assert winners(under) == case.under
    if case.rents is not None:
        assert tuple(under.lettings["rent_cents"]) == case.rents


@pytest.mark.parametrize(("outranks", "winner"), [("true", CARLA), ("false", BRAM)])
def test_the_ordinance_says_whether_wbmgp_priority_goes_before_urgency(
    tmp_path: Path, outranks: str, winner: str
) -> None:
    local = DESIGNATED.replace("outranks_urgency = false", f"outranks_urgency = {outranks}")
    case = Case(
        f'name = "wbmgp_priority"\nareas = ["{MEREL}"]',
        seekers={BRAM: {"urgency": "medical"}, CARLA: {"granted_priority": True}},
        local=local + SCHEME.replace('holder = "Vogelstad"', ""),
    )
    assert winners(played(case, tmp_path, policy=False)) == (BRAM,)
    assert winners(played(case, tmp_path, policy=True)) == (winner,)


def test_the_free_space_is_used_up_by_its_share(tmp_path: Path) -> None:
    """Of seven homes one is 14.3 %, within the 15 % that were agreed: the seventh goes to the free space."""
    local = """
holder = "Vogelstad"
[[agreements]]
name = "Performance agreements"
parties = ["municipality", "association", "tenants"]
municipalities = ["GM9999"]
daeb_min_share = 0.85
source = "agreements 2026"
from = 2026-01-01
"""
    case = Case(
        f'name = "free_space"\nshare = 0.15\n{PUBLISHED}',
        homes=tuple({"dwelling": name} for name in ("M1", "M2", "M3", "M4", "T1", "T2", "T3")),
        local=local,
    )
    names = [ANNA, BRAM, *"ABCDEF"]
    rows = [
        {"seeker": name, "registered": date(2010 + place, 1, 1), "income_class": "below_passend"}
        for place, name in enumerate(names)
    ]
    rows.append({"seeker": "Y", "registered": date(2022, 1, 1), "income_class": "middle"})
    people = pl.DataFrame(rows).with_columns(household_size=1, minors=0, pension_age=False)
    assert winners(played(case, tmp_path, policy=False, people=people)) == (ANNA, BRAM, *"ABCDE")
    assert winners(played(case, tmp_path, policy=True, people=people)) == (ANNA, BRAM, *"ABCD", "Y")


def test_a_ceiling_moves_mediated_lettings_and_keeps_their_number(tmp_path: Path) -> None:
    contingent = f'name = "contingent"\n{MEDIATED}'.replace("homes = 1", "homes = 2")
    capped = (
        f'{contingent}\n[[instrument]]\nname = "ceiling"\nfrom = 2026-07-01\nuntil = 2026-12-31\n'
        f"most = {{ Merelhof = 0 }}\nregional_total = 2\n{AGREED}"
    )
    proposed: dict[str, Facts] = {BRAM: {"contingent": "Baken"}, CARLA: {"contingent": "Baken"}}
    homes: tuple[Facts, ...] = ({}, {"dwelling": "T2"}, {"dwelling": "T3"})
    case = Case(contingent, seekers=proposed, homes=homes)
    assert winners(played(case, tmp_path, policy=True)) == (BRAM, CARLA, ANNA)
    case = Case(capped, seekers=proposed, homes=homes)
    assert winners(played(case, tmp_path, policy=True)) == (ANNA, BRAM, CARLA)


def test_a_lottery_lets_the_lot_decide(tmp_path: Path) -> None:
    case = Case(f'name = "lottery"\n{PUBLISHED}')
    drawn = {winners(played(case, tmp_path, policy=True, seed=seed)) for seed in range(30)}
    assert drawn == {(ANNA,), (BRAM,), (CARLA,)}


def test_direct_mediation_asks_for_no_reaction(tmp_path: Path) -> None:
    case = Case(f'name = "direct_mediation"\n{PUBLISHED}')
    reactions = pl.DataFrame({"seeker": [BRAM], "vacancy": ["V1"]})
    assert winners(played(case, tmp_path, policy=False, reactions=reactions)) == (BRAM,)
    assert winners(played(case, tmp_path, policy=True, reactions=reactions)) == (ANNA,)


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


MIXED = Case(
    'name = "mixed_complex"\ncomplexes = ["Merelhof"]\ngroup = "youth"\nshare = 0.5\n' + AGREED,
    seekers={
        ANNA: {"age_class": "under_23"},
        BRAM: {"age_class": "under_23"},
        CARLA: {"age_class": "35_54"},
    },
    homes=({"dwelling": "M1", "rent_cents": 600_00}, {"dwelling": "M2"}),
)


def test_a_mixed_complex_counts_every_letting_to_a_group_by_whatever_order_it_went(tmp_path: Path) -> None:
    """Both sides are closed for the first home, so Anna gets it by registration; then it is Carla's turn."""
    done = played(MIXED, tmp_path, policy=True)
    assert winners(done) == (ANNA, CARLA)
    assert done.as_lettings()["instruments"].to_list() == ["mixed_complex:group", "mixed_complex:others"]


def test_lettings_by_the_instrument_of_binding_count_in_its_share(tmp_path: Path) -> None:
    case = Case(
        f'name = "local_binding"\nshare = 0.5\n{PUBLISHED}',
        seekers={CARLA: {"municipality_years": 9}},
        homes=TWO,
    )
    done = played(case, tmp_path, policy=True)
    told = dict(zip(done.lettings["seeker"], done.as_lettings()["bound_priority"], strict=True))
    assert told[CARLA]
    assert not told[ANNA]


def test_own_policy_comes_last_inside_the_free_space(tmp_path: Path) -> None:
    """All three are above the limit; Bram has a ground of the decree, Carla only own policy (BTIV 59)."""
    above: Facts = {"income_class": "above"}
    case = Case(
        f'name = "motivation_letting"\nshare = 1.0\n{PUBLISHED}',
        seekers={
            ANNA: above,
            BRAM: {**above, "free_space_ground": "ordinance_priority"},
            CARLA: {**above, "motivation": True},
        },
    )
    done = played(case, tmp_path, policy=True)
    assert done.ranked("V1")["seeker"].to_list() == [BRAM, CARLA, ANNA]
