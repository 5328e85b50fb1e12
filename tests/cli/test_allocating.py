"""The command that runs one round from files: what it tells, writes and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld.cli.voice import out
from tests.allocation.round_cast import city, seeker, seekers, vacancies

Run = Callable[..., tuple[int, str]]
ORDINANCE = """holder = "Gemeente Vogelstad"

[[urgency]]
municipality = "GM9999"
groups = ["medical"]
comply_by = 2026-07-01
from = 2026-01-01
source = "ordinance, article 5"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A City, and the files of a round: three homes and three seekers."""
    city().save(tmp_path / "city")
    vacancies("W1", "W2", "W3").write_csv(tmp_path / "homes.csv", separator=";")
    people = seekers(
        seeker("A", date(2012, 3, 1)),
        seeker("B", date(2016, 3, 1), urgency="medical", region_years=9),
        seeker("C", date(2020, 3, 1), current_dwelling="W9"),
    )
    people.write_csv(tmp_path / "people.csv", separator=";")
    (tmp_path / "ordinance.toml").write_text(ORDINANCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in that folder: its exit code and all that it printed."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(out, "width", 160)
    given = ["--vacancies", "homes.csv", "--seekers", "people.csv", "--date", "2026-09-01"]

    def ran(*words: object, files: list[str] = given, lang: str = "en") -> tuple[int, str]:
        return run("allocate", "city", *files, *words, "--lang", lang)

    return ran


def test_it_tells_who_gets_which_home_by_what_and_what_comes_free(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml")
    assert code == 0
    assert "3 of 3 homes let; seekers: 3" in told
    assert "Everything in this City is invented." in told
    assert "W9, by V3" in told
    assert "only candidate" in told
    assert "urgency" in told
    assert "Who has what chance in this round" in told
    assert "Delete the file of seekers" in told


def test_it_speaks_dutch_by_itself(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", lang="nl")
    assert code == 0
    assert "enige kandidaat" in told


def test_it_tells_an_order_and_why_somebody_did_not_get_a_home(run: Run) -> None:
    _, order = run("--local-policy", "ordinance.toml", "--why", "V1")
    assert order.index("gets the home") < order.index("somebody went before")
    _, why = run("--local-policy", "ordinance.toml", "--why", "V1:A")
    assert "No:" in why
    assert "somebody went before by: urgency" in why
    assert "complaints committee" in why


def test_it_gives_everything_as_data(run: Run) -> None:
    code, told = run("--local-policy", "ordinance.toml", "--json", "--why", "V1:A")
    data = json.loads(told)
    assert code == 0
    assert [one["seeker"] for one in data["lettings"]] == ["B", "A", "C"]
    assert data["invented"]
    assert not data["what_if"]
    assert not data["why"]["allowed"]
    assert data["why"]["reasons"][0]["sentence"].startswith("place 2 of 3")


def test_it_writes_every_list_to_a_new_folder_and_never_over_another(run: Run, folder: Path) -> None:
    code, _ = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 0
    names = {file.stem for file in (folder / "round").iterdir()}
    assert names == {
        "lettings", "not_let", "declined", "chain", "refusals", "chances", "orders", "reasons",
    }  # fmt: skip
    assert pl.read_csv(folder / "round" / "orders.csv")["rank"].to_list() == [1, 2, 3, 1, 2, 1]
    code, told = run("--local-policy", "ordinance.toml", "--out", "round")
    assert code == 2
    assert "exists already" in told


def test_what_if_says_so_in_every_output(run: Run, folder: Path) -> None:
    words = ("--local-policy", "ordinance.toml", "--what-if")
    code, told = run(*words, "--out", "if")
    assert code == 0
    assert "What if the law allowed it" in told
    for file in (folder / "if").iterdir():
        assert "what_if" in file.read_text(encoding="utf-8").partition("\n")[0]
    assert json.loads(run(*words, "--json")[1])["what_if"]
    assert "what if the law allowed it" in run(*words, "--why", "V1:A")[1]


def test_it_refuses_a_column_that_must_not_be_held_with_file_and_reason(run: Run, folder: Path) -> None:
    people = pl.read_csv(folder / "people.csv", separator=";").with_columns(nationaliteit=pl.lit("x"))
    people.write_csv(folder / "people.csv", separator=";")
    code, told = run()
    assert code == 2
    assert "people.csv, column nationaliteit: nationality, ethnicity" in told


def test_it_says_what_local_policy_lacks(run: Run) -> None:
    code, told = run()
    assert code == 2
    assert "comply_by under [[urgency]]" in told


def test_it_asks_for_what_a_round_needs(run: Run) -> None:
    code, told = run(files=[])
    assert code == 2
    assert "--vacancies FILE --seekers FILE --date DAY" in told


def test_it_writes_empty_files_that_can_be_filled(run: Run, folder: Path) -> None:
    code, told = run("--templates", "empty", files=[])
    assert code == 0
    assert "seekers-explanation.csv" in told
    header = (folder / "empty" / "seekers.csv").read_text(encoding="utf-8-sig").strip()
    assert header.startswith("seeker;household_size;minors")
    assert run("--templates", "empty", files=[])[0] == 2


def test_lettings_so_far_give_the_tallies_after_the_round(run: Run, folder: Path) -> None:
    (folder / "let.csv").write_text(
        "letting;date;municipality;social;rent_cents;household_size;income_class\n"
        "L1;2026-02-01;GM9999;ja;60000;1;below_passend\n",
        encoding="utf-8",
    )
    code, told = run("--local-policy", "ordinance.toml", "--lettings", "let.csv")
    assert code == 0
    assert "4 of 4 lettings so far, 100%: at least 95%" in told


LOTTERY = """name = "Vogelstad 2026"

[[instrument]]
name = "lottery"
from = 2026-07-01
source = "published on our website, 1 June 2026"
"""


def test_a_policy_decides_by_its_instruments(run: Run, folder: Path) -> None:
    (folder / "policy.toml").write_text(LOTTERY, encoding="utf-8")
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--seed", 4)
    assert code == 0
    assert "lottery" in told
    _, why = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--why", "V1:A")
    assert "somebody went before by: urgency" in why


def test_a_policy_that_is_not_lawful_is_refused_with_its_line(run: Run, folder: Path) -> None:
    text = LOTTERY.replace('"lottery"', '"local_binding"') + "share = 0.8\n"
    (folder / "policy.toml").write_text(text, encoding="utf-8")
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml")
    assert code == 2
    assert "policy.toml, line 3" in told
    assert "50%" in told
    code, told = run("--local-policy", "ordinance.toml", "--policy", "policy.toml", "--what-if")
    assert code == 0
    assert "What if the law allowed it" in told
