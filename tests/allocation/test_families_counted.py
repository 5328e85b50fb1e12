"""Rounds in which an instrument shares homes out: by priority, share, ceiling or lot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.allocation.families_cast import (
    AGREED,
    ANNA,
    BRAM,
    CARLA,
    MEDIATED,
    PUBLISHED,
    SCHEME,
    TWO,
    Case,
    Facts,
    played,
    winners,
)
from tests.allocation.steered_city import DESIGNATED, MEREL, WIDER_FREE_SPACE


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
    case = Case(
        f'name = "free_space"\nshare = 0.15\n{PUBLISHED}',
        homes=tuple({"dwelling": name} for name in ("M1", "M2", "M3", "M4", "T1", "T2", "T3")),
        local=WIDER_FREE_SPACE,
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
