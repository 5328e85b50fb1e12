"""A run over settings made by hand: what adds up, what hangs on chance alone, and what no plan may break."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.simulation.kernel._state import ATTRIBUTES, FLAGS, NEVER, PlanTables
from ongedeeld.simulation.recording import Run
from ongedeeld.simulation.running import run
from tests.simulation.hand_made import HandMade, Planned, hand_made

MONTHS = 20
SEEDS = st.integers(0, 40)
COMES_FREE = ("left", "evicted", "put_out")


@cache
def played(seed: int) -> tuple[HandMade, Run]:
    """A setting of 150 homes in two municipalities under two plans, and a run of it."""
    setting = hand_made(150, seed, municipalities=2, plans=2, moves=0.03)
    return setting, run(setting, seed, MONTHS)


def number_of(found: Run, what: str) -> int:
    """How often something happened."""
    return found.happened.filter(pl.col("what") == what).height


def counted(found: Run, what: str) -> int:
    """How many seekers were counted over all years."""
    return int(found.seekers.filter(pl.col("what") == what)["seekers"].sum())


@given(seed=SEEDS)
def test_households_in_homes_add_up(seed: int) -> None:
    _, found = played(seed)
    occupied = [int((held.type_ >= 0).sum()) for held in (found.homes_at[0], found.homes_at[-1])]
    moved_on = found.lettings.filter(pl.col("from_home") >= 0).height
    gone = sum(number_of(found, what) for what in COMES_FREE)
    assert occupied[1] == occupied[0] + found.lettings.height - moved_on - gone


@given(seed=SEEDS)
def test_the_list_of_seekers_adds_up(seed: int) -> None:
    setting, found = played(seed)
    gone = sum(counted(found, what) for what in ("stopped", "housed", "lost_home"))
    assert len(found.waiting.key) == int(setting.thresholds.listed.sum()) + counted(found, "arrived") - gone
    last = found.seekers.filter(what="on_list", year=found.seekers["year"].max())
    assert int(last["seekers"].sum()) == len(found.waiting.key)
    assert counted(found, "housed") == found.lettings.height


@given(seed=SEEDS)
def test_nobody_lives_twice_and_no_home_is_let_twice(seed: int) -> None:
    setting, found = played(seed)
    assert not found.lettings["seeker"].is_duplicated().any()
    lives = setting.sitting.type_ >= 0
    for month in range(MONTHS):
        gone = found.happened.filter(pl.col("month") == month, pl.col("what").is_in(COMES_FREE))
        lives[gone["home"].to_numpy()] = False
        for home, left in found.lettings.filter(month=month).select("home", "from_home").iter_rows():
            assert not lives[home]
            lives[home] = True
            if left >= 0:
                assert lives[left]
                lives[left] = False
    assert (lives == (found.homes_at[-1].type_ >= 0)).all()


@given(seed=SEEDS)
def test_no_home_is_let_before_it_is_there_or_shortly_before_it_goes(seed: int) -> None:
    setting, found = played(seed)
    homes, month = found.lettings["home"].to_numpy(), found.lettings["month"].to_numpy()
    assert (setting.stock.comes[homes] <= month).all()
    assert (setting.stock.goes[homes] > month + setting.thresholds.notice_months[0]).all()
    demolished = found.happened.filter(what="demolished")
    due = np.flatnonzero(setting.stock.goes < MONTHS)
    assert sorted(demolished["home"]) == due.tolist()
    assert (found.homes_at[-1].type_[due] == -1).all()


def holds(tables: PlanTables, condition: int, letting: dict[str, int], leaves: int) -> bool:
    """Whether a condition holds for a home and who got it."""
    flags = [letting["flags"] >> place & 1 for place in range(len(FLAGS))]
    held = [letting["type"], letting["age"], *flags, letting["contingent"], leaves, letting["re_housing"]]
    column = int(np.dot(held, tables.conditions.stride[condition]))
    profile = tables.profile[letting["home"]]
    row = tables.conditions.of_home[condition, profile]
    return bool(
        tables.conditions.flat[
            tables.conditions.start[condition] + row * tables.conditions.width[condition] + column
        ]
    )


@given(seed=SEEDS)
def test_no_letting_breaks_a_requirement_or_a_wish(seed: int) -> None:
    setting, found = played(seed)
    assert len(ATTRIBUTES) == 5 + len(FLAGS)
    for letting in found.lettings.drop("route").iter_rows(named=True):
        tables = setting.plans[letting["plan"]].tables
        left = letting["from_home"]
        leaves = 0 if left < 0 else int(setting.stock.leaves[left])
        assert all(holds(tables, int(condition), letting, leaves) for condition in tables.requirements)
        assert letting["rent_cents"] <= setting.thresholds.rent_most[letting["type"]]
        rooms = setting.stock.rooms[letting["home"]]
        assert rooms < 0 or rooms >= setting.thresholds.rooms_least[letting["type"]]


@given(seed=SEEDS)
def test_ceilings_and_slots_are_never_passed(seed: int) -> None:
    setting = hand_made(150, seed, moves=0.03)
    [plan] = setting.plans
    found = run(setting, seed, MONTHS).lettings
    mediated = found.filter(route="mediated")
    ceilings = plan.tables.ceiling[mediated["home"].to_numpy()]
    for ceiling, most in enumerate(plan.tables.ceiling_most):
        assert (ceilings == ceiling).sum() <= most
    assert found.filter(reservation=0).height <= plan.tables.reservation_most[0]


def test_a_run_of_one_seed_is_always_the_same() -> None:
    setting = hand_made(100, 3, moves=0.03)
    first, second, other = (run(setting, seed, 12) for seed in (5, 5, 6))
    assert first.lettings.equals(second.lettings)
    assert first.happened.equals(second.happened)
    assert not first.lettings.equals(other.lettings)


def test_a_longer_run_begins_as_the_shorter_one() -> None:
    setting = hand_made(100, 3, moves=0.03)
    short, long = run(setting, 5, 9), run(setting, 5, 20)
    assert long.lettings.filter(pl.col("month") < 9).equals(short.lettings)


@pytest.mark.parametrize("seed", range(4))
def test_putting_the_list_in_order_anew_changes_nothing(seed: int) -> None:
    setting = hand_made(120, seed, moves=0.03)
    tables = setting.plans[0].tables._replace(slot_from=np.arange(2, dtype=np.int32))
    once, anew = setting.under(Planned(0, tables)), setting.under(Planned(0, tables), Planned(6, tables))
    first, second = (run(one, 8, MONTHS) for one in (once, anew))
    assert first.lettings.drop("plan").equals(second.lettings.drop("plan"))
    assert first.declined.equals(second.declined)


def test_a_seeker_who_comes_later_is_the_same_under_every_policy() -> None:
    setting, other = hand_made(400, 1), hand_made(400, 2)
    changed = setting.under(*other.plans)
    columns = ["seeker", "age", "flags", "registered", "arrived"]
    outside = [
        run(one, 4, MONTHS).lettings.filter(pl.col("from_home") < 0).select(columns)
        for one in (setting, changed)
    ]
    both = outside[0].join(outside[1], on="seeker", suffix="_other")
    assert both.height > 10
    for column in columns[1:]:
        assert both[column].equals(both[f"{column}_other"], check_names=False)
    assert not outside[0].equals(outside[1])


def test_ceilings_can_be_set_anew_each_year() -> None:
    setting = hand_made(200, 4, moves=0.03)
    months: list[int] = []

    def closed(month: int, tenancies: object, tables: PlanTables) -> np.ndarray | None:
        months.append(month)
        return np.zeros(len(tables.ceiling_most), np.int64) if month else None

    found = run(setting, 2, 36, closed).lettings.filter(route="mediated")
    assert months == [0, 12, 24]
    late = found.filter(pl.col("month") >= 12)["home"].to_numpy()
    assert (setting.plans[0].tables.ceiling[late] < 0).all()


def test_a_setting_is_left_as_it_was() -> None:
    setting = hand_made(60, 1)
    before = [held.copy() for held in setting.sitting]
    run(setting, 1, 12)
    assert all((now == was).all() for now, was in zip(setting.sitting, before, strict=True))
    assert (setting.stock.goes <= NEVER).all()
