"""Which groups gain and lose: told where it is beyond chance and matters, with in how many futures."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ongedeeld.simulation.comparing.comparison import Comparison, compare
from ongedeeld.simulation.comparing.gaining import homes_by_group, waiting_by_group
from ongedeeld.simulation.futures.results import Results
from tests.simulation.results_cast import as_if, lived_through

STUDENT = (pl.col("grouping") == "kind") & (pl.col("group") == "student")
REFUSED = (pl.col("grouping") == "permit") & (pl.col("group") == "refused")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return lived_through(tmp_path_factory.mktemp("gaining"), futures=12)


def changed(now: Results, folder: Path, **columns: pl.Expr) -> Comparison:
    """As now beside the same with other figures of groups."""
    other = as_if(now, folder, "other", {"groups": lambda one: one.with_columns(**columns)})
    return compare(now.folder, other.folder)


def turns(found: pl.DataFrame) -> dict[tuple[str, str], str]:
    told = found.filter(pl.col("turn") != "none").select("grouping", "group", "turn")
    return {(grouping, group): turn for grouping, group, turn in told.iter_rows()}


def test_a_small_group_that_loses_is_told_first_with_its_futures(now: Results, tmp_path: Path) -> None:
    # Every future a little different, as in truth.
    kept = pl.when(REFUSED).then(pl.col("housed") // 3).otherwise("housed")
    found = homes_by_group(changed(now, tmp_path / "other", housed=kept), "other")
    first = found.row(0, named=True)
    assert (first["grouping"], first["group"], first["measure"]) == ("permit", "refused", "housed")
    assert first["falls"] > first["rises"] == 0
    assert first["part"] == pytest.approx(first["policy"] / first["now"] - 1)
    assert turns(found) == {("permit", "refused"): "fewer"}


@pytest.mark.parametrize(("factor", "expected"), [(0.99, {}), (0.9, {("kind", "student"): "longer"})])
def test_a_change_that_is_sure_and_too_small_to_matter_is_not_told(
    now: Results, tmp_path: Path, factor: float, expected: dict[tuple[str, str], str]
) -> None:
    waits = (
        pl.when(STUDENT).then(pl.col("waiting_registered_mean") / factor).otherwise("waiting_registered_mean")
    )
    found = waiting_by_group(changed(now, tmp_path / "other", waiting_registered_mean=waits), "other")
    row = found.filter(STUDENT).row(0, named=True)
    assert row["rises"] == 12
    assert dict.fromkeys(turns(found), "longer") == expected


def test_routes_are_left_out_as_a_policy_changes_who_is_in_them(now: Results, tmp_path: Path) -> None:
    found = homes_by_group(changed(now, tmp_path / "other"), "other")
    assert "route" not in found["grouping"]
    assert set(found["turn"]) == {"none"}
