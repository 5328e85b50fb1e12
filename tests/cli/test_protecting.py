"""What of the tenants' counts a command writes, and for whom."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.cli.voice import voice
from ongedeeld.measures.disclosure import Ledger, attack
from ongedeeld.sources.model_city import model_city
from tests.cli.test_prompt import Prompt

ASKED = ("--group", "tenant_age", "--scale", "complex", "--draws", "0", "--lang", "en")


@pytest.fixture(scope="module")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A made-up City with tenants of its own."""
    return str(model_city(seed=1, scale=0.05).save(tmp_path_factory.mktemp("model") / "city").path)


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> Prompt:
    monkeypatch.setattr(voice, "language", "en")
    return Prompt(monkeypatch)


def test_a_list_of_tenants_is_not_written_without_saying_for_whom(
    prompt: Prompt, tenants: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    for asked in (("--csv", str(file)), ("--json",)):
        said = prompt("undivided", tenants, *ASKED, "--areas", *asked)
        assert said.code == 2
        assert "not written without saying for whom it is" in said.text
        assert "--for-team or --publish LEDGER" in said.text
    assert not file.exists()


def test_json_leaves_counts_of_tenants_out_and_says_so(prompt: Prompt, tenants: str) -> None:
    data = json.loads(prompt("undivided", tenants, *ASKED, "--json").text)
    assert data["counts"] is None
    assert data["areas"] is None
    assert data["indices"]
    assert "Counts and lists of tenants are left out" in data["notes"][-1]


def test_the_team_gets_its_own_counts(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    said = prompt("undivided", tenants, *ASKED, "--areas", "--for-team", "--csv", str(file))
    assert said.code == 0
    assert "contribution" in pl.read_csv(file).columns
    data = json.loads(prompt("undivided", tenants, *ASKED, "--for-team", "--json").text)
    assert data["areas"]
    assert "not to be passed on" in data["notes"][-1]


def test_the_list_on_screen_is_for_who_sits_there(prompt: Prompt, tenants: str) -> None:
    said = prompt("undivided", tenants, *ASKED, "--areas")
    assert said.code == 0
    assert "What every area adds to M" in said.text


def test_published_figures_are_written_as_they_are(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    asked = ("--group", "tenure", "--draws", "0", "--areas", "--csv", str(file))
    assert prompt("undivided", tenants, *asked).code == 0
    assert file.exists()


def test_others_get_counts_that_are_protected_and_noted(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    file, ledger = tmp_path / "others.csv", tmp_path / "published.json"
    said = prompt("undivided", tenants, *ASKED, "--csv", str(file), "--publish", str(ledger), "--new-ledger")
    assert said.code == 0
    assert "For you, not to be passed on:" in said.text
    assert "To go with the table:" in said.text
    shown = pl.read_csv(file)
    assert shown.columns == ["counted", "period", "unit", "name", "group", "count", "status"]
    # Nothing derived from the counts themselves is in the file, and no small count is.
    assert (shown.filter(pl.col("count").is_not_null())["count"] >= 10).all()
    hidden = shown.filter(status="suppressed")["count"]
    assert 0 < hidden.null_count() == len(hidden)
    (publication,) = Ledger.open(ledger)
    assert publication.title.startswith("tenant_age by complex, ")
    bounds = attack([publication]).join(publication.table, on=publication.dimensions)
    small_complex = bounds.filter(status="hidden").filter(pl.col("most") < 10)
    assert (small_complex["upper"] <= small_complex["most"]).all()


def test_a_second_table_is_held_against_the_first(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger = tmp_path / "published.json"
    first = prompt("undivided", tenants, *ASKED, "--json", "--publish", str(ledger), "--new-ledger")
    assert json.loads(first.text)["min_count"] == 10
    by_size = ("--group", "household_size", "--scale", "neighbourhood", "--lang", "en")
    second = json.loads(prompt("undivided", tenants, *by_size, "--json", "--publish", str(ledger)).text)
    assert len(Ledger.open(ledger)) == 2
    assert {row["status"] for row in second["counts"]} <= {"observed", "suppressed"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("--csv", "x.csv", "--publish", "none.json"), "there is no ledger at none.json"),
        (("--publish", "none.json"), "--publish has nothing to write"),
        (("--json", "--publish", "none.json", "--for-team"), "are two different files"),
        (("--json", "--new-ledger"), "--new-ledger names no ledger"),
        (("--json", "--publish", "none.json", "--group", "tenure"), "comes from published figures"),
    ],
)
def test_it_refuses_what_is_not_clear(
    prompt: Prompt,
    tenants: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = prompt("undivided", tenants, *ASKED, *asked)
    assert said.code == 2
    assert message in said.text
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_to_begin_a_ledger_that_is_there(prompt: Prompt, tenants: str, tmp_path: Path) -> None:
    ledger = tmp_path / "published.json"
    asked = ("undivided", tenants, *ASKED, "--json", "--publish", str(ledger), "--new-ledger")
    assert prompt(*asked).code == 0
    assert "there is a ledger at" in prompt(*asked).text
