"""The command compare: who is shut out first and loudest, then what each policy changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.cli.voice import out
from ongedeeld.simulation.futures.results import Results
from tests.simulation.results_cast import as_if, lived_through, without

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return lived_through(tmp_path_factory.mktemp("compare"))


@pytest.fixture(scope="module")
def same(now: Results) -> Results:
    return as_if(now, now.folder.with_name("same"), "Nothing new")


@pytest.fixture(scope="module")
def shut(now: Results) -> Results:
    return as_if(
        now, now.folder.with_name("shut"), "No families", {"groups": without("household_type", "with_minors")}
    )


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "width", 200)


def test_it_tells_what_a_policy_changes(run: Run, now: Results, same: Results) -> None:
    code, said = run("compare", same.folder, now.folder, "--lang", "en")
    assert code == 0
    assert "Under Nothing new none of the" in said
    assert "Of these groups nothing can be said, as there are too few of them: " in said
    assert "household size: 5" in said
    assert "lettings by mediation" in said
    assert "What cannot be tested here: what this does by origin." in said
    assert "This City is invented" in said
    assert "groups are told apart here" in said


def test_costs_that_nobody_reckoned_are_told_by_name_and_not_as_nothing(
    run: Run, now: Results, same: Results
) -> None:
    _, said = run("compare", now.folder, same.folder, "--lang", "en")
    assert "€0" not in said
    assert (
        "No costs of these kinds in any of the results: rent forgone, hours of support by agreement." in said
    )
    assert "Not reckoned: the association's own work" in said


def test_levels_stand_with_their_range_and_changes_with_their_futures(run: Run, tmp_path: Path) -> None:
    many = lived_through(tmp_path, futures=12)
    changes = {"groups": less_registered}
    other = as_if(many, tmp_path / "other", "Shorter", changes)
    _, said = run("compare", many.folder, other.folder, "--lang", "en")
    (row,) = (line for line in said.splitlines() if "mean registration of regular seekers" in line)
    assert re.search(r"[\d.]+ months \([\d.]+ months to [\d.]+ months\)", row)
    assert re.search(r"−[\d.]+ months\* \(12 of 12\)", row)


def less_registered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(registered_mean=pl.col("registered_mean") * 0.9)


def test_who_is_shut_out_stands_first_and_the_command_tells_findings(
    run: Run, now: Results, shut: Results, same: Results
) -> None:
    code, said = run("compare", same.folder, now.folder, shut.folder, "--lang", "en")
    assert code == 1
    first = next(line for line in said.splitlines() if "is shut out" in line or "Attention" in line)
    assert first.startswith("Attention: No families shuts groups out: 1. It is refused")
    assert "Attention: with minors: has a chance as now and none under this policy" in said


def test_it_gives_everything_to_another_program(run: Run, now: Results, shut: Results) -> None:
    code, said = run("compare", now.folder, shut.folder, "--json")
    told = json.loads(said)
    assert code == 1
    assert not told["usable"]
    assert told["invented"]
    assert told["nobody_excluded"]["No families"]["groups"][0]["verdict"] == "shut_out"
    assert told["by_year"]["places"]["differences"][0]["mean"] == 0
    assert {"outcome", "result", "pairs", "chance"} <= set(told["spread"][0])


def test_it_writes_a_page(run: Run, now: Results, same: Results, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, said = run("compare", now.folder, same.folder, "--out", page, "--lang", "en")
    assert code == 0
    assert f"Written: {page}" in said
    assert "Is nobody excluded?" in page.read_text(encoding="utf-8")


def test_results_of_another_start_are_one_clear_error(run: Run, now: Results, tmp_path: Path) -> None:
    other = as_if(now, tmp_path / "other", "Other", None, seed=9)
    code, said = run("compare", now.folder, other.folder, "--lang", "en")
    assert code == 2
    assert "seed" in said
    assert "results that differ in the policy alone" in said
