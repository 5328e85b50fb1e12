"""A run of three years in the smallest model city, and the tables that tell of it."""

from __future__ import annotations

import polars as pl
import pytest

from ongedeeld.allocation import read_allocation_policy
from ongedeeld.simulation.outcomes.bearing import Known, known_of
from ongedeeld.simulation.outcomes.reckoning import tables_of
from ongedeeld.simulation.preparing.setting import Setting, prepare
from ongedeeld.simulation.recording import Run
from ongedeeld.simulation.running import run
from tests.simulation import small_runs
from tests.simulation.outcomes.cast import POLICY, START, YEARS


@pytest.fixture(scope="package")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """The smallest model city under a policy of support and lower rents."""
    file = tmp_path_factory.mktemp("outcomes") / "policy.toml"
    file.write_text(POLICY, encoding="utf-8")
    city = small_runs.whole_city()
    policy = read_allocation_policy(file, city)
    return prepare(city, policy, small_runs.law(), small_runs.assumptions(), start=START, years=YEARS)


@pytest.fixture(scope="package")
def done(setting: Setting) -> Run:
    return run(setting, 3, setting.months)


@pytest.fixture(scope="package")
def known(setting: Setting) -> Known | None:
    return known_of(small_runs.whole_city(), setting)


@pytest.fixture(scope="package")
def tables(done: Run, setting: Setting, known: Known | None) -> dict[str, pl.DataFrame]:
    return tables_of(done, setting, known)
