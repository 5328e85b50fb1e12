"""The kernel and the plain model give the same run: letting by letting, home by home, month by month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ongedeeld.allocation import load_catalogue
from ongedeeld.simulation.kernel._state import HAPPENINGS, NEVER, NOBODY, Longs, PlanTables, Tenancies
from ongedeeld.simulation.preparing.setting import Setting
from ongedeeld.simulation.recording import Run
from ongedeeld.simulation.running import run
from ongedeeld.simulation.twin import plain as _plain
from ongedeeld.simulation.twin.world import Ceilings, World
from tests.simulation.small_runs import (
    START,
    USES,
    in_two_municipalities,
    local_law,
    policy_of,
    setting_of,
    small_city,
    subject,
)

MONTHS = 18
LAST = date(2027, 12, 31)
SEEN_ALREADY = (None, "urgency", "registration_time")
"""What changes nothing: by the law itself the urgent go first, and after them who registered first."""

COMPARED = (
    "month", "home", "seeker", "type", "age", "flags", "contingent", "re_housing", "registered", "arrived",
    "from_home", "rent_cents", "support_months", "route",
)  # fmt: skip


def lettings_of(world: World) -> pl.DataFrame:
    """The lettings of the plain run, with the columns of `COMPARED`."""
    rows = [
        (
            one.month, one.home, one.seeker.key, one.seeker.household.type, one.seeker.household.age,
            one.seeker.household.flags, one.seeker.contingent, one.seeker.re_housing, one.seeker.registered,
            one.seeker.arrived, -1 if one.seeker.home is None else one.seeker.home, one.rent_cents,
            one.support_months, one.route,
        )
        for one in world.lettings
    ]  # fmt: skip
    schema = dict.fromkeys(COMPARED, pl.Int64) | {
        "seeker": pl.UInt64, "re_housing": pl.Boolean, "route": pl.String
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def lettings_of_kernel(found: Run, schema: pl.Schema) -> pl.DataFrame:
    """The lettings of the kernel's run, with those columns."""
    return found.lettings.select(pl.col(name).cast(kind) for name, kind in schema.items())


def homes_of(world: World) -> list[tuple[int, ...]]:
    """Who lives where at the end of the plain run."""
    return [
        (one.tenant.type, one.tenant.age, one.tenant.flags, one.since, max(one.support_until, one.since))
        if one.tenant
        else (NOBODY, one.free_from if one.free_from < NEVER else NOBODY)
        for one in world.homes
    ]


def homes_of_kernel(found: Run) -> list[tuple[int, ...]]:
    """Who lives where at the end of the kernel's run."""
    at = found.homes_at[-1]
    return [
        (int(type_), int(age), int(flags), int(since), max(int(until), int(since)))
        if type_ != NOBODY
        else (NOBODY, int(let_from))
        for type_, age, flags, since, until, let_from in zip(*at, strict=True)
    ]


def same(setting: Setting, seed: int, months: int = MONTHS, ceilings: Ceilings | None = None) -> pl.DataFrame:
    """Play a run both ways, see that they are the same, and give the lettings."""

    def on_year(month: int, _tenancies: Tenancies, _tables: PlanTables) -> Longs | None:
        held = setting.plan_of(month).plan.ceilings
        return np.array([ceilings(month // 12)[one.complex] for one in held], np.int64) if ceilings else None

    plain, quick = _plain.run(setting, seed, months, ceilings), run(setting, seed, months, on_year)
    lettings = lettings_of(plain)
    kernel = lettings_of_kernel(quick, lettings.schema)
    for ours, theirs in zip(lettings.iter_rows(), kernel.iter_rows(), strict=False):
        assert ours == theirs
    assert len(lettings) == len(kernel)
    assert homes_of(plain) == homes_of_kernel(quick)
    befell = {(one.month, one.where, one.what) for one in plain.happened if one.what in HAPPENINGS}
    assert befell == set(quick.happened.select("month", "home", pl.col("what").cast(pl.String)).iter_rows())
    waiting = sorted((one.key, one.search_points, one.re_housing) for one in plain.seekers.values())
    held = quick.waiting
    assert waiting == sorted(
        zip(held.key.tolist(), held.search_points.tolist(), (held.re_housing != 0).tolist(), strict=True)
    )
    declined = Counter(
        one.what.removeprefix("declined_") for one in plain.happened if one.what.startswith("declined_")
    )
    offers = quick.declined.group_by(pl.col("reason").cast(pl.String)).agg(pl.col("offers").sum())
    assert declined == Counter(dict(offers.iter_rows()))
    return lettings


def test_every_instrument_of_the_catalogue_is_tried() -> None:
    assert set(USES) == set(load_catalogue().by_name)


@pytest.mark.parametrize("name", [None, *sorted(USES)])
def test_kernel_and_twin_make_the_same_lettings(name: str | None, tmp_path: Path) -> None:
    city = small_city(60)
    uses = [] if name is None else [(name, START, LAST)]
    if name == "ceiling":
        uses.append(("area_ranking", START, LAST))
    without = policy_of(tmp_path, city, [use for use in uses if use[0] != name])
    before, now = (
        setting_of(city, policy, local_law(tmp_path), lively=3, changed=True)
        for policy in (without, policy_of(tmp_path, city, uses))
    )
    lettings = same(now, seed=5)
    as_now = lettings_of_kernel(run(before, 5, MONTHS), lettings.schema)
    assert len(lettings) > 30
    assert lettings.equals(as_now) == (name in SEEN_ALREADY)


def test_ceilings_that_are_set_anew_every_year_hold_in_both(tmp_path: Path) -> None:
    city = small_city(60)
    uses = [(name, START, LAST) for name in ("ceiling", "area_ranking", "contingent")]
    setting = setting_of(city, policy_of(tmp_path, city, uses), local_law(tmp_path), lively=3)

    def room(year: int) -> dict[str, int]:
        return {"C002": 1 - year, "C003": 0, "C004": year, "C007": 1}

    lettings = same(setting, 5, MONTHS, room)
    assert not lettings.equals(same(setting, 5))


INSTRUMENTS = st.lists(st.sampled_from(sorted(USES)), min_size=1, max_size=4, unique_by=subject)
FIRST_DAYS = st.sampled_from([START, date(2026, 9, 1), date(2026, 12, 1)])
LAST_DAYS = st.sampled_from([date(2026, 12, 31), date(2027, 3, 31), LAST])


@settings(
    max_examples=settings().max_examples // 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    homes=st.integers(10, 60),
    first=st.integers(0, 19),
    names=INSTRUMENTS,
    days=st.lists(st.tuples(FIRST_DAYS, LAST_DAYS), min_size=4, max_size=4),
    numbers=st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)),
    months=st.integers(3, 18),
    changed=st.booleans(),
    apart=st.booleans(),
)
def test_they_do_in_any_small_city_under_any_policy(  # noqa: PLR0917 - a case is drawn of all of these
    homes: int,
    first: int,
    names: list[str],
    days: list[tuple[date, date]],
    numbers: tuple[int, int],
    months: int,
    changed: bool,
    apart: bool,
    tmp_path: Path,
) -> None:
    city = in_two_municipalities(small_city(homes, first)) if apart else small_city(homes, first)
    uses = [(name, *period) for name, period in zip(names, days, strict=False)]
    policy = policy_of(tmp_path, city, uses)
    setting = setting_of(city, policy, local_law(tmp_path), lively=numbers[0], changed=changed)
    same(setting, numbers[1], months)
